"""What stands under which label in a task's description: Remarkup as people write it, from a template or by hand.

`**Format:** Workshop`, `* Title: Maps`, `Language - English`, `| Room | Main track |`, `== Speakers ==` with a list below.
Quotes and code give no labels. Nothing is rendered, and no pattern takes more than linear time.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as made_by

from callboard.values import value

LONGEST = 100_000  # characters of a description that are read; 50 pages
_LABEL = 120  # characters; the template's own have instructions in brackets
_FENCE = re.compile(r"^\s*(```|%%%|\{\{\{)")
_CLOSING = {"```": "```", "%%%": "%%%", "{{{": "}}}"}
_CODE = re.compile(r"^(?: {2,}|\t)(?!\s*(?:[-*#•+]|\d+[.)]|\[[ xX]?\])\s)")
_QUOTE = re.compile(r"^\s*>")
_HEADING = re.compile(r"^\s?(={1,6}(?=\s*[^=\s])|#{2,6}(?=\s))")
_UNDERLINE = re.compile(r"^(={3,}|-{3,})\s*$")
_MARKER = re.compile(r"^\s*(?:[-*#•+]+|\d{1,3}[.)])\s+")
_BOX = re.compile(r"^\s*(?:[-*#•+]+\s+)?\[([ xX✓✔]?)\]\s*")
_BOLD = re.compile(r"^(\*\*|__|//|''')(.{1,120}?)\1\s*(.*)$")
_DASH = re.compile(r"^(.{1,60}?)\s+[-–—=]\s+(\S.*)$")
_LABELLED = re.compile(r"[^\W\d][\w ()/-]{1,60}:(?:\s|$)")
_RULE = re.compile(r"^[\s|:=-]*$")
_IN_LINK = re.compile(r"\[\[[^\[\]\n]*\]\]")
_HTML_ROW = re.compile(r"<tr>(.*?)(?:</tr>|(?=<tr>)|(?=</table>)|\Z)", re.DOTALL | re.IGNORECASE)
_HTML_CELL = re.compile(r"<t[hd]>(.*?)(?=</?t[hdr]|\Z)", re.DOTALL | re.IGNORECASE)
_HTML_TABLE = re.compile(r"<table>.*?(?:</table>|\Z)", re.DOTALL | re.IGNORECASE)
_BEHIND = " \t:：-–—="

FieldOf = Callable[[str], str]  # the field that a label stands for, or ""


@value()
class Entry:
    """What stands under one label; the value is raw, its lines as they were written."""

    field: str  # empty for what stands under no label
    label: str
    value: str
    line: int  # of the label, from 1; of a table in HTML its first


@dataclass(slots=True)
class _Open:
    """An entry that is still being read."""

    field: str
    label: str
    line: int
    level: int = 0  # of the heading; 0 for a label in a line
    lines: list[str] = made_by(default_factory=list)
    code: list[str] = made_by(default_factory=list)

    def takes(self, line: str, free: frozenset[str]) -> bool:
        """Whether the next line still belongs to the value: all of a text, one paragraph of anything else."""
        if self.field in free:
            return True
        if not line.strip():
            return bool(self.level) and not self.lines  # between a heading and its value
        if self.level or not self.lines:
            return True
        return self.lines[-1].rstrip().endswith(",") or bool(_MARKER.match(line) or _BOX.match(line))

    @property
    def done(self) -> Entry:
        return Entry(self.field, self.label, "\n".join(self.lines).strip("\n"), self.line)


def entries(
    text: str, field_of: FieldOf, free: frozenset[str] = frozenset({"description"})
) -> tuple[Entry, ...]:
    """Every labelled value, in order; what stands under no label comes last, as one entry without a field.

    `free` are the fields that hold text of several paragraphs, code and quotes included.
    """
    text = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    found = list(_html_entries(text, field_of))
    text = _HTML_TABLE.sub(lambda table: "\n" * table[0].count("\n"), text)
    reader = _Reader(field_of, free, text.split("\n"))
    reader.read()
    found += reader.found
    rest = "\n".join(reader.rest).strip()
    return (*found, *([Entry("", "", rest, 0)] if rest else []))


def without_marker(line: str) -> str:
    """A line of a list without its marker and box."""
    return _MARKER.sub("", _BOX.sub("", line)).strip()


def ticked(text: str) -> str:
    """Of a list with boxes (`[x] Workshop`) the lines that are ticked; any other text as it is."""
    boxes = [(line, box[1].strip()) for line in text.split("\n") if (box := _BOX.match(line))]
    return "\n".join(without_marker(line) for line, tick in boxes if tick) if boxes else text


class _Reader:
    """Goes through the lines once."""

    def __init__(self, field_of: FieldOf, free: frozenset[str], lines: Sequence[str]) -> None:
        self.field_of = field_of
        self.free = free
        self.lines = lines
        self.found: list[Entry] = []
        self.rest: list[str] = []
        self._open: _Open | None = None
        self._columns: list[tuple[str, str]] = []  # (field, label) of a table with a head of labels

    def read(self) -> None:
        inert = _inert(self.lines)
        skip = -1
        for number, line in enumerate(self.lines):
            if number == skip:
                continue
            if inert[number]:
                self._add(line, code=True)
                continue
            row = line.strip()
            if not row.startswith("|"):
                self._columns = []
            under = self.lines[number + 1] if number + 1 < len(self.lines) else ""
            if row.startswith("|") and row.count("|") > 1:
                self._table_row(row[1:].removesuffix("|"), line, number + 1)
            elif (
                line.strip()
                and not _MARKER.match(line)
                and (mark := _UNDERLINE.match(under))
                and "|" not in line
            ):
                skip = number + 1
                self._heading(line.strip(), 1 if mark[1][0] == "=" else 2, number + 1)
            elif heading := _HEADING.match(line):
                self._heading(row.lstrip("=#").rstrip("=# "), len(heading[1]), number + 1)
            else:
                self._line(line, number + 1)
        self._close()

    def _close(self) -> None:
        if self._open:
            self.found.append(self._open.done)
            self._open = None

    def _add(self, line: str, *, code: bool = False) -> None:
        one = self._open
        if one is None:
            self.rest.append(line)
        elif code:
            if one.field in self.free:
                one.lines.append(line)
        elif one.takes(line, self.free):
            if line.strip() or one.lines:
                one.lines.append(line)
        else:
            self._close()
            self.rest.append(line)

    def _begin(self, label: str, given: str, line: int, level: int = 0) -> bool:
        name = self.field_of(label)
        if not name:
            return False
        self._close()
        self._open = _Open(name, label, line, level, [given] if given else [])
        return True

    def _heading(self, text: str, level: int, line: int) -> None:
        text = text.strip("*_/ ")
        if self._begin(text, "", line, level) or self._labelled(text, line):
            return
        if self._open and self._open.field in self.free and not 0 < level <= self._open.level:
            self._add(text)  # a heading within a description
            return
        self._close()

    def _line(self, line: str, number: int) -> None:
        bare = without_marker(line)
        listed = bool(_MARKER.match(line))
        if self._labelled(bare, number):
            return
        if self._open and self._open.field not in self.free and _other_label(bare, self._open.field):
            self._close()
        elif not listed and 0 < len(bare) <= _LABEL and self._begin(bare.rstrip("?"), "", number):
            return
        self._add(line)

    def _labelled(self, text: str, line: int) -> bool:
        return any(self._begin(label, given, line) for label, given in _labels(text))

    def _table_row(self, row: str, line: str, number: int) -> None:
        cells = _cells(row)
        if _RULE.match(row):
            return
        names = [(self.field_of(_plain(cell)), _plain(cell)) for cell in cells]
        if self._columns and len(cells) == len(self._columns):
            self._close()
            for (name, label), cell in zip(self._columns, cells, strict=True):
                if name:
                    self.found.append(Entry(name, label, cell, number))
        elif len(cells) > 1 and all(name for name, _ in names):
            self._close()
            self._columns = names
        elif len(cells) > 1 and names[0][0]:
            self._close()
            self.found.append(Entry(*names[0], " ".join(cell for cell in cells[1:] if cell), number))
        elif not self._open or self._open.field in self.free:
            self._add(line)


def _labels(text: str) -> Iterator[tuple[str, str]]:
    """The ways to see a label and its value in a line: `**A:** b`, `**A**: b`, `A: b`, `A - b`, `A? b`."""
    if bold := _BOLD.match(text):
        label, given = bold[2], bold[3]
        yield label.strip().rstrip(":：").strip(), given.lstrip(_BEHIND).strip()
    if (at := _colon(text)) > 0:
        yield _plain(text[:at]), text[at + 1 :].strip().removeprefix("**").strip()
    if (asked := text.find("?", 0, _LABEL)) > 0:
        yield _plain(text[:asked]), text[asked + 1 :].lstrip(_BEHIND).strip()
    if dash := _DASH.match(text):
        yield _plain(dash[1]), dash[2].strip()


def _other_label(text: str, field: str) -> bool:
    """Whether a line has a label of something else: `**Notes:** …`, `Equipment: …`; not `Saturday: 10:00` among times."""
    bold = _BOLD.match(text)
    if bold and (bold[2].rstrip().endswith(":") or bold[3].startswith(":")):
        return True
    return field not in {"times", "people"} and bool(_LABELLED.match(text))


def _colon(text: str) -> int:
    """Where the first colon outside brackets stands within a label's length; -1 if there is none."""
    depth = 0
    for at, sign in enumerate(text[:_LABEL]):
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        elif sign in ":：" and depth <= 0:
            return at
    return -1


