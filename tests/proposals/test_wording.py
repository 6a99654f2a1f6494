import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.proposals.wording import Reading, Verdict, reading, spoken, verdict

ACK = ("acknowledged",)

NOTHING = [
    "",
    "Thanks, looks good",
    "> Acknowledged",
    ">> acknowledged\nIs this so?",
    "```\nacknowledged\n```",
    "```lang=text\nacknowledged\n```\nWhat is the format?",
    "```\nacknowledged",
    "`acknowledged`",
    "##acknowledged##",
    "%%%acknowledged%%%",
    "Say this:\n\n  acknowledged\n\nthen go on.",
    "lang=text\n  acknowledged",
    "~~Acknowledged~~",
    "acknowledged?",
    "Is this acknowledged?",
    "Acknowledged? Please say.",
    "Acknowledged, or not?",
    "Has the team acknowledged this one?",
    "Once acknowledged, you can add it to the schedule.",
    "Please wait until it is acknowledged.",
    "This will be acknowledged soon.",
    "To be acknowledged by the team.",
    "If acknowledged, add it to the schedule.",
    "Acknowledged: no",
    "preacknowledged",
    "acknowledgedly",
    "We can't say yet whether it is acknowledged.",
    "See https://example.org/acknowledged",
    "[[ https://example.org/acknowledged | here ]]",
    "We will not withdraw the acknowledgement.",
    "Should we withdraw the acknowledgement?",
    "Approved",
    "Acknowledged receipt of your proposal, we will review it.",
    "Since T5 is not acknowledged this one has to wait.",
    "Sessions that are not acknowledged by Friday are dropped.",
    "This should not have been acknowledged",
    "Don't add it before it's acknowledged",
    "Could you tell us what you need installed? cc @CoordTomas",
    "None of the team has acknowledged this.",
    "Awaiting the team's answer, not to be read as acknowledged",
]
YES = [
    "Acknowledged",
    "acknowledged.",
    "ACKNOWLEDGED!",
    "**Acknowledged**, feel free to add your session to the schedule.",
    "Acknowledged 🎉",
    "Acknowledged, but please shorten the title.",
    "Acknowledged (for Sunday 12:00, Room 1)",
    "Great, acknowledged now.",
    "Acknowledged! Please add it to the schedule.",
    "Acknowledged by the coordination team. Not sure about the room though.",
    "Acknowledged, could you please shorten the title?",
    "Not a problem, acknowledged.",
    "The title is not perfect but acknowledged.",
    "> when will this be acknowledged?\n\nAcknowledged",
    "- acknowledged\n- room 1",
    "  - acknowledged",
    (
        "Hi @Dorothea, thanks a lot for your proposal! **Acknowledged** by the coordination team, feel free to add your "
        "session directly in [[ https://www.mediawiki.org/wiki/Wikimedia_Hackathon_2021/Schedule | the schedule ]]."
    ),
    "[[ https://example.org | Acknowledged ]]",
    "line one\r\nacknowledged\r\n",
    "Acknowledged, no objections from us.",
    "We have acknowledged it.",
]
WITHDRAWN = [
    "acknowledgement withdrawn",
    "Sorry, we need to **withdraw** the acknowledgement: the slot is taken. Could you pick another time?",
    "No longer acknowledged.",
    "Not acknowledged yet.",
    "not yet acknowledged",
    "Not acknowledged",
    "This isn’t acknowledged",
    "Thank you! Could you tell us your preferred time? Not acknowledged yet.",
    "un-acknowledged",
    "unacknowledged",
    "We have to take back the acknowledgment",
    "Acknowledged. Sorry, wrong task: acknowledgement revoked.",
    "```\nacknowledged\n```\nis the keyword we use, but this one is //not// acknowledged yet. What is the format?",
]


