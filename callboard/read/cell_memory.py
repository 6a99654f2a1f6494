"""What cells said, kept by their text alone, so that a cell which an edit elsewhere moved costs next to nothing.

A reading also depends on which names the page knows. It is kept with the names that it asked about, and holds on every
page, and in every round of tidying, that gives the same answers to them.
"""

from collections.abc import Callable
from functools import wraps
from typing import NamedTuple, TypeVar

_Answer = TypeVar("_Answer")
_LONGEST = 4000  # characters; longer cells are rare, and many of them would fill the memory


class Said(NamedTuple):
    """How an event says facilitation in words of its own, in small letters and without markup; empty where anybody does."""

    label: str
    placeholder: str

    def within(self, source: str) -> bool:
        """Whether such words stand there."""
        low = source.casefold()
        return any(words and words in low for words in self)


class KnownNames(frozenset[str]):
    """The names that a page knows, with its event's own words for facilitation."""

    said: Said | None = None


def said_of(known: object) -> Said | None:
    """The event's own words, which come with the names."""
    return known.said if isinstance(known, KnownNames | Names) else None


class Names:
    """The names that a page knows; notes which were asked about."""

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known
        self.said = said_of(known)
        self.yes: set[object] = set()
        self.no: set[object] = set()

    def __contains__(self, name: object) -> bool:
        found = name in self._known
        (self.yes if found else self.no).add(name)
        return found


def kept_by_source(
    size: int,
) -> Callable[[Callable[[str, Names], _Answer]], Callable[[str, frozenset[str]], _Answer]]:
    """Keep the readings of the last `size` cells; a reading must depend on the cell and the names asked about only."""

    def keeping(read: Callable[[str, Names], _Answer]) -> Callable[[str, frozenset[str]], _Answer]:
        kept: dict[object, tuple[_Answer, frozenset[object], frozenset[object]]] = {}

        @wraps(read)
        def reading(source: str, known: frozenset[str]) -> _Answer:
            said = said_of(known)
            key = (source, said) if said and said.within(source) else source
            if found := kept.get(key):
                answer, yes, no = found
                if yes <= known and no.isdisjoint(known):
                    return answer
            names = Names(known)
            answer = read(source, names)
            if len(source) <= _LONGEST:
                if len(kept) >= size:
                    kept.pop(next(iter(kept)), None)
                kept[key] = answer, frozenset(names.yes), frozenset(names.no)
            return answer

        return reading

    return keeping
