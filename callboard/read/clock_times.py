"""Clock times and ranges in a phrase, as written: `14:00 – 15:30 UTC`, `9:30-10:30am`, `1400 - 1530`, `until 18.00`.

A bare number, `9.00` or `1400` counts only in company that makes it a time: a range, a zone, `at`, or alone in its cell.
"""

from collections.abc import Sequence

from callboard.read.tokens import CLOCKS, Kind, Token, year_like
from callboard.values import value

_BEFORE_A_TIME = frozenset(
    {
        "at", "from", "between", "until", "till", "to", "by", "before", "after", "since", "kl", "um", "and", "or", "on", "only", "also",
        "available", "free", "there", "here", "around", "please", "then", "plus", "each", "every", "daily", "weekend", "von", "de", "dalle",
        "van", "od", "с", "das", "entre", "om", "ore", "vanaf", "ab", "desde", "från",
    }
)  # fmt: skip
_AFTER_A_TIME = frozenset(
    {
        "on", "at", "and", "or", "only", "in", "too", "also", "every", "each", "all", "both", "daily", "except", "but", "maybe", "perhaps",
        "probably", "please", "if", "for", "my", "local", "uhr", "hrs", "hours",
    }
)  # fmt: skip
TO = frozenset({"bis", "a", "à", "al", "às", "até", "alle", "tot", "til", "do", "до"})  # between two times
_LEADS_A_TIME = frozenset(
    {"at", "from", "until", "kl", "um", "@", "by", "om", "ore", "vanaf", "ab", "desde", "från"}
)
_UNTIL = frozenset({"until", "till", "til", "'til"})


@value()
class ClockGroup:
    """One time or range with the zones that stand at it; `index` is the place of its first token, `stop` after its last."""

    start: Token | None
    end: Token | None
    zones: tuple[Token, ...]
    index: int
    stop: int
    open_end: bool = False  # "from 14:00", "until 18:00": one side only, in words
    vague: Token | None = None


def _previous_allows(pieces: Sequence[Token], index: int) -> bool:
    if index == 0:
        return True
    before = pieces[index - 1]
    if before.kind in {Kind.WORD, Kind.DASH}:
        return before.text.lower() in _BEFORE_A_TIME | _UNTIL
    return before.kind not in {Kind.NUMBER, Kind.LENGTH}


def _next_allows(pieces: Sequence[Token], index: int) -> bool:
    if index >= len(pieces):
        return True
    after = pieces[index]
    if after.kind is Kind.WORD:
        return after.text.lower() in _AFTER_A_TIME
    return after.kind not in {Kind.NUMBER, Kind.DASH} and after.text not in "%€$"


def _zone_after(pieces: Sequence[Token], index: int) -> int:
    """The place of a zone that belongs to the time just before `index`; -1 if there is none."""
    if index < len(pieces) and pieces[index].kind is Kind.ZONE:
        return index
    if (
        index + 1 < len(pieces)
        and pieces[index].text in {"(", ",", "["}
        and pieces[index + 1].kind is Kind.ZONE
    ):
        return index + 1
    return -1


def _range_end(pieces: Sequence[Token], index: int, *, between: bool) -> int:
    """The place of the time that ends a range begun just before `index`; -1 if none follows."""
    if index + 1 >= len(pieces) or pieces[index + 1].kind not in CLOCKS:
        return -1
    joint = pieces[index]
    if _joins(joint) or joint.text == "~" or (between and joint.text.lower() in {"and", "&"}):
        return index + 1
    return -1


def _makes_a_range(pieces: Sequence[Token], first: int, last: int) -> bool:
    start, end = pieces[first], pieces[last]
    if year_like(start) and year_like(end):
        return _zone_after(pieces, last + 1) >= 0
    if Kind.NUMBER not in {start.kind, end.kind}:
        return True
    if not _previous_allows(pieces, first):
        return False
    if start.kind is not Kind.NUMBER and end.kind is not Kind.NUMBER:
        return True
    if Kind.CLOCK in {start.kind, end.kind}:
        return True
    follows = pieces[last + 1] if last + 1 < len(pieces) else None
    if first == 0 and follows is not None and follows.kind is Kind.WORD:
        return follows.text[:1].isupper() or _next_allows(pieces, last + 1)
    return _next_allows(pieces, last + 1)


