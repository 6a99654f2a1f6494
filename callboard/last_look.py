"""What a look leaves for the next one: which sessions stood where, and which of them are gone."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar
from urllib.parse import unquote

from callboard.model import (
    AcceptedMark,
    GoneSession,
    LastLook,
    Maker,
    Schedule,
    SeenSession,
    SeenShift,
    Session,
)
from callboard.notices.shifts_told import STALE, shifts_seen
from callboard.read.matching import same_title
from callboard.report_frame import bots_part, plain
from callboard.snapshot import Snapshot
from callboard.wikitext.views import view

_RECORD = re.compile(r"<!-- callboard:(?P<what>gone|shift) (?P<facts>[^<>\n ]+) -->")
_T = TypeVar("_T")
_Slot = tuple[datetime | None, tuple[str, ...]]


def sessions_seen(schedules: Iterable[Schedule]) -> tuple[SeenSession, ...]:
    """The sessions as they stand; what has neither title nor task cannot be told again."""
    return tuple(
        SeenSession(
            schedule.page,
            session.line,
            session.title,
            tuple(person.name for person in session.owners),
            tuple(dict.fromkeys(ref.task for ref in session.tasks)),
            session.start,
            session.rooms,
        )
        for schedule in schedules
        for session in schedule.sessions
        if session.title or session.tasks
    )


@dataclass(slots=True)
class _Standing:
    """Answers whether a session still stands somewhere."""

    tasks: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    slots: dict[_Slot, list[Session]] = field(default_factory=dict)
    new_owners: set[str] = field(default_factory=set)
    texts: tuple[str, ...] = ()

    @classmethod
    def of(cls, schedules: Sequence[Schedule], before: Sequence[SeenSession]) -> "_Standing":
        known = {same_title(session.title) for session in before}
        standing = cls(texts=tuple(schedule.text for schedule in schedules))
        for session in (session for schedule in schedules for session in schedule.sessions):
            title = same_title(session.title)
            standing.titles.add(title)
            standing.tasks.update(ref.task for ref in session.tasks)
            standing.slots.setdefault((session.start, session.rooms), []).append(session)
            if title not in known:
                standing.new_owners.update(person.name for person in session.owners)
        return standing

    def has(self, session: SeenSession) -> bool:
        """By its task, its title, or its slot and owner; or as text that is there and was not read."""
        title = same_title(session.title)
        if not self.tasks.isdisjoint(session.tasks) or (title and title in self.titles):
            return True
        owners = {*session.owners}
        for there in self.slots.get((session.start, session.rooms), ()):
            if owners & {person.name for person in there.owners}:
                return True
            if _alike(title, same_title(there.title)):
                return True
        return bool(session.title) and any(session.title in _shown(text) for text in self.texts)

    def renamed(self, session: SeenSession) -> bool:
        """Whether an owner has a session that was not there before: another title and another slot."""
        return not self.new_owners.isdisjoint(session.owners)


def _alike(one: str, other: str) -> bool:
    """Half of the words are the same: a title was reworded in its place."""
    first, second = set(one.split()), set(other.split())
    return bool(first and second) and 2 * len(first & second) >= max(len(first), len(second))


def _shown(text: str) -> str:
    """The text without comments."""
    return view(text).text if "<!--" in text else text


def _remover(session: SeenSession, snapshot: Snapshot) -> Maker | None:
    """Who took out the newest line with its task or title, if the history tells."""
    authors = snapshot.authors.get(session.page)
    wanted = [*session.tasks, *([session.title] if session.title else [])]
    for line, maker in reversed(authors.removed if authors else ()):
        if any(word in line for word in wanted):
            return maker
    return None


def gone_now(schedules: Sequence[Schedule], snapshot: Snapshot) -> tuple[GoneSession, ...]:
    """The sessions that are missed: of the last look, and those that were missed then already."""
    last, pages = snapshot.last, snapshot.event.pages.schedule
    if not last.sessions and not last.gone:
        return ()
    names = {
        (session.page, session.title, session.tasks, session.start) for session in sessions_seen(schedules)
    }
    unseen = [
        session
        for session in last.sessions
        if (session.page, session.title, session.tasks, session.start) not in names
    ]
    if not unseen and not last.gone:
        return ()
    standing = _Standing.of(schedules, last.sessions)
    still = [gone for gone in last.gone if not standing.has(gone.session)]
    told = {gone.session for gone in still}
    fresh = (
        GoneSession(session, _remover(session, snapshot), snapshot.now)
        for session in unseen
        if session not in told and not standing.has(session) and not standing.renamed(session)
    )
    return tuple(
        gone
        for gone in (*still, *dict.fromkeys(fresh))
        if gone.session.page in pages
        and not (gone.session.start and gone.session.start < snapshot.now - STALE)
    )


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


def _flat_shift(shift: SeenShift) -> list[object]:
    return [_flat(shift.session), shift.person, _stamp(shift.start), shift.room, shift.told]


def _shift(session: list[object], person: str, start: str, room: str, told: int) -> SeenShift:
    return SeenShift(_session(session), person, datetime.fromisoformat(start), room, int(told))


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()


def as_json(look: LastLook) -> str:
    """The same look is the same text."""
    return json.dumps(
        {
            "sessions": [_flat(session) for session in look.sessions],
            "gone": [_flat_gone(gone) for gone in look.gone],
            "since": {key: _stamp(at) for key, at in sorted(look.since.items())},
            "shifts": [_flat_shift(shift) for shift in look.shifts],
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
        shifts=tuple(_shift(*flat) for flat in data.get("shifts", ())),
    )


def next_look(
    snapshot: Snapshot, schedules: Sequence[Schedule], look: LastLook, *, certain: bool
) -> LastLook:
    """What to remember of this look; where a page is on hold, what was known of it stays known."""
    if certain:
        sessions = sessions_seen(schedules)
        shifts = shifts_seen(snapshot, schedules, sessions)
        return replace(look, known=True, sessions=sessions, shifts=shifts)
    last = snapshot.last
    marks = {(one.mark, one.by, one.at): one for one in (*last.marks, *look.marks)}
    since = {**last.since, **look.since}
    return LastLook(True, last.sessions, last.gone, since, tuple(marks.values()), last.shifts)


# --- as hidden comments on the report page, for a new ledger --------------------------------------


def gone_records(gone: Iterable[GoneSession]) -> Iterator[str]:
    """`<!-- callboard:gone … -->`, one a session that is missed."""
    return _records("gone", map(_flat_gone, gone))


def gone_in(text: str) -> tuple[GoneSession, ...]:
    """What `gone_records` wrote into the bot's part of a report page."""
    return tuple(_read_back(text, "gone", _gone))


def shift_records(shifts: Iterable[SeenShift]) -> Iterator[str]:
    """`<!-- callboard:shift … -->`, one a facilitator of a session."""
    return _records("shift", map(_flat_shift, shifts))


def shifts_in(text: str) -> tuple[SeenShift, ...]:
    """What `shift_records` wrote into the bot's part of a report page."""
    return tuple(_read_back(text, "shift", _shift))


def _records(what: str, flat: Iterable[object]) -> Iterator[str]:
    facts = sorted(json.dumps(one, ensure_ascii=False) for one in flat)
    return (f"<!-- callboard:{what} {plain(one)} -->" for one in facts)


def _read_back(text: str, what: str, made: Callable[..., _T]) -> Iterator[_T]:
    for record in _RECORD.finditer(text, *(bots_part(text) or (0, 0))):
        if record["what"] == what:
            with suppress(ValueError, KeyError, TypeError):  # another version may have written it
                yield made(*json.loads(unquote(record["facts"])))
