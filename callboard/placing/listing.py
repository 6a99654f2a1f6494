"""Free slots as people and programs want them: chosen by length, day, room and owner; by day and room; as JSON; as wikitext."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from callboard.config import Event
from callboard.model import Proposal, SignUps
from callboard.placing import NotPlaced
from callboard.placing.slot_text import rooms_named
from callboard.read.days import read_day
from callboard.read.formats import format_named
from callboard.slots.fitting import Choice, minutes_of
from callboard.slots.gaps import Gap, may_help
from callboard.wikitext.escape import escape


def choice(
    event: Event,
    *,
    minutes: str = "",
    kind: str = "",
    day: str = "",
    room: str = "",
    proposal: Proposal | None = None,
) -> Choice:
    """The choice in a person's words; raises NotPlaced for a length, format, day or room that does not exist."""
    length = _minutes(minutes) if minutes else _of_format(kind, event) if kind else None
    if length is None and proposal:
        length = minutes_of(proposal, event)
    rooms = rooms_named(room, event) if room else ()
    return Choice(length, _day(day, event) if day else None, rooms, proposal)


def _minutes(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 24 * 60:
        raise NotPlaced(f"-minutes: a number from 1 to 1440, such as 55, not {text!r}")
    return int(text)


def _of_format(kind: str, event: Event) -> int:
    if form := format_named(event, kind):
        return form.minutes
    names = ", ".join(known.name for known in event.format) or "none"
    raise NotPlaced(f"-format: the event has no format {kind!r}; its formats are: {names}")


def _day(text: str, event: Event) -> date:
    reading = read_day(text, event.dates)
    if reading.day:
        return reading.day
    why = reading.odd[0].message if reading.odd else f"{text!r} is no day of the event"
    raise NotPlaced(f"-day: {why} ({', '.join(f'{day:%A} {day}' for day in event.dates)})")


def day_of(gap: Gap, event: Event) -> date:
    """The event's day to which a gap belongs."""
    return event.day_of(gap.start)


def hours(gap: Gap, event: Event) -> str:
    """`14:00–15:30` in the event's zone."""
    until = f"–{gap.end.astimezone(event.zone):%H:%M}" if gap.end else ""
    return f"{gap.start.astimezone(event.zone):%H:%M}{until}"


def minutes_in(gap: Gap) -> int | None:
    """How many minutes a gap has."""
    return int(gap.length / timedelta(minutes=1)) if gap.length else None


def unsure(
    found: Iterable[Gap], event: Event, wanted: Choice, signups: Sequence[SignUps]
) -> Iterator[tuple[Gap, str]]:
    """The gaps in which an owner may help elsewhere, as they said "maybe" in a list, and what is to be asked of them."""
    for gap in found:
        for one in may_help(gap, wanted.proposal, signups) if wanted.proposal else ():
            when = f"{one.start.astimezone(event.zone):%H:%M}–{one.end.astimezone(event.zone):%H:%M}"
            as_what = f" as {one.role}" if one.role else ""
            yield gap, f"{one.person} may help{as_what} {day_of(gap, event):%A} {when}: ask them"


def as_json(found: Iterable[Gap], asks: Iterable[tuple[Gap, str]] = ()) -> list[dict[str, object]]:
    """The gaps for programs, instants in UTC; with what is to be asked about each."""
    asks = list(asks)
    return [
        {
            "page": gap.page,
            "room": gap.room,
            "start": _instant(gap.start),
            "end": _instant(gap.end) if gap.end else None,
            "minutes": minutes_in(gap),
            **({"ask": told} if (told := [words for other, words in asks if other is gap]) else {}),
        }
        for gap in found
    ]


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def by_day(found: Iterable[Gap], event: Event) -> Iterator[tuple[date, list[tuple[str, list[Gap]]]]]:
    """The gaps of each day by room, rooms in the event file's order."""
    order = {room.name: number for number, room in enumerate(event.room)}
    for day, of_day in groupby(found, key=lambda gap: day_of(gap, event)):
        rooms: dict[str, list[Gap]] = {}
        for gap in of_day:
            rooms.setdefault(gap.room or "any room", []).append(gap)
        yield day, sorted(rooms.items(), key=lambda item: (order.get(item[0], len(order)), item[0]))


def as_wikitext(found: Iterable[Gap], event: Event) -> Iterator[str]:
    """The gaps as a list for a wiki page, in the event's zone."""
    listed = list(by_day(found, event))
    if not listed:
        yield "None that lies ahead."
    for day, rooms in listed:
        yield f"; {day:%A}, {day.day} {day:%B %Y} ({event.zone.key})"
        for room, free in rooms:
            yield f":* {escape(room)}: {', '.join(hours(gap, event) for gap in free)}"
