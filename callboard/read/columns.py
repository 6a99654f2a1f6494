"""What the columns of a schedule table hold, from the words at their heads, and the rooms that words name."""

import re
from collections.abc import Iterator
from enum import StrEnum

from callboard.config import Event
from callboard.read.room_series import AND, counted, members, spellings
from callboard.read.titles import clean_title
from callboard.values import value
from callboard.wikitext.edits import Span
from callboard.wikitext.flat import LINE, SPECIAL, Style
from callboard.wikitext.inline import flat_of
from callboard.wikitext.remembered import remembered


class Role(StrEnum):
    """What a column holds."""

    TIME = "time"
    START = "start"
    END = "end"
    DURATION = "duration"
    DAY = "day"
    TITLE = "title"
    PLACE = "place"
    OWNER = "owner"
    FACILITATOR = "facilitator"
    TYPE = "type"
    LINKS = "links"
    ROOM = "room"  # the column is a room of the event
    OTHER = "other"  # has words, which may be a room that the event file does not know
    BLANK = "blank"


@value()
class Head:
    """The head of a column; `text` is what a reader sees of it."""

    role: Role
    text: str
    rooms: tuple[str, ...] = ()


_NOT_TITLE = (
    r"(?!\s*(?:-\s*)?(?:hosts?|owners?|leads?|leaders?|speakers?|chairs?|presenters?|types?|formats?|rooms?|links?|times?|starts?|ends?|dates?|"
    r"length|id|numbers?|no|notes?|language|tasks?|page|duration|coordinator))"
)
_SHORT = r"\W*(?:{})\W*"  # words that head a column only if they stand alone: "Wer", "Quem?"
_WISHED = r"(?!.*\b(?:preferred|preferences?|proposed|wished|desired|wanted|possible|availab\w*|suggested)\b)"
_DAYS = r"(?:date|day|datum|tag|jour|fecha|día|dia|data|dzień|dag|дата|день|giorno)"
_TIMES = (
    r"(?:times?|when|hours?|clock|slots?|time\s?slots?|uhrzeit|zeit|zeitraum|heures?|horaires?|horas?|horarios?|horários?|ora|orari[oi]?|"
    r"время|час|tid|tijd(?:en|stip|slot)?|tidpunkt|klokkeslett|aika|godzin[ay]|godz|czas|čas|時間|时间|시간)"
)
_WORDS: dict[Role, str] = {
    Role.FACILITATOR: r"(?!.*\b(?:speaker|presenter|panel\s?ist|trainer)s?\b).*\b(?:facilitat\w*|co-?ordinat\w*|session\s+helpers?)\b.*",
    Role.TYPE: r"(?:session\s+)?(?:type|format|kind|category|art|typ|tipo|formato|soort|rodzaj)s?\b.*|type\s+of\b.*",
    Role.TITLE: (
        r"(?:the\s+)?(?:sessions?|titles?|topics?|themes?|talks?|activit(?:y|ies|és?|à)|aktivit(?:ät|äten|et|eter)|actividad(?:es)?|séances?|sesi(?:ón|ones)|programma?|events?|program(?:me)?(?:\s+(?:items?|points?))?|agenda(?:\s+items?)?|subjects?|"
        r"what|item|content|presentations?|lectures?|workshops?|titel|thema|vortrag|titre|sujet|título|tema|actividad|название|тема|titolo|otsikko|"
        r"beitrag|programmpunkt|veranstaltung|inhalt|intitulé|thème|conférence|charla|ponencia|sess(?:ão|ões|ione)|atividades?|palestras?|assunto|"
        r"intervento|argomento|onderwerp|onderdeel|programmaonderdeel|activiteit(?:en)?|sessies?|lezing|tytuł|temat|wydarzenie|wykład|prelekcja|"
        rf"programpunkt|ämne|föredrag|rubrik){_NOT_TITLE}\b.*"
        r"|(?:name|title)\s+of\s+(?:the\s+)?(?:session|talk|event)\b.*|"
        + _SHORT.format(r"was|wat|quoi|qué|o\s+quê|cosa|che\s+cosa|co|vad")
    ),
    Role.DURATION: r"(?:duration|length|minutes|dauer|durée|duración|duração|durata|duur|czas\s+trwania|längd|how\s+long|min\.?)\b.*",
    Role.START: (
        r"(?:start|starts|start\s*time|starting\s*time|from|begin|begins|beginning|beginn|von|début|inicio|início|inizio|aanvang|początek|början)\b.*|"
        + _SHORT.format(r"van|de|od|från|desde|dalle|das")
    ),
    Role.END: (
        r"(?:end|ends|end\s*time|ending\s*time|until|till|to|finish|ende|bis|fin|einde|koniec|slut)\b.*|"
        + _SHORT.format(r"tot|à|do|hasta|até|às|alle|fine|fim")
    ),
    Role.TIME: (
        rf"{_WISHED}(?:(?:local\s+|start(?:ing)?\s+)?{_TIMES}\b.*|{_DAYS}s?\s*(?:&|and|/|,|\+|und|et|y|e|en|i|och)\s*{_TIMES}\b.*"
        r"|utc|c?es?t|gmt|.{0,20}\btime\b.{0,12})|"
        + _SHORT.format(r"wann|quand|cuándo|quando|wanneer|när|kiedy|kl|klockan")
    ),
    Role.DAY: rf"{_DAYS}\b.*",
    Role.PLACE: (
        r"(?:rooms?|locations?|venues?|places?|where|tracks?|stages?|spaces?|raum|ort|salle|lieu|sala|lugar|aula|rum|зал|место|huone|link\s+to\s+room|"
        r"luogo|locatie|zaal|plaats|miejsce|plats|lokal|sal|espacio|espaço)\b.*|"
        + _SHORT.format(r"wo|où|dónde|onde|dove|waar|gdzie|var|local")
    ),
    Role.OWNER: (
        r"(?:facilitat\w*\s*(?:/|&|and|,|\+|or)\s*)?(?:session\s+)?(?:speakers?|presenters?|presented|hosts?|hosted|owners?|leads?|leaders?|led|who|people|persons?|by|presentor|instructors?|trainers?|panel\s?ists?|"
        r"referent\w*|sprecher\w*|intervenant\w*|ponentes?|relator[ei]|докладчик\w*|спикер\w*|vortragende\w*|organi[sz]ers?|proposed\s+by|contact|responsible|"
        r"redner\w*|verantwortlich\w*|leitung|orateurs?|oratrices?|conférenci\w+|animat(?:eur|rice)\w*|présenté|responsables?|responsabil[ei]|"
        r"responsáve(?:l|is)|palestrantes?|orador\w*|apresentador\w*|ministrantes?|expositor\w*|conferencistas?|talleristas?|imparte|oratori?|oratrice|"
        r"sprekers?|prelegen\w*|prowadząc\w*|mówc\w*|talare|föreläsare|ansvarig\w*)\b.*|"
        + _SHORT.format(r"wer|wie|qui|quem|quién|quiénes|chi|kto|vem|door|por|par|von wem")
    ),
    Role.LINKS: (
        r"(?:related\s+|phabricator\s+)?(?:tasks?|phabricator|phab|tickets?|links?|documentation|docs|notes?|recordings?|slides|videos?|etherpads?|pads?|materials?|"
        r"resources|replays?|streams?|more\s+info\w*|details)\b.*"
    ),
}
_ROLES = tuple((role, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for role, pattern in _WORDS.items())
_EVERYWHERE = frozenset(
    {
        "all",
        "all rooms",
        "all tracks",
        "both",
        "both rooms",
        "every room",
        "everywhere",
        "in all rooms",
        "plenary",
    }
)
_AND = re.compile(AND)
_LONGEST_HEAD = 60  # characters; longer cells are content


def plain_words(text: str, within: Span) -> str:
    """What a reader sees of a cell without small print, line ends kept: `Room A⟨line⟩`."""
    flat = flat_of(within.of(text))
    return flat.blanked(flat.text, Style.SMALL | Style.STRUCK)


@remembered(8192)
def words_of(source: str) -> str:
    """What a reader sees of a cell without small print, in one line."""
    return " ".join(plain_words(source, Span(0, len(source))).split())


def _squeezed(words: str) -> str:
    return re.sub(r"[\W_]+", " ", words).strip().casefold()


class Rooms:
    """The event's rooms by every name that pages may use."""

    def __init__(self, event: Event) -> None:
        self._names = {
            _squeezed(name): room.name
            for room in event.room
            for name in (room.name, *room.aliases)
            if _squeezed(name)
        }
        self._all = tuple(room.name for room in event.room)
        self._open = {room.name for room in event.room if room.open}
        self._first_words = {word for name in self._names for word in spellings(name.split()[0])}

    def is_open(self, room: str) -> bool:
        """Whether the room is the event's and admits proposals."""
        return room in self._open

    def knows(self, room: str) -> bool:
        """Whether it is a room of the event, by its own name."""
        return room in self._names.values()

    def everywhere(self, words: str) -> tuple[str, ...]:
        """All rooms of the event, where words say so: `all rooms`, `Plenary`; `both rooms` of two."""
        said = _squeezed(words)
        both = said.startswith("both") and len(self._all) != 2
        return self._all if said in _EVERYWHERE and not both else ()

    def named(self, seen: str) -> tuple[str, ...]:
        """The rooms that words name: `Main track (⟨link⟩)`, `Room A⟨line⟩U-shape`, `Room A / Room B`; empty if none."""
        if not any(map(seen.casefold().__contains__, self._first_words)):
            return ()  # most words name none
        if ranged := [_squeezed(part) for part in counted(seen)]:
            return tuple(self._names[part] for part in members(ranged, self._names.keys()))
        for candidate in _candidates(seen):
            if room := self._names.get(_squeezed(candidate)):
                return (room,)
        for candidate in _candidates(seen):
            parts = [_squeezed(part) for part in _AND.split(candidate)]
            if len(parts) > 1 and all(part in self._names for part in parts):
                return tuple(dict.fromkeys(self._names[part] for part in parts))
            if len(parts) > 1 and (series := members(parts, self._names.keys())):
                return tuple(dict.fromkeys(self._names[part] for part in series))
        return ()


def _candidates(seen: str) -> Iterator[str]:
    lines = [line for line in seen.split(LINE) if line.strip()]
    whole = clean_title(" ".join(lines))
    yield whole
    if lines:
        yield clean_title(lines[0])
    yield re.sub(r"\(.*?\)|\[.*?\]", " ", whole)
    yield re.split(r"[(\[:–—|]|\s-\s", whole, maxsplit=1)[0]


def read_head(source: str, rooms: Rooms) -> Head:
    """The head that a header cell gives its columns."""
    seen = plain_words(source, Span(0, len(source)))
    words = clean_title(seen.replace(LINE, " ")) or re.sub(rf"[{SPECIAL}\s]+", " ", seen).strip()
    if not words:
        return Head(Role.BLANK, "")
    if len(words) > _LONGEST_HEAD:
        return Head(Role.OTHER, words)
    if named := rooms.named(seen):
        return Head(Role.ROOM, words, named)
    for role, pattern in _ROLES:
        if pattern.fullmatch(words):
            return Head(role, words)
    return Head(Role.OTHER, words)
