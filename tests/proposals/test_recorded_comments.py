"""Every comment that the recordings of a real server hold, read by the wording of its event."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from callboard.proposals.wording import Verdict, verdict

RECORDINGS = Path(__file__).parent.parent / "conduit"
WORDING = ("acknowledged", "approved")


def texts(answer: Any) -> Iterator[str]:
    """Texts of comments, of all versions, wherever in an answer they stand."""
    if isinstance(answer, dict):
        if answer.get("type") == "comment":
            yield from (one["content"]["raw"] for one in answer["comments"])
        if answer.get("transactionType") == "core:comment":
            yield answer["comments"] or ""
        for part in answer.values():
            yield from texts(part)
    elif isinstance(answer, list):
        for part in answer:
            yield from texts(part)


def recorded() -> set[str]:
    found: set[str] = set()
    for path in sorted(RECORDINGS.rglob("*.json")):
        found |= set(texts(json.loads(path.read_text("utf-8"))))
    return found


def said(verdict_: Verdict) -> set[str]:
    return {text for text in recorded() if verdict(text, WORDING) is verdict_}


def test_recorded_yes() -> None:
    assert said(Verdict.YES) == {
        "**Acknowledged**, feel free to add your session to the schedule.",
        "@HanaT acknowledged! cc #hackathon-coordination-team",
        "Acknowledged",
        "Acknowledged (for Sunday 12:00, Room 1)",
        "Acknowledged 🎉",
        "Acknowledged! Please add it to the schedule.",
        "Acknowledged, but please shorten the title.",
        "Acknowledged, see you in room 2",
        "Acknowledged.",
        "Approved ✅",
        "Great, acknowledged now.",
        "Hi @Dorothea, thanks a lot for your proposal! **Acknowledged** by the coordination team, feel free to add your session directly in [[ https://www.mediawiki.org/wiki/Wikimedia_Hackathon_2021/Schedule | the schedule ]].",
    }


def test_recorded_withdrawals() -> None:
    assert said(Verdict.WITHDRAWN) == {
        "Could you tell us the format? Not acknowledged yet.",
        "Sorry, we need to **withdraw** the acknowledgement: the slot is taken. Could you pick another time?",
        "Thank you! Could you tell us your preferred time and whether you need to be recorded? Not acknowledged yet.",
        "```\nacknowledged\n```\nis the keyword we use, but this one is //not// acknowledged yet. What is the format?",
    }


def test_recorded_comments_that_mention_the_wording_and_say_nothing() -> None:
    nothing = said(Verdict.NOTHING) | said(Verdict.IGNORE)
    words = ("ack", "approv", "kidding")
    assert {text for text in nothing if any(word in text.casefold() for word in words)} == {
        "A workshop. Acknowledged?",
        "Linked on the schedule: https://www.mediawiki.org/wiki/Wikimedia_Hackathon_2021/Schedule (revision 4567)",
        "Sorry, the main track is full. Declining - feel free to propose it for an open room.",
        "ack",
    }
