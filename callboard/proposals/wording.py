"""What a coordinator's comment says: a yes, a withdrawal, or neither.

Only what the writer says counts: quotes, code, struck-out text, boxes left unticked and addresses are put aside. In doubt
it is no yes; an unacknowledged task is reported, a wrongly acknowledged one is linked.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from callboard.proposals import reserve


class Verdict(Enum):
    """What a comment says of the acknowledgement."""

    YES = "yes"
    WITHDRAWN = "withdrawn"
    IGNORE = "ignore"  # takes back what the same person said last: "Ignore that, wrong task"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a comment says; where it holds the wording and is no yes, `why` it is none."""

    verdict: Verdict
    why: str = ""


LONGEST = 20_000  # characters of a comment that are read
_SENTENCE = 1_000  # of a sentence
# Remarkup: fences and %%% literals; inline code; a quoted line; an indented line that is no list item is code.
_SET_ASIDE = re.compile(
    r"```.*?(?:```|\Z)|%%%.*?(?:%%%|\Z)|`[^`\n]*`|##[^#\n]+##|~~.*?~~|\{\{\{.*?(?:\}\}\}|\Z)"
    r"|<!--.*?(?:-->|\Z)|\{(?:meme|icon|image|nav|key|figlet|cowsay)\b[^{}\n]*\}"
    r"|<(?P<tag>s|del|strike)>.*?(?:</(?P=tag)>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
# A mail's way to quote: "On 5 May Lea wrote:" and a paragraph
_WROTE = re.compile(
    r"^[^\n>]*\b(?:wrote|schrieb|écrit|escribió)\b[^\n]{0,60}:[ \t]*\n(?:[ \t]*\n)?(?![ \t]*>)(?:[^\n]+\n?)+",
    re.MULTILINE | re.IGNORECASE,
)
_QUOTED = re.compile(r"^[ \t]*(?:(?:[-*#•]+|\d+[.)])[ \t]+)?>.*$", re.MULTILINE)
_UNTICKED = re.compile(r"^[ \t]*(?:[-*#•]+[ \t]+)?\[[ ]?\].*$", re.MULTILINE)
_INDENTED = re.compile(r"^(?: {2,}|\t)(?![ \t]*(?:[-*#•]|\d+[.)])\s).*$", re.MULTILINE)
_LANG = re.compile(
    r"^[ \t]*(?:lang|name|lines|counterexample)\s*=[^\n]*(?:\n(?:[ \t]+[^\n]*))*",
    re.MULTILINE | re.IGNORECASE,
)
_LINK = re.compile(r"\[\[[^\[\]|\n]*\|([^\[\]\n]*)\]\]|\[\[[^\[\]\n]*\]\]|\[([^\[\]\n]*)\]\([^\s()]+\)")
_ADDRESS = re.compile(r"\b\w{2,20}://\S+")
_MARKS = re.compile(r"\*\*|//|__|!!|''+")
_BULLET = re.compile(r"^[ \t]*(?:[-*#•]+|\d+[.)])\s+", re.MULTILINE)
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_END = re.compile(r"(?<=[。！？；])|(?<=[.!?…;؟])[)\"”]*\s+|\n")
_NO_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_ABOUT_IT = r"\backnowledge?ments?\b|\bapprovals?\b|\backnowledged?\b"
_SIGNS = " \t,;:.!?…–—-"


def verdict(text: str, wording: Iterable[str], own: str = "") -> Verdict:
    """YES for `**Acknowledged**, feel free …`; WITHDRAWN for `acknowledgement withdrawn`; else mostly NOTHING.

    Neither `Not acknowledged yet`, `acknowledged?`, `> acknowledged` nor "once acknowledged" is a yes; nor what is said of
    another task than `own`. A comment that says both is a withdrawal.
    """
    return reading(text, wording, own).verdict


def reading(text: str, wording: Iterable[str], own: str = "") -> Reading:
    """The verdict on a comment, with the reason where it mentions the wording and says nothing."""
    return _read(text, tuple(wording), own.casefold())


@lru_cache(maxsize=8192)
def _read(text: str, wording: tuple[str, ...], own: str) -> Reading:
    judge = _Judge([phrase for phrase in wording if phrase.strip()], own)
    said = _sentences(text[:LONGEST])
    found = [judge.sentence(sentence) for sentence in said]
    if any(one.verdict is Verdict.WITHDRAWN for one in found):
        return Reading(Verdict.WITHDRAWN)
    if any(one.verdict is Verdict.YES for one in found):
        return next(
            (Reading(Verdict.NOTHING, why) for why in map(_spoilt, said) if why), Reading(Verdict.YES)
        )
    if why := next((one.why for one in found if one.why), ""):
        return Reading(Verdict.NOTHING, why)
    if any(reserve.IGNORES.search(sentence) for sentence in said):
        return Reading(Verdict.IGNORE)
    if judge.mentions(" ".join(_folded(text[:LONGEST]).split())):
        return Reading(Verdict.NOTHING, "in a quote, in code or struck out")
    return Reading(Verdict.NOTHING)


def own_words(text: str) -> str:
    """What the writer says, with addresses and markup: without quotes, code and struck-out text."""
    text = text.replace("\r\n", "\n").replace("’", "'").replace("‘", "'")
    for pattern in (_SET_ASIDE, _WROTE, _QUOTED, _UNTICKED, _LANG, _INDENTED):
        text = pattern.sub(" \n" if pattern is _SET_ASIDE else "", text)
    return text


def spoken(text: str) -> str:
    """What the writer says in their own words: without quotes, code, struck-out text, addresses and markup."""
    text = _LINK.sub(lambda match: match[1] or match[2] or "", own_words(text))
    text = _ADDRESS.sub("", text)
    return _MARKS.sub("", _BULLET.sub("", text))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text).casefold())


