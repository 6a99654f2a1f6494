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


def no_such(what: str, known: Sequence[str], place: str, wanted: Iterable[str]) -> Iterator[str]:
    """Rooms, formats or days that the event does not have; `place` is the key where they are named."""
    for name in wanted:
        if name not in known:
            there = ", ".join(sorted(known)) or "not given"
            yield f"{place}: there is no {what} {name!r}; {what}s are {there}"


def notices_twice(kinds: Iterable[str]) -> Iterator[str]:
    """Kinds of notice that stand twice."""
    often = Counter(kinds)
    yield from (f"notice: {kind!r} stands twice" for kind in sorted(often) if often[kind] > 1)


def boards_at_odds(boards: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Workboards that stand twice, or on several servers: there is one token; `boards` is (project, url)."""
    often = Counter(project for project, _ in boards)
    yield from (f"board: {project!r} stands twice" for project, number in often.items() if number > 1)
    urls = dict.fromkeys(url.rstrip("/") for _, url in boards)
    if len(urls) > 1:
        yield f"board: all boards must be on one server, not on {' and '.join(urls)}"


def pages_at_odds(
    told: Mapping[str, str], others: Mapping[str, str], of_people: Iterable[str]
) -> Iterator[str]:
    """Pages that cannot be one: what the bot tells may stand on one page, but on none of the `others` or of people's.

    `told` and `others` are titles by key; "" is no page.
    """
    seen = dict.fromkeys(of_people, "a page of the event")
    for key, title in (*others.items(), *told.items()):
        if title and title in seen:
            yield f"pages.{key}: {title!r} is {seen[title]} already; name another page"
        elif title and key in others:
            seen[title] = f"pages.{key}"


def templates_twice(templates: Iterable[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """Names of templates, aliases included, that are explained twice; `templates` is (name, aliases)."""
    often = Counter(name for known, aliases in templates for name in dict.fromkeys((known, *aliases)))
    yield from (f"template: {name!r} stands twice" for name, number in sorted(often.items()) if number > 1)


def told_of_raw(data: Mapping[str, object]) -> Iterator[str]:
    """All of the above for a file as parsed, as far as it can be read."""
    rooms = [(str(room.get("name", "")), _texts(room.get("aliases"))) for room in _tables(data.get("room"))]
    yield from rooms_twice(rooms)
    yield from _unknown_names(data, [name for name, _ in rooms])
    yield from notices_twice(str(rule["kind"]) for rule in _tables(data.get("notice")) if "kind" in rule)
    yield from templates_twice(
        (template_name(str(each["name"])), [template_name(name) for name in _texts(each.get("aliases"))])
        for each in _tables(data.get("template"))
        if "name" in each
    )


def _unknown_names(data: Mapping[str, object], rooms: Sequence[str]) -> Iterator[str]:
    formats = _tables(data.get("format"))
    names = [str(form.get("name", "")) for form in formats]
    for name, form in zip(names, formats, strict=True):
        yield from no_such("room", rooms, f"format.{name}.rooms", _texts(form.get("rooms")))
    for number, need in enumerate(_tables(data.get("need"))):
        yield from no_such("room", rooms, f"need.{number}.rooms", _texts(need.get("rooms")))
        yield from no_such("format", names, f"need.{number}.formats", _texts(need.get("formats")))


def _tables(value: object) -> list[dict[str, Any]]:
    """The tables of an array of tables, whatever else stands there."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    """The texts of an array, whatever else stands there."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
