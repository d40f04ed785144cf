"""Flask extensions, made without an app so that models can be imported without one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, cast

import sqlalchemy as sa
from flask import Flask
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import MetaData
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator


class Base(DeclarativeBase):
    """Models subclass this, not `db.Model`: checkers understand it, and names stay explicit."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    @classmethod
    def table(cls) -> sa.Table:
        """The model's table, for statements in bulk that go past the ORM."""
        return cast(sa.Table, cls.__table__)


class Moment(TypeDecorator[datetime]):
    """An aware time in UTC, also where the database (SQLite) keeps no zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        aware: datetime = value.replace(tzinfo=UTC) if value.tzinfo is None else value
        return aware.astimezone(UTC)


RecordId = Annotated[str, mapped_column(sa.String(36), primary_key=True)]
Time = Annotated[datetime, mapped_column(Moment)]


class _Session(Session):
    """A session that takes its connection from where `info` says; `database.writing()` says it."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        chosen: Engine | None = self.info.get("bind")
        return chosen or super().get_bind(*args, **kwargs)


db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"class_": _Session})
login = LoginManager()


def init_app(app: Flask) -> None:
    """Bind the extensions to `app`."""
    db.init_app(app)
    login.init_app(app)
