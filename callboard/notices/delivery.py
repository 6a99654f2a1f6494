"""When each notice goes out: at once, later, or not at all any more.

A kind says from when on a notice may go and until when it is of use. Here the recipient's quiet hours, how many a day they
get, and what organisers said on the outbox page decide about the moment.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from callboard.config_notices import AskedFor, NoticeRule
from callboard.model import Notice, OutboxWord, Problem, ProposalState, Schedule, SignUps
from callboard.model.notice import key_for, recipient_in
from callboard.model.outbox import EVERYTHING, short_id
from callboard.notices import Occasions, kinds, told_as
from callboard.notices.persons_day import PersonsDay, day_of
from callboard.snapshot import Snapshot

# A notice that is of use for less than this after quiet hours is as good as useless then: it goes out at once.
TOO_SHORT = timedelta(minutes=30)
_TOO_LATE = "too late: it was of use until"
_ONLY_LATE = re.compile(rf"{_TOO_LATE} [\d-]{{10}} [\d:]{{5}} UTC")


@dataclass(frozen=True, slots=True)
class Planned:
    """A notice that is called for and goes out later, if nothing changes by then."""

    notice: Notice
    at: datetime | None  # when it may go; None if a person must say so first
    why: str = ""  # what it waits for besides its time: quiet hours, the limit of a day, an organiser's word


@dataclass(frozen=True, slots=True)
class Due:
    """Notices by what `now` makes of them."""

    now: tuple[Notice, ...]  # to be posted, the most urgent first
    late: tuple[Notice, ...]  # no longer of use: recorded as skipped, with the reason in `why_late`
    called_for: frozenset[str] = (
        frozenset()
    )  # keys of all that is due so far, sent or not, former names included
    planned: tuple[Planned, ...] = ()  # by when they go out; those that wait for a person last
    why_late: Mapping[str, str] = field(default_factory=dict)  # by key
    gone: frozenset[str] = (
        frozenset()
    )  # sessions of which people are to be told, now or later, that they are cancelled
    worked_out: bool = True  # false where a schedule page is on hold: then nobody knows who is due what


def due(
    snapshot: Snapshot,
    schedules: tuple[Schedule, ...],
    signups: tuple[SignUps, ...] = (),
    problems: tuple[Problem, ...] = (),
    states: tuple[ProposalState, ...] = (),
) -> Due:
    """The notices that the event wants and that were not sent before, each key once, sorted by what `now` makes of them."""
    called: dict[str, Notice] = {}
    for rule in snapshot.event.notice:
        if _wanted(rule, snapshot):
            for notice in kinds()[rule.kind].find(
                Occasions(snapshot, schedules, rule, signups, problems, states)
            ):
                called.setdefault(notice.key, notice)
    at_hand = {key: notice for key, notice in called.items() if notice.due <= snapshot.now}
    told = told_as(called.values(), snapshot.sent, called)
    left = [one for key, one in called.items() if key not in told and key not in snapshot.sent]
    return replace(
        delivered((notice for notice in left if _asked_for(notice, snapshot)), snapshot),
        called_for=frozenset(at_hand) | frozenset(told.values()),
        gone=frozenset(one.subject for one in left if kinds()[one.kind].cancels and snapshot.now < one.until),
    )


def _wanted(rule: NoticeRule, snapshot: Snapshot) -> bool:
    kind = kinds()[rule.kind]
    if kind.by_script and not isinstance(rule, AskedFor):
        return False
    return rule.enabled and not (kind.rests_on_board and snapshot.board_note)


def _asked_for(notice: Notice, snapshot: Snapshot) -> bool:
    kinds_asked, people = snapshot.only_kinds, snapshot.only_to
    of_kind = not kinds_asked or notice.kind in kinds_asked
    return of_kind and (not people or _person(notice.recipient, snapshot) in people)


def delivered(wanted: Iterable[Notice], snapshot: Snapshot) -> Due:
    """Every notice in one of three places: to be posted now, too late, or planned; the most urgent first.

    Most urgent is what can be of use for the shortest time. An organiser's word beats all, but for the time until which a
    notice is of use; notices to a talk page of the event know neither quiet hours nor limits.
    """
    now = snapshot.now
    late: list[Notice] = []
    placed: list[Planned] = []
    to_people: defaultdict[str, list[Notice]] = defaultdict(list)
    for notice in sorted(wanted, key=_urgency):
        word = word_on(notice, snapshot)
        if now >= notice.until and now >= notice.due:
            late.append(notice)
        elif word and word.says == "hold":
            placed.append(Planned(notice, None, _held_back(word)))
        elif word or snapshot.early:
            placed.append(Planned(notice, now))
        elif notice.to_page:
            placed.append(Planned(notice, max(notice.due, now)))
        else:
            to_people[_person(notice.recipient, snapshot)].append(notice)
    counts = _Counts(snapshot)
    for person, notices in to_people.items():
        placed += _spread(notices, counts.day(person), counts.used(person), snapshot)
    planned = [one for one in placed if one.at is None or one.at > now]
    return Due(
        now=tuple(sorted((one.notice for one in placed if one.at and one.at <= now), key=_urgency)),
        late=tuple(late),
        planned=tuple(sorted(planned, key=lambda one: (one.at is None, one.at or now, _urgency(one.notice)))),
        why_late={notice.key: _why_late(notice, snapshot, counts) for notice in late},
    )


def word_on(notice: Notice, snapshot: Snapshot) -> OutboxWord | None:
    """What an organiser said about the notice on the outbox page; what was said of this one counts before what holds for all."""
    words = snapshot.outbox
    return words.get(short_id(notice.key)) or words.get(EVERYTHING)


def _urgency(notice: Notice) -> tuple[datetime, datetime, str]:
    return notice.until, notice.due, notice.key


def _person(name: str, snapshot: Snapshot) -> str:
    return snapshot.renamed(name) or name


def _held_back(word: OutboxWord) -> str:
    return f"held back by {word.by}, {word.at:%Y-%m-%d %H:%M} UTC"


class _Counts:
    """How many notices each person had on each of their days, as they are known to have gone out."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.sent: defaultdict[str, list[datetime]] = defaultdict(list)
        counted: set[str] = set()  # what was told under a former name is noted under the new one too
        for key, at in snapshot.sent_at.items():
            person = _person(recipient_in(key), snapshot)
            if (same := key_for(key, person)) not in counted:
                counted.add(same)
                self.sent[person].append(at)
        self.former = {
            known.renamed_to: name for name, known in snapshot.accounts.items() if known.renamed_to
        }

    def day(self, person: str) -> PersonsDay:
        """The person's clock; the event file may know them by a former name."""
        return day_of(self.snapshot.event, person, self.former.get(person, person))

    def used(self, person: str) -> Counter[date]:
        """How many they had, by their days."""
        day = self.day(person)
        return Counter(day.date_of(at) for at in self.sent[person])


