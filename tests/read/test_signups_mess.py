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
        ("{{no ping|A}} Saturday 10-12 UTC", "A", "16T10:00Z-16T12:00Z"),
        ("[[User:A]] Samstag 9–12 Uhr", "A", "16T09:00Z-16T12:00Z"),
        ("[[User:A]] (samedi 16 mai, 10h–12h)", "A", "16T10:00Z-16T12:00Z"),
    ],
)
def test_one_entry(source: str, user: str, hours: str) -> None:
    (entry,) = read_signups(f"; Chat\n* {source}", event(["2026-05-15", "2026-05-16"])).entries
    said = ["-".join(moment(when)[8:] for when in interval) for interval in entry.availability or ()]
    assert (entry.user, " ".join(said), entry.ambiguous) == (user, hours, False)


@pytest.mark.parametrize(
    "signature",
    [
        "[[Special:Contributions/192.0.2.7|192.0.2.7]] 12:00, 1 May 2026 (UTC)",
        "--[[Special:Contributions/192.0.2.7|192.0.2.7]] ([[User talk:192.0.2.7|talk]]) 12:00, 1 May 2026 (UTC)",
        "--[[User:192.0.2.7|192.0.2.7]] 12:00, 1 May 2026 (UTC)",
        "([[Special:Contributions/2001:DB8::1|2001:DB8::1]] 12:00, 1 May 2026 (UTC))",
        "[[Spezial:Beiträge/192.0.2.7|192.0.2.7]] 12:00, 1. Mai 2026 (CEST)",
        "[[User:~2026-12345-6|~2026-12345-6]] ([[User talk:~2026-12345-6|talk]]) 12:00, 1 May 2026 (UTC)",
        "192.0.2.7 12:00, 1 May 2026 (UTC)",
    ],
)
def test_an_address_that_signs_behind_a_linked_name_is_nobody_and_leaves_the_hours_clear(
    signature: str,
) -> None:
    text = f"; Chat\n* [[User:A]] Friday 14-18 UTC {signature}"
    (entry,) = (read := read_signups(text, event(["2026-05-15", "2026-05-16"]))).entries
    said = [moment(when)[8:] for interval in entry.availability or () for when in interval]
    assert (entry.user, said, len(entry.people), read.problems) == ("A", ["15T14:00Z", "15T18:00Z"], 1, ())
    assert signature in entry.comment


def test_two_people_stay_two_where_one_is_an_address() -> None:
    text = "; Chat\n* [[User:A]] [[User:192.0.2.7|192.0.2.7]] Friday 14-18 UTC"
    (entry,) = read_signups(text, event(["2026-05-15", "2026-05-16"])).entries
    assert (entry.ambiguous, len(entry.people)) == (True, 2)


@pytest.mark.parametrize(
    ("source", "signature", "comment"),
    [
        ("14-18 UTC ([[User talk:A|talk]])", " ([[User talk:A|talk]])", "14-18 UTC"),
        ("(14-18 UTC) <sup>[[User talk:A|knock]]</sup>", " <sup>[[User talk:A|knock]]</sup>", "(14-18 UTC)"),
        (
            "(14-18 UTC) ([[User talk:A|talk]]) 12:00, 1 May 2026 (UTC)",
            " ([[User talk:A|talk]]) 12:00, 1 May 2026 (UTC)",
            "(14-18 UTC)",
        ),
        ("14-18 UTC ([[User talk:B|talk]])", None, "14-18 UTC ([[User talk:B|talk]])"),
        ("write on my [[User talk:A|talk page]]", None, "write on my [[User talk:A|talk page]]"),
        ("questions? ([[User talk:A|write to me]])", None, "questions? ([[User talk:A|write to me]])"),
        ("([[User talk:A|talk]]) or so", " ([[User talk:A|talk]])", "or so"),
    ],
)
def test_the_talk_link_behind_hours_is_the_signatures(
    source: str, signature: str | None, comment: str
) -> None:
    text = f"; Chat\n* [[User:A]] {source}"
    (entry,) = read_signups(text, event(["2026-05-15", "2026-05-16"])).entries
    cut = entry.signature.of(text) if entry.signature else None
    assert (entry.user, cut, entry.comment) == ("A", signature, comment)


def test_who_is_struck_out_has_not_signed_up() -> None:
    text = "; Chat\n* [[User:A]]\n* <s>[[User:B]] Friday 10-12 UTC</s>\n* <s>[[User:C]]</s> sorry, ill\n* [[User:D]]"
    entries = read_signups(text, event(["2026-05-15", "2026-05-16"])).entries
    assert [(entry.user, entry.line) for entry in entries] == [("A", 2), ("D", 5)]