def _joins(joint: Token) -> bool:
    return joint.kind is Kind.DASH or joint.text.lower() in TO


def _alone_is_a_time(pieces: Sequence[Token], index: int) -> bool:
    token = pieces[index]
    if token.kind is Kind.CLOCK:  # but for the end of a range that is none: 14h to 15h30
        return not (index > 1 and pieces[index - 2].text.endswith("h") and _joins(pieces[index - 1]))
    if _zone_after(pieces, index + 1) >= 0:
        return _previous_allows(pieces, index)
    if token.half:
        return True
    if token.kind is Kind.NUMBER:  # 14h in a cell of its own
        return len(pieces) == 1 and token.text.endswith("h")
    before = pieces[index - 1] if index else None
    whole = all(
        other.kind in {Kind.LENGTH, Kind.PUNCTUATION} for at, other in enumerate(pieces) if at != index
    )
    if token.kind is Kind.FOUR:
        return (whole and token.minute % 5 == 0 and not year_like(token)) or (
            before is not None and before.text.lower() in {"at", "from", "until"} and not year_like(token)
        )
    told = before is not None and (
        before.kind in {Kind.DATE, Kind.WEEKDAY} or before.text.lower() in _LEADS_A_TIME
    )
    return told or whole


def _vague(pieces: Sequence[Token], first: int, stop: int) -> Token | None:
    if first and pieces[first - 1].kind is Kind.VAGUE:
        return pieces[first - 1]
    if stop < len(pieces) and pieces[stop].text.lower() in {"ish", "-ish"}:
        return pieces[stop]
    if stop < len(pieces) and pieces[stop].text == "?" and pieces[stop].start == pieces[stop - 1].end:
        return pieces[stop]  # 6pm?
    if stop + 1 < len(pieces) and pieces[stop].text == "-" and pieces[stop + 1].text.lower() == "ish":
        return pieces[stop + 1]
    return None


def _group_at(pieces: Sequence[Token], index: int) -> ClockGroup | None:
    zones: list[Token] = []
    after = index + 1
    if (zone := _zone_after(pieces, after)) >= 0:
        zones.append(pieces[zone])
        after = zone + 1
        if after < len(pieces) and pieces[after].text in {")", "]"}:
            after += 1
    between = index > 0 and pieces[index - 1].text.lower() == "between"
    last = _range_end(pieces, after, between=between)
    if last >= 0 and _makes_a_range(pieces, index, last):
        stop = last + 1
        if (zone := _zone_after(pieces, stop)) >= 0:
            zones.append(pieces[zone])
            stop = zone + 1
        return ClockGroup(
            pieces[index], pieces[last], tuple(zones), index, stop, vague=_vague(pieces, index, stop)
        )
    if not _alone_is_a_time(pieces, index):
        return None
    word = pieces[index - 1].text.lower() if index else ""
    if word in _UNTIL:
        return ClockGroup(None, pieces[index], tuple(zones), index, after, open_end=True)
    vague = _vague(pieces, index, after)
    return ClockGroup(pieces[index], None, tuple(zones), index, after, open_end=word == "from", vague=vague)


def clock_groups(pieces: Sequence[Token]) -> list[ClockGroup]:
    """The times and ranges among the pieces, in order, none of them sharing a token."""
    groups: list[ClockGroup] = []
    at = 0
    while at < len(pieces):
        group = _group_at(pieces, at) if pieces[at].kind in CLOCKS else None
        if group:
            groups.append(group)
        at = group.stop if group else at + 1
    return groups
