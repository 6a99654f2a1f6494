"""Lists that give each time in brackets behind the title: `* Maps (10:00–11:00, Room B) – [[User:Ada]]`.

Such a time is used only if the list has it in most of its items, and if these are not just names: a list of helpers looks the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from callboard.read.item_times import LeadingTime, leading_time
from callboard.read.list_items import Item
from callboard.read.list_rooms import ItemRooms
from callboard.read.names import looks_like_name
from callboard.read.page_reader import PageReader
from callboard.wikitext.edits import Span
from callboard.wikitext.lists import LineKind

_BRACKET = re.compile(r"\((?:at\s+)?([^()\[\]{}<>\n]{3,80})\)")
_CLEARLY = re.compile(r"\d[:.h]\d\d|\d\s?[ap]\.?m\b|\d\s*[-–—]\s*\d", re.IGNORECASE)
_FEW = 2  # items that make a list of sessions


def give_times_behind(page: PageReader, rooms: ItemRooms, items: Sequence[Item]) -> None:
    """Gives the items of one list the times in their brackets, if that is how the list is written."""
    plain = [item for item in items if item.line.kind is LineKind.ITEM and not item.names]
    if len(plain) < _FEW or any(item.time or item.timed or item.signed for item in plain):
        return
    found = [(item, time) for item in plain if (time := _time_behind(page, item))]
    if len(found) < _FEW or len(found) * 2 <= len(plain):
        return
    named = sum(_only_names(page, rooms, item, time) for item, time in found)
    if named * 2 > len(found):
        return
    for item, time in found:
        item.time = time


def _times(page: PageReader, item: Item) -> Iterator[LeadingTime]:
    content = item.line.content
    for bracket in _BRACKET.finditer(page.text, content.start, content.end):
        inside = Span(*bracket.span(1))
        time = leading_time(page.text, inside)
        if time and _CLEARLY.search(time.source.of(page.text)) and time.slot is None:
            yield replace(time, body=content.start, bracket=Span(*bracket.span()))


def _time_behind(page: PageReader, item: Item) -> LeadingTime | None:
    """The time in the one bracket of an item that begins with one, if words stand before it and no other time is there."""
    times = list(_times(page, item))
    if len(times) != 1 or times[0].bracket is None:
        return None
    content, bracket = item.line.content, times[0].bracket
    before, after = Span(content.start, bracket.start), Span(bracket.end, content.end)
    if not page.words(before) or page.has_clock(before) or page.has_clock(after):
        return None
    return times[0]


def _only_names(page: PageReader, rooms: ItemRooms, item: Item, time: LeadingTime) -> bool:
    """Whether nothing but somebody's name may stand before the time, and no room or session with it."""
    if time.bracket is None or rooms.of(item.line.content).rooms:
        return False
    before = Span(item.line.content.start, time.bracket.start)
    reading = page.cell(item.line.content)
    if reading.tasks or reading.facilitation:
        return False
    words = page.words(before).strip(" ,;:–—-")
    return not words or looks_like_name(words) or not page.cell(before).title
