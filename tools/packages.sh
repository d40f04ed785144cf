#!/bin/sh
# Makes sure that the tests find a real Chromium, WebKitGTK, PostgreSQL, a screen for them, letters of many scripts, a scanner
# of QR codes, and the Java that the checker of HTML is written in.
# As root on Debian and its kin it installs what is missing; anybody else is told what to ask for.
set -eu

has_command() { command -v "$1" >/dev/null 2>&1; }
has_postgres() { has_command postgres || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; }
has_webkit() { has_command WebKitWebDriver; }
has_chinese() { has_command fc-list && [ -n "$(fc-list :lang=zh-cn family)" ]; }
has_scripts() { has_command fc-list && [ -n "$(fc-list 'Noto Serif Tibetan' family)" ]; }
has_scanner() { ls /usr/lib/*/libzbar.so.0 >/dev/null 2>&1; }

missing() {
  has_command chromium || echo chromium
  has_chinese || echo fontconfig fonts-noto-cjk
  has_scripts || echo fonts-noto-core
  has_scanner || echo libzbar0
  has_postgres || echo postgresql
  has_webkit || echo webkit2gtk-driver
  has_command Xvfb || echo xvfb
  has_command java || echo default-jre-headless
}

wanted=$(missing | tr '\n' ' ')
[ -n "$wanted" ] || exit 0

if [ "$(id -u)" != 0 ] || ! has_command apt-get; then
  echo "The tests need these packages, which are not installed: $wanted" >&2
  echo "Please have them installed (as root: apt-get install $wanted), then start again." >&2
  exit 1
fi

printf '\n== System packages for the tests: %s\n' "$wanted"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 # several names
apt-get install -qq -y -o Dpkg::Use-Pty=0 --no-install-recommends $wanted >/dev/null
still=$(missing | tr '\n' ' ')
[ -z "$still" ] || { echo "Still missing after installing: $still" >&2; exit 1; }
