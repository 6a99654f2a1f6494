"""Words by which schedule cells say that there is no session: breaks, free slots, dashes, closed rooms.

Given is what a reader sees of a cell, without people, tasks, links and small print.
"""

import re

from callboard.wikitext.remembered import remembered

_BREAKS = frozenset(
    {
        "coffee", "tea", "soup", "lunch", "dinner", "supper", "breakfast", "brunch", "cake", "snack", "snacks",
        "break", "breaks", "pause", "recess", "refreshments", "drinks", "meal", "lunchbreak", "coffeebreak",
        "doorsopen", "opendoors", "registration", "checkin", "check-in", "arrival", "arrivals", "departure",
        "departures", "checkout", "check-out", "doors", "anreise", "abreise", "ankunft", "arrivée", "arrivées", "départ", "départs",
        "llegada", "salida", "arrivo", "partenza", "ankomst", "avresa", "mittagspause", "kaffeepause", "kaffee", "kuchen", "mittagessen", "mittag",
        "frühstück", "abendessen", "pausen", "einlass", "anmeldung", "déjeuner", "dîner", "pause-café",
        "petit-déjeuner", "accueil", "almuerzo", "comida", "desayuno", "cena", "descanso", "café", "pausa",
        "pranzo", "colazione", "almoço", "intervalo", "обед", "перерыв", "кофе", "кофе-брейк", "завтрак",
        "ужин", "обід", "перерва", "кава", "сніданок", "вечеря", "frokost", "kaffe", "fika", "middag",
        "lunchrast", "kahvi", "kahvitauko", "lounas", "tauko", "przerwa", "obiad", "kawa", "přestávka",
        "oběd", "receso", "registro", "siesta", "merienda", "refrigerio", "inscripción", "acreditación", "registrierung", "lunchpause",
        "inscriptions", "goûter", "registrazione", "credenciamento", "регистрация", "rejestracja", "registrering",
        "rekisteröinti", "ebéd", "szünet", "koffiepauze", "theepauze", "lunchpauze", "pauze",
        "kolacja", "śniadanie", "kaffepaus", "fikapaus", "lunchpaus", "paus", "caffè", "昼食", "昼休み", "休憩", "午餐", "茶歇", "午休", "休息", "점심", "휴식",
    }
)  # fmt: skip
_BEFORE_BREAK = frozenset(
    {
        "the", "a", "an", "short", "long", "quick", "little", "small", "big", "bio", "comfort", "stretch",
        "conference", "gala", "farewell", "social", "welcome", "morning", "midday", "noon", "afternoon", "evening", "late", "early", "networking", "common",
        "joint", "virtual", "light", "hot", "free", "optional", "extended", "kleine", "große", "petite",
        "grande", "(", "[", "~", '"', "'", "“", "„", "«", "*", "•", "·", ":",
    }
)  # fmt: skip
_AFTER_BREAK = frozenset(
    {
        "time", "hour", "in", "at", "on", "until", "till", "im", "am", "from", "auf", "dans", "en", "à",
        "for", "libre", ")", "(", "[", "]", ",", ";", ":", ".", "!", "–", "—", "-", "…", "~", "?", '"', "'", "”",
        "“", "»", "·", "•", "|",
    }
)  # fmt: skip
_AND = frozenset(
    {
        "and", "&", "+", "/", "or", "und", "et", "y", "e", "и", "oder", "ou", "og", "och", "ja", "i",
    }
)  # fmt: skip
_NO_BREAK_AFTER_AND = frozenset(
    {
        "learn", "learning", "talk", "talks", "code", "discussion", "workshop", "chat", "session",
        "sessions",
    }
)  # fmt: skip
_REST_AFTER_AND = frozenset(
    {
        "networking", "mingling", "socializing", "socialising", "relaxing", "rest", "relax", "conversation", "chats",
        "a", "the", "some", "more", "keys", "other", "name", "badges", "cookies", "biscuits", "fruit", "pastries", "sandwiches",
        "pizza", "water", "juice", "beer", "wine", "good", "informal", "free", "croissants", "viennoiseries",
        "networken", "ankommen", "kekse", "gebäck",
    }
)  # fmt: skip
_ASIDE = frozenset(  # behind a colon: where, when or for whom a break is
    {
        "in", "at", "on", "outside", "inside", "upstairs", "downstairs", "near", "next", "from", "until", "till", "for", "please",
        "bring", "see", "the", "room", "hall", "lobby", "free", "self", "own", "sponsored", "provided", "served", "catered", "not", "no",
        "vegan", "vegetarian", "buffet", "sandwiches", "pizza", "soup", "im", "am", "auf", "dans", "en", "à", "bei", "by", "with", "we", "you", "back", "restaurant", "ristorante",
        "cafeteria", "canteen", "mensa", "café", "pub", "bar", "hotel", "brewery", "foyer", "terrace", "garden", "pizzeria",
    }
)  # fmt: skip
_EATERS = frozenset(
    {
        "all", "everybody", "everyone", "participants", "attendees", "helpers", "volunteers", "speakers", "newcomers",
        "those", "the", "early", "you", "us", "anybody", "anyone", "guests", "organizers", "organisers", "winners",
    }
)  # fmt: skip
_END = re.compile(
    r"\W*(?:open\W+end(?:ed)?|(?:the\s+)?end(?:\s+of\s+(?:the\s+)?(?:(?:first|second|third|last)\s+)?(?:day(?:\s+\d)?|event|program(?:me)?|conference|hackathon))?"
    r"|(?:(?:clean(?:ing)?|tidy(?:ing)?)[\s-]?up|tear-?down|aufräumen|abbau)(?:\s*(?:,|&|and|und)\s*[\w-]+)?|free\s+time|freizeit|temps\s+libre|tiempo\s+libre|tempo\s+libero"
    r"|(?:pause|pausa|descanso|receso|intervalo|przerwa)\s+(?:(?:de|di|para|per)\s+)?(?:(?:o|il|le|el)\s+)?(?:\d+\s*min\w*|midi|mediodía|caf[éeè]|caffè|kawow[aą]|almoço|pranzo|obiad\w*)"
    r"|encerramento\s+do\s+dia|fin\s+del\s+día|einde\s+van\s+de\s+dag|ende(?:\s+(?:des\s+tages|der\s+veranstaltung))?|fin(?:\s+de\s+la\s+journée)?|offenes\s+ende)\W*",
    re.IGNORECASE,
)
_DOORS = re.compile(r"\b(doors open|open doors)\b")
_BREAK_WORDS = re.compile(r"\w+(?:-\w+)*|[^\w\s]")
_LENGTH = re.compile(r"\d+(?:-?(?:min(?:ute)?s?|m|h|hours?))?")
_UNITS = frozenset({"min", "mins", "minute", "minutes", "minuten", "h", "hour", "hours", "-", "."})

