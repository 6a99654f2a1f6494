"""What a look leaves for the next one: which sessions stood where, and which of them are gone."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from callboard.model import (
    GoneSession,
    LastLook,
    Maker,
    Schedule,
    SeenSession,
    Session,
)
from callboard.notices.identity import alike
from callboard.notices.known import STALE, sights_seen
from callboard.notices.told import PARTS
from callboard.read.matching import same_title
from callboard.snapshot import Snapshot
from callboard.wikitext.views import view

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
    titles: dict[str, set[str]] = field(default_factory=dict)  # with the owners of all sessions of the title
    slots: dict[_Slot, list[Session]] = field(default_factory=dict)
    new_owners: set[str] = field(default_factory=set)
    twins: Mapping[str, int] = field(default_factory=dict)  # how many sessions of a title there were
    texts: tuple[str, ...] = ()

    @classmethod
    def of(cls, schedules: Sequence[Schedule], before: Sequence[SeenSession]) -> "_Standing":
        known = Counter(same_title(session.title) for session in before)
        standing = cls(twins=known, texts=tuple(schedule.text for schedule in schedules))
        for session in (session for schedule in schedules for session in schedule.sessions):
            title = same_title(session.title)
            standing.titles.setdefault(title, set()).update(person.name for person in session.owners)
            standing.tasks.update(ref.task for ref in session.tasks)
            standing.slots.setdefault((session.start, session.rooms), []).append(session)
            if title not in known:
                standing.new_owners.update(person.name for person in session.owners)
        return standing

    def has(self, session: SeenSession) -> bool:
        """By its task, its title, or its slot and owner; or as text that is there and was not read.

        Of several sessions of one title each is known by its owners.
        """
        title = same_title(session.title)
        if not self.tasks.isdisjoint(session.tasks):
            return True
        several = self.twins.get(title, 0) if session.owners else 0
        if title in self.titles and title and (several < 2 or self.titles[title] & {*session.owners}):
            return True
        owners = {*session.owners}
        for there in self.slots.get((session.start, session.rooms), ()):
            if owners & {person.name for person in there.owners}:
                return True
            if alike(title, same_title(there.title)):
                return True
        shown = sum(_shown(text).count(session.title) for text in self.texts) if session.title else 0
        return shown >= max(several, 1)

    def renamed(self, session: SeenSession) -> bool:
        """Whether an owner has a session that was not there before: another title and another slot."""
        return not self.new_owners.isdisjoint(session.owners)


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


def _known_by(session: SeenSession) -> tuple[object, ...]:
    """What is the same of a session wherever in the page its row is."""
    return session.page, session.title, session.tasks, session.start, session.owners


def gone_now(schedules: Sequence[Schedule], snapshot: Snapshot) -> tuple[GoneSession, ...]:
    """The sessions that are missed: of the last look, and those that were missed then already."""
    last, pages = snapshot.last, snapshot.event.pages.schedule
    if not last.sessions and not last.gone:
        return ()
    names = {_known_by(session) for session in sessions_seen(schedules)}
    unseen = [session for session in last.sessions if _known_by(session) not in names]
    if not unseen and not last.gone:
        return ()
    standing = _Standing.of(schedules, (*last.sessions, *(gone.session for gone in last.gone)))
    still = [gone for gone in last.gone if not standing.has(gone.session)]
    told = {_known_by(gone.session) for gone in still}
    fresh = (
        GoneSession(session, _remover(session, snapshot), snapshot.now)
        for session in unseen
        if _known_by(session) not in told and not standing.has(session) and not standing.renamed(session)
    )
    return tuple(
        gone
        for gone in (*still, *dict.fromkeys(fresh))
        if gone.session.page in pages
        and not (gone.session.start and gone.session.start < snapshot.now - STALE)
    )


def next_look(
    snapshot: Snapshot, schedules: Sequence[Schedule], look: LastLook, *, certain: bool
) -> LastLook:
    """What to remember of this look; where a page is on hold, what was known of it stays known."""
    if certain:
        sessions = sessions_seen(schedules)
        sights = sights_seen(snapshot, schedules, sessions, PARTS)
        return replace(look, known=True, sessions=sessions, sights=sights)
    last = snapshot.last
    marks = {(one.mark, one.by, one.at): one for one in (*last.marks, *look.marks)}
    since = {**last.since, **look.since}
    return LastLook(True, last.sessions, last.gone, since, tuple(marks.values()), last.sights)
