"""What makes a board of ten thousand tasks quick: rows of a growing list, found by a key."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

Row = TypeVar("Row")


class Index(Generic[Row]):
    """The rows of a list by the keys that a function gives them.

    It reads only what was appended since it was last asked, and reads all again after anything else was done to the
    list: tests and loaders fill the board's lists as they like. Keys must not change while a row stands in the list.
    """

    def __init__(self, keys: Callable[[Row], Iterable[str]]) -> None:
        self._keys = keys
        self._found: dict[str, list[Row]] = {}
        self._seen: list[Row] | None = None
        self._count = 0
        self._last: Row | None = None

    def all(self, rows: list[Row], key: str) -> list[Row]:
        """The rows with this key, in the order of the list."""
        self._catch_up(rows)
        return self._found.get(key, [])

    def first(self, rows: list[Row], key: str) -> Row | None:
        """The first row with this key."""
        found = self.all(rows, key)
        return found[0] if found else None

    def _catch_up(self, rows: list[Row]) -> None:
        count = self._count
        if rows is not self._seen or len(rows) < count or (count and rows[count - 1] is not self._last):
            self._found, count = {}, 0
        for row in rows[count:]:
            for key in self._keys(row):
                self._found.setdefault(key, []).append(row)
        self._seen, self._count, self._last = rows, len(rows), rows[-1] if rows else None
