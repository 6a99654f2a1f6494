"""A task that a session names twice, named once."""

import re
from collections.abc import Iterator

from callboard.model import Schedule, Session, TaskForm, TaskRef
from callboard.rules import Unsure, Wish, schedule_rule
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import Span, TextEdit
from callboard.wikitext.forms import task_style
from callboard.wikitext.tasks import cell_tasks, tasks

_SEPARATOR = re.compile(r"(?:[ \t]*[,;·•–—/]|[ \t]+-|[ \t]*<br[^<>\n]{0,10}>|\s*\n)[ \t]*\Z", re.IGNORECASE)
_BEHIND = re.compile(r"[ \t]*(?:\n|<br\b|\)|[,;·•|]|!!|\}\}|\Z)", re.IGNORECASE)
_OPENING = re.compile(r"[ \t]*\([ \t]*\Z")
_CLOSING = re.compile(r"[ \t]*\)")
_REACH = 30  # characters on either side that are looked at
_BARE = re.compile(r"T\d+")


@schedule_rule("task-twice-in-row")
def task_twice_in_row(page: Schedule, _: Snapshot) -> Iterator[Wish]:
    """`Maps ({{phab|T1}}), {{phab|T1}}` is `Maps ({{phab|T1}})`; the mention in a column of tasks is the one that stays.

    Taken out is only what stands apart, in parentheses or behind a comma, dash or break: no mention in a sentence, none
    with a label of its own. A number beside a labelled link, or a box beside a link, is asked about.
    """
    text = page.text
    for session in page.sessions:
        for task in dict.fromkeys(ref.task for ref in session.tasks if _again(text, ref, session.span)):
            yield from _once(text, session, task)


def _again(text: str, ref: TaskRef, within: Span) -> bool:
    """Whether the number stands before or behind the mention as well: a look that costs little."""
    number, span = ref.task[1:], ref.span
    return text.find(number, span.end, within.end) >= 0 or text.find(number, within.start, span.start) >= 0


def _once(text: str, session: Session, task: str) -> Iterator[Wish]:
    refs = [ref for ref in tasks(text, session.span) if ref.task == task]
    if len(refs) < 2:
        return
    own = session.task_cell
    kept = next((ref for ref in refs if own and ref.span in own), refs[0])
    for ref in refs:
        if ref is kept or not _plain(text, ref):
            continue
        edit = _taken_out(text, ref.span, session.span)
        if edit is None or (_better(ref, kept) and own is None):
            continue
        yield edit if _alike(text, ref, kept) and session.layout != "templates" else Unsure(edit)


def stays_instead(text: str, session: Session, ref: TaskRef) -> TaskRef | None:
    """The mention in the row's own cell for its task that stays when this one is taken out for certain; else None."""
    own = session.task_cell
    if own is None or session.layout != "rows" or text.find(ref.task[1:], own.start, own.end) < 0:
        return None
    if ref.span in own or not _plain(text, ref) or _taken_out(text, ref.span, session.span) is None:
        return None
    kept = next((one for one in cell_tasks(text, own) if one.task == ref.task), None)
    return kept if kept and _alike(text, ref, kept) else None


def _alike(text: str, ref: TaskRef, kept: TaskRef) -> bool:
    """Whether the page loses nothing: neither a labelled link becomes the only one, nor is a box beside the page gone."""
    return _plain(text, kept) and (ref.form is TaskForm.TRACKED) is (kept.form is TaskForm.TRACKED)


def _plain(text: str, ref: TaskRef) -> bool:
    """Whether a mention has no label that somebody chose."""
    source = ref.span.of(text)
    return task_style(source) is not None or _BARE.fullmatch(source) is not None


def _better(ref: TaskRef, kept: TaskRef) -> bool:
    """Whether the mention leads to the task while the one that would be kept is a mere number."""
    return kept.form is TaskForm.BARE and ref.form is not TaskForm.BARE


def _taken_out(text: str, span: Span, within: Span) -> TextEdit | None:
    """The edit that removes a mention with its parentheses or its separator; None if it stands in a sentence."""
    before = text[max(within.start, span.start - _REACH) : span.start]
    after = text[span.end : min(within.end, span.end + _REACH)]
    opening, closing = _OPENING.search(before), _CLOSING.match(after)
    if opening and closing:
        return TextEdit(span.start - len(opening[0]), span.end + closing.end(), "")
    separator = _SEPARATOR.search(before)
    if separator and _BEHIND.match(after):
        return TextEdit(span.start - len(separator[0]), span.end, "")
    return None