# What the words round the wording make of it: conditions, jokes, retractions, other tasks, mere mentions.
RESERVED = [
    "Acknowledged only if you shorten the title",
    "Acknowledged, provided that you bring a projector",
    "Acknowledged on condition that it is 25 min",
    "Acknowledged once you add the format",
    "Acknowledged (kidding)",
    "Acknowledged, just kidding",
    "Acknowledged jk",
    "Acknowledged. Just kidding!",
    "Acknowledged. Not!",
    "Acknowledged.\n\nEdit: please ignore",
    "T900005 is acknowledged, yours is next",
    "Your other session is acknowledged",
    "@x acknowledged T900005 already",
    "This is acknowledged by nobody",
    "[ ] Acknowledged",
    "- [ ] Acknowledged",
    '"acknowledged"',
    'Please write "acknowledged" below',
    "Once you shorten it we write acknowledged",
    "the acknowledged sessions are listed there",
    "Acknowledged by: ",
    "Acknowledged by ____",
    "Acknowledged ❌",
    "Acknowledged, but only if you shorten it",
    "Acknowledged. But only if you shorten it.",
    "Acknowledged (not)",
    "Acknowledged (not yet)",
    "Acknowledged for the main track? no, open room: yes",
    "acknowledged | no",
    "We hope it gets acknowledged",
    "Hopefully acknowledged by tomorrow",
    "Provisionally acknowledged",
    "Acknowledged in principle",
    "Acknowledged: subject to a free slot",
    "Acknowledged that the room is small",
    "acknowledged your email, we will look",
    "I'd say acknowledged",
    "who acknowledged this",
    "<s>Acknowledged</s>",
    "cowsay{{{acknowledged}}}",
    "cowsay{{{ acknowledged",
    "As for T900005, acknowledged",
    "{T900005} acknowledged",
    "acknowledged: T900005",
    "acknowledged (T900005)?",
    "The following tasks are acknowledged: T900005",
    "It is high time somebody acknowledged this?",
    "We want this acknowledged",
    "acknowledged as duplicate",
    "[[User:X|acknowledged]]?",
    "nothing is acknowledged here",
    "acknowledged, no: acknowledgement withdrawn",
    "{meme, src=yes, above=Acknowledged}",
    "<!-- acknowledged -->",
    "- > acknowledged",
    "Acknowledged... or is it?",
    "Acknowledged, I think",
    "I guess it is acknowledged",
    "Acknowledged in T900005",
    "Acknowledged for T900005",
    "Acknowledged in the other task",
    "acknowledged " + "and so on " * 120,
    "Acknowledged the receipt of this proposal, we will get back to you.",
    "Acknowledged your proposal, the team will decide next week.",
    "Acknowledged, thanks for letting us know. We will decide tomorrow.",
    "Acknowledged. However, we cannot give you a slot.",
    "Acknowledged; unfortunately there is no space left, so we must decline.",
    "Your concern is acknowledged, but we cannot take the session.",
    "Your travel scholarship was acknowledged.",
    "Issue acknowledged, will fix.",
    "We have acknowledged 12 sessions so far.",
    "Sadly we acknowledged too many already",
    "acknowledged too late",
    "I wonder who acknowledged this",
    "I thought it was acknowledged",
    "Acknowledged from my side, waiting for Lea",
    "Acknowledged by legal; waiting for the team.",
    "+1 acknowledged from my side, Lea must agree",
    "One coordinator acknowledged, we need another",
    "1 of 3 acknowledged",
    "2/3 of the team acknowledged",
    "Two acknowledged, one missing",
    "We decided against. Acknowledged only T3.",
    "Acknowledged. Wait, no.",
    "Acknowledged. Wait, sorry, I meant T900002.",
    "All is acknowledged except this",
    "It's acknowledged – for now",
    "Declined (was: acknowledged)",
    "Previously acknowledged, now declined.",
    "acknowledged | yes/no",
    "acknowledged: [ ]",
    "Just testing: acknowledged",
    "Test: acknowledged",
    "Acknowledged (test)",
    "acknowledged, lol",
    "Only acknowledged people can speak",
    "On 5 May 2021 Lea wrote:\nacknowledged",
    "On 5 May 2021 Lea wrote:\n\nacknowledged\nby the team",
]
OPEN = [
    "~~Not~~ acknowledged",
    "I think this is great, acknowledged",
    "Acknowledged on Friday by the team",
    "Acknowledged for the last slot of Friday? No idea yet. But acknowledged.",
    "Acknowledged, but please shorten the title.",
    "Acknowledged (for Sunday 12:00)",
    "Acknowledged (for Sunday 12:00, Room 1)",
    "@HanaT acknowledged! cc #team",
    "no problem: acknowledged",
    "acknowledged by Coord-Lena on behalf of the team",
    "Acknowledged, see T900005",
    "Yes, {{acknowledged}}",
    "(IMPORTANT) Acknowledged",
    "acknowledged\n> not acknowledged",
    "Acknowledged, let us know if you need anything",
    "Acknowledged. If you need a projector, tell us.",
    "Acknowledged! Feel free to add it to the schedule once you have chosen a slot.",
    "Acknowledged, please add it when you can",
    "[x] Acknowledged",
    "- [x] Acknowledged",
    "All good, acknowledged",
    "Everything is fine, acknowledged",
    "T900005 is full, but this one is acknowledged",
    "Status: acknowledged",
    "Acknowledged :)",
    "Acknowledged ✅",
    "I hereby mark this as acknowledged",
    "Acknowledged for 14.00 on Saturday",
    "Acknowledged, but not yet scheduled",
    "Acknowledged by the team, we will announce it soon",
    "T1: acknowledged",
    "T1 is acknowledged",
    "Hello Dora, thanks for waiting! Acknowledged.",
    "Without objections acknowledged",
    "Acknowledged, so you can now add it",
    "We discussed it: acknowledged",
    "Acknowledged. Sorry for the delay!",
    "Thank you for the proposal, it is acknowledged as of today",
    "This session has been acknowledged by the coordination team",
    "In T1#5, @dora wrote:\n> when?\n\nAcknowledged",
    "In T1#5, @dora wrote:\n> when?\nAcknowledged",
    "Acknowledged! You still have to decide on a slot.",
    "Acknowledged. We can't schedule it for you, please add it yourself.",
    "Acknowledged for Saturday. We will get back to you with a room.",
    "No problem, acknowledged",
    "Acknowledged 2021-05-12",
    "One more thing: acknowledged!",
    "This was acknowledged by the team",
    "Acknowledged - no need to do anything else.",
    "Acknowledged – no further changes, please.",
]
TAKEN_BACK = [
    "Acknowledged by mistake, sorry",
    "We had acknowledged this before, but it is off now",
    "Please ignore my acknowledgement",
    "I was kidding: not acknowledged",
    "NOTE: not yet acknowledged",
    "We acknowledged this in error",
    "We withdraw our acknowledgment",
    "This is not yet\nacknowledged",
]
IGNORE = [
    "Ignore that, wrong task",
    "Sorry, wrong task",
    "Please disregard my previous comment",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [(text, Verdict.NOTHING) for text in RESERVED]
    + [(text, Verdict.YES) for text in OPEN]
    + [(text, Verdict.WITHDRAWN) for text in TAKEN_BACK]
    + [(text, Verdict.IGNORE) for text in IGNORE],
)
def test_verdict_by_what_stands_round_the_wording(text: str, expected: Verdict) -> None:
    assert verdict(text, ACK, "T1") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [(text, Verdict.NOTHING) for text in NOTHING]
    + [(text, Verdict.YES) for text in YES]
    + [(text, Verdict.WITHDRAWN) for text in WITHDRAWN],
)
def test_verdict(text: str, expected: Verdict) -> None:
    assert verdict(text, ACK) is expected


