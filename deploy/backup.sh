#!/bin/sh
# One verified backup of a running server, and no more than 35 days of them. Run by fieldapp-backup.timer.
set -eu
folder=${1:-/srv/fieldapp/backups}
mkdir -p "$folder"
cd "$(dirname "$0")/.."

file=$folder/fieldapp-$(date -u +%Y%m%dT%H%M%SZ).backup
.venv/bin/flask --app wsgi backup "$file"
find "$folder" -name 'fieldapp-*.backup' -mtime +35 -delete