@pytest.mark.parametrize(
    ("source", "user", "others"),
    [
        ("<s>[[User:A]]</s> [[User:B]]", "B", []),
        ("<del>[[User:A|A]] Fri</del> → {{u|B}} Sat 10-12", "B", []),
        ("[[User:A]], <s>[[User:B]]</s>, [[User:C]]", "A", ["C"]),
        ("{{s|[[User:A]]}} [[User:B]] ([[User talk:B|talk]]) 10:00, 2 May 2026 (UTC)", "B", []),
    ],
)
def test_who_is_struck_out_has_not_signed_up_beside_somebody_else(
    source: str, user: str, others: list[str]
) -> None:
    (entry,) = read_signups(f"; Chat\n* {source}", event(["2026-05-15", "2026-05-16"])).entries
    assert (entry.user, [person.name for person in entry.people]) == (user, [user, *others])


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


@pytest.mark.parametrize(
    ("source", "comment", "hours"),
    [
        ("'''NEW:''' [[User:A]] Saturday 14-16 UTC", "'''NEW:''' Saturday 14-16 UTC", "16T14:00Z-16T16:00Z"),
        ("'''Stream''': [[User:A]] (Sat 10-14 UTC)", "'''Stream''': (Sat 10-14 UTC)", "16T10:00Z-16T14:00Z"),
        ("'''Host (Sat)''': [[User:A]] (10:00-14:00)", "'''Host (Sat)''': (10:00-14:00)", "16T10:00Z-16T14:00Z"),
        ("'''Sat 10-12''': [[User:A]]", "'''Sat 10-12''':", "16T10:00Z-16T12:00Z"),
        ("'''Conduct''': [[User:A]], mail to a{{@}}example.org", "'''Conduct''': , mail to a{{@}}example.org", ""),
        ("'''Stream''': Bo (Sat 10-14 UTC)", "'''Stream''': Bo (Sat 10-14 UTC)", ""),
    ],
)  # fmt: skip
def test_hours_behind_a_label_in_bold_are_those_of_who_is_linked_there(
    source: str, comment: str, hours: str
) -> None:
    (entry,) = read_signups(f"; Chat\n* {source}", event(["2026-05-15", "2026-05-16"])).entries
    said = ["-".join(moment(when)[8:] for when in interval) for interval in entry.availability or ()]
    assert (entry.comment, " ".join(said), entry.ambiguous) == (comment, hours, False)


def test_hours_of_several_people_behind_a_label_are_asked_about() -> None:
    text = "; Chat\n* '''Stream''': [[User:A]] (Sat 10-12 UTC), [[User:B]] (Sat 12-14 UTC)"
    (entry,) = read_signups(text, event(["2026-05-15", "2026-05-16"])).entries
    assert (entry.user, entry.availability, entry.ambiguous) == ("A", None, True)


@pytest.mark.parametrize(
    ("line", "users"),
    [
        ("[[User:B]] Saturday 9:00 - 10:00 UTC", ["A", "B", "C"]),
        ("[[User:B]] Sat 2pm to 4pm CEST and Sun 10-12", ["A", "B", "C"]),
        ("[[User:B]] Saturday", ["A", "C"]),
        ("[[User:B]] Sat 10-12 does not work for me", ["A", "C"]),
        ("[[User:B]] can you do Sat 10-12?", ["A", "C"]),
        ("[[User:B]] sat sat sat sat sat sat sat sat sat sat sat sat sat sat sat sat sat sat sat sat 1 x", ["A", "C"]),
    ],
)  # fmt: skip
def test_a_name_and_nothing_but_hours_is_an_entry_whose_bullet_was_forgotten(
    line: str, users: list[str]
) -> None:
    read = read_signups(
        f"== Chat ==\n* [[User:A]]\n{line}\n* [[User:C]]", event(["2026-05-15", "2026-05-16"])
    )
    assert [entry.user for entry in read.entries] == users


def test_names_behind_an_at_sign_make_a_list_of_names_unless_they_are_spoken_to() -> None:
    of = event(["2026-05-15", "2026-05-16"])
    page = "== Standby ==\n* Jo (ask me in the chat)\n* @[[User:A]]{} Sat 10-12 UTC\n"
    assert [entry.user for entry in read_signups(page.format(""), of).entries] == [None, "A"]
    assert read_signups(page.format(":"), of).layout == "none"
