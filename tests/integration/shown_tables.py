"""The tables of a rendered page as a browser gets them, to compare with those that were read from its source."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TypeVar

Words = TypeVar("Words", str, str | None)
Shape = tuple[str, int, int]  # tag, rowspan, colspan


@dataclass
class Shown:
    """One table; a nested one stands for itself, and its words are not those of the cell around it."""

    rows: list[list[tuple[Shape, str]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)  # of the open cell
    cell: Shape | None = None


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[Shown] = []
        self.done: list[Shown] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "table":
            self.open.append(Shown())
            self.done.append(self.open[-1])
        elif self.open and tag == "tr":
            self.open[-1].rows.append([])
        elif self.open and tag in {"td", "th"}:
            self.open[-1].cell = tag, _number(values.get("rowspan"), 0), _number(values.get("colspan"), 1)
            self.open[-1].words = []

    def handle_endtag(self, tag: str) -> None:
        if not self.open:
            return
        if tag == "table":
            self.open.pop()
        elif tag in {"td", "th"} and (cell := self.open[-1].cell):
            self.open[-1].rows[-1].append((cell, "".join(self.open[-1].words).strip()))
            self.open[-1].cell = None

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1].cell:
            self.open[-1].words.append(data)


def _number(value: str | None, zero: int) -> int:
    """HTML's rules for parsing non-negative integers; what they refuse is 1."""
    found = re.match(r"[ \t\n\f\r]*\+?([0-9]+)", value or "1")
    most = 1000 if zero else 65534
    return min(int(found[1]) or zero, most) if found else 1


def shown_tables(source: str) -> list[Shown]:
    """Every table of the HTML, in the order of their starts."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.done


def without_padding(rows: list[list[tuple[Shape, Words]]]) -> list[list[tuple[Shape, Words]]]:
    """The rows but those without cells, which no browser shows, and empty last ones, of which MediaWiki adds some."""
    filled = [row for row in rows if row]
    while filled and filled[-1] == [(("td", 1, 1), "")]:
        filled.pop()
    return filled
