"""People, links and templates in a piece of wikitext, and MediaWiki's spelling of a name."""

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from urllib.parse import unquote

from callboard.model import Person, PersonForm
from callboard.values import value
from callboard.wikitext.edits import Span
from callboard.wikitext.masking import Kind, marks_within
from callboard.wikitext.remembered import remembered

# "User" in languages of Wikimedia wikis; talk namespaces are absent on purpose: a talk link is no identity.
USER_NAMESPACES = frozenset(
    {
        "user", "benutzer", "benutzerin", "utilisateur", "utilisatrice", "usuario", "usuaria", "utente", "gebruiker",
        "brukar", "bruker", "bruger", "användare", "käyttäjä", "kasutaja", "участник", "участница", "користувач",
        "користувачка", "корисник", "потребител", "usuário", "usuária", "usuari", "usuària", "wikipedysta",
        "wikipedystka", "użytkownik", "użytkowniczka", "kullanıcı", "utilizator", "szerkesztő", "felhasználó",
        "uživatel", "uživatelka", "wikipedista", "redaktor", "suradnik", "suradnica", "uporabnik", "lietotājs",
        "naudotojas", "notandi", "lankide", "implijer", "uzanto", "thành viên", "pengguna", "användarin", "χρήστης",
        "משתמש", "משתמשת", "مستخدم", "مستخدمة", "کاربر", "सदस्य", "ব্যবহারকারী", "பயனர்", "ผู้ใช้", "利用者", "用户",
        "用戶", "使用者", "사용자", "մասնակից", "მომხმარებელი",
        "gebruikster", "wikipedistka", "redaktorka", "uporabnica", "utilizatoare", "корисница", "dalībnieks", "dalībniece",
        "usuário(a)", "utilizador", "utilizadora", "korisnik", "korisnica",
    }
)  # fmt: skip
# Behind a word for "User": `User talk`, `Usuário(a) Discussão`; and namespaces that say both the other way round.
_TALK_BEHIND = (" talk", " diskussion", " discussão", " discusión", " discussió")
_USER_TALK = frozenset(
    {
        "discussion utilisateur", "discussion utilisatrice", "discussioni utente", "overleg gebruiker",
        "razgovor s korisnikom", "razgovor sa korisnikom", "razgovor s korisnicom", "razgovor sa suradnikom",
        "razgovor s suradnikom", "razgovor sa suradnicom", "разговор са корисником", "diskuse s uživatelem",
        "diskuse s uživatelkou", "dyskusja wikipedysty", "dyskusja wikipedystki", "dyskusja użytkownika",
    }
)  # fmt: skip
_USER_TEMPLATES = frozenset(
    {
        "u", "user", "user link", "userlink", "user0", "user1", "user2", "user3", "user4", "user5", "ul", "usr",
        "noping", "no ping", "user-c", "user c", "u-c", "user toolforge",
    }
)  # fmt: skip
_PING_TEMPLATES = frozenset({"ping", "reply to", "re", "reply", "yo", "mention", "@", "pinging"})
_ONE_PERSON = _USER_TEMPLATES | USER_NAMESPACES  # {{Benutzer|Ada}} as well
_NAMES_PEOPLE = _ONE_PERSON | _PING_TEMPLATES
LONGEST_MENTION = 1000  # characters of a template that names people or a task; what is longer wraps much else
_OTHER_WIKI = re.compile(
    r"\[\[[ :]*(?:m|meta|mw|w|wikipedia|c|commons|d|wikidata|s|b|n|q|v|voy|wikt|species|incubator)[ ]*:(?:[a-z-]{2,12}:)?(?=[^\W\d_][^:|\[\]]*:)",
    re.IGNORECASE,
)
_OWN_LANGUAGE = "mylanguage/"  # [[Special:MyLanguage/User:Ada]] leads to the page in the reader's language
_IN_LINK = str.maketrans({"_": " ", "\u00a0": " ", "\u200e": "", "\u200f": "", "\u200b": "", "\n": " "})


_ODD = re.compile("[_\u00a0\u200e\u200f\u200b\n]")
_AS_IT_IS = re.compile(r"[A-Z0-9][A-Za-z0-9]*(?: [A-Za-z0-9]+)*")  # most names


