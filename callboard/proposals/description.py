"""What a task's description says: wiki accounts, format and length, in the forms that proposers use.

`**Speaker(s) (wiki username):** [[User:Ada]]`, `* Who: User:Ada`, `|Speakers|Ada|`, `Wiki username: Ada`,
`[[ https://www.mediawiki.org/wiki/User:Ada | Ada ]]`. All of it is claimed, nothing is checked here.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from urllib.parse import unquote

from callboard.config_board import BoardFields
from callboard.proposals.labels import field_of
from callboard.proposals.remarkup import LONGEST, entries, ticked, without_marker

_USUAL = BoardFields()
MOST_PEOPLE = 50  # of each kind; Phabricator is asked for all of them, a request per hundred
_TEXTS = 16384  # descriptions that are remembered with what they say: every task is looked at at every tick

_PERSON_LABEL = re.compile(
    r"\b(?:speakers?|presenters?|hosts?|facilitators?|wiki[ -]?(?:user ?)?names?|who)\b", re.IGNORECASE
)
_FORMAT_LABEL = re.compile(r"^(?:session )?(?:format|type)\b", re.IGNORECASE)
_HOURS_LABEL = re.compile(
    r"(?:(?:my|our|speaker'?s?|owner'?s?) )?availability|available(?: times?| hours?| slots?)?"
    r"|(?:preferred|possible|suggested) (?:(?:dates? and )?times?(?: slots?)?|hours|slots?)",
    re.IGNORECASE,
)
_PHAB_LABEL = re.compile(r"\bphab", re.IGNORECASE)
_WORDS = 12  # a longer label is a sentence
_MENTION = re.compile(r"(?<![\w@./])@([A-Za-z0-9._-]*[A-Za-z0-9_-])")
_PHAB_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
_USER = r"(?:[A-Za-z-]{1,20}:){0,2}[Uu]ser(?:[ _][Tt]alk)?[ _]?:[ _]?"
_LINK = re.compile(rf"\[\[\s*:?{_USER}([^\[\]|#/\n]{{1,255}})(?:\|[^\[\]\n]*)?\]\]")
_URL = re.compile(
    r"https?://[\w.-]+/(?:wiki/|w/index\.php\?title=)(?:User|Special:MyPage):([^\s\]|?#/&<>\"]+)",
    re.IGNORECASE,
)
_PLAIN = re.compile(rf"(?<![\w/:\[]){_USER}([^\s,;|()\[\]<>#/][^\n,;|()\[\]<>#/]*)")
_ANY_LINK = re.compile(r"\[\[[^\[\]\n]*\]\]|\[https?://[^\[\]\n]*\]|https?://\S+")
_FORBIDDEN = re.compile(r"[#<>\[\]{}|/:@\x00-\x1f]")
_NOBODY = frozenset(
    {"", "tbd", "tba", "?", "n/a", "none", "any", "me", "myself", "your username", "-", "you"}
)
# Where a name is to be found, or who is meant, is no name: "see my profile", "same as above", "ask me", "the author".
_NO_NAME = re.compile(
    r"""i|us|all|others?|ourselves|anyone|anybody|everyone|everybody|various|several|ditto
      | (?:please\ )?(?:see|ask|check|same\ as|as\ (?:on|in|at|per)|look\ (?:at|in|on)|cf\.?)\b
        (?=.*\b(?:my|me|us|above|below|on|at|in|the|this|profile|page|description|phab|phabricator)\b).*
      | as\ (?:above|below)
      | (?:my|our|the)\ .*\b(?:profile|page|account|name|username|author|proposer|submitter|owner|team|organi[sz]ers?)
      | (?:the\ )?(?:task'?s?\ )?(?:author|proposer|submitter)(?:\ of\ (?:this|the)\ task)?
    """,
    re.IGNORECASE | re.VERBOSE,
)


@lru_cache(maxsize=_TEXTS)
def claimed_accounts(description: str, labels: BoardFields = _USUAL) -> tuple[str, ...]:
    """Wiki accounts that the description names as its people, in MediaWiki's form, in order, once each.

    A link to a user page counts anywhere; a bare name only after a label such as "Speaker" or "Wiki username".
    """
    names = [_canonical(name) for name in _linked(description[:LONGEST])]
    for entry in entries(description, _person_field(labels), frozenset()):
        if entry.field == "people":
            names += [_canonical(name) for name in _bare(entry.value)]
    return tuple(dict.fromkeys(name for name in names if name))[:MOST_PEOPLE]


@lru_cache(maxsize=_TEXTS)
def claimed_phab_names(description: str, labels: BoardFields = _USUAL) -> tuple[str, ...]:
    """Phabricator names of the people that the description lists: `@ada` below "Speakers", `ada` below "Phabricator"."""
    names: list[str] = []
    for entry in entries(description, _person_field(labels), frozenset()):
        if entry.field in {"people", "phabricator"}:
            names += _MENTION.findall(entry.value)
        if entry.field == "phabricator":
            names += [name for name in _bare(entry.value) if _PHAB_NAME.fullmatch(name)]
    return tuple(dict.fromkeys(name for name in names if name.casefold() not in _NOBODY))[:MOST_PEOPLE]


@lru_cache(maxsize=_TEXTS)
def asked_format(description: str) -> tuple[str | None, int | None]:
    """Format and minutes: `**Format:** Workshop (55min, including Q&A)` → ("Workshop", 55)."""
    for entry in entries(description, lambda label: "format" if _FORMAT_LABEL.match(label) else ""):
        if entry.field:
            value = entry.value.partition("\n")[0]
            minutes = re.search(r"(\d{1,3})\s*min", value)
            word = re.split(r"\s+[-–—(]|\(|\d", value, maxsplit=1)[0].strip(" *-–—:")
            if word:
                return word, int(minutes[1]) if minutes else None
    return None, None


@lru_cache(maxsize=_TEXTS)
def availability_lines(description: str) -> tuple[str, ...]:
    """What stands behind labels like "Availability:" and "Preferred times:"; not behind a plain "Time:" or "Times:"."""
    found = entries(description, _hours_field, frozenset())
    return tuple(
        without_marker(line).strip(" *")
        for entry in found
        if entry.field
        for line in (entry.value.split("\n") if entry.value else [""])
    )


def _hours_field(label: str) -> str:
    return "times" if _HOURS_LABEL.fullmatch(label.strip(" *").replace("’", "'")) else ""


@lru_cache(maxsize=32)
def _person_field(labels: BoardFields) -> Callable[[str], str]:
    """The event's labels, and for accounts any that speaks of speakers: whoever is named there is only claimed."""
    usual = field_of(labels)

    def find(label: str) -> str:
        known = usual(label)
        if known or len(label.split()) > _WORDS:
            return known
        if _PHAB_LABEL.search(label):
            return "phabricator"
        return "people" if _PERSON_LABEL.search(label) else ""

    return find


def _linked(text: str) -> Iterator[str]:
    found = [(match.start(), match[1]) for match in _LINK.finditer(text)]
    found += [(match.start(), unquote(match[1])) for match in _URL.finditer(text)]
    plain = _ANY_LINK.sub(lambda match: " " * len(match[0]), text)
    found += [(match.start(), match[1]) for match in _PLAIN.finditer(plain)]
    for _, name in sorted(found):
        yield name


def _bare(value: str) -> Iterator[str]:
    """Names in `Ada, Grace Hopper and @phabname`: no links (read elsewhere), no Phabricator names, no remarks."""
    if " ".join(value.casefold().split()).strip(" .") in _NOBODY:
        return
    if re.search(r"\bno wiki\b|\bnot yet\b|\bno account\b", value, re.IGNORECASE):
        return
    value = "\n".join(without_marker(line) for line in ticked(value).split("\n"))
    value = re.sub(r"\([^()]*\)", "", _ANY_LINK.sub("", value)).replace("**", "").replace("''", "")
    for part in re.split(r"[,;/\n]|\s+(?:and|&|\+)\s+", value):
        name = " ".join(part.strip(" .*").split())
        if re.match(r"(?i)user(?: talk)?:", name) or "@" in name or len(name.split()) > 4:
            continue
        if not _NO_NAME.fullmatch(name):
            yield name


def _canonical(name: str) -> str:
    """`ada_L.` → `Ada L.`; empty for what can be no user name."""
    name = " ".join(name.replace("_", " ").split())
    if name.casefold() in _NOBODY or _FORBIDDEN.search(name) or len(name.encode()) > 85:
        return ""
    return name[:1].upper() + name[1:]
