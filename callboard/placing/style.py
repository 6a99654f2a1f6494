"""How a page writes its sessions, learned from those that stand there: title, owner, task, facilitation, and what is between."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from callboard.config import Event
from callboard.model import FreeSlot, PersonForm, Schedule, Session, TaskForm
from callboard.rules.link_acknowledged_tasks import INTERWIKI
from callboard.rules.title_places import title_of
from callboard.wikitext.arguments import name_at
from callboard.wikitext.edits import Span
from callboard.wikitext.forms import (
    TaskStyle,
    UserForm,
    favourite_task_style,
    favourite_user_form,
    task_style,
)

_BR = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BRACKET = " ("
_USER = UserForm()
_LABEL = re.compile(
    r"(?:<br[^<>]{0,5}>|\n|^)\s*((?:speakers?|presenters?|hosts?|by|who|with)\s*:?\s+)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Style:
    """The habit of a page. The joints stand before the part that they name: a break, ` – `, ` (`."""

    bold: bool = True
    owner_joint: str = "<br />"
    owner_label: str = ""
    task_joint: str = " ("
    task_first: bool = True  # before the owner
    facilitation_joint: str = "<br />"
    facilitation: str = ""  # the empty mark, if sessions here have one: "facilitation: (your username)"
    facilitation_label: str = "facilitation:"
    task: TaskStyle = INTERWIKI
    user: UserForm = _USER
    links: bool = True  # people as links; a template may make them itself

    def write(self, title: str, owners: str, task: str, facilitators: str = "") -> str:
        """A session in one line; title and people are wikitext already; what is empty is left out."""
        head = f"'''{title}'''" if self.bold and title else title
        people = self.owner_label + owners if owners else ""
        link = self.task.write(task) if task else ""
        mark = f"{self.facilitation_label} {facilitators}" if facilitators else self.facilitation
        mark = f"{self.facilitation_joint}{mark}" if mark else ""
        if people and link and self.owner_joint == self.task_joint == _BRACKET:
            return f"{head} ({people}, {link}){mark}"
        parts = [_joined(self.task_joint, link), _joined(self.owner_joint, people)]
        return head + "".join(parts if self.task_first else parts[::-1]) + mark

    def person(self, name: str) -> str:
        """An account as the page links to it."""
        return self.user.write(name) if self.links else name


def _joined(joint: str, part: str) -> str:
    return f"{joint}{part}{')' if joint == _BRACKET else ''}" if part else ""


def in_one_line(style: Style) -> Style:
    """The habit for places that have one line only: brackets instead of breaks, and no facilitation mark."""
    owner, task = (
        _BRACKET if _BR.fullmatch(joint) else joint for joint in (style.owner_joint, style.task_joint)
    )
    return replace(style, owner_joint=owner, task_joint=task, owner_label="", facilitation="")


def for_arguments(style: Style, page: Schedule, slot: FreeSlot) -> Style:
    """The habit for a template's arguments: tasks and people as the page's other templates have them, numbers and links if none has."""
    called = name_at(page.text, slot.row) if slot.row else ""
    mine = [s for s in page.sessions if s.layout == "templates" and name_at(page.text, s.span) == called]
    tasks = [ref.form is TaskForm.BARE for session in mine for ref in session.tasks]
    bare = [person.form is PersonForm.BARE for session in mine for person in session.owners]
    return replace(
        in_one_line(style),
        task=TaskStyle(("", "")) if slot.task_cell and sum(tasks) * 2 >= len(tasks) else style.task,
        links=not bare or sum(bare) * 2 < len(bare),
    )


def learn(page: Schedule, event: Event, table: int = -1) -> Style:
    """The habit of the sessions of one table, or of the page where that table has too few."""
    text = page.text
    near = [session for session in page.sessions if session.table == table]
    chosen = near if sum(bool(session.owners) for session in near) >= 2 else list(page.sessions)
    titled = [(session, at) for session in chosen if (at := title_of(page, session))]
    breaks = Counter(found[0] for session in chosen for found in _BR.finditer(session.span.of(text)))
    br = breaks.most_common(1)[0][0] if breaks else "<br />"
    owned = [(session, at) for session, at in titled if _linked(session)]
    return Style(
        bold=_mostly(_is_bold(text, at) for _, at in titled),
        owner_joint=_most((_owner_joint(text, session, at, br) for session, at in owned), br),
        owner_label=_most((_owner_label(text, session) for session, _ in owned), ""),
        task_joint=_most(_task_joints(text, titled, br), " ("),
        task_first=_mostly(_tasks_first(titled)),
        facilitation_joint=br,
        facilitation=_facilitation(chosen, event),
        facilitation_label=event.wording.facilitation,
        task=favourite_task_style(ref.span.of(text) for session in page.sessions for ref in session.tasks)
        or INTERWIKI,
        user=favourite_user_form(
            person.span.of(text) for session in page.sessions for person in session.owners
        ),
    )


def _most(found: Iterable[str], default: str) -> str:
    counted = Counter(found)
    return counted.most_common(1)[0][0] if counted else default


def _mostly(found: Iterable[bool]) -> bool:
    counted = Counter(found)
    return counted[True] >= counted[False]


def _linked(session: Session) -> list[Span]:
    return [person.span for person in session.owners if person.form is not PersonForm.BARE]


def _is_bold(text: str, title: Span) -> bool:
    return text[max(0, title.start - 3) : title.start] == "'''"


def _owner_joint(text: str, session: Session, title: Span, br: str) -> str:
    owner = _linked(session)[0]
    between = text[title.end : owner.start] if title.end <= owner.start else ""
    if _BR.search(between) or "\n" in between:
        return br
    return " – " if "–" in between else " (" if between.endswith("(") else br


def _owner_label(text: str, session: Session) -> str:
    first = _linked(session)[0]
    found = _LABEL.search(text, max(session.span.start, first.start - 40), first.start)
    return found[1] if found else ""


def _task_joints(text: str, titled: Iterable[tuple[Session, Span]], br: str) -> Iterator[str]:
    for session, title in titled:
        for ref in session.tasks[:1]:
            if ref.span.start < title.end or task_style(ref.span.of(text)) is None:
                continue
            before = text[title.end : ref.span.start]
            if before.endswith("("):
                yield " ("
            elif re.search(r"(?:<br\s*/?>|\n)\s*$", before, re.IGNORECASE):
                yield br
            elif before.endswith(", "):
                yield ", "
            elif before.endswith("– "):
                yield " – "


def _tasks_first(titled: Iterable[tuple[Session, Span]]) -> Iterator[bool]:
    for session, _ in titled:
        linked = _linked(session)
        if session.tasks and linked:
            yield session.tasks[0].span.start < linked[0].start


def _facilitation(sessions: Sequence[Session], event: Event) -> str:
    """The empty mark in the event's words, where at least two in five of the sessions with owners have a mark."""
    owned = [session for session in sessions if session.owners]
    marked = sum(session.facilitation is not None for session in owned)
    if not marked or marked * 5 < len(owned) * 2:
        return ""
    return f"{event.wording.facilitation} {event.wording.placeholder}".strip()
