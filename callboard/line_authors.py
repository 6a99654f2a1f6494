"""Who last changed each line of a page: revisions compared line by line, oldest first.

What the bot itself changed keeps the person who wrote it before: `T900001` made a link is still that person's row. A comment
`<!-- callboard: ok … -->` belongs to who put it there, also when others edit the rest of its line.
"""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from callboard.model.history import LineAuthors, Maker, Remark

REMARK = re.compile(r"<!--\s*callboard:\s*ok\b(?P<said>.*?)-->", re.IGNORECASE | re.DOTALL)

Finder = Callable[[str], Iterator[tuple[int, str]]]
MOST_REMOVED = 200  # lines; what is older was told long ago

# (tag, old start, old end, new start, new end), as difflib has it
_Block = tuple[str, int, int, int, int]


def lines_of(text: str) -> list[str]:
    """The lines as line numbers count them."""
    return text.split("\n")


def remarks_in(text: str) -> Iterator[tuple[int, str]]:
    """Line (from 0) and source of every comment that acknowledges something."""
    line = at = 0
    for found in REMARK.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        yield line, found[0]


def first_seen(text: str, find: Finder = remarks_in) -> LineAuthors:
    """Authors of a text of which nothing older is known."""
    return LineAuthors((None,) * len(lines_of(text)), tuple(Remark(*found) for found in find(text)))


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
    before: LineAuthors, found: Sequence[tuple[int, str]], blocks: Iterable[_Block], by: Maker | None
) -> tuple[Remark, ...]:
    """The comments of the new text; each old one is carried on once, and those that are too many are by the editor."""
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


def changed(
    before: LineAuthors,
    old: str,
    new: str,
    by: Maker | None,
    *,
    own: bool = False,
    find: Finder = remarks_in,
) -> LineAuthors:
    """The authors after one edit; `own` if it is the bot's, whose tidying leaves a row its author."""
    if old == new:
        return before
    was, now = lines_of(old), lines_of(new)
    blocks = _blocks(was, now)
    kept = {*now}
    gone = (was[n] for tag, a, b, _, _ in blocks if tag in {"delete", "replace"} for n in range(a, b))
    removed = [(line, by) for line in gone if by and line.strip() and line not in kept]
    return LineAuthors(
        tuple(_lines(before, blocks, by, own=own)),
        _remarks(before, tuple(find(new)), blocks, by),
        (*before.removed, *removed)[-MOST_REMOVED:],
        before.sessions,
    )


def after_all(
    known: tuple[LineAuthors, str] | None,
    revisions: Iterable[tuple[str | None, Maker]],
    bot: str,
    find: Finder = remarks_in,
) -> tuple[LineAuthors, str] | None:
    """The authors, and the text, after revisions in their order; `known` is what stood there before them.

    A revision whose text is hidden (None) cannot be compared: who made what the next one shows is not known then. Without
    `known` the oldest text is where the history begins.
    """
    certain = True
    for text, maker in revisions:
        if text is None:
            certain = False
            continue
        if known is None:
            known = first_seen(text, find), text
        else:
            by = maker if certain else None
            known = changed(*known, text, by, own=maker.user == bot and certain, find=find), text
        certain = True
    return known
