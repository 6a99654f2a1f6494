"""Carrying a session to another slot, of its page or of another one; its text travels byte for byte where it can."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from callboard.config import Event
from callboard.model import Schedule, Session
from callboard.placing import NotPlaced
from callboard.placing.carry import carry, is_like, source_cells, taken_apart
from callboard.placing.cells import where
from callboard.placing.change import Change, Draft, Find
from callboard.placing.fill import by_hand, fill, slot_cells, texts_for, to_put, to_take
from callboard.placing.slot_text import SlotAsked
from callboard.placing.target import Bare, Near, choose, reaching
from callboard.placing.withdraw import (
    called,
    free_words,
    freed_by,
    notes_on,
    slot_of,
    take_away,
    task_of,
    withdraw,
)
from callboard.read.matching import same_title


def matching(
    schedules: Iterable[Schedule], *, task: str = "", title: str = ""
) -> list[tuple[Schedule, Session]]:
    """The sessions with that task; or of that title, or with it as a part of theirs."""
    every = [(page, session) for page in schedules for session in page.sessions]
    if task:
        return [one for one in every if any(ref.task == task for ref in one[1].tasks)]
    wanted = same_title(title)
    found = [one for one in every if same_title(one[1].title) == wanted]
    return found or [one for one in every if wanted and wanted in same_title(one[1].title)]


def named(
    schedules: Iterable[Schedule], event: Event, *, task: str = "", title: str = ""
) -> tuple[Schedule, Session]:
    """The one session with that task, or of that title; raises NotPlaced with all of them, or none."""
    found = matching(schedules, task=task, title=title)
    called = task or f"“{title}”"
    if not found:
        raise NotPlaced(f"no session {called} stands in the schedule")
    if len(found) > 1:
        listed = "\n".join(
            f"  {_told(session, event)}: {where(page, session.span.start)}" for page, session in found
        )
        raise NotPlaced(
            f"several sessions are {called}; name one by its task, or correct the page:\n{listed}"
        )
    return found[0]


def _told(session: Session, event: Event) -> str:
    tasks = f" ({', '.join(ref.task for ref in session.tasks)})" if session.tasks else ""
    return f"“{session.title}”{tasks}, {slot_of(session, event)}"


def move(
    schedules: Sequence[Schedule],
    which: tuple[Schedule, Session],
    asked: SlotAsked,
    event: Event,
    now: datetime | None = None,
) -> Change:
    """The session in another free slot, of another page too; raises NotPlaced with the reason and the way out.

    Where the slot is of the same kind as the session's place, its text travels byte for byte; else it is written anew, as
    far as it is certain what each part of it is. Between two pages the session comes first and goes then: what is half
    done is a session that stands twice, which a check reports and `rest_of_move` finishes, and never one that is lost.
    """
    page, session = which
    minutes = int(session.length / timedelta(minutes=1)) if session.length else None
    near = Near(schedules, event, now, minutes)
    found = choose(schedules, asked, near, session)
    if isinstance(found, Bare):
        raise near.refusal(asked)
    to, slot = found
    cells = source_cells(page, session, event)
    texts = {name: cell.of(page.text).strip() for name, cell in cells.filled(page.text)}
    words = free_words(session, event)
    with by_hand(to_put(to, slot.span.start, texts), to_take(page, session, words)):
        target = reaching(to, slot, asked, near)
        draft = Draft(to, event)
        draft.lengthen(target)
        if is_like(page, session, slot, cells, slot_cells(to, slot, event)):
            carry(draft, page, cells, slot)
            moved = replace(
                session, start=target.start, end=target.end, rooms=(target.room,) if target.room else ()
            )
            came: Callable[[Schedule], list[Session]] = lambda _: [moved]  # noqa: E731 -- one of two ways to find it
        else:
            wanted = taken_apart(page, session, cells)
            fill(draft, slot, texts_for(to, slot, wanted, event))
            came = Find(wanted, target)
        then = None
        if to.page == page.page:
            take_away(draft, session, words)
            after = draft.result(came, freed=lambda _: freed_by(session, words))
        else:
            after = draft.result(came)
            then = withdraw(page, session, event)
    did = f"moved {called(session)} from {slot_of(session, event)} to"
    return draft.change(target, after, did, notes_on(session), task_of(session), then=then)


def rest_of_move(
    schedules: Sequence[Schedule], asked: SlotAsked, event: Event, *, task: str = "", title: str = ""
) -> Change | None:
    """The second half of a move between pages of which only the first was saved; None if there is none.

    The very same session stands in the slot and once more on another page: there it goes.
    """
    found = matching(schedules, task=task, title=title)
    there = [one for one in found if asked.means(one[1])]
    if len(found) != 2 or len(there) != 1 or len(asked.starts) > 1 or found[0][0].page == found[1][0].page:
        return None
    new, (page, old) = there[0][1], next(one for one in found if one is not there[0])
    if _same(new) != _same(old):
        return None
    change = withdraw(page, old, event)
    did = f"{change.did}, as it stands in {slot_of(new, event)} now"
    return replace(change, did=did, starts=new.start, ends=new.end, room=new.room)


def _same(session: Session) -> tuple[object, ...]:
    return (
        same_title(session.title),
        {person.name for person in session.owners},
        {ref.task for ref in session.tasks},
    )
