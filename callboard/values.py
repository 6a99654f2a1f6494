"""Values of which a page has tens of thousands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

_Class = TypeVar("_Class")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(*, eq: bool = True, order: bool = False) -> Callable[[type[_Class]], type[_Class]]:
    """A dataclass with slots that compares and hashes by its fields, and that the type checker holds frozen.

    Python's own `frozen=True` sets each field through a function call, so that an object of eight fields takes 1.5 µs
    instead of 0.3 to make (measured); for a page's readings that was about a fifth of all.
    """
    return dataclass(slots=True, eq=eq, order=order, unsafe_hash=eq)
