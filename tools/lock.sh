#!/bin/sh
# Writes the exact versions and hashes of every package. Arguments go to pip-compile: `--upgrade` takes newer versions.
# The machine's own pip settings are left out, so that no address, no folder and no wheel built here gets in.
set -eu
export PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND='make lock'
unset PIP_FIND_LINKS PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_NO_INDEX

compile() {
  .venv/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$@"
}

compile --output-file=requirements/runtime.txt pyproject.toml "$@"
compile --output-file=requirements/dev.txt --extra=dev --constraint=requirements/runtime.txt pyproject.toml "$@"
compile --output-file=requirements/node.txt requirements/node.in "$@"
tools/node.sh npm install --package-lock-only --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved
