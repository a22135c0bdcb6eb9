"""Erasing a person: their rows, what was owed to them, what they wrote; and a keyed mark that it was done."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import col

from storage import facts
from storage.engine import Tx
from storage.tables import Audit, Forgotten, LocalMessage, Member, Seen, Workspace

KEY_FACT = "erasing"
"""The fact that holds this installation's key."""


def erase(tx: Tx, member: Member) -> None:
    """Nothing of the member is left but a keyed hash of their platform id. Doing it twice is harmless."""
    assert member.id is not None
    if not tx.on_postgres:
        tx.session.execute(
            sa.text("PRAGMA secure_delete=ON")
        )  # freed bytes are overwritten, not only let go
    _blank_what_they_wrote(tx, member)
    _unlearn_deeds(tx, member)
    own = sa.update(Audit).where(col(Audit.member_id) == member.id)
    tx.session.execute(
        own.values(member_id=None, by=""), execution_options={"synchronize_session": False}
    )
    _remember_the_wish(tx, member)
    tx.session.delete(member)  # every other table goes with the member's row
    tx.session.flush()
    tx.session.expunge_all()
    if not tx.on_postgres:
        tx.session.execute(sa.text("PRAGMA secure_delete=OFF"))


def is_forgotten(tx: Tx, member: Member) -> bool:
    """Whether this person asked to be erased and did not come back themselves."""
    key = _key(tx, make=False)
    return (
        key is not None
        and tx.session.get(Forgotten, (member.workspace_id, _digest(key, member))) is not None
    )


def not_forgotten(tx: Tx, members: Sequence[Member]) -> list[Member]:
    """Those of one workspace's members who may be asked to join something."""
    key = _key(tx, make=False)
    if key is None or not members:
        return list(members)
    query = sa.select(col(Forgotten.digest)).where(
        col(Forgotten.workspace_id) == members[0].workspace_id
    )
    marks = set(tx.session.execute(query).scalars())
    return [member for member in members if _digest(key, member) not in marks]


def welcome_back(tx: Tx, member: Member) -> None:
    """They came themselves: the mark is gone."""
    key = _key(tx, make=False)
    if key is None:
        return
    mark = tx.session.get(Forgotten, (member.workspace_id, _digest(key, member)))
    if mark is not None:
        tx.session.delete(mark)
        tx.session.flush()


def _blank_what_they_wrote(tx: Tx, member: Member) -> None:
    """In the local workspace: their room and private replies go, their words in channels are blanked."""
    person = member.external_id
    here = col(LocalMessage.workspace_id) == member.workspace_id
    private = sa.or_(col(LocalMessage.room) == f"@{person}", col(LocalMessage.only_for) == person)
    quietly = {"synchronize_session": False}
    tx.session.execute(sa.delete(LocalMessage).where(here, private), execution_options=quietly)
    wrote = sa.update(LocalMessage).where(here, col(LocalMessage.author) == person)
    tx.session.execute(wrote.values(text="", card=sa.null()), execution_options=quietly)


def _unlearn_deeds(tx: Tx, member: Member) -> None:
    """Keys of deeds begin with who did them."""
    home = tx.session.get(Workspace, member.workspace_id)
    assert home is not None
    prefix = f"{home.platform}:{home.external_id}:{member.external_id}:"
    theirs = sa.delete(Seen).where(col(Seen.key).startswith(prefix, autoescape=True))
    tx.session.execute(theirs, execution_options={"synchronize_session": False})


def _remember_the_wish(tx: Tx, member: Member) -> None:
    key = _key(tx, make=True)
    assert key is not None
    digest = _digest(key, member)
    if tx.session.get(Forgotten, (member.workspace_id, digest)) is None:
        tx.add(Forgotten(workspace_id=member.workspace_id, digest=digest, at=tx.now))


def _digest(key: bytes, member: Member) -> str:
    """A keyed hash: without the key nobody can try ids against it."""
    text = f"{member.workspace_id}:{member.external_id}"
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _key(tx: Tx, *, make: bool) -> bytes | None:
    held = facts.fact(tx, KEY_FACT)
    if held is None and make:
        held = {"key": secrets.token_hex(32)}
        facts.keep(tx, KEY_FACT, held)
    return None if held is None else bytes.fromhex(held["key"])
