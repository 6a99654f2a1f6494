"""What a coordinator's comment says: a yes, a withdrawal, or neither.

Only what the writer says counts: quotes, code, struck-out text and addresses are put aside. In doubt it is no yes; an
unacknowledged task is reported, a wrongly acknowledged one is linked.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """What a comment says of the acknowledgement."""

    YES = "yes"
    WITHDRAWN = "withdrawn"
    NOTHING = "nothing"


# Remarkup: fences and %%% literals; inline code; a quoted line; an indented line that is no list item is code.
_SET_ASIDE = re.compile(
    r"```.*?(?:```|\Z)|%%%.*?(?:%%%|\Z)|`[^`\n]*`|##[^#\n]+##|~~.*?~~|\{\{\{.*?\}\}\}", re.DOTALL
)
_QUOTED = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_INDENTED = re.compile(r"^(?: {2,}|\t)(?!\s*(?:[-*#•]|\d+[.)])\s).*$", re.MULTILINE)
_LANG = re.compile(
    r"^[ \t]*(?:lang|name|lines|counterexample)\s*=[^\n]*(?:\n(?:[ \t]+[^\n]*))*",
    re.MULTILINE | re.IGNORECASE,
)
_LINK = re.compile(r"\[\[[^\]|\n]*\|([^\]\n]*)\]\]|\[\[[^\]\n]*\]\]|\[([^\]\n]*)\]\(\S+?\)")
_ADDRESS = re.compile(r"\b\w+://\S+")
_MARKS = re.compile(r"\*\*|//|__|!!|''+")
_BULLET = re.compile(r"^\s*(?:[-*#•]+|\d+[.)])\s+", re.MULTILINE)
_SENTENCE = re.compile(r"[^.!?…;\n]+[.!?…;]*")
_IDIOM = re.compile(r"\b(?:no|not an?|not any) (?:problems?|objections?|worries|issues?|concerns?)\b")
_NEGATION = re.compile(
    r"\b(?:not|never|no|nor|neither|none|cannot|can ?not|cant|dont|wont|isnt|without|hardly|un|\w+n't)\b"
)
# Not a statement that it is so: conditions, plans, wishes.
_HYPOTHETIC = re.compile(
    r"\b(?:if|unless|until|till|once|when|whenever|whether|before|after|will|would|shall|should|could|can|may|might|must"
    r"|needs?|want|wait(?:ing|s)?|awaiting|pending|to be|get|gets|getting|almost|nearly|soon|being|yet to)\b"
)
_TAKE_BACK = re.compile(
    r"\b(?:withdr[ae]w\w*|revok\w+|retract\w*|rescind\w*|cancel\w*|undo|undone|tak(?:e|en|ing) back)\b"
)
_ABOUT_IT = re.compile(r"\backnowledge?ments?\b|\bapprovals?\b|\backnowledged?\b")
# "T5 is not acknowledged", "sessions that are not acknowledged": said of others
_OTHERS = re.compile(
    r"\bt\d+\b|\b(?:sessions|proposals|tasks|those|that are|which|other|others|anything|everything)\b"
)
_BACKWARDS = re.compile(r"\bun-?acknowledged\b|\bun-?approved\b|\bdis-?approved\b")


def verdict(text: str, wording: Iterable[str]) -> Verdict:
    """YES for `**Acknowledged**, feel free …`; WITHDRAWN for `acknowledgement withdrawn`; else NOTHING.

    Neither `Not acknowledged yet`, `acknowledged?`, `> acknowledged` nor "once acknowledged" is a yes. A comment that
    says both is a withdrawal.
    """
    phrases = [_pattern(phrase) for phrase in wording if phrase.strip()]
    found = {_of_sentence(sentence, phrases) for sentence in _sentences(text)}
    for possible in (Verdict.WITHDRAWN, Verdict.YES):
        if possible in found:
            return possible
    return Verdict.NOTHING


@dataclass(frozen=True, slots=True)
class Reading:
    """What a comment says; where it holds the wording and is no yes, `why` it is none."""

    verdict: Verdict
    why: str = ""


def reading(text: str, wording: Iterable[str]) -> Reading:
    """The verdict on a comment, with the reason where it mentions the wording and says nothing."""
    phrases = [_pattern(phrase) for phrase in wording if phrase.strip()]
    found = verdict(text, wording)
    if found is not Verdict.NOTHING or not _mentions(text, phrases):
        return Reading(found)
    said = _mentions(spoken(text), phrases)
    return Reading(
        found, "not said of this task without reserve" if said else "in a quote, in code or struck out"
    )


def _mentions(text: str, phrases: list[re.Pattern[str]]) -> bool:
    plain = " ".join(text.casefold().split())
    return any(phrase.search(plain) for phrase in phrases)


def own_words(text: str) -> str:
    """What the writer says, with addresses and markup: without quotes, code and struck-out text."""
    text = text.replace("\r\n", "\n").replace("’", "'").replace("‘", "'")
    for pattern in (_SET_ASIDE, _QUOTED, _LANG, _INDENTED):
        text = pattern.sub(" \n" if pattern is _SET_ASIDE else "", text)
    return text


def spoken(text: str) -> str:
    """What the writer says in their own words: without quotes, code, struck-out text, addresses and markup."""
    text = _LINK.sub(lambda match: match[1] or match[2] or "", own_words(text))
    text = _ADDRESS.sub("", text)
    return _MARKS.sub("", _BULLET.sub("", text))


def _sentences(text: str) -> list[str]:
    # The blank line that a removed fence leaves ends a sentence, as it does for a reader.
    return [" ".join(match.casefold().split()) for match in _SENTENCE.findall(spoken(text)) if match.strip()]


def _pattern(phrase: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in phrase.casefold().split())
    return re.compile(rf"(?<![\w-]){words}(?![\w-])")


def _of_sentence(sentence: str, phrases: list[re.Pattern[str]]) -> Verdict:
    verdicts = {_of_clause(clause, phrases) for clause in re.split(r"\bbut\b", sentence)}
    if Verdict.WITHDRAWN in verdicts:
        return Verdict.WITHDRAWN
    return Verdict.YES if Verdict.YES in verdicts else Verdict.NOTHING


def _of_clause(clause: str, phrases: list[re.Pattern[str]]) -> Verdict:
    clause = _IDIOM.sub("", clause).strip()
    matches = [match for phrase in phrases if (match := phrase.search(clause))]
    asked = clause.endswith("?")
    if _takes_back(clause, matches) and not asked:
        return Verdict.WITHDRAWN
    return Verdict.YES if any(_affirms(clause, match, asked=asked) for match in matches) else Verdict.NOTHING


def _takes_back(clause: str, matches: list[re.Match[str]]) -> bool:
    back = _TAKE_BACK.search(clause)
    if back and (matches or _ABOUT_IT.search(clause)):
        before = clause[: back.start()]
        return not _NEGATION.search(before) and not re.search(
            r"\b(?:if|unless|might|may|could|would)\b", before
        )
    if _BACKWARDS.search(clause):
        return not _NEGATION.search(clause[: _BACKWARDS.search(clause).start()])  # type: ignore[union-attr]
    # "not acknowledged", "isn't acknowledged yet", "no longer acknowledged": said of the task itself
    return any(
        re.search(
            r"(?:\bnot|n't|\bno longer|\bnever)(?: yet| really| quite| been)*\s*$", clause[: match.start()]
        )
        and not _HYPOTHETIC.search(clause[: match.start()])
        and not _OTHERS.search(clause[: match.start()])
        for match in matches
    )


def _affirms(clause: str, match: re.Match[str], *, asked: bool) -> bool:
    before, after = clause[: match.start()], clause[match.end() :]
    if _NEGATION.search(before) or _HYPOTHETIC.search(before):
        return False
    if re.match(
        r"\s*[:=-]?\s*(?:no|not|never|nope|pending|false)\b(?!\s+(?:problem|objection))|\s+receipt\b", after
    ):
        return False
    if asked:  # "Acknowledged, could you shorten the title?" says yes before it asks
        rest = re.match(r"\s*[,–—-]\s*(?!or\b)(.+)", after)
        return not before.strip() and rest is not None and len(rest[1].split()) >= 4
    return True
