"""What else in an entry may change the hours that its line gives: a mark like `{{no}}`, nowiki, lines below it by the same person.

`* [[User:Ada]] Monday 8–14 UTC {{withdrawn}}`; `* [[User:Ada]] Monday 8–14 UTC` / `** but not 10–11`. Such hours are asked about:
what other people reply changes nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from callboard.read.availability import Availability
from callboard.read.signatures import STAMP
from callboard.read.signup_columns import crossed_by
from callboard.read.signup_entry import read_entry
from callboard.wikitext.edits import Span

_SHOWN_AS_CODE = re.compile(r"<(?:nowiki|pre)\b[^<>/]*>", re.IGNORECASE)
_BULLET = re.compile(r"[*#:;\s]*")


def own_lines(text: str, lines: Iterable[Span], user: str | None) -> Iterator[str]:
    """What the lines below an entry say that nobody signed, or its own author; names and signatures blanked."""
    for line in lines:
        source = line.of(text)
        start = _BULLET.match(source)
        content = source[start.end() if start else 0 :]
        said = read_entry(content, Span(0, len(content)), None)
        if said.user in {None, user} and not said.unreachable:
            # Where nobody is linked, the whole line might be a name, and is taken for what it says.
            yield said.about if said.user else STAMP.sub(" ", content)


def doubted(
    spoken: Availability, about: str, below: Iterable[str], hours: Callable[[str], Availability]
) -> Availability:
    """The hours that an entry gives, as a question if anything else in it may change them."""
    if not spoken.intervals:
        return spoken
    if crossed := crossed_by(about):
        return _asked(spoken, f"What does “{crossed}” say of these hours?")
    if _SHOWN_AS_CODE.search(about):
        return _asked(spoken, "Are the hours meant that stand as plain text, within nowiki or pre?")
    for line in below:
        if hours(f"{about}. {line}").intervals != spoken.intervals:
            return _asked(spoken, "Do the lines below it change these hours?")
    return spoken


def _asked(spoken: Availability, question: str) -> Availability:
    return Availability(ambiguous=True, question=question, text=spoken.text)
