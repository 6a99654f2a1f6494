"""Lines counted the plain way, to hold the quick one (`masking.line_at`) to."""


def line_of(text: str, offset: int) -> int:
    """The number, from 1, of the line that holds the character at `offset`."""
    return text.count("\n", 0, offset) + 1
