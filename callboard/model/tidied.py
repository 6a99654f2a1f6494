"""What the bot remembers of the cells that it changed."""

from callboard.values import value


@value()
class TidiedCell:
    """A session's row or cell, a free slot or a time cell that one edit of the bot changed, as it read before and after."""

    rules: tuple[str, ...]  # those that the edit's summary names; empty if it names none
    titles: tuple[
        str, ...
    ]  # of its session, as read before and after ("" where it had none), as titles are compared; none for a free slot
    slot: str  # its start and room
    before: str
    after: str