def _plain(text: str) -> str:
    return re.sub(r"\*\*|__|//|'''|!!|`", "", text).strip(" *:：?")


def _cells(row: str) -> list[str]:
    masked = _IN_LINK.sub(lambda link: link[0].replace("|", "\x00"), row)
    return [cell.replace("\x00", "|").strip() for cell in masked.split("|")]


def _html_entries(text: str, field_of: FieldOf) -> Iterator[Entry]:
    for table in _HTML_TABLE.finditer(text):
        line = text.count("\n", 0, table.start()) + 1
        for row in _HTML_ROW.finditer(table[0]):
            cells = [cell[1].strip() for cell in _HTML_CELL.finditer(row[1])]
            if len(cells) > 1 and (name := field_of(_plain(cells[0]))):
                yield Entry(name, _plain(cells[0]), " ".join(cells[1:]), line)


def _inert(lines: Sequence[str]) -> list[bool]:
    """Which lines are code, literal text or quotes."""
    out: list[bool] = []
    closing = ""
    for number, line in enumerate(lines):
        if closing:
            out.append(True)
            if closing in line:
                closing = ""
            continue
        fence = _FENCE.match(line)
        if fence:
            out.append(True)
            mark = _CLOSING[fence[1]]
            closing = "" if mark in line[fence.end() :] else mark
            continue
        before = number == 0 or not lines[number - 1].strip() or out[-1]
        out.append(bool(_QUOTE.match(line)) or (bool(_CODE.match(line)) and before))
    return out
