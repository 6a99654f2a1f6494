"""What each owner or facilitator knows of a session, beside how the session stands now.

A person's session is certain where it stands for them at one place only: half of a move, the same talk held twice, a time that
cannot be read are told to nobody. Who takes a person out of a row tells them; the bot does not.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from callboard.model import FirstSight, Maker, Schedule, SeenSession, Session, SessionFacts
from callboard.notices.facts import elsewhere, facts_of, in_words, otherwise, updated
from callboard.notices.grace import did_it, maker_of, told_from
from callboard.notices.identity import is_task, name_of, same_sessions
from callboard.notices.struck import is_struck
from callboard.notices.telling import accounts_of, subject
from callboard.notices.told import OWNER, Part, Told, Whose, told_last
from callboard.read.matching import same_title
from callboard.snapshot import Snapshot

STALE = timedelta(hours=24)  # nobody needs to know that a session of last week is gone


@dataclass(frozen=True, slots=True)
class Case:
    """A person's session as it stands, and what they know of it."""

    name: str  # of the session in keys
    person: str
    page: Schedule
    session: Session
    now: SessionFacts
    told: Told  # what they know
    maker: Maker | None  # who made it stand as it does
    new: bool  # nobody knows what they knew before: it is as they see it now
    sight: FirstSight | None

    @property
    def key(self) -> Whose:
        """The session and the person, as keys name them."""
        return self.name, self.person

    def moved(self, snapshot: Snapshot) -> bool:
        """Whether it stands elsewhere, or anywhere again."""
        return self.told.gone or elsewhere(snapshot.event, self.told.facts, self.now)

    def differs(self, snapshot: Snapshot) -> bool:
        """Whether it is not as they know it."""
        return self.moved(snapshot) or any(otherwise(self.told.facts, self.now))

    def due(self, snapshot: Snapshot) -> datetime:
        """From when on they may be told: the start that they know counts for the haste too."""
        ahead = (at for at in (self.told.facts.start, self.now.start) if at >= snapshot.now)
        return told_from(snapshot, self.maker.at if self.maker else None, min(ahead, default=None))


