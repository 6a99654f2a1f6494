"""Whether one cell holds several sessions that nothing tells apart by time: asked about, never read as one."""

import re
from collections.abc import Sequence

from callboard.read.labels import other_role, owner_label
from callboard.read.titles import line_title
from callboard.wikitext.flat import LINE, PERSON, Flat, Style

_RULE = re.compile(r"<hr\b|^-{4,}", re.IGNORECASE | re.MULTILINE)
_LED = re.compile(rf"[^{PERSON}{LINE}]*?\w[^{PERSON}{LINE}]*?(?:[,;–—(-]|\bby)\s*{PERSON}")
_PERSON_MARKUP = r"(?:\[\[[^\[\]{}]*\]\]|\{\{[^\[\]{}]*\}\})"
_ROLES = (
    r"notes?|note[ -]?takers?|scribes?|back-?ups?|chat|tech|camera|interpret\w*|translat\w*|chairs?|hosts?|moderat\w*|facilit\w*|"
    r"speakers?|presenters?|panel\w*|guests?|opponents?|discussants?|respondents?"
)
_ROLE_OF_ONE = rf"\W*(?i:facilit\w*\s*(?:\(s\))?\s*:|(?:{_ROLES}|modera\w*|animation|begeleid\w*|gespreksleid\w*)\b[^:\n\[\]{{}}]{{0,12}}:\s*{_PERSON_MARKUP})"
_ROLE_AHEAD = re.compile(_ROLE_OF_ONE)
_DIVIDED = re.compile(
    rf"{_PERSON_MARKUP}\s*[)\]]?\s+/\s+(?!{_ROLE_OF_ONE})[^\[\]{{}}<>\n/]*\w[^\[\]{{}}<>\n/]*[\s(–—,-]{_PERSON_MARKUP}\s*[)\]]?\s*(?:\Z|<br|\n)"
)
_BESIDE = re.compile(
    rf"\W*(?:{_ROLES}|remote|online|with|and|also|contact|organi[sz]\w*)\b",
    re.IGNORECASE,
)

_Line = tuple[int, int]


def holds_several(source: str, flat: Flat, seen: str, lines: Sequence[_Line]) -> bool:
    """Whether titles stand on both sides of a rule, or several lines each have a title and who holds it.

    `'''Maps'''<hr>'''Graphs'''`, `Maps ([[User:Ada]])<br>Graphs ([[User:Bo]])`,
    `'''Maps'''<br>[[User:Ada]]<br>'''Graphs'''<br>[[User:Bo]]`, a list of titles; not a title with a list of talks below it.
    """
    in_list = flat.styles & Style.ITEM
    if (
        len(lines) > 1
        and in_list
        and PERSON not in seen
        and all(_is_point(flat, seen, line) for line in lines)
    ):
        return True
    ruled = "<hr" in source.lower() or "----" in source
    if len(lines) < 2 or not (ruled or sum(PERSON in seen[start:end] for start, end in lines) > 1):
        return False
    titled = [line for line in lines if _has_title(seen, line)]
    if len(titled) < 2 or titled[0] != lines[0]:
        return False
    return (
        (ruled and _ruled(source, flat, titled))
        or _led(flat, seen, titled)
        or _headed(flat, seen, lines, titled)
    )


def is_divided(source: str) -> bool:
    """Whether a slash parts two titles, each with who holds it: `Maps ([[User:Ada]]) / Graphs ([[User:Bo]])`."""
    return " / " in source and _DIVIDED.search(source) is not None


def begins_with_role(source: str) -> bool:
    """Whether it says who does something at a session: `Facilitator: [[User:Ada]]`; `Panel: who pays?` is a session of its own."""
    return _ROLE_AHEAD.match(source) is not None


def _has_title(seen: str, line: _Line) -> bool:
    start, end = line
    if _BESIDE.match(seen, start, end) or owner_label(seen, start, end) or other_role(seen, start, end):
        return False
    return bool(line_title(seen, start, end))


def _is_point(flat: Flat, seen: str, line: _Line) -> bool:
    return bool(_style(flat, seen, line) & Style.ITEM) and _has_title(seen, line)


def _style(flat: Flat, seen: str, line: _Line) -> int:
    start, end = line
    return flat.style(start + len(seen[start:end]) - len(seen[start:end].lstrip())) & (
        Style.BOLD | Style.ITALIC | Style.ITEM
    )


def _alike(flat: Flat, seen: str, titled: Sequence[_Line]) -> list[_Line]:
    """The lines that look like the first."""
    return [line for line in titled if _style(flat, seen, line) == _style(flat, seen, titled[0])]


def _ruled(source: str, flat: Flat, titled: Sequence[_Line]) -> bool:
    first = flat.source_at(titled[0][0])
    return any(
        first < rule.start() < flat.source_at(line[0])
        for rule in _RULE.finditer(source)
        for line in titled[1:]
    )


def _led(flat: Flat, seen: str, titled: Sequence[_Line]) -> bool:
    """Whether the first line and another like it have a title and a person behind it."""
    led = [line for line in _alike(flat, seen, titled) if _LED.match(seen, *line)]
    return len(led) > 1 and led[0] == titled[0]


def _headed(flat: Flat, seen: str, lines: Sequence[_Line], titled: Sequence[_Line]) -> bool:
    """Whether a bold title comes again below people, with people of its own."""
    bold = [line for line in _alike(flat, seen, titled) if _style(flat, seen, line) & Style.BOLD]
    heads = [line for line in bold if not seen[line[0] : line[1]].rstrip().endswith(":")]
    if len(heads) < 2:
        return False
    first, second = lines.index(heads[0]), lines.index(heads[1])
    return _names(seen, lines[first:second]) and _names(seen, lines[second:])


def _names(seen: str, lines: Sequence[_Line]) -> bool:
    return any(PERSON in seen[start:end] for start, end in lines)
