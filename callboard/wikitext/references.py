"""Regular wikitext flattened in one go: people, tasks and links in their usual forms become one character each.

For most cells of a schedule this gives what `inline.flatten` gives, at a fraction of the cost; what is not in one of these
forms stays as it is, so that its brackets tell that the piece is not regular.
"""

import re
from collections.abc import Callable

from callboard.model import Person, PersonForm, TaskForm, TaskRef
from callboard.wikitext.edits import Span
from callboard.wikitext.flat import LINE, LINK, PERSON, TASK
from callboard.wikitext.link_words import LINK_WORDS
from callboard.wikitext.links import USER_NAMESPACES, canonical_name, names_people
from callboard.wikitext.tasks import TASK_SPACES, is_only_a_task, task_form, task_name

_NAME = r"[^\W_](?:[\w .'()-]*[\w.)])?"
_TASK = r"T\d{3,9}"
_BOARD = r"https?://phabricator\.wikimedia\.org/"
_ELSEWHERE = r"\[https?://(?!phab)[^\s\[\]<>|{}\"]+(?: (?P<words>[^\[\]<>{}|\n']*))?\]"
# Each form begins with a character of its own, so that the engine skips all others.
_REFERENCE = re.compile(
    rf"\[\[(?P<space>[^\W\d_]+):(?P<page>{_NAME})(?:\|(?P<label>(?:\[[Ss]ession\])?[^\[\]{{}}<>|\n]*))?\]\](?!\])"
    rf"|\{{\{{(?P<template>[A-Za-z]+)\|(?P<value>{_NAME})\}}\}}(?!\}})"
    rf"|{_BOARD}(?P<url>{_TASK})(?=[\s),<]|\Z)|\[{_BOARD}(?P<linked>{_TASK})(?: (?P=linked))?\]"
    rf"|{_ELSEWHERE}|<small>{_ELSEWHERE.replace('words', 'small')}</small>"
    rf"|T(?<![\w/.:#-]T)(?P<bare>\d{{3,9}})(?![\w/#-])"
    r"|<br ?/?>(?P<line>)|<(?:/?translate|!--T:\d+--)>(?P<gone>)"
)


class References:
    """A piece of wikitext with what was found in it; `text` is what a reader sees, but for quotes and what is not regular."""

    __slots__ = ("_pieces", "people", "tasks", "text")

    def __init__(self, source: str) -> None:
        self.people: list[tuple[int, Person]] = []  # with the index of each in the text
        self.tasks: list[TaskRef] = []
        self._pieces: list[tuple[int, int, int, int]] = []  # start and end in the text and in the source
        out: list[str] = []
        at = length = 0
        for found in _REFERENCE.finditer(source):
            start, end = found.span()
            index = length + start - at
            shown = _SHOWN[found.lastgroup or "words"](self, found, index)
            if shown is not None:
                out += (source[at:start], shown)
                length = index + len(shown)
                self._pieces.append((index, length, start, end))
                at = end
        self.text = "".join(out) + source[at:] if out else source

    def source_at(self, index: int) -> int:
        """Where a character begins in the source."""
        by = 0
        for first, last, start, end in self._pieces:
            if index < first:
                break
            if index < last:
                return start
            by = end - last
        return index + by

    def source_after(self, index: int) -> int:
        """Where a character ends in the source."""
        for first, last, _, end in self._pieces:
            if first <= index < last:
                return end
        return self.source_at(index) + 1

    def link(self, found: re.Match[str], index: int) -> str | None:
        """A link to a user or to a task."""
        space, page, label = found["space"].casefold(), found["page"], found["label"]
        if space in USER_NAMESPACES:
            self.people.append((index, Person(canonical_name(page), PersonForm.LINK, Span(*found.span()))))
            return PERSON
        if space not in TASK_SPACES or not _IS_TASK(page):
            return None
        self._add(page, TaskForm.INTERWIKI, found)
        return TASK if label is None or is_only_a_task(label) else TASK + label.strip()

    def template(self, found: re.Match[str], index: int) -> str | None:
        """A template that names a person or a task."""
        name, value = found["template"].casefold(), found["value"]
        is_task = _IS_TASK(value)
        if names_people(name) and not is_task:
            self.people.append(
                (index, Person(canonical_name(value), PersonForm.TEMPLATE, Span(*found.span())))
            )
            return PERSON
        form = task_form(name)
        return self._add(value, form, found) if form and is_task else None

    def url(self, found: re.Match[str], _: int) -> str:
        """The URL of a task, with or without brackets."""
        return self._add(found["url"] or found["linked"], TaskForm.URL, found)

    def bare(self, found: re.Match[str], _: int) -> str:
        """A task's number alone."""
        return self._add(found[0], TaskForm.BARE, found)

    def words(self, found: re.Match[str], _: int) -> str | None:
        """A link whose words say what is behind it."""
        said = found["words"] or found["small"]
        return LINK if not said or LINK_WORDS.fullmatch(said) else None

    def _add(self, task: str, form: TaskForm, found: re.Match[str]) -> str:
        self.tasks.append(TaskRef(task_name(task[1:]), form, Span(*found.span())))
        return TASK


_IS_TASK = re.compile(_TASK).fullmatch
_SHOWN: dict[
    str, Callable[[References, re.Match[str], int], str | None]
] = {  # by the last group that matched
    "page": References.link,
    "label": References.link,
    "value": References.template,
    "url": References.url,
    "linked": References.url,
    "small": References.words,
    "words": References.words,
    "bare": References.bare,
    "line": lambda _, __, ___: LINE,
    "gone": lambda _, __, ___: "",
}
