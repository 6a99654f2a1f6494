"""What a task's description says: wiki accounts, format and length, in the forms that proposers use.

`**Speaker(s) (wiki username):** [[User:Ada]]`, `* Who: User:Ada`, `|Speakers|Ada|`, `Wiki username: Ada`,
`[[ https://www.mediawiki.org/wiki/User:Ada | Ada ]]`. All of it is claimed, nothing is checked here.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

_LABELLED = re.compile(
    r"^[ \t]*(?:[*#-]+[ \t]+)?\*{0,2}([^\n|:=*]{2,90}?):\*{0,2}:?(?!//)[ \t]*(.*)$", re.MULTILINE
)
_TABLED = re.compile(r"^\|([^|\n]{2,60})\|([^|\n]*)\|", re.MULTILINE)
_PERSON_LABEL = re.compile(
    r"\b(?:speakers?|presenters?|hosts?|facilitators?|wiki[ -]?(?:user ?)?names?|who)\b", re.IGNORECASE
)
_FORMAT_LABEL = re.compile(r"^(?:session )?(?:format|type)\b", re.IGNORECASE)
_HOURS_LABEL = re.compile(
    r"(?:(?:my|our|speaker'?s?|owner'?s?) )?availability|available(?: times?| hours?| slots?)?"
    r"|(?:preferred|possible|suggested) (?:(?:dates? and )?times?(?: slots?)?|hours|slots?)",
    re.IGNORECASE,
)
_USER = r"(?:[A-Za-z-]{1,20}:){0,2}[Uu]ser(?:[ _][Tt]alk)?[ _]?:[ _]?"
_LINK = re.compile(rf"\[\[\s*:?{_USER}([^\]|#/\n]+)(?:\|[^\]\n]*)?\]\]")
_URL = re.compile(
    r"https?://[\w.-]+/(?:wiki/|w/index\.php\?title=)(?:User|Special:MyPage):([^\s\]|?#/&<>\"]+)",
    re.IGNORECASE,
)
_PLAIN = re.compile(rf"(?<![\w/:\[]){_USER}([^\s,;|()\[\]<>#/][^\n,;|()\[\]<>#/]*)")
_ANY_LINK = re.compile(r"\[\[[^\]\n]*\]\]|\[https?://[^\]\n]*\]|https?://\S+")
_FORBIDDEN = re.compile(r"[#<>\[\]{}|/:@\x00-\x1f]")
_NOBODY = frozenset(
    {"", "tbd", "tba", "?", "n/a", "none", "any", "me", "myself", "your username", "-", "you"}
)


def claimed_accounts(description: str) -> tuple[str, ...]:
    """Wiki accounts that the description names as its people, in MediaWiki's form, in order, once each.

    A link to a user page counts anywhere; a bare name only after a label such as "Speaker" or "Wiki username".
    """
    names = [_canonical(name) for name in _linked(description)]
    for value in _values(description, _PERSON_LABEL):
        names += [_canonical(name) for name in _bare(value)]
    return tuple(dict.fromkeys(name for name in names if name))


def asked_format(description: str) -> tuple[str | None, int | None]:
    """Format and minutes: `**Format:** Workshop (55min, including Q&A)` → ("Workshop", 55)."""
    for value in _values(description, _FORMAT_LABEL):
        minutes = re.search(r"(\d{1,3})\s*min", value)
        word = re.split(r"\s+[-–—(]|\(|\d", value, maxsplit=1)[0].strip(" *-–—:")
        if word:
            return word, int(minutes[1]) if minutes else None
    return None, None


def availability_lines(description: str) -> list[str]:
    """What stands behind labels like "Availability:" and "Preferred times:"; not behind a plain "Time:" or "Times:"."""
    pairs = [
        (match[1], match[2]) for pattern in (_LABELLED, _TABLED) for match in pattern.finditer(description)
    ]
    return [
        value.strip(" *")
        for name, value in pairs
        if _HOURS_LABEL.fullmatch(name.strip(" *").replace("’", "'"))
    ]


def _linked(text: str) -> Iterator[str]:
    found = [(match.start(), match[1]) for match in _LINK.finditer(text)]
    found += [(match.start(), unquote(match[1])) for match in _URL.finditer(text)]
    plain = _ANY_LINK.sub(lambda match: " " * len(match[0]), text)
    found += [(match.start(), match[1]) for match in _PLAIN.finditer(plain)]
    for _, name in sorted(found):
        yield name


def _values(text: str, label: re.Pattern[str]) -> list[str]:
    pairs = [(match[1], match[2]) for pattern in (_LABELLED, _TABLED) for match in pattern.finditer(text)]
    return [value.strip() for name, value in pairs if label.search(name) and len(name.split()) <= 12]


def _bare(value: str) -> Iterator[str]:
    """Names in `Ada, Grace Hopper and @phabname`: no links (read elsewhere), no Phabricator names, no remarks."""
    if re.search(r"\bno wiki\b|\bnot yet\b|\bno account\b", value, re.IGNORECASE):
        return
    value = re.sub(r"\([^)]*\)", "", _ANY_LINK.sub("", value)).replace("**", "").replace("''", "")
    for part in re.split(r"[,;/]|\s+(?:and|&|\+)\s+", value):
        name = part.strip(" .*")
        if not re.match(r"(?i)user(?: talk)?:", name) and "@" not in name and len(name.split()) <= 4:
            yield name


def _canonical(name: str) -> str:
    """`ada_L.` → `Ada L.`; empty for what can be no user name."""
    name = " ".join(name.replace("_", " ").split())
    if name.casefold() in _NOBODY or _FORBIDDEN.search(name) or len(name.encode()) > 85:
        return ""
    return name[:1].upper() + name[1:]
