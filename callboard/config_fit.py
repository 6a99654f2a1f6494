"""What does not fit together in an event file, from plain values, so that it can be told beside what cannot be read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from callboard.wikitext.arguments import template_name


def rooms_twice(rooms: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """Names and aliases, without regard to case, that stand for two rooms; `rooms` is (name, aliases)."""
    names = Counter(name for name, _ in rooms)
    yield from (f"room: {name!r} names two rooms" for name, often in names.items() if often > 1)
    seen: dict[str, str] = {}
    for room, aliases in rooms:
        for name in (room, *aliases):
            if seen.setdefault(name.casefold(), room) != room:
                yield f"room: {name!r} names two rooms"


def unknown_rooms(rooms: Sequence[str], formats: Iterable[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """Rooms that formats name and that do not exist; `formats` is (name, rooms)."""
    for form, wanted in formats:
        for name in wanted:
            if name not in rooms:
                known = ", ".join(sorted(rooms)) or "not given"
                yield f"format.{form}.rooms: there is no room {name!r}; rooms are {known}"


def notices_twice(kinds: Iterable[str]) -> Iterator[str]:
    """Kinds of notice that stand twice."""
    often = Counter(kinds)
    yield from (f"notice: {kind!r} stands twice" for kind in sorted(often) if often[kind] > 1)


def templates_twice(templates: Iterable[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """Names of templates, aliases included, that are explained twice; `templates` is (name, aliases)."""
    often = Counter(name for known, aliases in templates for name in dict.fromkeys((known, *aliases)))
    yield from (f"template: {name!r} stands twice" for name, number in sorted(often.items()) if number > 1)


def told_of_raw(data: Mapping[str, object]) -> Iterator[str]:
    """All of the above for a file as parsed, as far as it can be read."""
    rooms = [(str(room.get("name", "")), _texts(room.get("aliases"))) for room in _tables(data.get("room"))]
    yield from rooms_twice(rooms)
    formats = [(str(form.get("name", "")), _texts(form.get("rooms"))) for form in _tables(data.get("format"))]
    yield from unknown_rooms([name for name, _ in rooms], formats)
    yield from notices_twice(str(rule["kind"]) for rule in _tables(data.get("notice")) if "kind" in rule)
    yield from templates_twice(
        (template_name(str(each["name"])), [template_name(name) for name in _texts(each.get("aliases"))])
        for each in _tables(data.get("template"))
        if "name" in each
    )


def _tables(value: object) -> list[dict[str, Any]]:
    """The tables of an array of tables, whatever else stands there."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    """The texts of an array, whatever else stands there."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
