"""`scheduled`: your session stands in the schedule, at this time in this room.

Told once to each owner whom the row links, when it stands there with the coordination team's yes for the first time; how it
changes afterwards is for `moved` and `changed`. The occasion has the number of the thing told, and the facts. Somebody who is
put into the row later is told then. Of use until the start. A session that stands twice with its owner is not told: which is it?
"""

from collections.abc import Iterator

from callboard.model import Notice, Proposal
from callboard.notices import Occasions, notice_kind
from callboard.notices.grace import stands_quietly_from
from callboard.notices.known import Case, known
from callboard.notices.owners import as_it_stands
from callboard.notices.telling import COMMON
from callboard.notices.told import OWNER, occasion, told_once
from callboard.snapshot import Snapshot

KIND = "scheduled"


@notice_kind(
    KIND,
    rests_on_board=True,
    parameters=(*COMMON, "task", "when", "start", "end", "room", "page"),
)
def scheduled(look: Occasions) -> Iterator[Notice]:
    """A notice for each owner of each row with an acknowledged task, a time and a room, who was not told yet; of use until the start."""
    snapshot = look.snapshot
    told = told_once(snapshot, KIND)
    for case in known(snapshot, look.schedules, OWNER).cases:
        accepted = _accepted(snapshot, case)
        if accepted is None or case.key in told or not _placed(snapshot, case):
            continue
        stands = as_it_stands(look, case)
        yield Notice(
            event=snapshot.event.slug,
            kind=KIND,
            subject=case.name,
            occasion=occasion(OWNER, case.told.number + 1, case.now),
            recipient=case.person,
            due=stands_quietly_from(snapshot, case.page, case.session, case.person),
            until=case.now.start,
            values={
                **{name: said for name, said in stands.items() if name not in {"by", "diff"}},
                **({} if case.session.title else {"title": accepted.title}),
                "task": accepted.task,
            },
        )


def _accepted(snapshot: Snapshot, case: Case) -> Proposal | None:
    found = [(snapshot.proposals or {}).get(ref.task) for ref in case.session.tasks]
    return next((one for one in found if one and one.acknowledged and one.visible and not one.closed), None)


def _placed(snapshot: Snapshot, case: Case) -> bool:
    """In a room, where the event has rooms."""
    return case.session.room is not None or not snapshot.event.room
