"""What the bot writes on tasks, in Remarkup: values are shown and do nothing, and the last line says why it was written."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from callboard.config import Event
from callboard.config_board import Board
from callboard.model import Schedule, Session
from callboard.notices.telling import unix, when
from callboard.proposals.markers import as_fragment
from callboard.read.anchors import anchor_above
from callboard.wikitext.escape import plain_line
from callboard.wikitext.masking import line_at

_HOSTS = {
    "mediawiki": "https://www.mediawiki.org",
    "meta": "https://meta.wikimedia.org",
    "wikimania": "https://wikimania.wikimedia.org",
    "test": "https://test.wikipedia.org",
    "callboard": "https://callboard.invalid",  # the development wiki has no address that others could open
}
_LONGEST = 120  # characters of one value
_JOINER = "\u2060"  # nobody sees it, and no line breaks at it
# Where Remarkup would begin to act: after # { [ ] < |, between doubled signs of markup, at addresses and :emoji:, in
# monograms (T123, rABC123) and in what may be the hash of a commit.
_ACTS = re.compile(
    r"""(?<=[\#{\[\]<|])(?=.)
      | (?<=([*/_~!%=]))(?=\1)
      | (?<=:)(?=[A-Za-z/+])
      | (?<=[A-Za-z])(?=\d)
      | (?<=[0-9A-Fa-f]{6})(?=[0-9A-Fa-f])
    """,
    re.VERBOSE,
)


def safe(value: str) -> str:
    """The value as Remarkup shows it and no more: nobody is mentioned, no task or project linked, nothing embedded.

    `@ada` gets a wide @; `T123`, `#tag`, `{F1}`, `[[x]]`, `**x**` and `https://x` an invisible character in their midst.
    """
    one = " ".join(plain_line(unicodedata.normalize("NFC", value)).split())
    one = one.replace("@", "＠").replace("`", "'")
    if len(one) > _LONGEST:
        one = f"{one[: _LONGEST - 1].rstrip()}…"
    return _ACTS.sub(_JOINER, one)


def slot_text(event: Event, rows: Sequence[tuple[Schedule, Session]], *, moved: bool) -> str:
    """Where the session stands now: day, time, zone and room of each row, with a link to it."""
    if len(rows) == 1:
        said = (
            "This session was moved in the schedule. It is now"
            if moved
            else "This session is in the schedule"
        )
        return f"{said}: {_slot(event, *rows[0])}.\n\n{_MEND}"
    said = (
        "This session is held more than once, and was moved in the schedule. It is now"
        if moved
        else "This session is in the schedule, more than once"
    )
    listed = "\n".join(f"- {_slot(event, page, row)}" for page, row in rows)
    return f"{said}:\n\n{listed}\n\n{_MEND}"


_MEND = "If that is not right, please correct it on the wiki, or tell the coordination team here."


def missing_text(event: Event, board: Board, missing: Iterable[str]) -> str:
    """Which fields the description lacks, as the event's template calls them."""
    labels = board.fields.labels()
    listed = "\n".join(f"- {safe(next(iter(labels.get(name, ())), name)).capitalize()}" for name in missing)
    return (
        f"Thank you for the proposal! For {safe(event.event.title)} the coordination team also needs:\n\n{listed}\n\n"
        "Please add it to the description of this task, under these words; a comment is not looked through for it."
    )


def afterwards_text(event: Event, rows: Sequence[tuple[Schedule, Session]]) -> str:
    """Asks for what is left of a session that is over."""
    place = f"the [[ {address_of_row(event, *rows[0])} | schedule ]]" if rows else "the schedule"
    return (
        f"Thank you for holding this session at {safe(event.event.title)}! If there are notes, slides or a recording, "
        f"please link them here or in {place}, so that people who missed it find them. If there are none, there is nothing to do."
    )


def signed(text: str, event: Event, mark: str) -> str:
    """The comment with its last line: a link to the page about the bot, which holds the marker."""
    about = event.pages.about or next(iter(event.pages.schedule), "")
    return f"{text}\n\n[[ {address(event, about)}{as_fragment(mark)} | Why this comment? ]]"


def _slot(event: Event, page: Schedule, row: Session) -> str:
    assert row.start  # noqa: S101 -- only slots with a time are told
    zone = f"[[ https://zonestamp.toolforge.org/{unix(row.start)} | in your time zone ]]"
    place = f"[[ {address_of_row(event, page, row)} | on the wiki ]]"
    return f"{safe(when(event, row.start, row.end))}, {safe(row.room or '')} (see it {place}, {zone})"


def address(event: Event, title: str) -> str:
    """A page's address on its wiki; nothing in it can end a link or act in Remarkup."""
    host = _HOSTS.get(event.pages.site, _HOSTS["callboard"])
    return f"{host}/wiki/{_quoted(title.replace(' ', '_'))}"


def address_of_row(event: Event, page: Schedule, row: Session) -> str:
    """The address of the section in which a row stands; of the page, where its heading holds markup or there is none."""
    return address(event, page.page) + (
        f"#{_quoted(place)}" if (place := anchor_above(page.text, line_at(page.text, row.span.start))) else ""
    )


def _quoted(part: str) -> str:
    """Percent-encoded; a T before a digit too, because a task's number in an address might be taken for a mention."""
    return re.sub(r"(?<![A-Za-z0-9])T(?=\d)", "%54", quote(part, safe="/:,()!-._"))
