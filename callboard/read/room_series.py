"""Rooms that are named together by what they have in common: `Rooms 1 and 2`, `Hacking rooms A/B`, `Säle 1–3`."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

AND = r"(?:,|&|/|\+|;|\band\b|\bund\b|\bet\b|\by\b|\be\b)"
_TO = r"[-–—]"
_RANGE = re.compile(rf"(?P<head>.*\D\s)(?P<first>\d{{1,2}})\s?{_TO}\s?(?P<last>\d{{1,2}})")
_MOST = 20  # rooms from the first to the last
_SINGULAR = {"räume": "raum", "säle": "saal", "sale": "sala", "aule": "aula", "sali": "sala", "sala": "sala"}
_GAP = r"(?:[\W_]|&nbsp;)+"


def members(parts: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """The known names that `rooms 1`, `2` stand for, if all of them are known; names are in small letters."""
    head, _, last = parts[0].rpartition(" ")
    if not head:
        return ()
    for common in dict.fromkeys(_singulars(head)):
        first = f"{common} {last}"
        meant = [first, *(part if part in known else f"{common} {part}" for part in parts[1:])]
        if all(name in known for name in meant):
            return tuple(meant)
    return ()


def _singulars(head: str) -> Iterator[str]:
    before, _, word = head.rpartition(" ")
    for one in (word, word.removesuffix("s"), _SINGULAR.get(word, word)):
        yield f"{before} {one}".strip()


def spellings(word: str) -> set[str]:
    """A word of a name as it stands and as one for several: `säle` for `saal`; what only adds an s is left out."""
    return {word, *(plural for plural, single in _SINGULAR.items() if single == word)}


def counted(words: str) -> tuple[str, ...]:
    """`Rooms 1–3` as `Rooms 1`, `2`, `3`; one that goes nowhere as it stands; empty if it is no such range."""
    words = words.strip()
    found = _RANGE.fullmatch(words) if words[-1:].isdigit() else None
    if not found:
        return ()
    if not 0 < int(found["last"]) - int(found["first"]) < _MOST:
        return (words,)
    rest = range(int(found["first"]) + 1, int(found["last"]) + 1)
    return (f"{found['head']}{found['first']}", *map(str, rest))


def patterns(names: Iterable[str]) -> Iterator[str]:
    """A pattern for each series among the names: `Room 1` and `Room 2` are also `Rooms 1 and 2`, `Room 1/2`, `Rooms 1–2`."""
    series: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        *head, last = re.findall(r"[^\W_]+", name) or [""]
        if head:
            series.setdefault(tuple(word.casefold() for word in head), []).append(last)
    for heads, lasts in series.items():
        if len(lasts) < 2:
            continue
        one = "|".join(sorted(map(re.escape, set(lasts)), key=len, reverse=True))
        plural = [word for word, single in _SINGULAR.items() if single == heads[-1]]
        word = "|".join((f"{re.escape(heads[-1])}s?", *map(re.escape, plural)))
        before = "".join(re.escape(word) + _GAP for word in heads[:-1])
        yield rf"{before}(?:{word}){_GAP}(?:{one})(?:\s*(?:{AND}|{_TO})\s*(?:{one})(?!\w))+"
