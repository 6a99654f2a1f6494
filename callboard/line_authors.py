"""Who last changed each line of a page: revisions compared line by line, oldest first.

What the bot itself changed keeps the person who wrote it before: `T900001` made a link is still that person's row. A comment
`<!-- callboard: ok … -->` belongs to who put it there, also when others edit the rest of its line.
"""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from callboard.model.history import LineAuthors, Maker, Remark

REMARK = re.compile(r"<!--\s*callboard:\s*ok\b(?P<said>.*?)-->", re.IGNORECASE | re.DOTALL)

# (tag, old start, old end, new start, new end), as difflib has it
_Block = tuple[str, int, int, int, int]


def lines_of(text: str) -> list[str]:
    """The lines as line numbers count them."""
    return text.split("\n")


def remarks_in(text: str) -> Iterator[tuple[int, str]]:
    """Line (from 0) and source of every comment that acknowledges something."""
    if "callboard:" not in text:
        return
    line = at = 0
    for found in REMARK.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        yield line, found[0]


def first_seen(text: str) -> LineAuthors:
    """Authors of a text of which nothing older is known."""
    return LineAuthors((None,) * len(lines_of(text)), tuple(Remark(*found) for found in remarks_in(text)))


def _blocks(old: Sequence[str], new: Sequence[str]) -> list[_Block]:
    """What stayed and what changed; equal ends are set aside first, so that an ordinary edit costs next to nothing."""
    ahead, shorter = 0, min(len(old), len(new))
    while ahead < shorter and old[ahead] == new[ahead]:
        ahead += 1
    behind = 0
    while behind < shorter - ahead and old[-1 - behind] == new[-1 - behind]:
        behind += 1
    inner = SequenceMatcher(None, old[ahead : len(old) - behind], new[ahead : len(new) - behind])
    found = [(tag, a + ahead, b + ahead, c + ahead, d + ahead) for tag, a, b, c, d in inner.get_opcodes()]
    tail = ("equal", len(old) - behind, len(old), len(new) - behind, len(new))
    return [("equal", 0, ahead, 0, ahead), *found, tail]


def _remarks(
    before: LineAuthors, after: str, blocks: Iterable[_Block], by: Maker | None
) -> tuple[Remark, ...]:
    """The comments of the new text; each old one is carried on once, and those that are too many are by the editor."""
    found = list(remarks_in(after))
    if not found:
        return ()
    stayed = {c + n: a + n for tag, a, b, c, _ in blocks if tag == "equal" for n in range(b - a)}
    old: defaultdict[tuple[int, str], deque[Remark]] = defaultdict(deque)
    for remark in before.remarks:
        old[remark.line, remark.text].append(remark)
    carried: dict[int, Remark] = {}
    for number, (line, text) in enumerate(found):
        if queue := old[stayed.get(line, -1), text]:
            carried[number] = queue.popleft()
    left: defaultdict[str, deque[Remark]] = defaultdict(deque)
    for (_, text), queue in old.items():
        left[text].extend(queue)
    more = Counter(text for number, (_, text) in enumerate(found) if number not in carried)
    for number, (_, text) in enumerate(found):
        # Of several alike, which are the old ones? Then none is: an acknowledgement is better asked for again.
        if number not in carried and more[text] <= len(left[text]):
            carried[number] = left[text].popleft()
            more[text] -= 1
    return tuple(
        Remark(line, text, carried[number].by if number in carried else by)
        for number, (line, text) in enumerate(found)
    )


def _lines(
    before: LineAuthors, blocks: Iterable[_Block], by: Maker | None, *, own: bool
) -> Iterator[Maker | None]:
    for tag, a, b, c, d in blocks:
        if tag == "equal" or (own and b - a == d - c):
            yield from before.lines[a:b]
        elif own and b > a:
            there = [maker for maker in before.lines[a:b] if maker]
            yield from [max(there, key=lambda maker: maker.at, default=None)] * (d - c)
        else:
            yield from [by] * (d - c)


def changed(before: LineAuthors, old: str, new: str, by: Maker | None, *, own: bool = False) -> LineAuthors:
    """The authors after one edit; `own` if it is the bot's, whose tidying leaves a row its author."""
    if old == new:
        return before
    was, now = lines_of(old), lines_of(new)
    blocks = _blocks(was, now)
    kept = Counter(now)
    gone = (was[n] for tag, a, b, _, _ in blocks if tag in {"delete", "replace"} for n in range(a, b))
    removed = [(line, by) for line in gone if by and line.strip() and not kept[line]]
    return LineAuthors(
        tuple(_lines(before, blocks, by, own=own)),
        _remarks(before, new, blocks, by),
        (*before.removed, *removed),
    )


def after_all(
    known: tuple[LineAuthors, str] | None, revisions: Iterable[tuple[str | None, Maker]], bot: str
) -> tuple[LineAuthors, str] | None:
    """The authors, and the text, after revisions in their order; `known` is what stood there before them.

    A revision whose text is hidden (None) cannot be compared: what it changed counts as changed by who came next. Without
    `known` the oldest text is where the history begins.
    """
    for text, maker in revisions:
        if text is None:
            continue
        if known is None:
            known = first_seen(text), text
        else:
            before, old = known
            known = changed(before, old, text, maker, own=maker.user == bot), text
    return known
