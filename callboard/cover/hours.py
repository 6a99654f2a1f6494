"""Arithmetic of hours: intervals in UTC joined, taken away from each other, met, and added up."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from callboard.model.cover import Interval


def joined(hours: Iterable[Interval]) -> list[Interval]:
    """The stretches in order, those that meet or overlap as one."""
    out: list[tuple[datetime, datetime]] = []
    for start, end in sorted(hours):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(out[-1][1], end)
        else:
            out.append((start, end))
    return out


def without(hours: Iterable[Interval], busy: Iterable[Interval]) -> list[Interval]:
    """What is left of hours when others are taken out."""
    taken, out = joined(busy), []
    for start, end in joined(hours):
        at = start
        for begins, ends in taken:
            if begins >= end or ends <= at:
                continue
            if begins > at:
                out.append((at, begins))
            at = max(at, ends)
        if at < end:
            out.append((at, end))
    return out


def common(one: Iterable[Interval], other: Iterable[Interval]) -> list[Interval]:
    """The time that lies in both."""
    hours = joined(other)
    return [
        (max(start, begins), min(end, ends))
        for start, end in joined(one)
        for begins, ends in hours
        if begins < end and start < ends
    ]


def total(hours: Iterable[Interval]) -> timedelta:
    """How long they are together, overlaps once."""
    return sum((end - start for start, end in joined(hours)), timedelta())
