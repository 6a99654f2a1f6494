"""`moved`: your session is at another time or in another room now, or stands in the schedule again.

Told to the owners whom the row links, with who did it and the edit; who moved it themselves knows. The occasion has the number
of the thing told, and the facts: there, back and there again are three notices, and back within the grace time none. If length,
format or title changed as well, this notice says it. Of use until the new start. Where `scheduled` is still to come, that says it all.
"""

from collections.abc import Iterator

from callboard.model import Notice
from callboard.notices import Occasions, notice_kind
from callboard.notices.known import known
from callboard.notices.owners import AS_IT_STANDS, as_it_stands, before, what_changed
from callboard.notices.scheduled import KIND as SCHEDULED
from callboard.notices.scheduled import scheduled
from callboard.notices.telling import COMMON, has_kind
from callboard.notices.told import OWNER, occasion


@notice_kind("moved", rests_on_board=False, parameters=(*COMMON, *AS_IT_STANDS, "before", "changed"))
def moved(look: Occasions) -> Iterator[Notice]:
    """A notice for each owner who knows another place than the schedule."""
    yield from changes(look, moved_too=True)


def changes(look: Occasions, *, moved_too: bool) -> Iterator[Notice]:
    """The notices for owners who know it otherwise: of sessions that moved, or of those that stayed where they are."""
    snapshot = look.snapshot
    coming = _to_be_scheduled(look)
    for case in known(snapshot, look.schedules, OWNER).cases:
        if not case.differs(snapshot) or case.moved(snapshot) is not moved_too or case.key in coming:
            continue
        changed = what_changed(case.told.facts, case.now)
        yield Notice(
            event=snapshot.event.slug,
            kind="moved" if moved_too else "changed",
            subject=case.name,
            occasion=occasion(OWNER, case.told.number + 1, case.now),
            recipient=case.person,
            due=case.due(snapshot),
            until=case.now.start,
            values={
                **as_it_stands(look, case),
                **({"before": before(look, case)} if moved_too else {}),
                "changed": changed or "nothing",
            },
        )


def _to_be_scheduled(look: Occasions) -> frozenset[tuple[str, str]]:
    """Whom `scheduled` will tell; not whom it could not."""
    if not has_kind(look.snapshot.event, SCHEDULED):
        return frozenset()
    sent = look.snapshot.sent
    return frozenset((one.subject, one.recipient) for one in scheduled(look) if one.key not in sent)
