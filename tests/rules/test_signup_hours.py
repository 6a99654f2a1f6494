"""Clear hours in the event's notation: only how they are written changes, only where they are clear, and only if a person says so."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callboard.config import Event
from callboard.model import Level, SignUps
from callboard.read.signups import read_signups
from callboard.rules import RULES, SIGNUPS
from callboard.snapshot import Snapshot
from callboard.tidy import Tidied, tidy
from callboard.wikitext.edits import apply_edits
from tests.read.test_availability_generated import EVENTS, Maker, phrases
from tests.read.test_availability_phrases import HACKATHON, TRUTH
from tests.snapshots import NOW, snapshot

RULE = RULES["signup-hours"]
PLAIN, DOTS, TWELVE = "09:00–09:55", "9.00-9.55", "9:00 am – 9:55 am"


def asked(entry: str, times: str = PLAIN, role: str = "Chat watch") -> list[tuple[str, str]]:
    text = f"; {role}\n:* [[User:Ada|Ada]] {entry}\n:* [[User:Bo|Bo]]\n"
    tidied = tidy(text, "Page", SIGNUPS, snapshot(wording={"times": times}), rules=[RULE])
    assert (tidied.text, tidied.refused) == (text, ())
    return [(ask.old, ask.edit.new) for ask in tidied.asks]


@pytest.mark.parametrize(
    ("entry", "times", "old", "new"),
    [
        ("(Sunday 2pm-6pm UTC)", PLAIN, "2pm-6pm", "14:00–18:00"),
        ("Sunday 14-18 UTC", PLAIN, "14-18", "14:00–18:00"),
        ("Sunday 14-18 UTC", TWELVE, "14-18", "2:00 pm – 6:00 pm"),
        ("Sunday 14-18 UTC", DOTS, "14-18", "14.00-18.00"),
        ("Sunday 8:00-10:00, thanks", PLAIN, "8:00-10:00", "08:00–10:00"),
        ("Fri 1400-1800 UTC", PLAIN, "1400-1800", "14:00–18:00"),
        ("Fri 14h30-18h", PLAIN, "14h30-18h", "14:30–18:00"),
        ("Fri 20-24 UTC", PLAIN, "20-24", "20:00–24:00"),
        ("Fri 22-02 UTC", PLAIN, "22-02", "22:00–02:00"),
        ("Fri 2-5pm", PLAIN, "2-5pm", "14:00–17:00"),
        ("Fri evening 8-10 UTC", PLAIN, "8-10", "20:00–22:00"),
        # words, zones and what stands behind a time stay
        ("Fri from 2pm to 6pm", PLAIN, "2pm to 6pm", "14:00 to 18:00"),
        ("between 4 PM and 5:30 PM on Friday", PLAIN, "4 PM and 5:30 PM", "16:00 and 17:30"),
        ("Sonntag 10–12 Uhr", PLAIN, "10–12 Uhr", "10:00–12:00 Uhr"),
        ("Sonntag 10 Uhr - 12 Uhr", PLAIN, "10 Uhr - 12 Uhr", "10:00 Uhr - 12:00 Uhr"),
        ("Fri 2pm UTC - 6pm UTC", PLAIN, "2pm UTC - 6pm", "14:00 UTC - 18:00"),
        ("Fri 10-12 UTC / 12-14 CEST", PLAIN, "10-12 UTC / 12-14", "10:00–12:00 UTC / 12:00–14:00"),
        ("Fri 10:00–12:00, Sat 14-16 UTC", PLAIN, "14-16", "14:00–16:00"),
        ("Sunday except 12-13 UTC", PLAIN, "12-13", "12:00–13:00"),
    ],
)  # fmt: skip
def test_clear_hours_are_asked_about(entry: str, times: str, old: str, new: str) -> None:
    assert asked(entry, times) == [(old, new)]
    assert asked(entry.replace(old, new), times) == []


def test_hours_on_the_day_of_their_role() -> None:
    assert asked("14-18 UTC", role="Chat watch, Saturday") == [("14-18", "14:00–18:00")]
    assert asked("14-18 UTC") == []


@pytest.mark.parametrize(
    ("entry", "times"),
    [
        ("Sunday 2-5", PLAIN),  # of which half of the day?
        ("Sunday 7pm-12:30pm", PLAIN),
        ("Sunday evening", PLAIN),
        ("all day Sunday", PLAIN),
        ("Sunday from 14 UTC", PLAIN),  # no range
        ("Sunday noon-2pm", PLAIN),  # a word
        ("Sunday 18:00 to 22:00 UTC", PLAIN),  # words stay
        ("Sonntag 14–18 Uhr", TWELVE),  # no "2:00 pm Uhr"
        ("Sunday 22-2 UTC", DOTS),  # 2.00 may also be one of the afternoon
        ("Sunday 14-16 UTC, Monday 14-16", PLAIN),  # no day of the event
        ("(withdrawn, was Sunday 14-18 UTC)", PLAIN),
        ("Sunday 14-18 <!-- or 19 --> UTC", PLAIN),
        ("Sunday<!-- 14-18 UTC -->", PLAIN),
        ("Sunday '''14'''-18 UTC", PLAIN),
        ("Sunday &ndash; 14-18 UTC", PLAIN),
        ("{{nowrap|Sunday 14-18 UTC}}", PLAIN),
        ("Sunday 14{{ndash}}18 UTC", PLAIN),
        ("[https://zonestamp.toolforge.org/1 Sunday 14-18 UTC]", PLAIN),
        ("[[Sunday|Sunday 14-18 UTC]]", PLAIN),
        ("<nowiki>Sunday 14-18 UTC</nowiki>", PLAIN),
        ("and [[User:Cyd|Cyd]] Sunday 14-18 UTC", PLAIN),  # several people
        ("hello\n:** Sunday 14-18 UTC [[User:Ada|Ada]]", PLAIN),  # a reply
        ("Sunday 14-18 UTC", ""),  # neither the event nor the page has a notation
        ("Sunday 14-18 UTC", "in the evening"),
    ],
)  # fmt: skip
def test_all_else_stays_without_a_word(entry: str, times: str) -> None:
    assert asked(entry, times) == []


def known(of: Event, times: str) -> Snapshot:
    """The event with the rule at SAFE and that notation."""
    wording = of.wording.model_copy(update={"times": times})
    return Snapshot(of.model_copy(update={"rules": {RULE.name: Level.SAFE}, "wording": wording}), NOW)


def tidied(said: list[str], of: Event, times: str) -> Tidied:
    """The page of those entries, tidied without asking anybody."""
    lines = [f"* [[User:Helper {number}]] {words}" for number, words in enumerate(said)]
    done = tidy("; Chat watch\n" + "\n".join(lines), "Page", SIGNUPS, known(of, times), rules=[RULE])
    assert done.refused == ()
    return done


def means_the_same(done: Tidied) -> int:
    """How many entries were written anew; all of them mean what they did, and only ends of ranges and their dashes changed."""
    before, after = done.before, done.reading
    assert isinstance(before, SignUps)
    assert isinstance(after, SignUps)
    pairs = list(zip(before.entries, after.entries, strict=True))
    assert [(two.user, two.availability, two.ambiguous) for _, two in pairs] == [
        (one.user, one.availability, one.ambiguous) for one, _ in pairs
    ]
    kept = re.compile(r"[\d:.hap\s–—−-]|m(?!\w)|[APM]{2}(?!\w)")
    changed = [(one, two) for one, two in pairs if one.comment != two.comment]
    assert all(one.availability for one, _ in changed)
    assert [kept.sub("", two.comment.lower()) for _, two in changed] == [
        kept.sub("", one.comment.lower()) for one, _ in changed
    ]
    in_hours = [
        (one.hours, edit.edit) for one in before.entries for edit in done.applied if edit.line == one.line
    ]
    assert all(hours and hours.start <= edit.end and edit.end <= hours.end for hours, edit in in_hours)
    return len(changed)


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("of", "times", "least"),
    [
        ("utc", PLAIN, 1800),
        ("berlin", DOTS, 1800),
        ("opening hours", TWELVE, 2200),
        ("clocks change", "09:00 - 09:55", 1600),
    ],
)
def test_ten_thousand_phrases_mean_in_the_events_notation_what_they_did(
    of: str, times: str, least: int
) -> None:
    said = [made.phrase for made in phrases() if made.of == of]
    assert means_the_same(tidied(said, EVENTS[of], times)) > least


@pytest.mark.parametrize(("times", "least"), [(PLAIN, 60), (DOTS, 60), (TWELVE, 60), ("", -1)])
def test_what_helpers_write_means_what_it_did(times: str, least: int) -> None:
    said = [words for words, _ in TRUTH]
    assert means_the_same(tidied(said, HACKATHON, times)) > least


MAKER = Maker(7)
SAID = st.lists(
    st.sampled_from([made.phrase for made in (MAKER.made() for _ in range(300)) if made.of == "utc"])
    | st.sampled_from(["Sunday 14-18 UTC", "Fri 10:00–12:00", "Sat 10:00-12:00 UTC", "Sat 9.30 - 11.00", "maybe Sat"]),
    min_size=1,
    max_size=14,
)  # fmt: skip


@given(SAID, st.sampled_from(["", PLAIN, DOTS, TWELVE]))
@settings(max_examples=60, deadline=None)
def test_a_second_run_does_nothing(said: list[str], times: str) -> None:
    done = tidied(said, EVENTS["utc"], times)
    means_the_same(done)
    again = tidy(done.text, "Page", SIGNUPS, known(EVENTS["utc"], times), rules=[RULE])
    assert (again.text, again.applied, again.asks) == (done.text, (), ())


@given(SAID, st.sampled_from(["", PLAIN, DOTS, TWELVE]))
@settings(max_examples=40, deadline=None)
def test_who_does_all_that_is_asked_is_not_asked_again(said: list[str], times: str) -> None:
    seen = known(EVENTS["utc"], times)
    event = seen.event.model_copy(update={"rules": {}})
    text = "; Chat watch\n" + "\n".join(f"* [[User:Helper {n}]] {one}" for n, one in enumerate(said))
    first = tidy(text, "Page", SIGNUPS, Snapshot(event, NOW), rules=[RULE])
    done = apply_edits(text, [ask.edit for ask in first.asks])
    assert (first.text, first.applied) == (text, ())
    assert [one.availability for one in read_signups(done, event).entries] == [
        one.availability for one in read_signups(text, event).entries
    ]
    if times:
        assert tidy(done, "Page", SIGNUPS, Snapshot(event, NOW), rules=[RULE]).asks == ()