@pytest.mark.parametrize(
    ("text", "wording", "expected"),
    [
        ("Approved ✅", ("approved",), Verdict.YES),
        ("Good to go!", ("acknowledged", "good to  go"), Verdict.YES),
        ("good\nto go", ("good to go",), Verdict.YES),  # a line that goes on small
        ("Good\nTo go", ("good to go",), Verdict.NOTHING),
        ("Angenommen", ("ANGENOMMEN",), Verdict.YES),
        ("承認しました", ("承認しました",), Verdict.YES),
        ("anything", ("",), Verdict.NOTHING),
        ("anything", (), Verdict.NOTHING),
        ("a. b", ("a. b",), Verdict.NOTHING),  # a phrase does not cross the end of a sentence
        ("c++ ok", ("c++ ok",), Verdict.YES),
        ("approval withdrawn", ("approved",), Verdict.WITHDRAWN),
    ],
)
def test_verdict_with_other_wording(text: str, wording: tuple[str, ...], expected: Verdict) -> None:
    assert verdict(text, wording) is expected


@pytest.mark.parametrize(
    ("text", "wording", "expected"),
    [
        ("Bestätigt!", ("bestätigt",), Verdict.YES),
        ("Noch nicht bestätigt", ("bestätigt",), Verdict.WITHDRAWN),
        ("nicht bestätigt", ("bestätigt",), Verdict.WITHDRAWN),
        ("wird bestätigt", ("bestätigt",), Verdict.NOTHING),
        ("Bestätigt, wenn du ihn kürzt", ("bestätigt",), Verdict.NOTHING),
        ("Wurde bestätigt", ("bestätigt",), Verdict.YES),
        ("Unbestätigt", ("bestätigt",), Verdict.NOTHING),
        ("Bestätigung zurückgezogen", ("bestätigt",), Verdict.WITHDRAWN),
        ("No aceptada", ("aceptada",), Verdict.NOTHING),
        ("Todavía no aceptada", ("aceptada",), Verdict.NOTHING),
        ("Aceptada", ("aceptada",), Verdict.YES),
        ("Aceptada si la acortas", ("aceptada",), Verdict.NOTHING),
        ("Se ha aceptada", ("aceptada",), Verdict.YES),
        ("n'est pas accepté", ("accepté",), Verdict.WITHDRAWN),
        ("Accepté, merci !", ("accepté",), Verdict.YES),
        ("Accepté sous réserve de place", ("accepté",), Verdict.NOTHING),
        ("accepté?", ("accepté",), Verdict.NOTHING),
        ("未承認", ("承認",), Verdict.NOTHING),
        ("承認しません", ("承認",), Verdict.NOTHING),
        ("この提案を承認します", ("承認",), Verdict.YES),
        ("承認されていない", ("承認",), Verdict.NOTHING),
        ("不批准", ("批准",), Verdict.NOTHING),
        ("批准了", ("批准",), Verdict.YES),
        ("尚未批准", ("批准",), Verdict.NOTHING),
        ("如果批准", ("批准",), Verdict.NOTHING),
        ("Подтверждено", ("подтверждено",), Verdict.YES),
        ("ещё не подтверждено", ("подтверждено",), Verdict.WITHDRAWN),
        ("jeszcze nie zatwierdzone", ("zatwierdzone",), Verdict.NOTHING),
        ("onaylandı değil", ("onaylandı",), Verdict.NOTHING),
        ("موافق", ("موافق",), Verdict.YES),
        ("غير موافق", ("موافق",), Verdict.NOTHING),
        ("nog niet goedgekeurd", ("goedgekeurd",), Verdict.WITHDRAWN),
        (
            "Feel free to add it to the schedule once acknowledged",
            ("feel free to add it to the schedule",),
            Verdict.NOTHING,
        ),
        (
            "Great, feel free to add it to the schedule!",
            ("feel free to add it to the schedule",),
            Verdict.YES,
        ),
        (
            "Please do not feel free to add it to the schedule yet",
            ("feel free to add it to the schedule", "acknowledged"),
            Verdict.WITHDRAWN,
        ),
    ],
)
def test_verdict_in_other_languages(text: str, wording: tuple[str, ...], expected: Verdict) -> None:
    assert verdict(text, wording) is expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Looks good", ""),
        ("> acknowledged", "in a quote, in code or struck out"),
        ("`acknowledged`", "in a quote, in code or struck out"),
        ("None of us has acknowledged it", "negated"),
        ("Once acknowledged, add it", "said of what may come"),
        ('Write "acknowledged"', "only mentioned as a word"),
        ("T5 is acknowledged", "said of another one"),
        ("Acknowledged if you shorten it", "under a condition"),
        ("Acknowledged. Only if you shorten it.", "under a condition"),
        ("Is it acknowledged?", "asked, not said"),
        ("Acknowledged (kidding)", "meant as a joke"),
        ("Acknowledged.\n\nEdit: ignore this", "taken back in the same comment"),
    ],
)
def test_reason_why_a_comment_is_no_yes(text: str, why: str) -> None:
    assert reading(text, ACK, "T1") == Reading(Verdict.NOTHING, why)


def test_own_number_is_no_other_task() -> None:
    said = [verdict("T12 is acknowledged", ACK, own) for own in ("T12", "T1", "")]
    assert said == [Verdict.YES, Verdict.NOTHING, Verdict.NOTHING]


@given(st.text(alphabet="ab\n `%~>#*/-. acknowledged", max_size=60))
def test_quoted_and_fenced_text_never_says_yes(text: str) -> None:
    quoted = "\n".join(f"> {line}" for line in text.split("\n"))
    fenced = "```\n" + text.replace("`", "") + "\n```"
    assert verdict(quoted, ACK) is Verdict.NOTHING
    assert verdict(fenced, ACK) is Verdict.NOTHING


def test_spoken_drops_markup_and_keeps_words() -> None:
    assert spoken("**Yes**, //fine//. See [[ https://x.org | there ]]").split() == [
        "Yes,",
        "fine.",
        "See",
        "there",
    ]
