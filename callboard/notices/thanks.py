"""`thanks`: the event is over, thank you for helping. Sent once, when an organiser starts `thank_helpers`, never by the timer.

To everybody who signed up to help and still stands in the lists or in the schedule; who said maybe or no, withdrew, or only
comes (`Participants`, `I am coming: Yes`) does not count.
"""

from collections.abc import Iterator
from datetime import timedelta

from callboard.model import Notice
from callboard.notices import Occasions, notice_kind
from callboard.notices.helping import signed_up
from callboard.notices.telling import COMMON, common

OF_USE = timedelta(days=60)  # later than this thanks would only puzzle


@notice_kind(
    "thanks",
    rests_on_board=False,
    rests_on_signups=True,
    by_script=True,
    parameters=(*COMMON, "roles"),
)
def thanks(look: Occasions) -> Iterator[Notice]:
    """A notice for each helper, once the event is over."""
    event = look.snapshot.event
    for person, roles in signed_up(look).items():
        yield Notice(
            event=event.slug,
            kind="thanks",
            subject="helping",
            occasion="thanks",
            recipient=person,
            due=event.last,
            until=event.last + OF_USE,
            values={**common(event, event.event.title), "roles": ", ".join(roles) or "helper"},
        )
