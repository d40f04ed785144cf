"""The entry point of every server: `flask --app wsgi …`, `waitress-serve wsgi:app`."""

from fieldapp.app import create_app

app = create_app()
