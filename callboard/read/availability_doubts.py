"""What leaves hours open wherever it stands: `maybe`, `if`, a number or a word beside hours that nobody understands."""

from collections.abc import Sequence

from callboard.read.availability_choices import Unclear
from callboard.read.availability_days import Dates, DayFinder
from callboard.read.availability_signs import Piece
from callboard.read.availability_words import Say

SENTENCE = frozenset({Say.STOP})
_DOUBTFUL = frozenset({Say.UNSURE, Say.OPEN, Say.DOUBT, Say.BUT, Say.NUMBER, Say.LENGTH, Say.WORD, Say.TIME})
_CLAUSE = frozenset({Say.STOP, Say.SEMI, Say.COMMA, Say.LEFT, Say.RIGHT})


def part_of(pieces: Sequence[Piece], at: int, ends: frozenset[Say]) -> range:
    """The places of the sentence or clause in which a piece stands."""
    first = at
    while first > 0 and pieces[first - 1].say not in ends:
        first -= 1
    last = at
    while last < len(pieces) and pieces[last].say not in ends:
        last += 1
    return range(first, last)


def is_day(piece: Piece, dates: Dates) -> bool:
    """Whether a piece may name a day: a fraction like 1/2 does not unless the event has it."""
    if piece.say is Say.DAY and isinstance(piece.value, tuple) and piece.value[0] == "slash":
        pair = piece.value[1:3]
        return any((day.day, day.month) in {pair, pair[::-1]} for day in dates)
    return True


class Doubts:
    """The doubts of one text, of which the pieces are known that are hours and those that speak of hours or days."""

    def __init__(
        self, pieces: Sequence[Piece], taken: frozenset[int], spoken: frozenset[int], dates: Dates
    ) -> None:
        self.pieces, self.taken, self.spoken, self.dates = pieces, taken, spoken, dates

    def refuse(self) -> None:
        """Raises Unclear with the first doubt."""
        for piece in self.pieces:
            if piece.say is Say.UNSURE:
                raise Unclear(f"“{piece.text}” leaves the hours open; from when to when exactly?")
            if piece.say is Say.OPEN:
                whenever = piece.text.lower().startswith("whenever")
                raise Unclear(
                    f"“{piece.text}” leaves the hours open; from when to when exactly?"
                    if whenever
                    else f"“{piece.text}”: from when to when, in which zone?"
                )
        for at, piece in enumerate(self.pieces):
            if piece.say in _DOUBTFUL:
                self._refuse_piece(at, piece)
            elif piece.say is Say.TO and self._ties_ranges(at):
                raise Unclear(f"What is meant by “{piece.text}” between two ranges?")
            elif piece.say is Say.ZONE and self._leads_others(at):
                raise Unclear(f"Is {piece.text} the zone of the hours before it too?")

    def _ties_ranges(self, at: int) -> bool:
        """`10-12-14-16`: a dash between two ranges."""
        return at not in self.taken and {at - 1, at + 1} <= self.taken

    def _leads_others(self, at: int) -> bool:
        """Whether a zone begins other hours than those before: `9-11 (UTC 0-2)`, `9-11, UTC: 0-2`."""
        if at in self.taken or not any(place in self.taken for place in range(at)):
            return False
        after, before = at + 1, at - 1
        while after < len(self.pieces) and self.pieces[after].say in {Say.FILL, Say.FROM, Say.BETWEEN}:
            after += 1
        while before > 0 and self.pieces[before].say is Say.FILL:
            before -= 1
        return after in self.taken and self.pieces[before].say in {Say.LEFT, Say.COMMA, Say.SAME, Say.SEMI}

    def _refuse_piece(self, at: int, piece: Piece) -> None:
        if piece.say in {Say.DOUBT, Say.BUT}:
            sentence = part_of(self.pieces, at, SENTENCE)
            if any(place in self.spoken and (piece.say is Say.DOUBT or place < at) for place in sentence):
                raise Unclear(f"“{piece.text}” leaves the hours open; from when to when exactly?")
        elif (
            piece.say in {Say.NUMBER, Say.LENGTH, Say.WORD, Say.TIME}
            and at not in self.taken
            and (self._in_clause(at) or self._may_be_a_place(at))
        ):
            if piece.say is Say.WORD and self._is_object(at):
                return
            if piece.say is Say.NUMBER and self._is_named_day(at):
                return
            raise Unclear(f"What is meant by “{piece.text}”?")

    def _is_named_day(self, at: int) -> bool:
        finder = DayFinder(self.pieces, self.taken, self.dates)
        return finder.number(at, self.pieces[at]) is not None

    def _may_be_a_place(self, at: int) -> bool:
        """Whether a word right behind a time may say by whose clocks: `10-12 (Lisbon)`, `10-12, Lisbon`."""
        if at < 2 or at - 2 not in self.taken or not self.pieces[at].text[:1].isupper():
            return False
        if self.pieces[at - 2].say is Say.ZONE or self.pieces[at - 1].say not in {Say.LEFT, Say.COMMA}:
            return False
        follows = self.pieces[at + 1].say if at + 1 < len(self.pieces) else Say.STOP
        return follows in _CLAUSE

    def _in_clause(self, at: int) -> bool:
        return any(place in self.spoken for place in part_of(self.pieces, at, _CLAUSE))

    def _is_object(self, at: int) -> bool:
        """Whether `with` or the like stands before a word: `Saturday 10-12 with Hindi and Tamil`."""
        while at >= 0 and self.pieces[at].say in {Say.WORD, Say.FILL, Say.AND}:
            at -= 1
        return at >= 0 and self.pieces[at].say is Say.OBJECT
