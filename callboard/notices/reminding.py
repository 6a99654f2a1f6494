"""Reminders before a start: which leads are due, and that another lead in the event file is no second reminder."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import unquote

from callboard.notices import Occasions
from callboard.notices.telling import DEFAULT_LEAD, moments, occasion_of

_Reminded = defaultdict[tuple[str, str, str], set[timedelta]]
Reminders = Callable[[str, str, datetime], Iterator[tuple[timedelta, datetime, datetime]]]


def reminders(look: Occasions) -> Reminders:
    """For a session's name in keys, a person and a start: each lead, when it is due, and until when it is of use.

    A reminder that went out with a lead which the event file has no more stands for the lead that took its place, if that is
    not less than half as long: 24 h for 23 h, 60 min for 90 min or 30 min, and 24 h not for 1 h.
    """
    leads = sorted(set(look.rule.lead)) or [DEFAULT_LEAD]
    reminded = _reminded(look)

    def of(subject: str, person: str, start: datetime) -> Iterator[tuple[timedelta, datetime, datetime]]:
        former = reminded[subject, person, occasion_of(start)] - {*leads} if reminded else set()
        longer = (*leads[1:], timedelta.max)
        for (lead, due, until), next_longer in zip(moments(start, leads), longer, strict=True):
            if not any(old < next_longer and old <= 2 * lead for old in former):
                yield lead, due, until

    return of


def _reminded(look: Occasions) -> _Reminded:
    """The leads with which people were reminded of a start, as the keys of the rule's kind say."""
    found: _Reminded = defaultdict(set)
    event = look.snapshot.event.slug
    for key in look.snapshot.sent_at:
        parts = key.split("/")
        if len(parts) != 4 or parts[0] != event or parts[2] != look.rule.kind:
            continue
        name, _, person = parts[1].rpartition("@")
        start, _, lead = unquote(parts[3]).partition(" -")
        minutes = lead.removesuffix("min")
        if minutes.isdecimal():
            found[unquote(name), unquote(person), start].add(timedelta(minutes=int(minutes)))
    return found
