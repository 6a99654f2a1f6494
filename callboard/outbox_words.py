"""What organisers said on the outbox page, read from its revisions since the bot wrote it last.

    | … <!-- callboard: hold --> <!-- callboard:planned 3f2a1c9d04ab -->       held back, until somebody takes the word out
    | … <!-- callboard: send --> <!-- callboard:planned 3f2a1c9d04ab -->       goes out at the next look
    (the line taken out)                                                       held back
    <!-- callboard: hold all -->                                               everything is held back

A word belongs to who made the revision in which it came or went. What was known when the bot wrote the page stands there in
hidden records; they count only in a revision that the bot made, and whose text is still the one that it sent: the wiki may
have woven somebody's edit into it.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal
from urllib.parse import unquote

from callboard.counted import counted
from callboard.model import Maker, OutboxWord, PageText, Problem, Severity
from callboard.model.outbox import EVERYTHING, OutboxNote
from callboard.report_frame import HEARTBEAT, START, bots_part, peoples_part, plain
from callboard.snapshot import Snapshot

HOLD, SEND, HOLD_ALL = (f"<!-- callboard: {word} -->" for word in ("hold", "send", "hold all"))
MOST_NOTES = 10
_ROW = re.compile(r"^(?=[ \t:]*(?:\|-|\|\}|\{\||=))", re.MULTILINE)
_ID = re.compile(r"<!-- callboard:planned ([0-9a-f]{12}) -->")
_SAID = re.compile(
    r"<!--[ \t]*callboard[ \t]*:[ \t]*(?!(?:planned|word|note|seal|report|heartbeat)\b)(?P<said>[^<>\n]*?)[ \t]*-->",
    re.IGNORECASE,
)
_WORD = re.compile(r"(hold|send)\b(?:[ \t]+(all)\b)?", re.IGNORECASE)
_RECORD = re.compile(r"<!-- callboard:(?P<what>word|note) (?P<words>[^<>\n]+) -->")
_SEAL = re.compile(r"<!-- callboard:seal ([0-9a-f]{16}) -->\s*\Z")


@dataclass(frozen=True, slots=True)
class Said:
    """What counts, by a notice's short id or EVERYTHING, and what was done in vain, the newest last."""

    words: Mapping[str, OutboxWord] = field(default_factory=dict)
    notes: tuple[OutboxNote, ...] = ()


# --- what stands on the page ---


@dataclass(frozen=True, slots=True)
class _Rows:
    """One revision: the words at each line that has an id, and those that belong to no line."""

    says: Mapping[str, frozenset[str]]
    hold_all: int  # how often
    framed: bool
    strange: frozenset[str]  # comments that are no word, or at no line


def ids_in(text: str) -> frozenset[str]:
    """The notices that have a line on the page."""
    return frozenset(_ID.findall(text))


def planned_mark(name: str) -> str:
    """The hidden comment that says which notice a line is about."""
    return f"<!-- callboard:planned {name} -->"


def _rows(text: str) -> _Rows:
    says: dict[str, frozenset[str]] = {}
    strange: set[str] = set()
    hold_all = 0
    for row in _ROW.split(text):
        inside = _ID.findall(row)
        for name in inside:
            says.setdefault(name, frozenset())
        for line in row.split("\n"):
            about = _ID.findall(line) or (inside if len(set(inside)) == 1 else [])
            for comment in _SAID.finditer(line):
                word = _WORD.match(comment["said"])
                if word and word[2] and word[1].casefold() == "hold":
                    hold_all += 1
                elif word and not word[2] and about:
                    for name in about:
                        says[name] |= {word[1].casefold()}
                else:
                    strange.add(comment["said"])
    return _Rows(says, hold_all, bots_part(text) is not None, frozenset(strange))


# --- what somebody changed ---

_Change = tuple[str, Literal["hold", "send", "lift"]]


def _changes(old: _Rows, new: _Rows) -> Iterator[_Change]:
    """What an edit says. One that empties the page, or takes the list off it, holds back everything: undone, nothing."""
    if old.says and not new.says and not new.framed:
        yield EVERYTHING, "hold"
        return
    yield from ((name, "hold") for name in old.says if name not in new.says)
    for name, words in new.says.items():
        before = old.says.get(name)
        came, went = words - (before or frozenset()), (before or frozenset()) - words
        if "hold" in came or "send" in came:
            yield name, "hold" if "hold" in came else "send"
        elif went or before is None:
            yield name, "lift"
    if new.hold_all > old.hold_all:
        yield EVERYTHING, "hold"
    elif new.hold_all < old.hold_all or (new.framed and not old.framed and not new.hold_all):
        yield EVERYTHING, "lift"


def _heard(said: Said, changes: Iterable[_Change], by: Maker) -> Said:
    words = dict(said.words)
    for about, what in changes:
        there = words.get(about)
        if what == "lift":
            words.pop(about, None)
        elif there is None or there.says != what:
            words[about] = OutboxWord(about, what, by.user, by.at)
    return replace(said, words=words)


