"""Answers about pieces of wikitext, kept by the piece itself: what was read once costs nothing at the next look."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_Answer = TypeVar("_Answer")
_LONGEST = 4000  # characters of a piece, such as a cell or a template; what is longer is most of a page
_PAGES = 4


def remembered(size: int) -> Callable[[Callable[[str], _Answer]], Callable[[str], _Answer]]:
    """Keep the answers for the last `size` pieces and for the last few pages.

    The answer must depend on the text alone, and is shared, so that nobody may change it.
    """

    def keeping(ask: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
        of_piece, of_page = lru_cache(maxsize=size)(ask), lru_cache(maxsize=_PAGES)(ask)

        @wraps(ask)
        def answer(text: str) -> _Answer:
            return of_piece(text) if len(text) <= _LONGEST else of_page(text)

        return answer

    return keeping
