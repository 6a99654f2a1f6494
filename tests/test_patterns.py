"""Regular expressions that every Python from 3.11.0 on matches in the same way."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# `(?:ab|c)*+`: before 3.11.5 (cpython issue 106052) a possessive group may give up too early; `(?>(?:ab|c)*)` may not.
_POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{[0-9,]+\})\+")


def _faults(source: str) -> list[str]:
    return [found[0] for found in _POSSESSIVE_GROUP.finditer(source)]


@pytest.mark.parametrize("folder", ["callboard", "scripts"])
def test_groups_are_atomic_not_possessive(folder: str) -> None:
    sources = sorted((ROOT / folder).rglob("*.py"))
    assert sources
    assert {
        path.name: faults for path in sources if (faults := _faults(path.read_text(encoding="utf-8")))
    } == {}


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("(?:ab|c)*+", [")*+"]),
        ("(?:ab|c){2,3}+", ["){2,3}+"]),
        ("(?>(?:ab|c)*)", []),
        (r"[ab]*+\)*+", []),
    ],
)
def test_possessive_groups_are_found(source: str, faults: list[str]) -> None:
    assert _faults(source) == faults
