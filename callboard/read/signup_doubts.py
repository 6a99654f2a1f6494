"""What else in an entry may change the hours that its line gives: a mark like `{{no}}`, nowiki, lines below it by the same person.

`* [[User:Ada]] Monday 8–14 UTC {{withdrawn}}`; `* [[User:Ada]] Monday 8–14 UTC` / `** but not 10–11`. Such hours are asked about:
what other people reply changes nothing. Hours may stand on such lines alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from callboard.read.availability import Availability
from callboard.read.availability_words import words
from callboard.read.signatures import STAMP
from callboard.read.signup_columns import crossed_by
from callboard.read.signup_entry import read_entry
from callboard.values import value
from callboard.wikitext.edits import Span

_SHOWN_AS_CODE = re.compile(r"<(?:nowiki|pre)\b[^<>/]*>", re.IGNORECASE)
_MYSELF = frozenset(words("i i'm i’m im i'll i’ll available availability my me ich verfügbar je j'ai dispo disponible yo puedo io posso eu ik jag я"))  # fmt: skip
_BULLET = re.compile(r"[*#:;\s]*")


@value()
class Below:
    """A line below an entry that its author wrote, or nobody signed: what it says, with names and signatures blanked."""

    said: str
    span: Span  # what follows the bullet
    signed: bool  # by the author
    first: bool  # nobody else had written before


def own_lines(text: str, lines: Iterable[Span], user: str | None) -> Iterator[Below]:
    """The lines below an entry that nobody signed, or its own author."""
    others = False
    for line in lines:
        source = line.of(text)
        start = _BULLET.match(source)
        content = source[start.end() if start else 0 :]
        said = read_entry(content, Span(0, len(content)), None)
        if said.user in {None, user} and not said.unreachable:
            # Where nobody is linked, the whole line might be a name, and is taken for what it says.
            told = said.about if said.user else STAMP.sub(" ", content)
            signed = said.user is not None and said.signs
            yield Below(told, Span(line.end - len(content), line.end), signed, not others)
        else:
            others = True


def hours_below(
    lines: Sequence[Below], hours: Callable[[str], Availability]
) -> tuple[Availability, Span] | None:
    """The hours on the lines below an entry that gives none itself, and where they stand; None if there are none.

    `* [[User:Ada]]` / `*: 14–18 UTC`. Asked about are lines that nobody signed, if they may be somebody else's: `see you on Friday!`.
    """
    telling = [(line, found) for line in lines if (found := hours(line.said).text)]
    if not telling:
        return None
    # All lines together, so that "Friday" may stand on one and a doubt on the next.
    spoken = hours(". ".join(line.said.strip().rstrip(".") for line in lines))
    where = Span(telling[0][0].span.start, telling[-1][0].span.end)
    if not all(line.signed or (line.first and _begins(line.said, found)) for line, found in telling):
        return _asked(spoken, "Whose are the hours on the lines below?"), where
    return spoken, where


def _begins(said: str, found: Span) -> bool:
    """Whether a line begins with hours, or with words in which people speak of themselves."""
    before = said[: found.start].casefold().split()
    return not any(map(str.isalpha, "".join(before))) or before[0].strip("(") in _MYSELF


def doubted(
    spoken: Availability, about: str, below: Iterable[Below], hours: Callable[[str], Availability]
) -> Availability:
    """The hours that an entry gives, as a question if anything else in it may change them."""
    if not spoken.intervals:
        return spoken
    if crossed := crossed_by(about):
        return _asked(spoken, f"What does “{crossed}” say of these hours?")
    if _SHOWN_AS_CODE.search(about):
        return _asked(spoken, "Are the hours meant that stand as plain text, within nowiki or pre?")
    for line in below:
        if hours(f"{about}. {line.said}").intervals != spoken.intervals:
            return _asked(spoken, "Do the lines below it change these hours?")
    return spoken


def _asked(spoken: Availability, question: str) -> Availability:
    return Availability(ambiguous=True, question=question, text=spoken.text)
