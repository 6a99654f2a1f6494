"""Placing, moving and withdrawing sessions: from a task and a slot to the page as it would be, proved to harm nothing else."""


class NotPlaced(ValueError):
    """Why a session is not placed, moved or withdrawn, in lines for a person: what is in the way, where, and the way out."""
