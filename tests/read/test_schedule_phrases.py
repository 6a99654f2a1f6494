"""Words that say that there is no session."""

import pytest

from callboard.read.phrases import is_break, is_closed, is_dash, is_free, is_placeholder, is_same


@pytest.mark.parametrize(
    "words",
    [
        "Lunch", "10min break", "120min break - have a look at the shelf!", "Lunch, breakfast or a good night's sleep", "Coffee break",
        "Break, please upload a screenshot of your project", "Doors open, coffee, name badges", "Dinner at the old pumping station",
        "Breakfast and registration", "Cake", "Coffee, and the last of the cake", "Mittagspause", "Tea & cake", "☕ Coffee", "(15 minute break)", "Anreise", "Abreise", "Doors", "Arrivals & badges", "Clean-up", "Tidying up", "Abbau und Abreise", "Check-out until noon",
    ],
)  # fmt: skip
def test_breaks(words: str) -> None:
    assert is_break(words)


@pytest.mark.parametrize(
    "words",
    [
        "", "Coffee with the board", "Breakout groups", "Break out session", "Break the ice", "Lunch talk: maps", "Cake decorating", "Teapot",
        "Registration of domain names", "Clean-up: the oldest articles", "Group photo", "Sauna", "Party", "Quiet hacking", "Good bye and sandwiches", "Lunch and learn", "10",
    ],
)  # fmt: skip
def test_no_breaks(words: str) -> None:
    assert not is_break(words)


@pytest.mark.parametrize(
    "words",
    [
        "free slot", "free", "open", "TBD", "tba", "[??] Empty", "Add your topic here!", "Add your satellite event here...", "(your username)", "(Your team)",
        "Free slot!", "free slot (25 min)", "free slot – take me", "?", "More info coming soon!", "Test", "This slot could be yours", "Space for your session", "add yours below!",
    ],
)  # fmt: skip
def test_free(words: str) -> None:
    assert is_free(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Open writing",
        "Open space",
        "Free knowledge",
        "Empty talk pages",
        "Opening",
        "Tests for templates",
        "TBD or not TBD",
    ],
)
def test_not_free(words: str) -> None:
    assert not is_free(words)


@pytest.mark.parametrize(
    ("question", "yes", "no"),
    [
        (is_dash, ["—", "–", " - ", "n/a"], ["", "a", "1-2"]),
        (is_closed, ["closed", "(Buffer)", "reserved", "room closed"], ["Closing", "Closed captions"]),
        (is_same, ["(same)", "continued", '"'], ["Same time, same place", "Continuous integration"]),
        (is_placeholder, ["", " ", "?", "(your username)", "(add your name)", "needed", "TBD"], ["Testuser Quill", "Ada"]),
    ],
)  # fmt: skip
def test_other_phrases(question: object, yes: list[str], no: list[str]) -> None:
    assert callable(question)
    assert ([words for words in yes if not question(words)], [words for words in no if question(words)]) == (
        [],
        [],
    )