_FREE = re.compile(
    r"\W*(?:(?:still|currently|yet|this\s+(?:slot\s+|place\s+)?is(?:\s+an?)?|an?)\s+)?(?:(?:still|yet)\s+)?(?:"
    r"(?:free|open|empty|available|vacant|unclaimed|unassigned|unused)(?:\s+(?:slots?|spots?|for\s+(?:you|proposals|sessions|your\s+session)))?"
    r"|(?:free|open|empty|available|vacant)\s+(?:slots?|spots?)\b.{0,80}"
    r"|(?:free|open|empty|available|vacant)\s*[–—:,-]\s*(?:write|add|put|sign|claim|take|grab|propose)\b.{0,60}"
    r"|(?:unconference|spontaneous|session)\s+slots?"
    r"|(?:slots?|spots?)\s+(?:is\s+)?(?:still\s+)?(?:free|open|available)|(?:free|open)\s+for\s+spontaneous\s+\w+"
    r"|(?:this|that)\s+(?:slot|spot|space|place|cell)\s+(?:could|can|may|might)\s+be\s+yours|(?:space|slot|spot|place|room)\s+for\s+your(?:\s+own)?\s+(?:session|talk|topic|idea|workshop)"
    r"|t\.?b\.?[acd]\.?(?:\s*\W\s*t\.?b\.?[acd]\.?)*|to\s+be\s+(?:announced|decided|determined|confirmed|named|defined|filled)"
    r"|(?:add|put|write|insert|enter|propose|place)\s+(?:your|a|an)\b.{0,80}?\b(?:here|now|topic|session|event|talk|name|title|slot)"
    r"|(?:add|put|write)\s+yours(?:\s+(?:here|below))?|nothing\s+(?:here\s+)?yet"
    r"|your\s+(?:session|topic|talk|title|event|name|idea|username|team|workshop)(?:\s+(?:here|goes\s+here|name))?(?:\s*\?)?"
    r"|title\s+of\s+(?:your|the)\s+session|more\s+info(?:rmation)?\s+(?:coming\s+)?soon|coming\s+soon|test|"
    r"frei(?:er\s+slot)?|noch\s+(?:frei|offen)|offen|zu\s+vergeben|(?:créneau\s+|espacio\s+)?(?:libre|disponible)|disponibile|à\s+(?:venir|définir|déterminer|confirmer)|por\s+(?:definir|confirmar|anunciar)|da\s+definire|libero|(?:spazio|posto)\s+libero|(?:nog\s+)?vrij(?:\s+slot)?|(?:vaga|espaço|horário)?\s*livre|a\s+(?:definir|confirmar)|"
    r"(?:noch\s+)?zu\s+vergeben|wolny(?:\s+(?:termin|slot))?|(?:ledig|ledigt)\s+(?:plats|pass)|t\.?b\.?[acd]\.?\s+soon|свободно|свободный\s+слот|ledig|vapaa|wolne|volné|空き|空"
    r")\W*(?:\(.*\))?\W*",
    re.IGNORECASE | re.DOTALL,
)
_MARKS_ONLY = re.compile(r"[?…\s]*\?[?…\s]*|…|\.\.\.")
_BRACKETED_MARKS = re.compile(r"\[\s*\?+\s*\]")
_PLACEHOLDER = re.compile(
    r"\(\s*(?:(?:add|put|write|insert)\s+)?(?:your|user|a)?\s*-?(?:user\s?-?name|name|team)s?(?:\s+here)?\s*\)|\byour\s+(?:user\s?)?name(?:\s+here)?\b",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s*(?:[-–—−‒―_×✗✘][-–—−‒―_×✗✘\s]*|[nN]/?[aA]|x)\s*")
_CLOSED = re.compile(
    r"\W*(?:(?:the\s+|all\s+|both\s+)?(?:rooms?|tracks?|raum)\s+(?:is\s+|are\s+)?)?(?:closed|locked|not\s+available|unavailable|not\s+in\s+use|no\s+(?:sessions?|showcase|meetings?|talks?|events?|programme?)|nothing(?:\s+planned)?|"
    r"blocked|reserved|not\s+used|buffer(?:\s+time)?|puffer|geschlossen|fermé|cerrado|zamknięte|закрыто|set-?up|changeover|umbau(?:pause)?|wird\s+umgebaut)\W*(?:\(.*\))?\W*",
    re.IGNORECASE | re.DOTALL,
)
_OFF = r"(?:cancel+ed|called\s+off|postponed|withdrawn|abgesagt|entfällt|verschoben|annulée?|reportée?|cancelad[oa]|annullat[oa]|vervalt|vervallen|geannuleerd|inställ[td]|odwołan[eya]|fällt\s+(?:leider\s+)?aus|se\s+cancela|zrušen[oaéý]?|adiad[oa]|отменено|отменён)"
# A part of each word for it; without one of them in the text in small letters none is found.
_PARTS_OFF = (
    "cancel", "called", "postpon", "thdraw", "abgesagt", "entf", "versch", "annul", "report", "отмен", "moved", "schedul", "plac",
    "verval", "annuleerd", "inställ", "odwołan", "fällt", "zruš", "adiad",
)  # fmt: skip
_ONLY_OFF = re.compile(rf"\W*(?:(?:has\s+been|was|is)\s+)?{_OFF}(?:\s+by\s+\w+)?\W*", re.IGNORECASE)
_MOVED = (
    r"(?:(?:has\s+been\s+|was\s+)?(?:re)?(?:moved|scheduled)\s+to|verschoben\s+auf|déplacée?\s+(?:à|au|en))\s+(?:the\s+)?"
    r"(?:\d|(?:\w+\s+){0,2}(?:rooms?|track|hall|stage|slot|day|lobby|tomorrow|later)\b|(?:mon|tue|wed|thu|fri|sat|sun)(?:[a-z]*day)?\b)"
)
_OFF_AHEAD = re.compile(
    rf"\W*(?:(?:this\s+|the\s+)?(?:sessions?|talk|workshop|event)\s+(?:is\s+|was\s+|has\s+been\s+)?)?(?:{_OFF}(?:\W*(?:\n|\Z)|\s*[:!–—(-])|{_MOVED})",
    re.IGNORECASE,
)
_OFF_BEHIND = re.compile(
    rf"(?:[(\[–—]|\s-)\s*(?:{_OFF}\W*(?:\n|\Z)|{_MOVED})",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\W*(?:same(?:\s+as\s+above)?|see\s+above|as\s+above|ditto|idem|continued|continues|cont\.?|cont'?d|contd|dto\.?|fortsetzung|s\.\s?o\.)\W*|\s*[\"″”↑⇑⬆↓⇓⬇⇩|]+\s*",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\W*(?:none(?:\s+yet)?|nobody(?:\s+yet)?|no\s+one(?:\s+yet)?|needed|wanted|missing|open|free|vacant|t\.?b\.?[acd]\.?|to\s+be\s+\w+|"
    r"you|is\s+it\s+you|volunteers?(?:\s+(?:needed|wanted|welcome))?|(?:still\s+)?looking\s+for.*|who\s+wants|(?:please\s+)?sign(?:\s+up)?(?:\s+here)?(?:,?\s+please)?|add\s+your.*|your\s+.*|"
    r"(?:facilitator\s+)?needed|user\s?name|name)?\W*",
    re.IGNORECASE,
)
_LONGEST = 200  # characters; such phrases are short, and the patterns need not be quick on long ones

FORMATS = (
    r"(?:workshops?|talks?|presentations?|discussions?|panels?|lightning\s+talks?|keynotes?|sessions?|training|meetings?|tutorials?|"
    r"hacking|demo|demonstration|round\s?table|unconference|poster|bof|q\s?&\s?a|ama|meet-?up|social|plenary|vortrag|diskussion|podium|atelier|taller|charla)"
)
_FORMAT = re.compile(rf"\W*{FORMATS}(?:\W+{FORMATS})?\W*(?:\d+\s*(?:min\w*|m|h|')\W*)?", re.IGNORECASE)
_NOT_FOR_USE = re.compile(
    r"keep|closed|reserved|blocked|not free|do not|don't|locked|occupied|no session|nobody", re.IGNORECASE
)


def is_break(seen: str) -> bool:
    """Whether the words say "break": `Lunch in the yard`, `10min break`, `Doors open, coffee`; not `Coffee with the board`."""
    said = seen[:_LONGEST].casefold()
    if "doors" in said:
        said = _DOORS.sub("doorsopen", said)
    if _END.fullmatch(seen[:_LONGEST]):
        return True
    named = False
    words = _BREAK_WORDS.finditer(said)
    for found in words:
        word = found[0]
        if word in _BREAKS:
            named = True
        elif named and word in _AND:
            after = next(words, None)
            return after is not None and after[0] not in _NO_BREAK_AFTER_AND
        elif named:
            return word in _AFTER_BREAK or not word[0].isalnum()
        elif word[0].isalnum() and not (word in _BEFORE_BREAK or word in _UNITS or _LENGTH.fullmatch(word)):
            return False
    return named


def is_only_break(title: str) -> bool:
    """Whether a title has nothing but words for breaks: `Short coffee break`, `Lunch`."""
    words = _BREAK_WORDS.findall(title.casefold())
    plain = _BREAKS | _BEFORE_BREAK | _AND | _UNITS
    return all(word in plain or _LENGTH.fullmatch(word) or not word[0].isalnum() for word in words)


def may_be_session(seen: str) -> bool:
    """Whether words that say "break" may as well be a title: `Cake for bots`, `Coffee: a history`, `Lunch and Lua`."""
    words = _BREAK_WORDS.findall(seen[:_LONGEST].casefold())
    named = next((number for number, word in enumerate(words) if word in _BREAKS), len(words))
    while named + 1 < len(words) and words[named + 1] in _BREAKS:
        named += 1
    joint, *after = words[named + 1 : named + 3] or [""]
    if not after or not after[0][0].isalpha() or after[0] in _BREAKS:
        return False
    if joint == ":":
        return len(words) > named + 3 and after[0] not in _BREAKS | _ASIDE and not after[0].isdigit()
    if joint in _AND:
        return after[0] not in _REST_AFTER_AND | _BEFORE_BREAK
    return joint in {"for", "time", "hour"} and after[0] not in _EATERS | _AFTER_BREAK


def is_free(seen: str) -> bool:
    """Whether the words say that nobody has taken the place: `''free slot''`, `TBD`, `[??] Empty`, `(your username)`."""
    if len(seen) > _LONGEST:
        return False
    rest = _PLACEHOLDER.sub(" ", _BRACKETED_MARKS.sub(" ", seen))
    if rest != seen and not re.sub(r"\W+", "", rest):
        return True
    return bool(_FREE.fullmatch(rest) or _MARKS_ONLY.fullmatch(seen))


@remembered(1024)
def is_placeholder(seen: str) -> bool:
    """Whether nobody stands in a place for a name: empty, `?`, `(your username)`, `needed`."""
    return len(seen) <= _LONGEST and bool(_NOBODY.fullmatch(_PLACEHOLDER.sub(" ", seen)))


def is_dash(seen: str) -> bool:
    """Whether a dash says that nothing is planned."""
    return len(seen) <= _LONGEST and bool(_DASH.fullmatch(seen))


def is_closed(seen: str) -> bool:
    """Whether the words say that nothing can be put here: `closed`, `(Buffer)`, `reserved`."""
    return len(seen) <= _LONGEST and bool(_CLOSED.fullmatch(seen))


def may_say_off(seen: str) -> bool:
    """Whether a word for it stands there; a look that costs little."""
    return any(map(seen.lower().__contains__, _PARTS_OFF))


def is_called_off(seen: str) -> bool:
    """Whether a line says that the session is not held here: `CANCELLED: Old stuff`, `Old stuff (postponed)`, `Moved to 11:00`."""
    seen = seen[:_LONGEST]
    if not may_say_off(seen):
        return False
    at = 0
    while not _OFF_AHEAD.match(seen, at):
        at = seen.find("\n", at) + 1
        if at == 0:
            return bool(_OFF_BEHIND.search(seen))
    return True


def says_off(seen: str) -> bool:
    """Whether the words say "cancelled" and nothing else: `❌ cancelled`, `(postponed)`, `Withdrawn by speaker`."""
    return may_say_off(seen) and bool(_ONLY_OFF.fullmatch(seen))


def is_same(seen: str) -> bool:
    """Whether the words point to the cell above: `(same)`, `continued`."""
    return len(seen) <= _LONGEST and bool(_SAME.fullmatch(seen))


def is_format(seen: str) -> bool:
    """Whether the words only name a kind of session: `Workshop`, `Talk (25 min)`."""
    return len(seen) <= _LONGEST and bool(_FORMAT.fullmatch(seen))


def keeps_out(comment: str) -> bool:
    """Whether a comment in an empty cell says that it is not to be used."""
    return bool(_NOT_FOR_USE.search(comment))
