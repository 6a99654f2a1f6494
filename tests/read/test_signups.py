"""Sign-up pages against a truth written by hand, and entry by entry."""

import itertools
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from callboard.config import event_from
from callboard.model import PersonForm, SignUp
from callboard.read.signups import bare_names, read_signups

PAGES = Path(__file__).parent.parent / "pages"
EVENT = event_from(
    {"event": {"title": "E", "zone": "UTC", "days": ["2026-05-15", "2026-05-16", "2026-05-17"]}},
    slug="e",
    where="e",
)
CHAT, DESK, NOTES, FILLED = (
    "Chat watch",
    "Welcome desk for newcomers",
    "Notes on the main track",
    "Filled already",
)


def page(name: str) -> str:
    return (PAGES / f"{name}.wikitext").read_text(encoding="utf-8")


def hours(entry: SignUp) -> str | None:
    if entry.ambiguous:
        return "ambiguous"
    if entry.availability is None:
        return None
    return ", ".join(f"{start:%d %H:%M}-{end:%d %H:%M}" for start, end in entry.availability)


def entries(text: str) -> tuple[SignUp, ...]:
    return read_signups(text, EVENT).entries


def only(text: str) -> SignUp:
    (entry,) = entries(f"; Role\n* {text}")
    return entry


def test_helpers_page_is_read_as_a_careful_human_would() -> None:
    assert [
        (e.line, e.user, e.role, hours(e), e.placeholder) for e in entries(page("07_helpers_signup_list"))
    ] == [
        (21, "ExampleCyd", CHAT, "15 18:00-15 22:00, 16 18:00-16 22:00", False),
        (22, "Testuser Bo", CHAT, "ambiguous", False),
        (23, "Пример", CHAT, "15 08:00-15 11:00, 16 08:00-16 11:00, 17 08:00-17 11:00", False),
        (24, "Voorbeeld Vic", CHAT, "ambiguous", False),
        (26, "Örnek", CHAT, "ambiguous", False),
        (27, None, CHAT, None, False),
        (31, "O'Example", DESK, None, False),
        (32, "Müller-Beispiel", DESK, "16 07:00-16 10:00", False),
        (33, "例子", DESK, "ambiguous", False),
        (34, None, DESK, None, False),
        (35, "Beispielfrau", DESK, "16 07:00-16 10:00", False),
        (36, "ExampleCyd", DESK, None, False),
        (40, "Mustermensch", NOTES, "ambiguous", False),
        (41, None, NOTES, None, True),
        (42, None, NOTES, None, True),
        (49, None, FILLED, None, False),
        (50, None, FILLED, None, False),
        (51, None, FILLED, None, False),
        (52, "Example (WMXX)", FILLED, None, False),
    ]


def test_helpers_page_keeps_comments_signatures_and_replies() -> None:
    text = page("07_helpers_signup_list")
    read = {entry.line: entry for entry in entries(text)}
    assert read[21].comment == "(18:00 to 22:00 UTC on Friday and Saturday)"
    assert read[23].comment == ", 08:00-11:00 UTC, all three days"
    assert read[32].comment == "Sat 9:00 - 12:00 CEST"
    assert read[33].comment == "I can do Sunday morning, please tell me when exactly."
    assert read[34].comment == "192.0.2.17 (I forgot my password, I'll fix this later)"
    assert read[51].comment.endswith("Exempla Nova (10:00-14:00), Ada (14:00-17:30)")
    assert {line: entry.signature.of(text) for line, entry in read.items() if entry.signature} == {
        31: " ([[User talk:O'Example|talk]]) 20:15, 2 May 2026 (UTC)",
        32: " ([[User talk:Müller-Beispiel|Diskussion]]) 21:40, 3 May 2026 (UTC)",
        33: " ([[User talk:例子|留言]]) 03:05, 6 May 2026 (UTC)",
    }
    replies = [
        (line, [reply.of(text)[:18] for reply in entry.replies])
        for line, entry in read.items()
        if entry.replies
    ]
    assert replies == [(24, [":** thanks, longer"])]
    assert (read[35].bullet, read[36].bullet) != (None, None)
    assert [entry.bullet.of(text) for entry in read.values() if entry.bullet][3:5] == [":*", ":* "]


