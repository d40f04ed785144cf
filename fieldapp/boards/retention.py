"""Deleting on time what boards have said, and of whom: the ids stay, the people do not."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldapp import clock
from fieldapp.boards.models import (
    Badge,
    BoardConsent,
    BoardContact,
    BoardEdit,
    BoardMember,
    BoardPhoto,
    BoardText,
)
from fieldapp.grids.models import Duty

# What was published, and with whose consent, can be asked for before a court for three years
# (Civil Code of China, article 188).
KEPT_FOR = timedelta(days=1096)
# A picture that no board shows any more can be brought back for so long.
PICTURES_KEPT_FOR = timedelta(days=30)

_DIGEST = re.compile(r"[0-9a-f]{64}")
_OF_PICTURES = ("photo", "sketch")


def purge(session: Session) -> dict[str, int]:
    """Delete what is over its time; how many of each went. In `writing()`."""
    now = clock.utc_now()
    over, day = now - KEPT_FOR, clock.today() - KEPT_FOR
    left = BoardContact.ended_at < over
    gone = sa.select(BoardContact.id).where(left)
    retired = _off_duty_since(day)
    session.execute(sa.update(Badge).where(Badge.revoked_at < over).values(reason=None))
    consents = sa.delete(BoardConsent).where(
        sa.or_(
            BoardConsent.withdrawn_at < over,
            BoardConsent.contact_id.in_(gone),
            BoardConsent.member_id.in_(retired),
        )
    )
    told = sa.delete(BoardMember).where(BoardMember.member_id.in_(retired))
    return {
        "board consent": _count(session, consents),
        "board contact": _count(session, sa.delete(BoardContact).where(left)),
        "board member": _count(session, told),
        "board change": _count(session, sa.delete(BoardEdit).where(BoardEdit.at < over)),
        "board picture": _purge_pictures(session),
    }


def _purge_pictures(session: Session) -> int:
    """Those that are shown nowhere and that no change of the last days could bring back."""
    over = clock.utc_now() - PICTURES_KEPT_FOR
    day = clock.today() - PICTURES_KEPT_FOR
    off_duty = BoardMember.member_id.in_(_off_duty_since(day))
    session.execute(sa.update(BoardMember).where(off_duty).values(photo=None))
    ended = BoardContact.ended_at < over
    session.execute(sa.update(BoardContact).where(ended).values(photo=None))
    old = BoardEdit.part.in_(_OF_PICTURES) & (BoardEdit.at < over)
    session.execute(sa.update(BoardEdit).where(old).values(back=sa.null()))
    unused = BoardPhoto.sha256.not_in(_used(session))
    return _count(session, sa.delete(BoardPhoto).where(unused))


def _used(session: Session) -> set[str]:
    """The pictures that are shown, or could be again."""
    shown: sa.CompoundSelect[Any] = sa.union(
        sa.select(BoardContact.photo),
        sa.select(BoardMember.photo),
        sa.select(BoardText.text).where(BoardText.part == "sketch"),
    )
    back = sa.select(BoardEdit.back).where(BoardEdit.part.in_(_OF_PICTURES))
    earlier = {str((way or {}).get("digest")) for way in session.scalars(back)}
    known = {str(digest) for digest in session.scalars(shown)} | earlier
    return {digest for digest in known if _DIGEST.fullmatch(digest)}


def _off_duty_since(day: date) -> sa.Select[Any]:
    """Members whose last duty ended before that day."""
    never = sa.literal(date.max, sa.Date)
    until = sa.func.max(sa.func.coalesce(Duty.valid_to, never))
    return sa.select(Duty.member_id).group_by(Duty.member_id).having(until < day)


def _count(session: Session, statement: Any) -> int:
    result: Any = session.execute(statement)
    return int(result.rowcount)
