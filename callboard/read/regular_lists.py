"""Regular cells and items with a list below their words, read at a fraction of the cost; they say what `cells.read_cell` would find.

    Maps for all ([[User:Ada|Ada]])
    ** facilitation: [[User:Bo|Bo]]
    ** bring a laptop

Below a title in one line may stand a mark for facilitation and notes of plain words, which name nobody.
"""

import re
from dataclasses import replace

from callboard.read.cell_kinds import CellReading, kind_of_words
from callboard.read.cell_memory import Names
from callboard.read.names import may_have_byline
from callboard.read.regular_cells import regular_reading
from callboard.wikitext.flat import LINE

_BELOW = re.compile(r"\n[*#:;]+[ \t]*")
_NOTE = re.compile(r"(?!\d)[^\W_]++(?>(?:,? [^\W_]++)*)[ \t]*")
_MARK = re.compile(r"[Ff]acilitat(?:ion|ors?) ?:(?=[ \t]*[\[{\w])")
_STRANGE = re.compile(r"(?i:fac|ordin)|[Tt]\d\d\d")


def regular_list(source: str, known: Names) -> CellReading | None:
    """What a regular cell with a list below its words says, with places in its own text; None for any other."""
    first = source.find("\n")
    if first < 0 or "<" in source or not source[:first].strip() or not _BELOW.match(source, first):
        return None
    notes: list[str] = []
    kept = source[:first]
    at = first
    while at < len(source):
        bullet = _BELOW.match(source, at)
        if bullet is None:
            return None
        end = source.find("\n", bullet.end())
        end = len(source) if end < 0 else end
        words = source[bullet.end() : end]
        if _MARK.match(words) and len(kept) == first:
            # at its own place below the title, so that what is read keeps its places
            kept = source[:first].ljust(at) + "\n".ljust(bullet.end() - at) + words
        elif _NOTE.fullmatch(words) and not _STRANGE.search(words) and not may_have_byline(words):
            notes.append(words.strip())
        else:
            return None
        at = end
    reading = regular_reading(kept, known)
    if reading is None or not reading.title:
        return None
    seen = LINE.join([reading.seen, *notes])
    has_task = bool(reading.tasks)
    kind = kind_of_words(seen, reading.title, named=has_task or bool(reading.owners), has_task=has_task)
    return replace(reading, kind=kind, seen=seen)
