"""Who covers what: the needs that the event file states, held against facilitation marks and sign-up lists. Pure.

A facilitation mark and a slot of a table are firm. The hours in a list are offers: an entry under a role that is needed covers
them, unless the person runs a session or has a firm shift elsewhere then. Unclear hours cover nothing, and neither do entries
that say maybe or no, or that name no account.
"""

from callboard.cover.covering import cover
from callboard.model.cover import Cover, Stretch

__all__ = ["Cover", "Stretch", "cover"]
