import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.proposals.wording import Verdict, spoken, verdict

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
        ("good\nto go", ("good to go",), Verdict.NOTHING),
        ("Angenommen", ("ANGENOMMEN",), Verdict.YES),
        ("承認しました", ("承認しました",), Verdict.YES),
        ("anything", ("",), Verdict.NOTHING),
        ("anything", (), Verdict.NOTHING),
        ("a.b", ("a.b",), Verdict.NOTHING),  # a phrase does not cross the end of a sentence
        ("c++ ok", ("c++ ok",), Verdict.YES),
        ("approval withdrawn", ("approved",), Verdict.WITHDRAWN),
    ],
)
def test_verdict_with_other_wording(text: str, wording: tuple[str, ...], expected: Verdict) -> None:
    assert verdict(text, wording) is expected


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