def test_participants_page_is_read_as_a_careful_human_would() -> None:
    there, perhaps, no, talks = "I'll be there", "Perhaps", "Not this time", "Lightning talks"
    text = page("08_participants_list")
    assert [(e.line, e.user, e.role, e.comment, len(e.replies)) for e in entries(text)] == [
        (5, "ExampleAda", there, "(coordination)", 0),
        (6, "Müller-Beispiel", there, "", 0),
        (7, "Testuser Bo", there, "", 0),
        (8, "Пример", there, "", 0),
        (9, "ExampleCyd", there, "I want to learn how the job queue works.", 1),
        (11, "Testuser Dot", there, "", 0),
        (12, "O'Example", there, "", 0),
        (13, "例子", there, "", 0),
        (14, "Example (WMXX)", there, "", 0),
        (15, "Örnek", there, "Every edit counts!", 0),
        (16, None, there, "Exempla Nova (no account here yet)", 0),
        (17, "Mustermensch", there, "", 0),
        (18, "Voorbeeld Vic", there, "", 0),
        (21, "Esimerkki", perhaps, "It depends on my exams.", 2),
        (24, "Beispielfrau", perhaps, "Sunday only, if at all", 0),
        (25, "Testuser Quill", perhaps, "", 0),
        (28, "Ejemplo Uno", no, "Have fun!", 0),
        (29, "Testuser Bo", no, "Sorry, something came up. I leave my name above for the mailing.", 0),
        (33, "Exempla Nova", talks, "Counting red links", 0),
        (34, "Mustermensch", talks, "A map of all bus stops with an article", 0),
        (35, "Testuser Dot", talks, "Why my script asks twice", 0),
        (36, None, talks, "", 0),
    ]
    read = {entry.line: entry for entry in entries(text)}
    unsigned = {15, 16, 24, 36}
    assert {line for line, entry in read.items() if entry.signature is None} == unsigned
    assert read[36].placeholder
    signature = read[12].signature
    assert signature is not None
    assert signature.of(text) == " <sup>[[User talk:O'Example|knock knock]]</sup> 22:47, 5 April 2026 (UTC)"


def test_page_of_a_new_event_has_only_placeholders() -> None:
    read = [(e.line, e.user, e.role, e.placeholder) for e in entries(page("10_new_event_empty"))]
    assert read == [
        (73, None, "Facilitation", True),
        (75, None, "Chat", True),
        (78, None, "Notes", True),
        (83, None, "Participants", True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "== How to ==\n* Open a task\n* Wait for a yes",
        "== Links ==\n* [[Help:Contents]]\n* [https://example.org the pad]",
        "== News ==\n* '''Archaeology''' – [[User:A]]. We found the author!\n* '''B''': and [[User:B]] wrote a page",
        "== A ==\n* questions go to [[User talk:ExampleAda]]\n* read the page",
        "; Chat\n: You keep an eye on it.\n:* Add your name below, and when you are around:",
        "{|\n|\n* [[User:A]]\n|}",
        "<!--\n; Chat\n* [[User:A]]\n-->",
    ],
)
def test_other_lists_are_no_sign_ups(text: str) -> None:
    read = read_signups(text, EVENT)
    assert (read.layout, read.entries) == ("none", ())


def test_tables_with_people_are_named_as_unread() -> None:
    text = "text\n{| class=x\n|-\n| 16:00 || [[User:A]]\n|}"
    problems = read_signups(text, EVENT, "Helpers").problems
    assert [(one.code, one.page, one.line, one.text) for one in problems] == [
        ("signup-table-unread", "Helpers", 2, "{| class=x")
    ]


