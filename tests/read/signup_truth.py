"""The example sign-up pages, and how a reading is written down to be compared with the truth beside each page.

A truth begins with what the event file and the wiki would say, then has a line for each entry and each problem:

    days 2026-05-15 2026-05-16
    zone UTC
    accounts EpicPupper, Testuser Quill        the accounts among the bare names
    rooms Hacking room 1, Hacking room 2

    line | user | role @ room | coming | hours | comment

`-` stands for nothing, `?` for hours that are ambiguous, `…` as the user for a place to sign, `Ada + Bo` for several people in
one entry, `!` after hours for a shift in a table, `+2` at the end for replies.
"""

from dataclasses import dataclass
from pathlib import Path

from callboard.config import Event
from callboard.model import Coming, SignUp, SignUps
from tests.read.schedule_truth import event, moment

PAGES = Path(__file__).parents[1] / "pages" / "signups"
NAMES = sorted(path.stem for path in PAGES.glob("*.truth"))


@dataclass(frozen=True, slots=True)
class Truth:
    """What stands in a truth file."""

    event: Event
    accounts: frozenset[str]
    reading: str


def _list(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def truth(name: str) -> Truth:
    """The truth beside an example page."""
    head, _, reading = (PAGES / f"{name}.truth").read_text(encoding="utf-8").partition("\n\n")
    facts = dict(line.partition(" ")[::2] for line in head.split("\n"))
    made = event(facts["days"].split(), facts.get("zone", "UTC"), _list(facts.get("rooms", "")))
    return Truth(made, frozenset(_list(facts.get("accounts", ""))), reading)


def page(name: str) -> str:
    """The text of an example page."""
    return (PAGES / f"{name}.wikitext").read_text(encoding="utf-8")


def hours(entry: SignUp) -> str:
    """The hours of an entry: `15T18:00-15T22:00, 16T…` in UTC, `?` if they are ambiguous, `!` at the end if they are firm."""
    if entry.ambiguous:
        return "?"
    spoken = [f"{moment(start)[8:16]}-{moment(end)[8:16]}" for start, end in entry.availability or ()]
    return (", ".join(spoken) or "-") + ("!" if entry.firm else "")


def _user(entry: SignUp) -> str:
    if entry.placeholder:
        return "…"
    others = {person.name: None for person in entry.people if person.name != entry.user}
    return " + ".join([entry.user or "-", *others])


def entry_line(entry: SignUp) -> str:
    """An entry in one line."""
    role = (entry.role or "-") + (f" @ {entry.room}" if entry.room else "")
    comment = entry.comment.replace("\n", "⏎") or "-"
    parts = [str(entry.line), _user(entry), role, Coming(entry.coming).value, hours(entry), comment]
    return " | ".join([*parts, f"+{len(entry.replies)}"] if entry.replies else parts)


def written(read: SignUps) -> str:
    """A whole reading, as it stands in the truth beside the page."""
    problems = (f"{problem.line} {problem.code}" for problem in read.problems)
    return "\n".join([f"layout {read.layout}", "", *map(entry_line, read.entries), "", *problems, ""])
