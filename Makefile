# Everything people do with this project. `make` alone lists it.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
HOST ?= 127.0.0.1
export PORT HOST

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install --require-hashes
NPM_CI := tools/node.sh npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
HTMX := fieldapp/static/vendor/htmx.min.js
PINYIN := fieldapp/static/vendor/pinyin.txt
CATALOGS := $(patsubst %.po,%.mo,$(wildcard fieldapp/translations/*/LC_MESSAGES/*.po))
FAST := not (browser or faults or postgres or slow or webkit)
say = @printf '\n== %s\n' '$(1)'

.PHONY: help run build setup test check bench fix lint types layers test-js packages words lock

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: build ## Serve the demo town on http://127.0.0.1:8000; PORT=… changes the port
	@exec $(BIN)/python tools/serve.py --demo

build: $(VENV)/.runtime $(HTMX) $(PINYIN) $(CATALOGS) ## Make everything that serving needs, and serve nothing

setup: $(VENV)/.dev node_modules/.dev $(HTMX) $(PINYIN) $(CATALOGS) ## Install what developing needs into .venv and node_modules

test: packages setup lint types layers test-js ## Run every test there is, real browsers and databases included
	$(call say,Python tests: all)
	@tools/node.sh $(BIN)/pytest $(ARGS)

check: setup lint types layers test-js ## Run what answers in about a minute; do it before each commit
	$(call say,Python tests: the fast ones)
	@tools/node.sh $(BIN)/pytest --quiet -m "$(FAST)" $(ARGS)

bench: setup ## Print the figures of the phone and of the server beside their limits
	@tools/node.sh $(BIN)/python -m bench $(ARGS)

fix: $(VENV)/.dev ## Format, and repair what can be repaired
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

words: $(VENV)/.dev ## Collect the sentences of code, templates and scripts into the catalog
	@$(BIN)/python tools/words.py

lock: $(VENV)/.dev ## Bring the locked versions up to date with pyproject.toml and package.json; ARGS=--upgrade
	@tools/lock.sh $(ARGS)

lint: $(VENV)/.dev
	$(call say,Lint and format)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.dev node_modules/.dev
	$(call say,Types of Python and JavaScript)
	@$(BIN)/mypy
	@tools/node.sh node_modules/.bin/tsc -p jsconfig.json
	@tools/node.sh node_modules/.bin/tsc -p jsconfig.sw.json

layers: $(VENV)/.dev
	$(call say,Direction of imports)
	@$(BIN)/lint-imports --no-cache

test-js: $(VENV)/.dev $(PINYIN)
	$(call say,JavaScript tests)
	@tools/node.sh node --test --test-reporter=dot $$(find tests/js -name '*.test.js' | sort)

packages: # what tests need and neither pip nor npm has: a browser, a database server, Chinese fonts
	@tools/packages.sh

# What is installed, each with the file that says what to install: a newer file installs anew.

$(VENV)/.made: tools/venv.sh
	@tools/venv.sh $(VENV)
	@touch $@

$(VENV)/.runtime: requirements/runtime.txt | $(VENV)/.made
	$(call say,Python packages (locked, with hashes))
	@$(PIP) -r requirements/runtime.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/.made
	$(call say,Python packages for developing (locked, with hashes))
	@$(PIP) -r requirements/dev.txt
	@touch $@ $(VENV)/.runtime

node_modules/.dev: package-lock.json | $(VENV)/.made
	$(call say,Browser-side packages for developing (locked, with hashes))
	@$(NPM_CI)
	@touch $@

$(HTMX): package-lock.json | $(VENV)/.made
	$(call say,Browser-side packages (locked, with hashes))
	@if [ node_modules/.dev -nt package-lock.json ]; then :; \
	elif [ -e node_modules/.dev ]; then $(NPM_CI) && touch node_modules/.dev; \
	else $(NPM_CI) --omit=dev; fi
	@mkdir -p $(@D)
	@cp node_modules/htmx.org/LICENSE $(@D)/htmx.LICENSE.txt
	@cp node_modules/htmx.org/dist/htmx.min.js $@
	@touch $@

$(PINYIN): tools/pinyin.py requirements/runtime.txt | $(VENV)/.runtime
	@mkdir -p $(@D)
	@$(BIN)/python tools/pinyin.py $@

%.mo: %.po | $(VENV)/.runtime
	@$(BIN)/pybabel --quiet compile --input-file=$< --output-file=$@
