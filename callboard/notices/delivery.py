"""When each notice goes out: at once, later, or not at all any more."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from callboard.config_notices import AskedFor, NoticeRule
from callboard.model import Notice, Problem, ProposalState, Schedule, SignUps
from callboard.notices import Occasions, kinds, told_as
from callboard.snapshot import Snapshot


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
    late: tuple[Notice, ...]  # no longer of use: recorded as skipped
    called_for: frozenset[str] = (
        frozenset()
    )  # keys of all that is due so far, sent or not, former names included
    planned: tuple[Planned, ...] = ()  # by when they go out


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
    told = told_as(at_hand.values(), snapshot.sent, at_hand)
    wanted = [notice for key, notice in called.items() if key not in told and key not in snapshot.sent]
    return replace(delivered(wanted, snapshot), called_for=frozenset(at_hand) | frozenset(told.values()))


def _wanted(rule: NoticeRule, snapshot: Snapshot) -> bool:
    kind = kinds()[rule.kind]
    if kind.by_script and not isinstance(rule, AskedFor):
        return False
    return rule.enabled and not (kind.rests_on_board and snapshot.board_note)


def delivered(wanted: Iterable[Notice], snapshot: Snapshot) -> Due:
    """The notices by what `now` makes of them, the most urgent first: what can be of use for the shortest time."""
    ordered = sorted(wanted, key=lambda notice: (notice.until, notice.due, notice.key))
    at_hand = [notice for notice in ordered if notice.due <= snapshot.now]
    later = sorted((notice for notice in ordered if notice.due > snapshot.now), key=lambda one: one.due)
    return Due(
        now=tuple(notice for notice in at_hand if snapshot.now < notice.until),
        late=tuple(notice for notice in at_hand if snapshot.now >= notice.until),
        planned=tuple(Planned(notice, notice.due) for notice in later),
    )
