"""Sheets and badges to print: PDF, pictures, and the browser's own print page."""
