"""Words about cover: why a need is not covered although people signed up for it, and lengths of time."""

from collections.abc import Sequence
from datetime import timedelta

from callboard.counted import counted
from callboard.model.cover import Cover, Stretch


def held_up(cover: Cover, gaps: Sequence[Stretch]) -> list[str]:
    """Who signed up for the role in these hours, but runs a session or has a firm shift elsewhere then."""
    return sorted(
        {
            shift.person
            for gap in gaps
            for shift in cover.shifts
            if not shift.session
            and shift.role in {gap.need.role, "" if gap.need.room else gap.need.role}
            and gap.need.room in {None, shift.room}
            and shift.start < gap.end
            and gap.start < shift.end
            and shift.person not in {one.person for one in gap.there}
        }
    )


def unclear_told(cover: Cover, role: str) -> str:
    """`3 entries with unclear hours are not counted`, or nothing."""
    number = cover.unclear.get(role, 0)
    if not number:
        return ""
    return f"{number} {'entry with unclear hours is' if number == 1 else 'entries with unclear hours are'} not counted"


def length_told(length: timedelta) -> str:
    """`45 minutes`, `1 hour`, `2 hours 30 minutes`."""
    hours, minutes = divmod(length // timedelta(minutes=1), 60)
    parts = [counted(n, unit) for n, unit in ((hours, "hour"), (minutes, "minute")) if n]
    return " ".join(parts) or "0 minutes"
