#!/bin/sh
# Makes a virtual environment with Python 3.11 or newer: `tools/venv.sh .venv`.
# On Debian and its kin, as root, it also installs the part of Python that makes environments.
set -eu
venv=$1

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
has_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }
can_make_venv() { has_venv "$1" || "$1" -c 'import virtualenv' 2>/dev/null; }

if [ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
  exit 0
fi

# The system's own comes first: one that pyenv or somebody else compiled without being told to optimize is an eighth
# slower at what a phone sends (docs/benchmarks.md). Whoever names some gets one of these and no other.
python= lacking=
for name in ${PYTHON:-/usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11}; do
  if ! is_new_enough "$name"; then
    continue
  elif can_make_venv "$name"; then
    python=$name
    break
  fi
  lacking=${lacking:-$name}
done

if [ -z "$python" ] && [ -n "$lacking" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -qq -y -o Dpkg::Use-Pty=0 --no-install-recommends python3-venv >/dev/null
  if can_make_venv "$lacking"; then
    python=$lacking
  fi
fi

if [ -z "$python" ] && [ -n "$lacking" ]; then
  echo "This Python cannot make environments: $lacking. Please have the package python3-venv installed (as root:" \
    "apt-get install python3-venv), then start again." >&2
  exit 1
elif [ -z "$python" ]; then
  echo "Python 3.11 or newer is needed and was not found. Set PYTHON=/path/to/python3 if it has another name." >&2
  exit 1
fi

printf '\n== Python environment in %s, with %s\n' "$venv" "$("$python" --version)"
if has_venv "$python"; then
  "$python" -m venv "$venv"
else
  "$python" -m virtualenv --quiet "$venv"
fi
