"""The people of the demo: what they write, and what of it must still stand at the end."""

import re
from dataclasses import dataclass
from pathlib import Path

from dev.conduit import ConduitServer
from dev.devwiki import DevWiki
from dev.wiki_accounts import ORGANISER, SECOND_ORGANISER

HERE = Path(__file__).parent / "demo"
EVENT = "Lantern Hackathon 2024"
SCHEDULE = f"{EVENT}/Schedule"
HELPERS = f"{EVENT}/Helpers"
OFF_SWITCH = f"{EVENT}/Callboard/Off switch"

_PAGES = (
    (f"Template:{EVENT}/Navigation", "navigation", ORGANISER),
    (f"{EVENT}/How to", "how_to", ORGANISER),
    (SCHEDULE, "schedule", ORGANISER),
    (HELPERS, "helpers", SECOND_ORGANISER),
)
# Who put their own session into a free slot, by the beginning of the cell.
_OWN_SESSIONS = (
    ("Nils Nachtschicht", "'''Bots that work while we sleep'''"),
    ("Chen2026", "'''A kinder error message'''"),
    ("Uma Uploader", "'''Drawing diagrams in wikitext'''"),
    ("Quentin Q", "'''Query of the day'''"),
)
# Who put their own name on the helpers' list, by the line.
_OWN_NAMES = (
    ("Olu Opener", ":*[[User:Olu Opener|Olu Opener]] (Saturday 9-12 UTC)"),
    ("Chen2026", ":* [[User:Chen2026|Chen2026]] (07:00 PM to 12:30 PM UTC)"),
    ("Wen Writer", ":* Wen Writer"),
)
_TALK_PAGES = (
    ("Testuser Dot", "{{nobots}}\nI read my talk page twice a year. Please use the telephone."),
    ("Sami Stream", "{{bots|optout=starts_soon}}\nI know when my sessions start, thank you."),
    ("Marta Mentor", "== Thanks ==\nfor the tea and the regular expression! [[User:1st Timer|1st Timer]]"),
)


@dataclass(frozen=True, slots=True)
class Wrote:
    """An edit by a person, and the words of it that must not be lost."""

    person: str
    page: str
    words: str