def _sentences(text: str) -> list[str]:
    # The blank line that a removed fence leaves ends a sentence, as it does for a reader; a line that goes on small
    # goes on with the sentence.
    plain = re.sub(r"(?<=[\w,])[ \t]*\n(?=[a-zà-ÿ])", " ", spoken(text))
    return [" ".join(part.split()) for part in _END.split(_folded(plain)) if part and part.strip()]


def _spoilt(sentence: str) -> str:
    """Why a sentence takes the force out of a yes in another one."""
    if reserve.JOKE.search(sentence) or reserve.NOT_AT_ALL.search(sentence):
        return "meant as a joke"
    if reserve.RETRACTS.search(sentence):
        return "taken back in the same comment"
    if reserve.UNDECIDED.search(sentence):
        return "nothing is decided, or it is declined"
    return "under a condition" if reserve.LIMITS.search(sentence) else ""


class _Judge:
    """Judges sentences by the event's wording."""

    def __init__(self, wording: Iterable[str], own: str) -> None:
        phrases = [" ".join(_folded(phrase).split()) for phrase in wording]
        self.phrases = [_pattern(phrase) for phrase in phrases]
        self.own = own
        # "Bestätigung", "aprobación": what the wording is a form of
        stems = [
            rf"\b{re.escape(one[: max(5, len(one) - 3)])}"
            for one in phrases
            if " " not in one and len(one) > 5
        ]
        self.about_it = re.compile("|".join([_ABOUT_IT, *stems]))

    def mentions(self, text: str) -> bool:
        return any(phrase.search(text) for phrase in self.phrases)

    def sentence(self, sentence: str) -> Reading:
        whole = reserve.IDIOM.sub("", sentence).strip()
        if self._is_withdrawal(whole[:_SENTENCE]):
            return Reading(Verdict.WITHDRAWN)
        if len(whole) > _SENTENCE:
            return Reading(Verdict.NOTHING, "in a sentence too long to judge" if self.mentions(whole) else "")
        found = []
        start = 0
        for clause in re.split(r"(\bbut\b|\baber\b|\bpero\b|\bmais\b)", whole):
            found += [self._why_not(whole, start, start + match.start(), start + match.end())
                      for phrase in self.phrases if (match := phrase.search(clause))]  # fmt: skip
            start += len(clause)
        if "" in found:
            unclear = reserve.TAKE_BACK.search(whole)
            return Reading(Verdict.NOTHING, "speaks of taking back") if unclear else Reading(Verdict.YES)
        return Reading(Verdict.NOTHING, found[0] if found else "")

    def _why_not(self, whole: str, clause: int, start: int, end: int) -> str:
        """Why a phrase in a sentence is no yes; "" if it is one."""
        before, after = whole[clause:start], whole[end:]
        # of "this is fine, acknowledged" the part that says it
        part = re.split(r"[,:–—]", before)[-1]
        checks = (
            (reserve.NEGATION.search(before) or reserve.BEFORE_CJK.search(before), "negated"),
            (reserve.DENIED.match(after) or reserve.REFUSED.search(after.split(",")[0]), "negated"),
            (reserve.HYPOTHETIC.search(before) or reserve.GUESS.search(part), "said of what may come"),
            (reserve.PARTLY.search(before), "said by a part of the team"),
            (reserve.OF_OLD.search(before), "said of what was"),
            (reserve.MENTIONS.search(before) or reserve.IS_A_WORD.match(after), "only mentioned as a word"),
            (reserve.OTHERS.search(part) or reserve.OTHER_THINGS.search(before), "said of another one"),
            (self._another(before, after), "said of another one"),
            (_limited(after), "under a condition"),
            (_asks(whole, part, before, after), "asked, not said"),
        )
        return next((why for check, why in checks if check), "")

    def _another(self, before: str, after: str) -> bool:
        """Whether a sentence speaks of another task: `T5 is acknowledged`, `acknowledged T5`, `your other session`."""
        there = reserve.THERE.match(after)
        if there and there[1] != self.own:
            return True
        tasks = [task for task in reserve.TASK.finditer(before) if task[0] != self.own]
        return bool(tasks) and not reserve.THIS.search(before[tasks[-1].end() :])

    def _is_withdrawal(self, sentence: str) -> bool:
        if sentence.endswith(("?", "？", "؟")):
            return False
        matches = [match for phrase in self.phrases if (match := phrase.search(sentence))]
        about = bool(matches) or bool(self.about_it.search(sentence))
        back = reserve.TAKE_BACK.search(sentence) or (about and reserve.RETRACTS.search(sentence)) or None
        if back and about:
            before = sentence[: back.start()]
            unsure = re.search(r"\b(?:if|unless|might|may|could|would)\b", before)
            return not unsure and not (reserve.NEGATION.search(before) and not _said_no(before, matches))
        if over := reserve.BACKWARDS.search(sentence):
            return not reserve.NEGATION.search(sentence[: over.start()])
        return any(self._said_not(sentence[: match.start()], sentence[match.end() :]) for match in matches)

    def _said_not(self, before: str, after: str) -> bool:
        """Finds "not acknowledged", "isn't acknowledged yet", "no longer acknowledged": said of the task itself."""
        if (
            reserve.HYPOTHETIC.search(before.replace("had ", ""))
            or reserve.OTHERS.search(before)
            or self._another(before, after)
        ):
            return False
        if re.search(r"\bhad\b", before):
            return bool(reserve.IS_OVER.search(after))
        return bool(
            re.search(
                r"(?:\bnot|n't|\bno longer|\bnever|\bnicht(?: mehr)?|\bpas|\bне|\bniet(?: meer)?)(?: yet| really| quite| been)*\s*$",
                before,
            )
        )


def _said_no(before: str, matches: list[re.Match[str]]) -> bool:
    """Whether the negation belongs to the wording itself: "not acknowledged any more, withdrawn"."""
    return any(
        match.start() < len(before) and not reserve.NEGATION.search(before[match.end() :])
        for match in matches
    )


def _limited(after: str) -> bool:
    limit = reserve.CONDITION.search(after)
    return limit is not None and not reserve.INVITES.search(after[: limit.start()])


def _asks(whole: str, part: str, before: str, after: str) -> bool:
    if whole.rstrip(')"”').endswith(("?", "？", "؟", "か。")):
        # "Acknowledged, could you shorten the title?" says yes before it asks
        rest = re.match(r"\s*[,–—-]\s*(?!or\b)(.+)", after)
        return bool(before.strip()) or rest is None or len(rest[1].split()) < 4
    return bool(reserve.ASKS.match(part.strip()))


def _pattern(phrase: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    if _NO_SPACES.search(phrase):  # scripts that put no blanks between words
        return re.compile(words)
    return re.compile(rf"(?<![\w-]){words}(?![\w-])")
