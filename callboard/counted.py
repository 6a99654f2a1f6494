"""Numbers of things as people say them."""


def counted(number: int, noun: str, verb: str = "") -> str:
    """`1 notice`, `0 notices`, `2 sessions`; with a verb in both forms, `is/are`, also `1 session is`."""
    told = f"{number} {noun}{'' if number == 1 else 's'}"
    one, _, many = verb.partition("/")
    return f"{told} {one if number == 1 else many}" if verb else told
