"""One person twice in one role: exact repeats go, different remarks are asked about."""

from collections.abc import Iterator

from callboard.model import Coming, SignUp, SignUps
from callboard.rules import Unsure, Wish, signups_rule
from callboard.rules.signup_lists import lists_of, own_line, signed_up
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import Span, TextEdit


def _says(entry: SignUp) -> str:
    return " ".join(entry.comment.split())


def _plain(text: str, entry: SignUp) -> bool:
    """Whether the line itself holds nothing that would be lost unseen."""
    return "<!--" not in entry.span.of(text) and len({p.name for p in entry.people}) <= 1


def _merged(text: str, first: SignUp, second: SignUp, gone: Span) -> TextEdit:
    """The second one's remark at the end of the first one's line, and the second line gone; whole lines, to be read."""
    remark = _says(second)
    line, between = first.span.of(text), text[first.span.end : gone.start]
    return TextEdit(first.span.start, gone.end, f"{line}{'; ' if remark else ''}{remark}{between}")


def _joined(text: str, first: SignUp, second: SignUp) -> TextEdit:
    """The second line gone and its replies behind the first one and its own; whole lines, to be read."""
    last = max(second.replies, key=lambda reply: reply.end)
    at = max([first.span, *first.replies], key=lambda span: span.end).end
    between = text[at : second.span.start]
    own = text[second.span.end : last.end]
    return TextEdit(first.span.start, last.end, f"{text[first.span.start : at]}{own}{between.rstrip()}")


@signups_rule("signup-duplicates")
def signup_duplicates(page: SignUps, snapshot: Snapshot) -> Iterator[Wish]:
    """The later of two lines with one person and one remark goes, of two with replies only if a person says yes.

    A line with a comment never goes.
    """
    del snapshot  # all that matters is on the page
    text = page.text
    for entries in map(signed_up, lists_of(page)):
        first_of: dict[str, SignUp] = {}
        for entry in entries:
            if entry.user is None:
                continue
            first = first_of.setdefault(entry.user, entry)
            line = own_line(text, entry)
            if first is entry or line is None or own_line(text, first) is None or not _plain(text, entry):
                continue
            if first.coming is Coming.NO and entry.coming is not Coming.NO:
                first_of[entry.user] = entry  # withdrew, and signed up again
                continue
            same = _says(first) == _says(entry)
            if entry.replies:
                if same:
                    yield Unsure(_joined(text, first, entry))
            elif same:
                yield TextEdit(line.start, line.end, "")
            else:
                yield Unsure(_merged(text, first, entry, line))
