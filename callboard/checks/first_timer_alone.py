"""A shift in which everybody helps for the first time, where the event wants to know."""

from collections import defaultdict
from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.checks.phrasing import facts_of, listed, stamp, when
from callboard.cover.hours import joined
from callboard.model import Problem, Severity
from callboard.model.cover import Need, Stretch

_CODE = "first-timer-alone"


@check(_CODE)
def first_timer_alone(seen: Seen) -> Iterator[Problem]:
    """`* [[User:Ada|Ada]] (my first time)`; told at the first of them, as long as it is not over."""
    event = seen.snapshot.event
    if not event.cover.first_timers or not event.need:
        return
    alone: defaultdict[tuple[Need, tuple[str, ...]], list[Stretch]] = defaultdict(list)
    for stretch in seen.cover.stretches:
        if stretch.there and all(shift.first_time for shift in stretch.there):
            alone[stretch.need, tuple(shift.person for shift in stretch.there)].append(stretch)
    for (need, people), stretches in alone.items():
        times = joined((stretch.start, stretch.end) for stretch in stretches)
        if times[-1][1] <= seen.snapshot.now:
            continue
        what = f'"{need.session.title}"' if need.session and need.session.title else need.role
        hours = listed([when(start, end, event) for start, end in times])
        alone_there = "is alone" if len(people) == 1 else "are alone"
        message = (
            f"{listed(people)} {alone_there} at {what} {hours}, and "
            f"{'helps' if len(people) == 1 else 'help'} for the first time; find somebody to go with them"
        )
        facts = (*people, facts_of(need.session) if need.session else need.role)
        ahead = next(start for start, end in times if end > seen.snapshot.now)
        first = stretches[0].there[0]
        yield Problem(
            _CODE,
            Severity.NOTE,
            message,
            first.page,
            first.line,
            at=ahead,
            facts=(_CODE, *facts, *(f"{stamp(start)} {stamp(end)}" for start, end in times)),
        )
