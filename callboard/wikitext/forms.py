"""The forms in which a page names users and tasks, learned from the page itself so that edits look like its own text."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from callboard.values import value
from callboard.wikitext.links import USER_NAMESPACES, names_people

_USER_LINK = re.compile(
    r"\[\[[ _]*:?[ _]*(?P<space>[^:\[\]|{}]+?)[ _]*:(?P<name>[^\[\]|{}]+)(?P<label>\|[^\[\]]*)?\]\]"
)
_USER_TEMPLATE = re.compile(r"\{\{\s*(?P<template>[^|{}<>]+?)\s*\|\s*(?:1\s*=\s*)?(?P<name>[^|{}=]+?)\s*\}\}")
_CALLS_PEOPLE = frozenset({"ping", "re", "reply", "reply to", "@", "yo", "mention"})
_PLAIN_TASK = re.compile(
    r"\{\{\s*[^|{}<>]+?\s*\|\s*(?:1\s*=\s*)?T\d+\s*\}\}"  # {{phab|T1}}
    r"|\[\[[^\[\]|{}:]+:T\d+(?:\|T\d+)?\]\]"  # [[phab:T1]], [[phab:T1|T1]]
    r"|\[?https?://[^\s\[\]|{}<>]+/T\d+(?:\s+T\d+)?\]?"  # a URL; [https://… T1]
)
_TASK = re.compile(r"T\d+")


@value()
class UserForm:
    """How a page links to a user: what stands before and after the name, and whether the name is the label too."""

    before: str = "[[User:"
    after: str = "]]"
    labelled: bool = True

    def write(self, name: str) -> str:
        """The link: `[[User:Ada|Ada]]`, `{{u|Ada}}`."""
        if self.after == "}}":
            return f"{self.before}{'1=' if '=' in name else ''}{name}}}}}"
        return f"{self.before}{name}|{name}]]" if self.labelled else f"{self.before}{name}]]"


@lru_cache(maxsize=4096)
def user_form(source: str) -> UserForm | None:
    """The form of one link or template; None for one that no list of names is written in.

    Such are `{{ping|Ada}}`, `{{unsigned|Ada}}`, and links to other wikis, talk pages and contributions.
    """
    if link := _USER_LINK.fullmatch(source):
        if " ".join(link["space"].replace("_", " ").split()).casefold() not in USER_NAMESPACES:
            return None
        return UserForm(f"[[{link['space']}:", "]]", labelled=link["label"] is not None)
    template = _USER_TEMPLATE.fullmatch(source)
    called = " ".join(template["template"].replace("_", " ").split()).casefold() if template else ""
    if template and names_people(called) and called not in _CALLS_PEOPLE:
        return UserForm(f"{{{{{template['template']}|", "}}", labelled=False)
    return None


def favourite_user_form(sources: Iterable[str]) -> UserForm:
    """The form in which a page links to users most often; `[[User:X|X]]` if it has no favourite."""
    most = Counter(form for form in map(user_form, sources) if form).most_common(2)
    tied = len(most) == 2 and most[0][1] == most[1][1]
    return most[0][0] if most and not tied else UserForm()


def gives_labels(sources: Iterable[str]) -> bool:
    """Whether a page's user links carry labels: three at least, and two of three."""
    links = [form.labelled for form in map(user_form, sources) if form and form.after == "]]"]
    return sum(links) >= 3 and sum(links) * 3 >= len(links) * 2


@value()
class TaskStyle:
    """How a page links to a task: the text around its number, twice in a link that has the number as its label."""

    parts: tuple[str, ...] = ("{{phab|", "}}")

    @property
    def is_url(self) -> bool:
        """Whether it is a URL, with or without brackets."""
        return "://" in self.parts[0]

    def write(self, task: str) -> str:
        """The link: `{{phab|T1}}`, `[[phab:T1]]`."""
        return task.join(self.parts)


@lru_cache(maxsize=8192)
def task_style(source: str) -> TaskStyle | None:
    """The form of one task link; None for one with a label of its own, which says nothing of other links."""
    if not _PLAIN_TASK.fullmatch(source):
        return None
    return TaskStyle(tuple(_TASK.split(source)))


def _majority(counts: Counter[TaskStyle]) -> TaskStyle | None:
    best, number = counts.most_common(1)[0] if counts else (None, 0)
    return best if number >= 2 and number * 2 > counts.total() else None


def learn_task_style(sources: Iterable[str]) -> TaskStyle | None:
    """The form of more than half of the page's task links, of two at least; bare URLs do not outvote links.

    None if there is no such form: `{{phab|T1}}`, `{{phab|T2}}`, `https://…/T3`, `https://…/T4` gives `{{phab|…}}`.
    """
    counts = Counter(style for style in map(task_style, sources) if style)
    links = Counter({style: number for style, number in counts.items() if not style.is_url})
    return _majority(counts) or _majority(links)


def prevails(style: TaskStyle, sources: Iterable[str]) -> bool:
    """Whether a page means the form: five of its mentions at least, and three of five.

    Bare numbers and URLs count for it, since they will take it: so the answer is the same before and after that.
    """
    own, others = 0, 0
    for source in sources:
        found = task_style(source)
        if found == style or _TASK.fullmatch(source) or (found and found.is_url):
            own += 1
        elif found:
            others += 1
    return own >= 5 and own * 5 >= (own + others) * 3


def favourite_task_style(sources: Iterable[str]) -> TaskStyle | None:
    """The wiki form that the page's task links have most often, the first of several; None if it has none but URLs."""
    counts = Counter(style for style in map(task_style, sources) if style and not style.is_url)
    return counts.most_common(1)[0][0] if counts else None
