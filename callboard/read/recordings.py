"""Links to recordings of sessions, known by their label or by the head of their column, and to notes and slides."""

import re

from callboard.wikitext.edits import Span
from callboard.wikitext.remembered import remembered

_WORDS = r"(?:record(?:ing|ed)|replays?|re-?watch|watch|videos?|video-?aufzeichnung|aufzeichnung|mitschnitt|enregistrement|grabaci[oó]n|opname)"
_WORD = re.compile(rf"(?<![^\W_]){_WORDS}", re.IGNORECASE)
# A part of each word; without one of them in the text in small letters none is found.
_PARTS = ("record", "replay", "watch", "deo", "aufze", "tschn", "enreg", "graba", "opname")
_NOT_YET = re.compile(r"\b(?:not|no|un|won't|without)\b[\s-]*\Z", re.IGNORECASE)
_LINK = re.compile(
    r"\[(?P<url>(?:https?:)?//[^\s\[\]<>|\"]+)(?P<label>[^\]\n]*)\]|\[\[(?P<page>[^\[\]|\n]+)(?:\|(?P<shown>[^\[\]\n]*))?\]\]"
    r"|(?P<bare>https?://[^\s\[\]<>|{}\"]+)"
)
_TASK = re.compile(r"phab(?:ricator)?[.:]", re.IGNORECASE)
_NOTES = re.compile(
    r"(?<![^\W_])(?:etherpad|notes?|notizen|minutes|slides?|slide-?deck|folien|presentation|protokoll|docs\.google)(?![^\W_])"
    r"|\.(?:pdf|odp|pptx?)\b",
    re.IGNORECASE,
)
_LABEL_BEFORE = re.compile(rf"{_WORDS}\w*\W{{0,6}}\Z", re.IGNORECASE)


def recording(text: str, within: Span) -> str:
    """The first link whose label says that it is a recording, or that stands behind such a word; "" if there is none.

    `[https://youtu.be/x Replay]`, `Recording: https://…`, `[[:commons:File:A.webm|video]]` gives `commons:File:A.webm`.
    """
    return _recording(within.of(text))


@remembered(8192)
def _recording(source: str) -> str:
    if not any(map(source.lower().__contains__, _PARTS)) or not _WORD.search(source):
        return ""
    for link in _LINK.finditer(source):
        label = link["label"] or link["shown"] or ""
        before = source[max(0, link.start() - 40) : link.start()]
        said = _LABEL_BEFORE.search(before)
        named = _WORD.search(label) or (said and not _NOT_YET.search(before[: said.start()]))
        if named and (target := _target(link)):
            return target
    return ""


def has_notes(text: str, within: Span) -> bool:
    """Whether a link there leads to notes or slides, by its address, its label or the word before it."""
    source = within.of(text)
    for link in _LINK.finditer(source):
        before = source[max(0, link.start() - 20) : link.start()].rpartition("\n")[2]
        said = " ".join((link["label"] or link["shown"] or "", before.rstrip(" :(")[-12:]))
        if _target(link) and (_NOTES.search(_target(link)) or _NOTES.search(said)):
            return True
    return False


def any_link(text: str, within: Span) -> str:
    """The first link in a cell below a head like "Recording"; "" if there is none."""
    return next((target for link in _LINK.finditer(within.of(text)) if (target := _target(link))), "")


def _target(link: re.Match[str]) -> str:
    target = str(link["url"] or link["bare"] or link["page"] or "").strip().lstrip(":")
    return "" if _TASK.search(target) or target.casefold().startswith("user:") else target


def heads_recordings(words: str) -> bool:
    """Whether a column's head says that recordings stand below it."""
    return bool(_WORD.match(words))
