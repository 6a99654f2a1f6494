"""What a look left, as text: for the ledger, and as hidden comments on the report page, for a new ledger."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import unquote

from callboard.model import (
    AcceptedMark,
    FirstSight,
    GoneSession,
    LastLook,
    Maker,
    SeenSession,
    SessionFacts,
)
from callboard.report_frame import bots_part, plain

_RECORD = re.compile(r"<!-- callboard:(?P<what>gone|known) (?P<facts>[^<>\n ]+) -->")
_T = TypeVar("_T")


# --- as text, for the ledger ---------------------------------------------------------------------


def _stamp(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _instant(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None


def _flat(session: SeenSession) -> list[object]:
    return [
        session.page, session.line, session.title, session.owners, session.tasks, _stamp(session.start), session.rooms
    ]  # fmt: skip


def _session(flat: list[object]) -> SeenSession:
    page, line, title, owners, tasks, start, rooms = flat
    return SeenSession(
        str(page), int(str(line)), str(title), _texts(owners), _texts(tasks),
        _instant(str(start) if start else None), _texts(rooms),
    )  # fmt: skip


def _flat_gone(gone: GoneSession) -> list[object]:
    by = [gone.by.user, _stamp(gone.by.at)] if gone.by else [None, None]
    return [_flat(gone.session), *by, _stamp(gone.since), gone.by.revid if gone.by else None]


def _gone(
    flat: list[object], by: str | None, at: str | None, since: str, revid: int | None = None
) -> GoneSession:
    maker = Maker(by or "", datetime.fromisoformat(at), revid) if at else None
    return GoneSession(_session(flat), maker, datetime.fromisoformat(since))


def _flat_facts(facts: SessionFacts) -> list[object]:
    return [
        _stamp(facts.start), facts.room, facts.minutes, facts.title, facts.format, facts.title_mark, facts.format_mark
    ]  # fmt: skip


def _facts(flat: list[Any]) -> SessionFacts:
    start, room, minutes, *words = flat
    return SessionFacts(datetime.fromisoformat(start), str(room), int(minutes), *map(str, words))


def _flat_sight(one: FirstSight) -> list[object]:
    """All but the session."""
    return [one.name, one.person, one.part, _flat_facts(one.facts), one.told, _stamp(one.quiet_from)]


def _sight(session: SeenSession, flat: list[Any]) -> FirstSight:
    name, person, part, facts, told, quiet = flat
    return FirstSight(session, str(name), str(person), str(part), _facts(facts), int(told), _instant(quiet))


def _flat_sights(sights: Iterable[FirstSight]) -> list[list[object]]:
    """[session, [person …]], in the order of the sessions."""
    people: dict[SeenSession, list[object]] = {}
    for one in sights:
        people.setdefault(one.session, []).append(_flat_sight(one))
    return [[_flat(session), found] for session, found in people.items()]


def _sights(session: list[object], people: list[list[Any]]) -> tuple[FirstSight, ...]:
    seen = _session(session)
    return tuple(_sight(seen, flat) for flat in people)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()


def as_json(look: LastLook) -> str:
    """The same look is the same text."""
    return json.dumps(
        {
            "sessions": [_flat(session) for session in look.sessions],
            "gone": [_flat_gone(gone) for gone in look.gone],
            "since": {key: _stamp(at) for key, at in sorted(look.since.items())},
            "sights": _flat_sights(look.sights),
            "marks": [[one.mark, one.page, one.by, _stamp(one.at), one.facts] for one in look.marks],
        },
        ensure_ascii=False,
    )  # fmt: skip


def from_json(text: str) -> LastLook:
    """What `as_json` wrote; raises ValueError, KeyError or TypeError for anything else."""
    data = json.loads(text)
    return LastLook(
        known=True,
        sessions=tuple(_session(flat) for flat in data["sessions"]),
        gone=tuple(_gone(*flat) for flat in data["gone"]),
        since={key: datetime.fromisoformat(at) for key, at in data["since"].items()},
        marks=tuple(
            AcceptedMark(mark, page, by, datetime.fromisoformat(at), tuple(facts))
            for mark, page, by, at, facts in data["marks"]
        ),
        sights=tuple(one for flat in data["sights"] for one in _sights(*flat)),
    )


# --- as hidden comments on the report page, for a new ledger --------------------------------------


def gone_records(gone: Iterable[GoneSession]) -> Iterator[str]:
    """`<!-- callboard:gone … -->`, one a session that is missed."""
    return _records("gone", map(_flat_gone, gone))


def gone_in(text: str) -> tuple[GoneSession, ...]:
    """What `gone_records` wrote into the bot's part of a report page."""
    return tuple(_read_back(text, "gone", _gone))


def sight_records(sights: Iterable[FirstSight], most: int) -> Iterator[str]:
    """`<!-- callboard:known … -->`, one a session with its people, as many as `most`, the next ones first."""
    return _records("known", _flat_sights(sights)[:most])


def sights_in(text: str) -> tuple[FirstSight, ...]:
    """What `sight_records` wrote into the bot's part of a report page."""
    return tuple(one for found in _read_back(text, "known", _sights) for one in found)


def _records(what: str, flat: Iterable[object]) -> Iterator[str]:
    facts = sorted(json.dumps(one, ensure_ascii=False) for one in flat)
    return (f"<!-- callboard:{what} {plain(one)} -->" for one in facts)


def _read_back(text: str, what: str, made: Callable[..., _T]) -> Iterator[_T]:
    for record in _RECORD.finditer(text, *(bots_part(text) or (0, 0))):
        if record["what"] == what:
            with suppress(ValueError, KeyError, TypeError):  # another version may have written it
                yield made(*json.loads(unquote(record["facts"])))