def _in_vain(said: Said, changes: Sequence[_Change], by: Maker) -> Said:
    """Nothing changes; what somebody tried is noted, if it was anything."""
    there = said.words
    tried = [
        (about, what)
        for about, what in changes
        if (what == "lift") == (about in there and there[about].says == "hold") or what == "send"
    ]
    if not tried:
        return said
    count = {what: sum(one == what for _, one in tried) for what in ("hold", "send", "lift")}
    named = {
        "hold": "hold back everything" if (EVERYTHING, "hold") in tried else "hold back {}",
        "send": "release {}",
        "lift": "let go {} that an organiser holds back",
    }
    did = " and ".join(
        named[what].format(counted(number, "notice")) for what, number in count.items() if number
    )
    return _noted(said, OutboxNote(by.user, by.at, f"wanted to {did}, and is no organiser of the event"))


def _strange(said: Said, words: Iterable[str], by: Maker) -> Said:
    for word in sorted(words):
        did = f'wrote "{word[:40]}", which is neither hold nor send at the end of a line'
        said = _noted(said, OutboxNote(by.user, by.at, did))
    return said


def _noted(said: Said, note: OutboxNote) -> Said:
    return said if note in said.notes else replace(said, notes=(*said.notes, note)[-MOST_NOTES:])


# --- revision by revision ---


def said_since(
    said: Said, text: str, revisions: Iterable[PageText], organisers: frozenset[str], bot: str
) -> Said:
    """What counts after these revisions, oldest first, of a page that read `text` when `said` was all that counted.

    A revision whose text is hidden cannot be compared, so who made what the next one shows is not known.
    """
    before, certain = _rows(text), True
    for one in revisions:
        if one.text is None or one.timestamp is None:
            certain = False
            continue
        now = _rows(one.text)
        if one.user != bot or not certain:
            by = Maker(one.user if certain else "", one.timestamp, one.revid)
            changes = list(_changes(before, now))
            said = (_heard if by.user in organisers else _in_vain)(said, changes, by)
            said = _strange(said, now.strange - before.strange, by)
        before, certain = now, True
    return said


# --- what the bot writes there to find it again ---


def sealed(lines: Iterable[str], page: str) -> str:
    """The bot's part of the page, closed by what shows whether the wiki saved it as it was written; `page` is the text so far."""
    body = "".join(f"{line}\n" for line in lines)
    return f"{body}<!-- callboard:seal {_digest(body, page)} -->\n"


def held_by_people(page: str) -> bool:
    """Whether the word that holds back everything stands outside the bot's part of the page."""
    return _rows(peoples_part(page)).hold_all > 0


def records(said: Said) -> Iterator[str]:
    """`<!-- callboard:word … -->` and `<!-- callboard:note … -->`."""
    for word in sorted(said.words.values(), key=lambda one: (one.at, one.about)):
        yield _record("word", word.says, word.about, word.at.isoformat(), word.by)
    for note in said.notes:
        yield _record("note", note.at.isoformat(), note.by or "-", note.did)


def written(text: str) -> Said | None:
    """What a revision made by the bot knows; None if it is not as the bot wrote it."""
    part = bots_part(text)
    if part is None:
        return None
    inner = text[part[0] + len(START) : part[1]].rpartition("<!--")[0]
    beat = inner.find(HEARTBEAT)
    body = inner[inner.find("\n", beat) + 1 :] if beat >= 0 else inner
    seal = _SEAL.search(body)
    if seal is None or seal[1] != _digest(body[: seal.start()], text):
        return None
    return _recorded(body)


def _digest(body: str, page: str) -> str:
    whole = f"{held_by_people(page)}\n{body.strip()}"
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _record(what: str, *words: str) -> str:
    return f"<!-- callboard:{what} {' '.join(plain(word) for word in words)} -->"


def _recorded(body: str) -> Said:
    words: dict[str, OutboxWord] = {}
    notes: list[OutboxNote] = []
    for found in _RECORD.finditer(body):
        parts = [unquote(part) for part in found["words"].split(" ")]
        if found["what"] == "word":
            says, about, at, by = parts
            words[about] = OutboxWord(
                about, "hold" if says == "hold" else "send", by, datetime.fromisoformat(at)
            )
        else:
            at, by, did = parts
            notes.append(OutboxNote("" if by == "-" else by, datetime.fromisoformat(at), did))
    return Said(words, tuple(notes))


# --- what organisers should know of it ---


def outbox_problems(snapshot: Snapshot) -> Iterator[Problem]:
    """That everything is held back, and what was done on the page in vain."""
    page = snapshot.event.pages.outbox
    if word := snapshot.outbox.get(EVERYTHING):
        told = (
            f"nobody is told anything, as {word.by} held back everything on the outbox ({word.at:%Y-%m-%d %H:%M} UTC):"
            f" to let notices go again, take out the comment that [[{page}]] shows, or release single lines there"
        )
        yield Problem(
            "outbox-held", Severity.ERROR, told, page, facts=("outbox-held", word.by, word.at.isoformat())
        )
    for note in snapshot.outbox_notes:
        told = f"{note.by or 'a hidden user'} {note.did} ({note.at:%Y-%m-%d %H:%M} UTC); nothing came of it"
        facts = ("outbox-in-vain", note.by, note.at.isoformat(), note.did)
        yield Problem("outbox-in-vain", Severity.NOTE, told, page, facts=facts)