class Known:
    """Answers for one part what its people know of their sessions; `known` gives it."""

    def __init__(self, snapshot: Snapshot, schedules: Sequence[Schedule], part: Part) -> None:
        self._snapshot, self._part = snapshot, part
        self._last = told_last(snapshot, part)
        self._there: defaultdict[Whose, list[tuple[Schedule, Session]]] = defaultdict(list)
        self._rows: defaultdict[str, list[Session]] = defaultdict(list)
        self._titled: defaultdict[str, list[Session]] = defaultdict(list)
        for page in schedules:
            for session in page.sessions:
                self._enter(page, session)
        self._sights = {(one.name, one.person): one for one in snapshot.last.sights if one.part == part.name}
        self._names = self._names_of_old()
        self._found = {self._called(whose) for whose in self._there}
        cases = [self._case(whose) for whose in self._there]
        self.cases: tuple[Case, ...] = tuple(case for case in cases if case)

    def _enter(self, page: Schedule, session: Session) -> None:
        if (session.title or session.tasks) and not is_struck(page, session):
            name = subject(session)
            self._rows[name].append(session)
            if title := same_title(session.title):
                self._titled[title].append(session)
            people = session.owners if self._part is OWNER else session.facilitators
            for person in accounts_of(self._snapshot, people):
                self._there[name, person].append((page, session))

    # --- the same session under another name

    def _names_of_old(self) -> dict[Whose, str]:
        """The name in keys of each session that has another one now: a new title, or its task at last."""
        names = {(name_of(one.session), person): name for (name, person), one in self._sights.items()}
        lost: defaultdict[str, list[FirstSight]] = defaultdict(list)
        for (_, person), one in self._sights.items():
            if name_of(one.session) not in self._rows:
                lost[person].append(one)
        new: defaultdict[str, list[Session]] = defaultdict(list)
        for (name, person), rows in self._there.items():
            if (name, person) not in names and len(rows) == 1:
                new[person].append(rows[0][1])
        for person, sessions in new.items():
            by_session = {one.session: one.name for one in lost[person]}
            for seen, session in same_sessions(by_session, sessions):
                names[subject(session), person] = by_session[seen]
            for session in sessions:
                if (subject(session), person) not in names and (former := self._told_as(session, person)):
                    names[subject(session), person] = former
        return names

    def _told_as(self, session: Session, person: str) -> str:
        """The name under which they were told of it, where only the keys remember: gone now, and it was at this place."""
        now = facts_of(session)
        found = [
            name
            for (name, whose), told in self._last.items()
            if whose == person
            and name not in self._rows
            and not (is_task(name) and session.tasks)
            and now
            and not elsewhere(self._snapshot.event, told.facts, now)
        ]
        mine = subject(session)
        return found[0] if len(found) == 1 and (mine, person) not in self._last else ""

    def name(self, session: Session, person: str) -> str:
        """What stands for a session in keys, as the person knows it: under a new title, or with its task at last, as before."""
        name = subject(session)
        return self._names.get((name, person), name)

    def _called(self, whose: Whose) -> Whose:
        """The same with the name that it had first."""
        return self._names.get(whose, whose[0]), whose[1]

    # --- what they know

    def _case(self, whose: Whose) -> Case | None:
        name, person = self._called(whose)
        page, session = self._there[whose][0]
        now = facts_of(session)
        if now is None or not self._certain(whose):
            return None
        sight, last = self._sights.get((name, person)), self._last.get((name, person))
        told = _known(sight, last, looked_before=self._snapshot.last.known)
        maker = maker_of(self._snapshot, page, session)
        fresh = Told(max(last.number if last else 0, sight.told if sight else 0), now)
        changed = maker.at if maker else None
        new = did_it(maker, person, self._snapshot) or unsettled(self._snapshot, sight, told, changed)
        known = fresh if told is None or new else told
        return Case(name, person, page, session, now, known, maker, new or told is None, sight)

    def _certain(self, whose: Whose) -> bool:
        """Whether all rows of its name that are theirs, or nobody's, are at one place; of a facilitator's session all rows."""
        rows = self._rows[whose[0]]
        if self._part is OWNER:
            mine = [session for _, session in self._there[whose]]
            rows = [one for one in rows if not one.owners or any(one is other for other in mine)]
        return len({(one.start, one.room or "") for one in rows}) == 1

    # --- sessions that are not there, and what to remember

    def missed(self) -> Iterator[tuple[FirstSight, Told]]:
        """People whose session stands nowhere, under no name, and what they know of it."""
        for whose, sight in self._sights.items():
            told = _known(sight, self._last.get(whose), looked_before=True)
            if told and whose not in self._found:
                yield sight, told

    def stands(self, sight: FirstSight) -> bool:
        """Whether it stands there under its task or title: in rows of its owners, or that name none."""
        seen = sight.session
        rows = (*self._rows.get(name_of(seen), ()), *self._titled.get(same_title(seen.title), ()))
        return any(
            not seen.owners or not one.owners or any(person.name in seen.owners for person in one.owners)
            for one in rows
        )

    def sights(self, seen: Iterable[SeenSession]) -> Iterator[FirstSight]:
        """What to remember: who stands there, and whose session is gone or unclear for now."""
        rows = {(one.page, one.line, name_of(one)): replace(one, line=1) for one in seen}
        for case in self.cases:
            yield self._sight(case, rows[case.page.page, case.session.line, subject(case.session)])
        certain = {case.key for case in self.cases}
        for whose, sight in self._sights.items():
            lost = not self.stands(sight) and sight.facts.start > self._snapshot.now - STALE
            if whose not in certain and (lost or whose in self._found):
                yield sight

    def _sight(self, case: Case, seen: SeenSession) -> FirstSight:
        """What they know as far as it is in no key: at first sight, by their own hand, or in words what the key says in marks."""
        sight, told = case.sight, case.told
        if case.new:
            quiet = told_from(self._snapshot, case.maker.at if case.maker else None, case.now.start)
            settled = quiet <= self._snapshot.now
            return FirstSight(
                seen,
                case.name,
                case.person,
                self._part.name,
                case.now,
                told.number,
                None if settled else quiet,
            )
        if sight is None:  # a new ledger, and only the keys remember
            sight = FirstSight(seen, case.name, case.person, self._part.name, told.facts, told.number - 1)
        if told.number > sight.told and not case.differs(self._snapshot):
            sight = replace(sight, facts=updated(told.facts, case.now), told=told.number, quiet_from=None)
        return replace(sight, session=seen)


_MADE: dict[str, tuple[Snapshot, Sequence[Schedule], Known]] = {}  # by part: several kinds ask for the same


def known(snapshot: Snapshot, schedules: Sequence[Schedule], part: Part) -> Known:
    """What the people of one part know, worked out once for a snapshot and its schedules."""
    made = _MADE.get(part.name)
    if made is None or made[0] is not snapshot or made[1] is not schedules:
        made = _MADE[part.name] = snapshot, schedules, Known(snapshot, schedules, part)
    return made[2]


def unsettled(
    snapshot: Snapshot, sight: FirstSight | None, told: Told | None, changed: datetime | None
) -> bool:
    """Whether what they saw at first had not been quiet for the grace time when it was changed: nobody knew it yet."""
    if sight is None or sight.quiet_from is None or told is None or changed is None:
        return False
    return told.number <= sight.told and changed + snapshot.shift < sight.quiet_from


def _known(sight: FirstSight | None, last: Told | None, *, looked_before: bool) -> Told | None:
    """None if the bot does not know: then it is as they see it now."""
    if sight is None:
        return None if looked_before else last
    if last and last.number > sight.told:
        return replace(last, facts=in_words(last.facts, sight.facts))
    return Told(max(sight.told, last.number if last else 0), sight.facts)


def sights_seen(
    snapshot: Snapshot, schedules: Sequence[Schedule], seen: Sequence[SeenSession], parts: Iterable[Part]
) -> tuple[FirstSight, ...]:
    """What to remember of the people of sessions, for the parts of which the event tells any changes, or whose names it needs."""
    wanted = {rule.kind for rule in snapshot.event.notice if rule.enabled}
    found = (
        sight
        for part in parts
        if wanted & (part.kinds | part.named)
        for sight in known(snapshot, schedules, part).sights(seen)
    )
    return tuple(sorted(found, key=lambda one: (one.facts.start, name_of(one.session), one.part, one.person)))
