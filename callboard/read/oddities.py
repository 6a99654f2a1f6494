"""What a page says that cannot be certain: kept, and asked about."""

from callboard.values import value


@value()
class Oddity:
    """Something that is not guessed: a stable code, a question or the way out, and the exact source text meant."""

    code: str
    message: str
    text: str
