"""Answers about pieces of wikitext, kept by the piece itself: what was read once costs nothing at the next look."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_Answer = TypeVar("_Answer")
_LONGEST = 4000  # characters; longer pieces are rare, and many of them would fill the memory


def remembered(size: int) -> Callable[[Callable[[str], _Answer]], Callable[[str], _Answer]]:
    """Keep the answers for the last `size` short pieces; the answer must depend on the piece alone, and is not changed."""

    def keeping(ask: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
        kept = lru_cache(maxsize=size)(ask)

        @wraps(ask)
        def answer(piece: str) -> _Answer:
            return kept(piece) if len(piece) <= _LONGEST else ask(piece)

        return answer

    return keeping
