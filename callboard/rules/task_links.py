"""Task links in the page's own form."""

import re
from collections import Counter
from collections.abc import Iterator

from callboard.model import Schedule, TaskForm, TaskRef
from callboard.rules import Wish, schedule_rule
from callboard.rules.arguments import plain_tasks
from callboard.rules.task_twice_in_row import stays_instead
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import Span, TextEdit
from callboard.wikitext.forms import TaskStyle, learn_task_style, prevails, task_style
from callboard.wikitext.tasks import tasks

_NUMBER = re.compile(r"[0-9]+")
_BARE = re.compile(r"(?:phab(?:ricator)?:)?T\d+")
_WMF = "https://phabricator.wikimedia.org"
_UNLABELLED_LINK = re.compile(r"\[\[[^\[\]|{}:]+:T\d+\]\]")
_EDGE_BEFORE = re.compile(r"(?:^|[|\n]|<br\s*/?>)[ \t]*$", re.IGNORECASE)
_EDGE_AFTER = re.compile(r"[ \t]*(?:$|[|\n]|<br\s*/?>)", re.IGNORECASE)


def _free_to_change(source: str, ref: TaskRef, board: str) -> bool:
    """Whether the mention is a plain one: no label that somebody chose, no comment, no other server, no floating box."""
    if ref.form is TaskForm.BARE:
        return _BARE.fullmatch(source) is not None
    if ref.form is TaskForm.URL:
        return source.strip("[]") in {f"{board}/{ref.task}", f"{_WMF}/{ref.task}"}
    if ref.form is TaskForm.INTERWIKI:
        return _UNLABELLED_LINK.fullmatch(source) is not None
    return ref.form is TaskForm.PHAB and task_style(source) is not None


def _stands_alone(text: str, ref: TaskRef) -> bool:
    before, after = text[max(0, ref.span.start - 40) : ref.span.start], text[ref.span.end : ref.span.end + 40]
    return bool(_EDGE_BEFORE.search(before) and _EDGE_AFTER.match(after))


def _floats(style: TaskStyle) -> bool:
    return style.parts[0].casefold().startswith("{{track")


def _not_ours(page: Schedule, snapshot: Snapshot, refs: list[TaskRef]) -> list[TaskRef]:
    """The mentions that people wrote: those that the bot put on the page make no majority."""
    text, given = page.text, snapshot.pages.get(page.page)
    there = given.text if given and given.text is not None else text
    written = {line for title, line in snapshot.written_before if title == page.page}
    new = {ref.task for ref in refs} & _more_often(text, there) if there != text else set()
    if new:
        new -= {ref.task for ref in tasks(there, Span(0, len(there)))}
    if not new and not written:
        return refs
    return [ref for ref in refs if ref.task not in new and _line(text, ref.span) not in written]


def _more_often(text: str, there: str) -> set[str]:
    """The numbers, spelt as tasks, that stand more often in the lines that a text has and another has not."""
    now, then = {*text.split("\n")}, {*there.split("\n")}
    more = Counter(_numbers(now - then)) - Counter(_numbers(then - now))
    return {f"T{number.lstrip('0')}" for number in more}


def _numbers(lines: set[str]) -> list[str]:
    return _NUMBER.findall("\n".join(lines))


def _line(text: str, span: Span) -> str:
    end = text.find("\n", span.end)
    return text[text.rfind("\n", 0, span.start) + 1 : len(text) if end < 0 else end].strip()


@schedule_rule("task-links")
def task_links(page: Schedule, snapshot: Snapshot) -> Iterator[Wish]:
    """A bare `T900015`, a full URL or `[[phab:T900015]]` is `{{phab|T900015}}` where most of the page's links are so.

    Nothing is done on a page without a majority, to which links that the bot put there do not count, and one link becomes another only where the majority is clear.
    `{{tracked|T1}}` makes a box at the edge: it replaces only what stands alone in its line, and is never replaced. What a template gets as an argument is its own.
    """
    text = page.text
    made_links = set(plain_tasks(page))  # what a template's parameter for tasks holds stays as it is
    # Where a second mention goes, the one that stays gets its form in the same round.
    named = [(ref, stays_instead(text, session, ref)) for session in page.sessions for ref in session.tasks]
    if made_links:
        named = [(ref, other) for ref, other in named if ref not in made_links]
    stay = [other or ref for ref, other in named]
    sources = [ref.span.of(text) for ref in stay]
    learned = learn_task_style(sources)
    if learned is None:
        return
    theirs = [ref.span.of(text) for ref in _not_ours(page, snapshot, stay)]
    if theirs != sources and learn_task_style(theirs) != learned:
        return
    board = snapshot.event.board[0].url.rstrip("/") if snapshot.event.board else _WMF
    clear: bool | None = None  # looked for when it matters
    for ref in [ref for ref, _ in named] + [other for _, other in named if other]:
        source = ref.span.of(text)
        if task_style(source) == learned or not _free_to_change(source, ref, board):
            continue
        if ref.form in {TaskForm.PHAB, TaskForm.INTERWIKI}:
            clear = all(prevails(learned, those) for those in (sources, theirs)) if clear is None else clear
            if not clear:
                continue  # a good link, on a page that has not made up its mind
        if learned.is_url and ref.form is not TaskForm.BARE:
            continue  # a URL is no better than what stands there
        if not _floats(learned) or _stands_alone(text, ref):
            yield TextEdit(ref.span.start, ref.span.end, learned.write(ref.task))