class People:
    """Edits as people make them, one after the other; `wrote` remembers what must stand."""

    def __init__(self, wiki: DevWiki, conduit: ConduitServer) -> None:
        self._wiki = wiki
        self._board = conduit.board
        self.wrote: list[Wrote] = []

    def put_up_pages(self) -> int:
        """The event's pages, by several hands; how many edits that took."""
        before = len(self.wrote)
        for title, file, author in _PAGES:
            whole = (HERE / f"{file}.wikitext").read_text("utf-8")
            text, additions = _without_own(whole, file)
            self._edit(author, title, text, words="", summary="a page for everybody")
            for person, old, new in additions:
                self._change(person, title, old, new, words=_lasting(new), summary="here I am")
        for person, text in _TALK_PAGES:
            self._edit(person, f"User talk:{person}", text, words=text)
        return len(self.wrote) - before

    def add_while_saving(self) -> None:
        """Chen adds to a session, in a line that the bot is about to save."""
        old = "'''A kinder error message'''"
        new = f"{old}, with screenshots"
        self._change("Chen2026", SCHEDULE, old, new, words=new)

    def greet_while_saving(self) -> None:
        """Björn adds a sentence to the introduction, far from what the bot is about to save."""
        old = "Two hours of yours are enough."
        new = f"{old} Really, we counted."
        self._change(SECOND_ORGANISER, HELPERS, old, new, words=new)

    def add_session(self) -> None:
        """An owner puts her acknowledged session into a free slot, without its task."""
        cell = "'''Reading aloud: articles you can listen to'''<br />[[User:Beispielfrau|Beispielfrau]]<br />facilitator: Olu Opener"
        row = "| 17:00\n| '''What we learned from a year of mentoring'''"
        self._in_row("Beispielfrau", row, "''free slot''", cell, words="'''Reading aloud")

    def move_session(self) -> None:
        """An owner moves his session from Friday night to the free slot on Sunday at two."""
        text = self._text(SCHEDULE)
        start = text.index("'''Bots that work while we sleep'''")
        cell = text[start : text.index("\n", start)]
        moved = text[:start] + "''free slot''" + text[start + len(cell) :]
        at = moved.index("|''free slot''", moved.index("|14:00\n")) + 1
        moved = moved[:at] + cell + moved[at + len("''free slot''") :]
        summary = "not on Friday, I must sleep"
        self._edit("Nils Nachtschicht", SCHEDULE, moved, f"|14:00\n|{cell}", summary)

    def swap_rooms(self) -> None:
        """An organiser swaps the rooms of two sessions of Saturday at five."""
        self._swap(ORGANISER, "'''What we learned from a year of mentoring'''", "'''Reading aloud")

    def swap_by_mistake(self) -> None:
        """Another organiser swaps two sessions of Saturday at two …"""
        self._swap(SECOND_ORGANISER, "'''The long tail of citation styles'''", "'''Templates as data")

    def swap_back(self) -> None:
        """… and notices the mistake."""
        self._swap(SECOND_ORGANISER, "'''Templates as data", "'''The long tail of citation styles'''")

    def take_back(self) -> None:
        """Olu prefers "and" to a comma and takes back that half of the bot's edit."""
        mark = "[[User:Olu Opener|Olu Opener]] and [[User:Chen2026|Chen2026]]"
        old = f"facilitation: {mark.replace(' and ', ', ')}"
        new = f"facilitation: {mark}"
        self._change("Olu Opener", SCHEDULE, old, new, words=mark, summary="I liked it better")

    def acknowledge(self) -> None:
        """A coordinator says yes to one more task on the board."""
        self._board.comment("T910039", "bjorn-o", "Acknowledged, and take the whole hour.")

    def switch(self, word: str) -> None:
        """Anybody writes a word on the bot's off switch page."""
        self._edit("1st Timer", OFF_SWITCH, word, words="")

    def lost(self) -> list[Wrote]:
        """What people wrote and what does not stand on its page any more."""
        texts = {page: self._text(page) for page in {wrote.page for wrote in self.wrote}}
        return [wrote for wrote in self.wrote if wrote.words not in texts[wrote.page]]

    def _swap(self, person: str, one: str, other: str) -> None:
        """Two cells, known by how they begin, each on a line of its own."""
        text = self._text(SCHEDULE)
        lines = text.split("\n")
        first, second = (next(n for n, line in enumerate(lines) if begin in line) for begin in (one, other))
        lines[first], lines[second] = lines[second], lines[first]
        self._edit(person, SCHEDULE, "\n".join(lines), words=one, summary="the other way round")

    def _in_row(self, person: str, row: str, old: str, new: str, *, words: str) -> None:
        text = self._text(SCHEDULE)
        at = text.index(old, text.index(row))
        self._edit(person, SCHEDULE, text[:at] + new + text[at + len(old) :], words)

    def _change(self, person: str, page: str, old: str, new: str, *, words: str, summary: str = "") -> None:
        self._wiki.person(person).replace(page, old, new, summary)
        self.wrote.append(Wrote(person, page, words))

    def _edit(self, person: str, page: str, text: str, words: str, summary: str = "") -> None:
        self._wiki.person(person).edit(page, text, summary)
        self.wrote.append(Wrote(person, page, words))

    def _text(self, page: str) -> str:
        return self._wiki.person(ORGANISER).text(page) or ""


def _lasting(new: str) -> str:
    """The words of an edit that no rule may touch: what stands before the first link, else all of the last line."""
    line = new.strip().rpartition("\n")[2].lstrip(":* ")
    return re.split(r" *\(?(?:<br|\[\[|\{\{|https?:)", line)[0] or line


def _without_own(whole: str, file: str) -> tuple[str, list[tuple[str, str, str]]]:
    """A page before people added themselves, and their additions as (person, old, new)."""
    text, additions = whole, []
    if file == "schedule":
        for person, begin in _OWN_SESSIONS:
            start = text.index(begin)
            cell = text[start : text.index("\n", start)]
            slot = f"''free slot'' <!-- {person} asked for this one -->"
            text = text.replace(cell, slot)
            additions.append((person, slot, cell))
    if file == "helpers":
        for person, line in _OWN_NAMES:
            before = whole[: whole.index(f"\n{line}\n")].rpartition("\n")[2]
            text = text.replace(f"\n{line}\n", "\n", 1)
            additions.append((person, f"{before}\n", f"{before}\n{line}\n"))
    return text, additions