@lru_cache(maxsize=4096)
def canonical_name(raw: str) -> str:
    """A user name as the wiki spells it: `testuser_bo` is `Testuser bo`; %-escapes and entities are undone."""
    if _AS_IT_IS.fullmatch(raw):
        return raw
    name = html.unescape(raw)
    if "%" in name:
        name = unquote(name, errors="replace")
    if _ODD.search(name):
        name = name.translate(_IN_LINK)
    name = " ".join(name.split())
    first = name[:1].upper()
    return first + name[1:] if len(first) == 1 else name


@value()
class Link:
    """A link `[[target|label]]`; spans are those of the text, the target without blanks round it."""

    span: Span
    target: str
    label: Span | None

    @property
    def namespace(self) -> str:
        """What stands before the first colon, in small letters: `user`, `file`, `phab`; empty if nothing."""
        return _parts(self.target)[0]

    @property
    def name(self) -> str:
        """The title without its namespace and section."""
        return _parts(self.target)[1]


@remembered(4096)
def _parts(target: str) -> tuple[str, str]:
    """Namespace and name of a link's target."""
    target = target.lstrip(" :")
    space, colon, rest = target.partition(":")
    namespace = " ".join(space.replace("_", " ").split()).casefold() if colon else ""
    return namespace, (rest if namespace else target).partition("#")[0].strip()


def link_at(text: str, span: Span) -> Link:
    """The parts of the link that fills the span."""
    bar = text.find("|", span.start + 2, span.end - 2)
    end = span.end - 2 if bar < 0 else bar
    label = None if bar < 0 else Span(bar + 1, span.end - 2)
    return Link(span, text[span.start + 2 : end].strip(), label)


@value()
class Template:
    """A template `{{name|…}}`; each argument with its name (None if it has none) and the place of its value."""

    span: Span
    name: str  # in small letters, blanks for underscores
    arguments: tuple[tuple[str | None, Span], ...]

    def positional(self) -> tuple[Span, ...]:
        """The places of the arguments 1, 2, …, also those that are numbered in the source."""
        return tuple(span for name, span in self.arguments if name is None or name.isdigit())


_NAME = re.compile(r"([^|{}\[\]<>]*)(?=\||\}\})")


@remembered(256)
def _spelt(name: str) -> str:
    return " ".join(name.replace("_", " ").split()).casefold().removeprefix("template:")


def template_name(text: str, span: Span) -> str:
    """The name of the template that fills the span; empty if it is not plain text, as that of no known template is."""
    found = _NAME.match(text, span.start + 2, span.end)
    return _spelt(found[1]) if found else ""


def template_at(text: str, span: Span) -> Template:
    """The parts of the template that fills the span; bars inside links and templates do not split it."""
    inner = Span(span.start + 2, span.end - 2)
    edges = [*_bars(text, inner), inner.end]
    arguments = [_argument(text, bar + 1, end) for bar, end in pairwise(edges)]
    return Template(span, _spelt(text[inner.start : edges[0]]), tuple(arguments))


def _bars(text: str, inner: Span) -> Iterator[int]:
    at = inner.start
    source = inner.of(text)
    holds_more = "[[" in source or "{{" in source or "<" in source
    for mark in marks_within(text, inner) if holds_more else ():
        yield from _bars_between(text, at, mark.span.start)
        at = max(at, mark.span.end)
    yield from _bars_between(text, at, inner.end)


def _bars_between(text: str, start: int, end: int) -> Iterator[int]:
    while (start := text.find("|", start, end)) >= 0:
        yield start
        start += 1


_NAMED = re.compile(r"\s*([^={}\[\]<>|\n]{1,60}?)\s*=")


def _argument(text: str, start: int, end: int) -> tuple[str | None, Span]:
    named = _NAMED.match(text, start, end)
    if not named:
        return None, Span(start, end)
    return named[1].casefold(), Span(named.end(), end)


def linked_person(text: str, span: Span, namespaces: frozenset[str] = USER_NAMESPACES) -> Person | None:
    """The person to whose user page the link in the span leads, whatever its label."""
    link = span.of(text)
    name = _linked_name(link) if namespaces is USER_NAMESPACES else _name_of(link, namespaces)
    return Person(name, PersonForm.LINK, span) if name else None


