"""Slips and habits of people who sign up: what is struck out, days in other languages."""

import pytest

from callboard.read.signups import read_signups
from tests.read.schedule_truth import event, moment


@pytest.mark.parametrize(
    ("source", "user", "hours"),
    [
        ("[[User:A]] <s>Friday 10-12 UTC</s> Saturday 10-12 UTC", "A", "16T10:00Z-16T12:00Z"),
        ("[[User:A]] {{s|Friday 10-12 UTC}} Saturday 10-12 UTC", "A", "16T10:00Z-16T12:00Z"),
        ("[[User:A]] <del>Friday 10-12 UTC</del>", "A", ""),
        ("[[User:A]] Samstag 9–12 Uhr", "A", "16T09:00Z-16T12:00Z"),
        ("[[User:A]] (samedi 16 mai, 10h–12h)", "A", "16T10:00Z-16T12:00Z"),
    ],
)
def test_one_entry(source: str, user: str, hours: str) -> None:
    (entry,) = read_signups(f"; Chat\n* {source}", event(["2026-05-15", "2026-05-16"])).entries
    said = ["-".join(moment(when)[8:] for when in interval) for interval in entry.availability or ()]
    assert (entry.user, " ".join(said), entry.ambiguous) == (user, hours, False)


def test_who_is_struck_out_has_not_signed_up() -> None:
    text = "; Chat\n* [[User:A]]\n* <s>[[User:B]] Friday 10-12 UTC</s>\n* <s>[[User:C]]</s> sorry, ill\n* [[User:D]]"
    entries = read_signups(text, event(["2026-05-15", "2026-05-16"])).entries
    assert [(entry.user, entry.line) for entry in entries] == [("A", 2), ("D", 5)]


@pytest.mark.parametrize(
    "words",
    [
        "Samstag nicht 10–12 Uhr", "Freitag ab 16 Uhr", "sábado tal vez 10:00–12:00",
        "vielleicht Samstag 10–12 Uhr", "16 May, nicht 10:00–12:00",
    ],
)  # fmt: skip
def test_hours_in_words_that_may_change_them_are_asked_about(words: str) -> None:
    (entry,) = read_signups(f"; Chat\n* [[User:A]] {words}", event(["2026-05-15", "2026-05-16"])).entries
    assert (entry.availability, entry.ambiguous) == (None, True)
