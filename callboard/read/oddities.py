"""What a page says that cannot be certain: kept, and asked about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something that is not guessed: a stable code, a question or the way out, and the exact source text meant."""

    code: str
    message: str
    text: str
