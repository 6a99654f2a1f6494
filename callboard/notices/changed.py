"""`changed`: your session has another length, format or title, and is where it was.

Told to the owners whom the row links, with who did it and the edit; who changed it themselves knows. The occasion has the number of
the thing told, and the facts. What the page does not say any more is no change. Of use until the start.
"""

from collections.abc import Iterator

from callboard.model import Notice
from callboard.notices import Occasions, notice_kind
from callboard.notices.moved import changes
from callboard.notices.owners import AS_IT_STANDS
from callboard.notices.telling import COMMON


@notice_kind("changed", rests_on_board=False, parameters=(*COMMON, *AS_IT_STANDS, "changed"))
def changed(look: Occasions) -> Iterator[Notice]:
    """A notice for each owner who knows another length, format or title, of a session that did not move."""
    yield from changes(look, moved_too=False)
