"""Who says in words that they do not come any more has withdrawn, as if struck out; who says it of some hours only may come."""

import pytest

from callboard.config import event_from
from callboard.model import Coming
from callboard.read.schedule import read_schedule
from callboard.read.signup_withdrawn import still_comes
from callboard.read.signups import read_signups
from tests.read.schedule_truth import event

EVENT = event_from(
    {"event": {"title": "E", "zone": "UTC", "days": ["2026-05-15", "2026-05-16"]}}, slug="e", where="e"
)
SIGNED = "[[User:{0}|{0}]] ([[User talk:{0}|talk]]) 12:00, 1 May 2026 (UTC)"


@pytest.mark.parametrize(
    "said",
    [
        "(withdrawn)", "(Withdrew)", "– withdrawn, sorry", "cancelled", "'''canceled'''", "(can't make it any more)", "Sorry, I can’t make it anymore!", "I had to cancel",
        "(I won't be able to make it, sorry)", "dropped out due to illness", "– sorry, not coming after all", "{{withdrawn}}", "{{no|withdrawn}}", "(newcomer; withdrawn)", "Withdrawn:",
        "(zurückgezogen)", "abgesagt", "leider muss ich absagen", "(kann leider doch nicht)", "(désolée, je ne peux plus venir)", "annulé", "(cancelado)", "lo siento, ya no puedo",
        "(non posso più venire)", "annullato", "(não vou poder ir, desculpem)", "(helaas geannuleerd)", "kan toch niet", "(inställt)", "jag kan tyvärr inte komma", "(отменено)",
        "к сожалению, не смогу прийти", "(wycofana)", "niestety nie mogę", "Friday 10–12 UTC (withdrawn)", "Friday 10–12 UTC withdrew", "Fri 10:00–12:00, cancelled",
        "Friday 10–12 UTC (can't make it any more)", "Friday 10–12 UTC (je ne peux plus venir)", "<s>Friday 10–12</s> withdrawn",
    ],
)  # fmt: skip
def test_who_withdrew(said: str) -> None:
    (entry,) = read_signups(f"; Chat watch\n* [[User:Ada|Ada]] {said}\n", EVENT).entries
    assert (entry.user, entry.coming) == ("Ada", Coming.NO)


@pytest.mark.parametrize(
    "said",
    [
        "", "(newcomer)", "I withdrew from the board, so I have time", "(can't make it on Friday)", "can't wait!", "no longer a newcomer", "cancelled my holiday for this", "not available before noon",
        "<s>withdrawn</s>", "(withdrawn?)", "I cannot wait to help", "{{no}}", "nicht so erfahren", "pas de problème", "no problem", "Friday 10–12 UTC (not available)", "ik kan niet zo goed Duits",
        "no puedo esperar", "moderating the talk “Cancelled”", "has never cancelled a shift", "will tell you if I can't make it",
    ],
)  # fmt: skip
def test_who_says_something_else(said: str) -> None:
    (entry,) = read_signups(f"; Chat watch\n* [[User:Ada|Ada]] {said}\n", EVENT).entries
    assert (entry.user, entry.coming) == ("Ada", Coming.YES)


@pytest.mark.parametrize(
    "said",
    [
        "Friday 10:00–12:00, Saturday 09:00–10:00 UTC (cancelled)",
        "(withdrawn; but Saturday 9–10 is possible)",
        "and [[User:Bo|Bo]] (withdrawn)",
    ],
)
def test_of_whom_or_of_what_it_is_said_may_be_open(said: str) -> None:
    (entry,) = read_signups(f"; Chat watch\n* [[User:Ada|Ada]] {said}\n", EVENT).entries
    assert (entry.user, entry.coming, entry.availability) == ("Ada", Coming.MAYBE, None)


@pytest.mark.parametrize(
    ("below", "coming"),
    [
        (f"*: Withdrawn. --{SIGNED.format('Ada')}", Coming.NO),
        ("** sorry, can't make it any more", Coming.NO),
        (f"*: Withdrawn? --{SIGNED.format('Bo')}", Coming.YES),
        (f"*: Cancelled. --{SIGNED.format('Bo')}", Coming.YES),
    ],
)
def test_lines_below_count_if_they_are_the_helpers_own(below: str, coming: Coming) -> None:
    (entry,) = read_signups(f"; Chat watch\n* [[User:Ada|Ada]]\n{below}\n", EVENT).entries
    assert (entry.user, entry.coming) == ("Ada", coming)


def test_in_a_table() -> None:
    text = '{| class="wikitable"\n! Role !! Helpers\n|-\n| Chat || [[User:Ada|Ada]] (withdrawn)\n|-\n| Desk || [[User:Bo|Bo]] (newcomer)\n|}'
    assert [(one.user, one.coming) for one in read_signups(text, EVENT).entries] == [
        ("Ada", Coming.NO),
        ("Bo", Coming.YES),
    ]


def test_a_remark_that_says_nothing_of_it() -> None:
    assert still_comes("(18–22 UTC)", has_hours=True) is Coming.YES


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("[[User:Ada]] (withdrawn)", []),
        ("[[User:Ada]] – cancelled", []),
        ("[[User:Ada|Ada]] (can't make it any more)", []),
        ("[[User:Ada]] {{withdrawn}}", []),
        ("[[User:Ada]] (withdrawn), [[User:Bo]]", ["Bo"]),
        ("[[User:Ada]], [[User:Bo]] (withdrawn)", ["Ada"]),
        ("[[User:Ada]] (notes)", ["Ada"]),
        ("[[User:Ada]] (withdrawn?)", ["Ada"]),
        ("[[User:Ada]], [[User:Bo]]", ["Ada", "Bo"]),
    ],
)
def test_in_a_facilitation_mark(said: str, left: list[str]) -> None:
    text = f"""== Friday ==
{{| class="wikitable"
! Time (UTC) !! Room 1
|-
| 10:00 || '''Maps'''<br />[[User:Cyd|Cyd]]<br />facilitation: {said}
|-
| 11:00 || '''Lua'''<br />[[User:Cyd|Cyd]]<br />facilitation: (your username)
|}}
"""
    session = read_schedule(text, event(["2026-05-15", "2026-05-16"], rooms=["Room 1"])).sessions[0]
    assert session.facilitation is not None
    assert [person.name for person in session.facilitators] == left
    assert session.facilitation.open is not bool(left)
