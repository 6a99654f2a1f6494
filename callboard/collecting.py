"""Work on a page without pauses for Python's search for cyclic garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_pauses() -> Iterator[None]:
    """Hold the search for cyclic garbage back while a page is read or planned; also for a function, as a decorator.

    Reading makes tens of thousands of small values that stay and hardly a cycle. With each few hundred of them Python would
    look for cycles, and from time to time through all that it keeps of earlier pages: a third of the time of a large page.
    What is not needed any more is freed at once all the same, by reference counts.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
