"""People who log in: members by their phone, clerks by name and password."""

from flask import Flask

from fieldapp.accounts import clerks, devices, join, views
from fieldapp.accounts.devices import DevicePass, heard_from, note_loss, present_device
from fieldapp.accounts.views import clerk_required

__all__ = [
    "DevicePass",
    "clerk_required",
    "heard_from",
    "init_app",
    "note_loss",
    "present_device",
]


def init_app(app: Flask) -> None:
    """Join pages, logins, and what keeps both alive while they are used."""
    app.register_blueprint(join.bp)
    app.register_blueprint(views.bp)
    devices.init_app(app)
    clerks.init_app(app)
