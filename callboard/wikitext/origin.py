"""Where the text after several rounds of edits came from, so that a person can be shown the page that they know."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from callboard.values import value
from callboard.wikitext.edits import Span, TextEdit


@value()
class Piece:
    """A stretch of the present text: kept from the original, or standing for what was there."""

    start: int
    end: int
    origin: Span
    kept: bool


class Origin:
    """The present text as pieces of the original."""

    def __init__(self, pieces: Iterable[Piece], length: int) -> None:
        self._pieces = list(pieces)
        self._starts = [piece.start for piece in self._pieces]
        self._length = length  # of the original

    @classmethod
    def of(cls, text: str) -> "Origin":
        """The text before any edit."""
        return cls([Piece(0, len(text), Span(0, len(text)), kept=True)] if text else [], len(text))

    def span(self, now: Span) -> Span:
        """The span of the original that `now` stands for; around replaced text, all that was replaced."""
        first = self._piece_at(now.start)
        if first is None:
            return Span(self._length, self._length)
        start = first.origin.start + (now.start - first.start if first.kept else 0)
        if now.start == now.end:
            whole = not first.kept and first.start < now.start
            return Span(start, first.origin.end if whole else start)
        last = self._piece_at(now.end - 1) or first
        return Span(start, last.origin.start + (now.end - last.start) if last.kept else last.origin.end)

    def _piece_at(self, offset: int) -> Piece | None:
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self._pieces[index].end:
            return None
        return self._pieces[index]

    def after(self, edits: Iterable[TextEdit]) -> "Origin":
        """The origin of the text that results from the edits (disjoint, of the present text)."""
        pieces: list[Piece] = []
        shift, at = 0, 0
        for edit in sorted(edits):
            pieces += self._between(at, edit.start, shift)
            start = edit.start + shift
            if edit.new:
                origin = self.span(Span(edit.start, edit.end))
                pieces.append(Piece(start, start + len(edit.new), origin, kept=False))
            shift += len(edit.new) - (edit.end - edit.start)
            at = edit.end
        end = self._pieces[-1].end if self._pieces else 0
        return Origin([*pieces, *self._between(at, end, shift)], self._length)

    def _between(self, start: int, end: int, shift: int) -> Iterator[Piece]:
        for index in range(max(bisect_right(self._starts, start) - 1, 0), len(self._pieces)):
            piece = self._pieces[index]
            if piece.start >= end:
                return
            low, high = max(start, piece.start), min(end, piece.end)
            if low < high:
                origin = piece.origin
                if piece.kept:
                    first = origin.start + low - piece.start
                    origin = Span(first, first + high - low)
                yield Piece(low + shift, high + shift, origin, piece.kept)

    def changed(self) -> Iterator[Span]:
        """The spans of the original that are not in the present text as they were; empty ones for insertions."""
        at, new = 0, False
        for piece in self._pieces:
            if not piece.kept:
                new = True
            elif new or piece.origin.start > at:
                yield Span(at, piece.origin.start)
                new = False
            if piece.kept:
                at = piece.origin.end
        if new or at < self._length:
            yield Span(at, self._length)