@pytest.mark.parametrize(
    ("source", "user", "comment", "signature"),
    [
        ("[[User:Ada|Ada]]", "Ada", "", None),
        ("[[user:ada_b|x]] (10 am)", "Ada b", "(10 am)", None),
        ("{{u|Ada}} – hello", "Ada", "– hello", None),
        ("{{ping|Ada}} hello", "Ada", "hello", None),
        ("[[Benutzerin:Ada|Ada]]", "Ada", "", None),
        ("--[[User:Ada|Ada]]", "Ada", "", None),
        ("text--[[User:Ada|Ada]] 07:12, 3 May 2026 (UTC)", "Ada", "text", " 07:12, 3 May 2026 (UTC)"),
        ("text — [[User:Ada]] ([[User talk:Ada|t]])", "Ada", "text", " ([[User talk:Ada|t]])"),
        ("[[User:Ada]] ([[User talk:Ada|t]]) hi 19:30, 12 April 2026 (UTC)", "Ada", "hi", None),
        ("[[User:Ada]] 00:31, Jun 2, 2004 (UTC)", "Ada", "", " 00:31, Jun 2, 2004 (UTC)"),
        (
            "[[User:Ada]] 22 april 2023 kl. 13.13 (CEST)[svara]",
            "Ada",
            "",
            " 22 april 2023 kl. 13.13 (CEST)[svara]",
        ),
        ("[[User:Ada]] 2026年5月6日 (三) 03:05 (UTC)", "Ada", "", " 2026年5月6日 (三) 03:05 (UTC)"),
        ("[[User:Ada]] 3. Mai 2026 (10:00)", "Ada", "3. Mai 2026 (10:00)", None),
        (
            "'''[[User:Ada|A]]''' [[User talk:Ada|✉]] 10:00, 2 May 2026 (UTC)",
            "Ada",
            "",
            " [[User talk:Ada|✉]] 10:00, 2 May 2026 (UTC)",
        ),
        (
            "[[User:Ada]] ([[Special:Contributions/Ada|edits]] · [[User talk:Ada|talk]])",
            "Ada",
            "",
            " ([[Special:Contributions/Ada|edits]] · [[User talk:Ada|talk]])",
        ),
        (
            "[[User:Ada]] text -- [[User:Ada]] 00:29, 19 Mar 2005 (UTC)",
            "Ada",
            "text",
            " -- [[User:Ada]] 00:29, 19 Mar 2005 (UTC)",
        ),
        ("[[User:Ada]] ([[User talk:Bo|ask Bo]])", "Ada", "([[User talk:Bo|ask Bo]])", None),
        (
            "I help [[User:Bo]] --[[User:Ada]] ([[User talk:Ada|t]]) 10:00, 2 May 2026 (UTC)",
            "Ada",
            "I help [[User:Bo]]",
            " ([[User talk:Ada|t]]) 10:00, 2 May 2026 (UTC)",
        ),
        (
            "-- ([[User talk:Ada|talk]]) 08:02, 8 April 2019 (UTC)",
            "Ada",
            "-- ([[User talk:Ada|talk]]) 08:02, 8 April 2019 (UTC)",
            None,
        ),
        ("[[User:192.0.2.17]]", None, "", None),
        ("192.0.2.17", None, "192.0.2.17", None),
        ("[[:de:User:Ada]] from afar", "Ada", "from afar", None),
        ("[[m:User:Ada|A]] from afar", "Ada", "from afar", None),
        ("[[:w:de:Benutzerin:Ada]]", "Ada", "", None),
        ("[[User talk:Ada|Ada]] (10 am)", "Ada", "(10 am)", None),
        ("[[m:User:Ada|meta]] [[User:Bo|Bo]]", "Ada", "[[User:Bo|Bo]]", None),
        ("[[de:Ada]] is an article", None, "[[de:Ada]] is an article", None),
        ("[[Special:Contributions/192.0.2.17|192.0.2.17]] hello", None, "hello", None),
        ("hello {{unsigned|Ada|10:00, 2 May 2026}}", "Ada", "hello", None),
        ("hello {{unsigned2|10:00, 2 May 2026|Ada}}", "Ada", "hello", None),
        ("'''Overall''': all of us", None, "'''Overall''': all of us", None),
    ],
)
def test_identity_comment_and_signature(
    source: str, user: str | None, comment: str, signature: str | None
) -> None:
    entry = only(source)
    text = f"; Role\n* {source}"
    assert (entry.user, entry.comment, entry.signature.of(text) if entry.signature else None) == (
        user,
        comment,
        signature,
    )


def test_time_of_a_signature_is_no_availability() -> None:
    entry = only("[[User:Ada]] ([[User talk:Ada|t]]) hi 19:30, 12 April 2026 (UTC)")
    assert (entry.availability, entry.ambiguous, entry.hours) == (None, False, None)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("EpicPupper (07:00 PM to 12:30 PM UTC)", "EpicPupper"),
        ("Testuser Quill", "Testuser Quill"),
        ("Xed - 13:03, 25 Feb 2005 (UTC)", "Xed"),
        ("Crowdfunding and Wikipedia! --BillyC840", "BillyC840"),
        ("testuser, Sunday", "Testuser"),
    ],
)
def test_bare_text_is_somebody_if_there_is_such_an_account(source: str, name: str) -> None:
    text = f"; Role\n* {source}"
    asked: list[str] = []

    def exists(candidate: str) -> bool:
        asked.append(candidate)
        return candidate == name

    (entry,) = read_signups(text, EVENT, exists=exists).entries
    (unknown,) = read_signups(text, EVENT).entries
    assert (entry.user, entry.person.form if entry.person else None) == (name, PersonForm.BARE)
    assert (unknown.user, unknown.person) == (None, None)
    assert name in {person.name for person in bare_names(text)}
    assert set(asked) <= {person.name for person in bare_names(text)}


def test_epicpupper_is_ambiguous_and_asked_about() -> None:
    entry = only("EpicPupper (07:00 PM to 12:30 PM UTC)")
    assert (entry.availability, entry.ambiguous) == (None, True)
    assert entry.question == "17½ hours over midnight, or until 12:30 AM (5½ hours)?"


@pytest.mark.parametrize(
    "source",
    [
        "(your username)",
        "Add your name here",
        "Add your topic here!",
        "(Your team)",
        "your name",
        "Sign here",
        "''(your username)''",
        "TBD",
        "",
    ],
)
def test_placeholders(source: str) -> None:
    entry = only(source)
    assert (entry.placeholder, entry.user, entry.comment, entry.ambiguous) == (True, None, "", False)


