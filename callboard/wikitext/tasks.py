"""Phabricator tasks in a piece of wikitext, in every form in which pages name them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from callboard.model import TaskForm, TaskRef
from callboard.wikitext.edits import Span
from callboard.wikitext.links import LONGEST_MENTION, link_at, template_at, template_name
from callboard.wikitext.masking import Kind, marks_within
from callboard.wikitext.remembered import remembered

TASK_SPACES = frozenset({"phab", "phabricator"})
_PHAB = frozenset({"phab", "phabricator", "phabt", "phab link", "phablink", "phab task", "ptag"})
_TRACKED = frozenset({"tracked", "tracked2", "tracking"})
_NAMES_TASK = _PHAB | _TRACKED
_NUMBER = re.compile(r"\s*T?(\d{1,9})(?:#[\w-]+)?\s*", re.IGNORECASE)
_URL = re.compile(
    r"(?P<open>\[)?(?:https?:)?//(?:phabricator|phab)\.[\w.-]+(?::\d+)?/(?P<task>T\d{1,9})(?P<more>(?:[#?/][^\s\[\]<>|{}\"']*)?)",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<![\w/.:#-])(?:phab(?:ricator)?:)?(?P<task>T\d{3,9})(?:#\d+)?(?![\w/-])")
_OTHER_URL = re.compile(r"\[?(?:https?:)?//[^\s\[\]<>|{}\"]+")
_TOKEN = re.compile(
    rf"{_URL.pattern}|(?P<other>{_OTHER_URL.pattern})|(?P<bare>{_BARE.pattern.replace('?P<task>', '')})",
    re.IGNORECASE,
)
_MAYBE = re.compile(r"[/Tt](?:(?<=/)/|(?<!/)\d)")  # without one of these no token is found
_MAY_BE_TASK = re.compile(r"[Tt]\d")
_TEMPLATE_PARTS = (
    "phab",
    "track",
    "ptag",
)  # of the names of templates that may name a task by its number alone
_LONGEST_LABEL = 2000  # characters; keeps the search short on text that is full of openings
_DIGITS = re.compile(r"\d+")
_ONLY_A_TASK = re.compile(r"\W*(?:T\d+|task|phabricator|phab|ticket)?\W*", re.IGNORECASE)


@lru_cache(maxsize=1024)
def task_name(number: str) -> str:
    """A task as it is spelt everywhere: `T12` for `0012`."""
    return f"T{int(number)}"


def task_form(template: str) -> TaskForm | None:
    """The form of a mention by a template of this name, which is in small letters; None if it names no task."""
    return TaskForm.PHAB if template in _PHAB else TaskForm.TRACKED if template in _TRACKED else None


def is_only_a_task(label: str) -> bool:
    """Whether the label of a link to a task says nothing else: `T900001`, `(task)`."""
    return bool(_ONLY_A_TASK.fullmatch(label))


def external_end(text: str, start: int, end: int) -> int:
    """Where the external link `[https://… label]` that begins at `start` ends: behind the first `]` of its line.

    MediaWiki ends it there even if the label has brackets of its own; without a `]` it is no link: `start`.
    """
    end = min(end, start + _LONGEST_LABEL)
    stop = text.find("]", start, end)
    line = text.find("\n", start, end)
    return start if stop < 0 or -1 < line < stop else stop + 1


def task_of_link(text: str, span: Span) -> str | None:
    """The task that the link in the span leads to: `[[phab:T1]]`, `[[phabricator:T1#2|label]]`."""
    link = link_at(text, span)
    if link.namespace not in TASK_SPACES:
        return None
    found = re.fullmatch(r"T(\d{1,9})", link.name, re.IGNORECASE)
    return task_name(found[1]) if found else None


def task_of_template(text: str, span: Span) -> tuple[str, TaskForm] | None:
    """The task that the template in the span names: `{{phab|T1}}`, `{{tracked|T1|resolved}}`."""
    if span.end - span.start > LONGEST_MENTION or template_name(text, span) not in _NAMES_TASK:
        return None
    return _task_of(span.of(text))


@remembered(4096)
def _task_of(template: str) -> tuple[str, TaskForm] | None:
    found = template_at(template, Span(0, len(template)))
    values = found.positional()
    number = _NUMBER.fullmatch(values[0].of(template)) if values else None
    return (
        (task_name(number[1]), TaskForm.PHAB if found.name in _PHAB else TaskForm.TRACKED) if number else None
    )


def _plain(text: str, start: int, end: int) -> Iterator[TaskRef]:
    if not _MAYBE.search(text, start, end):
        return
    at = start
    while token := _TOKEN.search(text, at, end):
        at = token.end()
        if token["bare"]:
            # the last number is the task's unless a comment follows: T1#2
            number = _DIGITS.search(token["bare"])
            if number and token["bare"][number.start() - 1] == "T":
                yield TaskRef(task_name(number[0]), TaskForm.BARE, Span(*token.span()))
        elif token["other"]:
            if token["other"][0] == "[":
                at = max(at, external_end(text, token.start(), end))
        else:
            first, last = token.span()
            if token["open"]:
                closing = external_end(text, first, end)
                first, last = (first, closing) if closing > first else (first + 1, last)
                at = last
            yield TaskRef(task_name(token["task"][1:]), TaskForm.URL, Span(first, last))


def tasks(text: str, within: Span) -> tuple[TaskRef, ...]:
    """Every mention of a task in the span, in order; the span of each covers the whole link, template or URL.

    `{{phab|T1}}`, `{{tracked|T1}}`, `[[phab:T1|[Session] X]]`, `https://phabricator.wikimedia.org/T1`,
    `[https://phabricator.wikimedia.org/T1 [Session] X]` (ends at the first `]`), `T1234#5`. Text in nowiki, in
    comments, in file names and other links' targets names no task.
    """
    if within == Span(0, len(text)):
        return _of_whole(text) if _may_name(text, within) else ()
    return _tasks(text, within)


def cell_tasks(text: str, within: Span) -> tuple[TaskRef, ...]:
    """The same for a piece that stands for itself, as a cell does; it is read once, wherever edits move it."""
    if not _may_name(text, within):
        return ()
    found = _of_whole(within.of(text))
    return tuple([TaskRef(ref.task, ref.form, ref.span.moved(within.start)) for ref in found])


def _may_name(text: str, within: Span) -> bool:
    """Whether a task could be named; a look that costs little."""
    start, end = within.start, within.end
    if _MAY_BE_TASK.search(text, start, end):
        return True
    return text.find("{{", start, end) >= 0 and any(
        map(text[start:end].casefold().__contains__, _TEMPLATE_PARTS)
    )


@remembered(8192)
def _of_whole(text: str) -> tuple[TaskRef, ...]:
    return _tasks(text, Span(0, len(text)))


def _tasks(text: str, within: Span) -> tuple[TaskRef, ...]:
    found: list[TaskRef] = []
    at = within.start
    for mark in marks_within(text, within):
        span = mark.span
        if span.start < at:
            continue
        if mark.kind is Kind.ARGUMENT or mark.kind is Kind.REMOVED:
            continue
        if mark.kind is Kind.TEMPLATE and not (named := task_of_template(text, span)):
            continue  # what it holds is looked at piece by piece
        found += _plain(text, at, span.start)
        if mark.kind is Kind.LINK and (task := task_of_link(text, span)):
            found.append(TaskRef(task, TaskForm.INTERWIKI, span))
        elif mark.kind is Kind.TEMPLATE and named:
            found.append(TaskRef(*named, span))
        at = span.end
    found += _plain(text, at, within.end)
    return tuple(found)
