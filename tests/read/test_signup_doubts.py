"""Hours that something else in the entry may change are asked about; what others reply changes nothing."""

import pytest

from callboard.config import event_from
from callboard.read.signups import read_signups

EVENT = event_from(
    {"event": {"title": "E", "zone": "UTC", "days": ["2026-05-15", "2026-05-16"]}}, slug="e", where="e"
)
ADA = "* [[User:Ada|Ada]] Friday 08:00–14:00 UTC"
SIGNED = "([[User talk:{0}|talk]]) 12:00, 1 May 2026 (UTC)"
BY_ADA, BY_BO = f"[[User:Ada|Ada]] {SIGNED.format('Ada')}", f"[[User:Bo|Bo]] {SIGNED.format('Bo')}"


@pytest.mark.parametrize(
    ("entry", "question"),
    [
        (ADA, ""),
        (f"{ADA} {{{{yes}}}}", ""),
        (f"{ADA} {{{{flag|de}}}}", ""),
        (f"{ADA} {{{{withdrawn}}}}", "What does “withdrawn” say of these hours?"),
        (f"{ADA} {{{{no|sorry}}}}", "What does “no|sorry” say of these hours?"),
        (f"{ADA} <nowiki>[[User:Bo]]</nowiki>", "Are the hours meant that stand as plain text, within nowiki or pre?"),
        (f"{ADA}\n** but not 10-11", "Do the lines below it change these hours?"),
        (f"{ADA}\n*: Sorry, only until 12:00 UTC. {BY_ADA}", "Do the lines below it change these hours?"),
        (f"{ADA}\n*: Withdrawn. --{BY_ADA}", "Do the lines below it change these hours?"),
        (f"{ADA}\n*: Thank you! {BY_BO}\n*: Saturday 10:00-12:00 as well. {BY_ADA}", "Do the lines below it change these hours?"),
        (f"{ADA}\n** Thank you!", ""),
        (f"{ADA}\n*: Can you make it until 16:00 UTC? {BY_BO}", ""),
        (f"{ADA}\n*: Withdrawn? --[[Special:Contributions/192.0.2.7|192.0.2.7]] 12:00, 1 May 2026 (UTC)", ""),
        (f"{ADA}\n* [[User:Bo|Bo]] Friday 10-11 UTC", ""),
    ],
)  # fmt: skip
def test_what_may_change_hours_is_asked_about(entry: str, question: str) -> None:
    first = read_signups(f"; Chat watch\n{entry}\n", EVENT).entries[0]
    assert (first.user, first.question, first.ambiguous) == ("Ada", question, bool(question))
    assert (first.availability is None) == bool(question)
    assert first.hours is not None


FRIDAY = [("2026-05-15T14:00", "2026-05-15T18:00")]


@pytest.mark.parametrize(
    ("below", "hours", "question"),
    [
        ("*: Friday 14-18 UTC", FRIDAY, ""),
        ("** Friday 14-18 UTC", FRIDAY, ""),
        (":(Friday 14–18 UTC)", FRIDAY, ""),
        ("*: I'm available on Friday 14:00 to 18:00 UTC", FRIDAY, ""),
        (f"*: Friday 14-18 UTC {BY_ADA}", FRIDAY, ""),
        (f"*: Thank you! {BY_BO}\n*: see you on Friday 14-18 UTC! {BY_ADA}", FRIDAY, ""),
        (f"*: Friday 14-18 UTC\n*: Thank you! {BY_BO}", FRIDAY, ""),
        ("*: Friday 14-18 UTC\n*: I bring my own tea", FRIDAY, ""),
        ("*: Friday\n*: 14-18 UTC", FRIDAY, ""),
        (f"*: Friday 14-18 UTC? {BY_BO}", [], ""),
        ("*: Friday 14-18 UTC --[[Special:Contributions/192.0.2.7|192.0.2.7]] 12:00, 1 May 2026 (UTC)", [], ""),
        ("*: Thank you!", [], ""),
        ("*: see you on Friday!", [], "Whose are the hours on the lines below?"),
        ("*: Bo takes Friday 14-18 UTC", [], "Whose are the hours on the lines below?"),
        (f"*: Which hours? {BY_BO}\n*: Friday 14-18 UTC", [], "Whose are the hours on the lines below?"),
        ("*: Friday 14-18 UTC, maybe", [], "“maybe” leaves the hours open; from when to when exactly?"),
        ("* [[User:Bo]] Friday 14-18 UTC", [], ""),
    ],
)  # fmt: skip
def test_hours_on_the_lines_below_a_name_are_its_authors(
    below: str, hours: list[tuple[str, str]], question: str
) -> None:
    first = read_signups(f"; Chat watch\n* [[User:Ada|Ada]]\n{below}\n", EVENT).entries[0]
    spoken = [tuple(f"{when:%Y-%m-%dT%H:%M}" for when in interval) for interval in first.availability or ()]
    assert (first.user, spoken, first.question, first.ambiguous) == ("Ada", hours, question, bool(question))
    assert (first.hours is None) == (not hours and not question)


def test_of_several_people_nobody_gave_the_hours_below() -> None:
    text = "; Chat watch\n* [[User:Ada]] and [[User:Bo]]\n*: Friday 14-18 UTC\n"
    (entry,) = read_signups(text, EVENT).entries
    assert (entry.availability, entry.question) == (None, "2 people in one entry: whose hours are these?")