@remembered(8192)
def _linked_name(link: str) -> str:
    return _name_of(link, USER_NAMESPACES)


def _name_of(source: str, namespaces: frozenset[str]) -> str:
    """Whose user page a link leads to; empty if it leads elsewhere."""
    link = link_at(source, Span(0, len(source)))
    if link.namespace == "special" and link.name[: len(_OWN_LANGUAGE)].casefold() == _OWN_LANGUAGE:
        link = Link(link.span, link.name[len(_OWN_LANGUAGE) :], link.label)
    name = canonical_name(link.name) if link.namespace in namespaces else ""
    return "" if "/" in name else name


def _person_elsewhere(text: str, span: Span) -> Person | None:
    """Whose page on another wiki a link leads to."""
    found = _OTHER_WIKI.match(text, span.start, span.end)
    name = _linked_name(f"[[{text[found.end() : span.end]}") if found else ""
    return Person(name, PersonForm.ELSEWHERE, span) if name else None


def is_talk(namespace: str) -> bool:
    """Whether a namespace, in small letters, holds talk pages of users or of something else."""
    return namespace.endswith(_TALK_BEHIND) or namespace in _USER_TALK


def is_user_talk(namespace: str) -> bool:
    """Whether a namespace, in small letters, holds talk pages of users."""
    return is_talk(namespace) and (namespace in _USER_TALK or namespace.rpartition(" ")[0] in USER_NAMESPACES)


def linked_by_name(text: str, span: Span) -> Person | None:
    """The same, also on another wiki of Wikimedia, and whose name a link to a talk page shows.

    `[[m:User:Ada|Ada]]`, `[[:w:de:Benutzerin:Ada]]`, `[[User talk:Ada|Ada]]`; not `[[User talk:Ada|talk]]`.
    """
    if person := linked_person(text, span):
        return person
    if person := _person_elsewhere(text, span):
        return person
    link = link_at(text, span)
    if link.label is None or not is_user_talk(link.namespace):
        return None
    name = canonical_name(link.name)
    same = bool(name) and canonical_name(link.label.of(text)) == name
    return Person(name, PersonForm.LINK, span) if same else None


@remembered(4096)
def _names(template: str) -> tuple[str, ...]:
    """The names that a template gives, which is one that names people."""
    span = Span(0, len(template))
    called = template_at(template, span)
    values = called.positional()[: 1 if called.name in _ONE_PERSON else None]
    names = (canonical_name(value.of(template)) for value in values)
    return tuple(name for name in names if name and not set(name) & set("{}[]|<>#/"))


def _named(text: str, span: Span) -> list[Person]:
    if span.end - span.start > LONGEST_MENTION or template_name(text, span) not in _NAMES_PEOPLE:
        return []
    return [Person(name, PersonForm.TEMPLATE, span) for name in _names(span.of(text))]


def names_people(template: str) -> bool:
    """Whether templates of this name stand for people."""
    return template in _NAMES_PEOPLE


def people(text: str, within: Span, namespaces: frozenset[str] = frozenset()) -> tuple[Person, ...]:
    """Everybody whom the span names by a link or a template, in order; `namespaces` are further words for "User".

    `[[User:X|Y]]`, `[[Benutzerin:X]]`, `{{u|X}}`, `{{user|X}}`, `{{ping|X|Y}}` (two people with one span). Neither a
    talk page alone, nor a subpage, nor a link to another wiki is an identity here.
    """
    spaces = (USER_NAMESPACES | {space.casefold() for space in namespaces}) if namespaces else USER_NAMESPACES
    found: list[Person] = []
    hidden = within.start
    for mark in marks_within(text, within):
        if mark.span.start < hidden:
            continue
        if mark.kind in {Kind.COMMENT, Kind.OPAQUE}:
            hidden = mark.span.end
        elif mark.kind is Kind.LINK:
            person = linked_person(text, mark.span, spaces)
            found += [person] if person else []
        elif mark.kind is Kind.TEMPLATE and (named := _named(text, mark.span)):
            found += named
            hidden = mark.span.end
    return tuple(found)