@pytest.mark.parametrize(
    ("lines", "replies"),
    [
        ([":* [[User:A]]", ":** ok", ":* [[User:B]]"], [1, 0]),
        (["* [[User:A]]", "*: ok", "** ok", "* [[User:B]]"], [2, 0]),
        (["# [[User:A]]", "#: ok", "## ok", "##: ok", "# [[User:B]]"], [3, 0]),
        (["* [[User:A]]", ": ok", "* [[User:B]]"], [1, 0]),
        (["* [[User:A]]", "and I bring cake", "* [[User:B]]"], [1, 0]),
        ([":* [[User:A]]", "* [[User:B]]"], [0, 0]),
        (["* [[User:A]]", "<!-- keep -->", "* [[User:B]]"], [0, 0]),
        (["* [[User:A]]", "", ": not a reply", "* [[User:B]]"], [0, 0]),
    ],
)
def test_replies_stay_with_their_entry(lines: list[str], replies: list[int]) -> None:
    read = entries("\n".join(["; Role", *lines]))
    assert [(entry.user, len(entry.replies)) for entry in read] == list(zip(["A", "B"], replies, strict=True))


def test_roles_come_from_terms_bold_lines_and_headings() -> None:
    text = "== Helpers ==\n* [[User:A]]\n; Chat : watch it\n* [[User:B]]\n'''Desk'''\n# [[User:C]]\n=== Night <!--T:1--> ===\n* [[User:D]]"
    assert [(entry.user, entry.role) for entry in entries(text)] == [
        ("A", "Helpers"),
        ("B", "Chat"),
        ("C", "Desk"),
        ("D", "Night"),
    ]


def test_hours_without_a_day_take_it_from_the_role() -> None:
    (entry,) = entries("; Host of the main track (Saturday)\n* [[User:A]] (10:00-14:00)")
    assert hours(entry) == "16 10:00-16 14:00"


def test_hours_of_several_people_in_one_entry_are_nobodys() -> None:
    entry = only("[[User:A]] and [[User:B]], Saturday 10-12 UTC")
    assert (entry.ambiguous, entry.question) == (True, "2 people in one entry: whose hours are these?")
    assert [person.name for person in entry.people] == ["A", "B"]


SOUP = st.sampled_from(
    [
        "; Chat\n",
        "== A ==\n",
        "* ",
        ":* ",
        "# ",
        "** ",
        ": ",
        "\n",
        "[[User:A]]",
        "[[User:B|b]]",
        " ([[User talk:A|t]])",
        "{{u|C}}",
        "--",
        " 10:00, 2 May 2026 (UTC)",
        "Sat 10-12 UTC",
        "maybe",
        "(your username)",
        "'''x''': ",
        "<!--",
        "-->",
        "{|\n",
        "|}\n",
        "<s>",
        "]]",
        "[[",
    ]
)


@given(st.one_of(st.text(), st.lists(SOUP, max_size=30).map("".join)))
@example("*[[USER:0]]\n0A")
def test_any_text_is_read_with_spans_inside_and_entries_in_order(text: str) -> None:
    read = entries(text)
    assert [entry.span.start for entry in read] == sorted({entry.span.start for entry in read})
    for entry in read:
        within = [
            part for part in (entry.bullet, entry.signature, entry.person and entry.person.span) if part
        ]
        assert all(part in entry.span for part in within)
        # Hours may stand on the lines below.
        assert entry.hours is None or any(entry.hours in span for span in (entry.span, *entry.replies))
        assert entry.ambiguous == bool(entry.question)
        assert all(EVENT.first <= start < end <= EVENT.last for start, end in entry.availability or ())
        if entry.person and entry.signature:
            assert entry.signature.start >= entry.person.span.end
    owned = [span for entry in read for span in (entry.span, *entry.replies)]
    assert all(before.end <= after.start for before, after in itertools.pairwise(owned))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Ada", "Örnek", "O'Example", "例子"]),
            st.sampled_from(["", " (cake)", " – hi", ", hello"]),
        ),
        min_size=1,
    )
)
def test_random_lists_come_back_exactly(known: list[tuple[str, str]]) -> None:
    text = "; Role\n" + "".join(f":* [[User:{name}|{name}]]{remark}\n" for name, remark in known)
    assert [(entry.user, entry.comment) for entry in entries(text)] == [
        (name, remark.strip()) for name, remark in known
    ]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    ["* a\n", "{{u|a}} ", "[[User:A]] (((", "every day ", "; a : b\n", "<", "* [[User:A]] ([[User talk:A|"],
)
def test_long_hostile_text_is_read_in_linear_time(piece: str) -> None:
    text = "; Role\n* [[User:X]] " + piece * (100_000 // len(piece))
    assert entries(text)[0].user == "X"