def _spread(
    notices: Iterable[Notice], day: PersonsDay, used: Counter[date], snapshot: Snapshot
) -> Iterator[Planned]:
    """One person's notices, each at its moment: outside quiet hours, and no more than the limit on one day.

    What is due later on a day counts when the most urgent of that day are chosen, so that no reminder has to give way to
    something that can wait.
    """
    most = snapshot.event.delivery.per_day
    too_many = f"the limit of {most} a day to one person (delivery.per_day)"
    left = [_not_in_quiet_hours(one, max(one.due, snapshot.now), day) for one in notices]
    while left:
        first = min(moment for _, moment, _ in left)
        tomorrow = day.next_day(first)
        today = sorted((one for one in left if one[1] < tomorrow), key=lambda one: _urgency(one[0]))
        left = [one for one in left if one[1] >= tomorrow]
        free = max(0, most - used[day.date_of(first)])
        yield from (Planned(notice, moment, why) for notice, moment, why in today[:free])
        for notice, _, _ in today[free:]:
            _, moment, why = _not_in_quiet_hours(notice, tomorrow, day)
            if moment < notice.until:
                left.append((notice, moment, "; ".join(filter(None, (too_many, why)))))
            else:
                yield Planned(notice, None, f"{too_many}; the day after it is of no use any more")


def _not_in_quiet_hours(notice: Notice, moment: datetime, day: PersonsDay) -> tuple[Notice, datetime, str]:
    """When it may go, and why not at `moment`; a notice that would be of no use after quiet hours goes all the same."""
    end = None if kinds()[notice.kind].any_hour else day.quiet_until(moment)
    if end is None or end + TOO_SHORT > notice.until:
        return notice, moment, ""
    return notice, end, f"quiet hours ({day.quiet_hours})"


def only_late(why: str) -> bool:
    """Whether a notice was given up for lateness alone, by the reason on record."""
    return _ONLY_LATE.fullmatch(why) is not None


def _why_late(notice: Notice, snapshot: Snapshot, counts: _Counts) -> str:
    why = f"{_TOO_LATE} {notice.until.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    word = word_on(notice, snapshot)
    if word and word.says == "hold":
        return f"{_held_back(word)}, for as long as it was of use"
    if notice.to_page:
        return why
    person, most = _person(notice.recipient, snapshot), snapshot.event.delivery.per_day
    had = counts.used(person)[counts.day(person).date_of(notice.until - timedelta(seconds=1))]
    return f"{why}; the limit of {most} notices a day to one person was reached" if had >= most else why
