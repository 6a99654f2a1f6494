"""The title of a session in a schedule cell."""

import re
import unicodedata

from callboard.read.labels import begins_with_other_role, owner_label
from callboard.read.phrases import FORMATS, is_format, is_free
from callboard.wikitext.flat import LINE, LINK, PERSON, SPECIAL, TASK, Flat, Style, without_special
from callboard.wikitext.remembered import remembered

_GROUP = re.compile(rf"[(\[][^()\[\]{LINE}]*[{SPECIAL}][^()\[\]{LINE}]*[)\]]")
_SEE = re.compile(
    rf"\b(?:see(?:\s+also)?|task|tasks|cf\.?|details?|siehe|voir|ticket|phabricator|phab|more\s+(?:at|on|in)|via|on)\s*:?\s*(?=[{TASK}{LINK}])",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"[(\[]\s*(?:(?:discussion|workshop|(?:lightning\s+)?talk|presentation|panel|session)\s*[,;–-]\s*)?~?\d{1,3}\s*(?:-?\s*min(?:ut(?:en|i|os|er|e))?s?\.?|m|h|hours?|′|'|’)\s*[)\]]",
    re.IGNORECASE,
)
_LENGTH_BEFORE_COLON = re.compile(rf"\s*{_LENGTH.pattern}(?=\s*[:;,])", re.IGNORECASE)
_PAIR = re.compile(rf"(?<=[{TASK}{LINK}])\s*(?:and|und|et|y|&|\+)\s*(?=[{TASK}{LINK}])", re.IGNORECASE)
_EMPTY = re.compile(r"\(\s*(?:[,;:&·–—\s-]|and|see)*\)|\[\s*\]", re.IGNORECASE)
_PREFIX = re.compile(
    r"\A\s*(?:\[\s*(?:session|hacking\s+session)\s*\]\s*[:–—-]?|(?:moved\s+here|(?:session\s+)?(?:title|name|topic)|session)\s*:)\s*(?=\S)",
    re.IGNORECASE,
)
# The kind of session in the label of the link to its task: `[[phab:T900001|[Talk] Maps]]`.
_TASK_KIND = re.compile(rf"(?<={TASK})\s*\[\s*{FORMATS}\s*\]\s*[:–—-]?\s*(?=\S)", re.IGNORECASE)
# The number of its task, in the label of the link to it.
_NUMBER = re.compile(rf"\A[{SPECIAL}\s]*T\d{{4,9}}\s*[:–—-]\s*(?=\w)")
# Words with nothing to take away: most titles.
_CLEAN = re.compile(r"[^\W_]+(?:(?:,? |[-'’/.,]| [&-] )[^\W_]+)*[?!.]?")
_ROUNDS = 12  # of taking things away; a title that still has more is nobody's
_NO_WORD = re.compile(r"[\W\d_]+")
_BLANK_BEFORE = re.compile(r"\s+([,.)](?!\w))")  # not in "for .NET", nor before "!" and ":" as in French
_GAP = re.compile(rf"\s*[{SPECIAL}][\s{SPECIAL}]*(?=[;:!?])")
_BEHIND_GAP = frozenset(";:!?")
_SPECIAL = frozenset(SPECIAL)
_TRAILING = re.compile(
    r"(?:\A|\s)\s*(?:by|with|from|von|mit|par|avec|door|av|con|hosted\s+by|led\s+by|presented\s+by|run\s+by|and|und|see)\s*\Z",
    re.IGNORECASE,
)
_LAST_WORDS = frozenset(
    {"by", "with", "from", "von", "mit", "par", "avec", "door", "av", "con", "and", "und", "see"}
)
_EDGES = " \t\n,;:·•|/–—-~―‒\u00a0"
_LABEL_ALONE = re.compile(r"\W*(?:session\s+)?(?:title|name|topic)\s*:\W*", re.IGNORECASE)
_OTHER_PERSON = re.compile(
    rf"{PERSON}(?![^\W_])"
)  # not that of "Ada's office hour", which is followed by its label
_ONLY_TYPE = re.compile(  # kinds of session that are held about something
    r"\W*(workshop|talk|presentation|panel(?:\s+discussion)?|discussion|keynote|training|tutorial|demo|session|round\s?table|vortrag|diskussion|atelier|taller|"
    r"charla|présentation)\W*(?:\d+\s*(?:min\w*|m|h|')\W*)?",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"[^\W\d_]\S*(?:\s+[^\W\d_a-z]\S*){0,3}")
_GROUP_OF_PEOPLE = re.compile(
    r"\b(?:team|group|committee|staff|organi[sz]ers|coordinators|board|volunteers|community)\Z", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:and|&|und|et|y)\s+(?=\S)")
_TIME = re.compile(r"\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?)?(?:\s*(?:UTC|CES?T|GMT))?", re.IGNORECASE)
_AFTER_PEOPLE = re.compile(
    rf"[\s,;&/{PERSON}]*(?:(?:and|und|et|y)\s*{PERSON}[\s,;&/{PERSON}]*)*(?:presents?\s*)?[:–—-]\s*(?=\S)"
)


def _without_icon(title: str) -> str:
    if title[:1].isalnum():
        return title
    at = 0
    while at < len(title) and (
        unicodedata.category(title[at]) in {"So", "Sk", "Cf", "Mn", "Me", "Zs"} or title[at] in "\ufe0f\u200d"
    ):
        at += 1
    return title[at:] if any(character.isalnum() for character in title[at:]) else title


def _balanced(title: str) -> str:
    for opening, closing in ("[]", "()"):
        if opening not in title and closing not in title:
            continue
        if title.endswith(closing) and title.count(closing) > title.count(opening):
            title = title[:-1].rstrip()
        if title.startswith(opening) and title.count(opening) > title.count(closing):
            title = title[1:].lstrip()
        if title.count(opening) > title.count(closing) and title.rfind(opening) > len(title) - 3:
            title = title[: title.rfind(opening)].rstrip()
    return title


@remembered(4096)
def clean_title(raw: str) -> str:
    """The title alone: no tasks, people, links to slides, icon, `[Session]`, `(25 min)`, and no loose dash or comma."""
    title = raw.strip()
    numbered = "T" in title and _NUMBER.search(title) is not None
    if not numbered and _CLEAN.fullmatch(title):
        return title
    if not _SPECIAL.isdisjoint(raw):
        title = _GROUP.sub(" ", _TASK_KIND.sub("", raw)) if "(" in raw or "[" in raw else raw
        title = _SEE.sub(" ", _PAIR.sub("", title)) if TASK in title or LINK in title else title
        title = without_special(_GAP.sub("", title) if not _BEHIND_GAP.isdisjoint(title) else title)
    if "(" in title or "[" in title:
        title = _EMPTY.sub(" ", _LENGTH.sub(" ", _LENGTH_BEFORE_COLON.sub("", title)))
    title = " ".join(title.split())
    for _ in range(_ROUNDS):
        before = title
        title = _without_icon(title.strip(_EDGES))
        title = _NUMBER.sub("", title) if numbered else title
        title = _PREFIX.sub("", title, count=1) if ":" in title or "[" in title else title
        title = _balanced(title)
        if " ," in title or " ." in title or " )" in title:
            title = _BLANK_BEFORE.sub(r"\1", title)
        if before == title:
            break
    return title if any(character.isalnum() for character in title) else ""


def _without_joint(words: str) -> str:
    """Words without those at their end that join them to who holds the session: `Maps, led by`."""
    last = words.split()[-1:]
    return _TRAILING.sub("", words) if last and last[0].casefold() in _LAST_WORDS else words


def line_title(seen: str, start: int, end: int) -> str:
    """The title that a line begins with: up to who holds the session."""
    label = owner_label(seen, start, end)
    stop = label.start() if label else end
    found = _OTHER_PERSON.search(seen, start, stop) if PERSON in seen else None
    if found:
        person = found.start()
        before = _without_joint(seen[start:person].rstrip(_EDGES + "(@"))
        if before.count("(") > before.count(")"):  # Maps (for beginners; [[User:Ada]])
            before += ")"
        if begins_with_other_role(seen, start + len(seen[start:person]) - len(seen[start:person].lstrip())):
            return ""
        if title := clean_title(before):
            return title
        after = _AFTER_PEOPLE.match(seen, person, stop)
        return clean_title(seen[after.end() : stop]) if after else ""
    if _LABEL_ALONE.fullmatch(seen, start, stop):
        return ""
    title = clean_title(_without_joint(seen[start:stop]) if label else seen[start:stop])
    return title.rstrip(" .") if label else title


def _runs(flat: Flat, seen: str, start: int, end: int) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for first, last in flat.styled(start, end, Style.BOLD):
        between = seen[runs[-1][1] : first] if runs else LINE
        if between.strip() or LINE in between:
            runs.append((first, last))
        else:
            runs[-1] = (runs[-1][0], last)
    return runs


def _words(title: str) -> str:
    return _NO_WORD.sub("", _TIME.sub("", title))


def _bold_title(flat: Flat, seen: str, lines: list[tuple[int, int]]) -> str:
    if not flat.styles & Style.BOLD:
        return ""
    first_line = next(((start, end) for start, end in lines if line_title(seen, start, end)), None)
    if first_line is None:
        return ""
    for start, end in lines:
        for first, last in _runs(flat, seen, start, end):
            if flat.style(first) & (Style.ITEM | Style.SMALL):
                continue
            title = clean_title(seen[first:last].replace(LINE, " "))
            if title[:1].islower() and seen[start:first].rstrip().endswith(":"):
                return ""  # Unconference: '''everybody'''
            if _LABEL_ALONE.fullmatch(seen, first, min(last + 1, end)):
                continue
            if not _words(title) or owner_label(seen, first, min(last + 2, end)):
                continue
            before = clean_title(seen[start:first])
            in_first = start <= first_line[0]
            opening = clean_title(seen[first_line[0] : first_line[1]]) if not in_first else before
            if opening and not (
                is_format(opening) or not _words(opening) or seen[start:first].rstrip().endswith(":")
            ):
                return ""
            after = seen[last:end].lstrip()
            if is_format(title) and after[:1] in {":", "–", "—", "-"} and not is_free(after[1:]):
                return ""
            if seen[first:last].rstrip().endswith(":") and clean_title(after) and after[0] not in SPECIAL:
                return ""  # '''Keynote:''' The long road
            pair = _AND.match(seen, last, end)
            if pair and flat.style(pair.end()) & Style.BOLD:
                return ""  # '''Maps''' and '''Graphs'''
            return title.rstrip(":")
    return ""


def find_title(flat: Flat, seen: str, lines: list[tuple[int, int]]) -> str:
    """The title among the lines of a cell: what is bold if it leads, else the first line that has words of its own."""
    lines = _without_type(flat, seen, lines)
    joined = _joined_by_bold(flat, lines)
    if title := _bold_title(flat, seen, joined):
        return title
    for start, end in lines:
        if title := line_title(seen, start, end):
            return title
    return next((title for start, end in lines if (title := _italic_title(flat, seen, start, end))), "")


def type_above(seen: str, start: int, end: int, title: str) -> str:
    """The kind of session that a line above the title names and nothing else: `Workshop (55 min)`."""
    found = _ONLY_TYPE.fullmatch(seen, start, end)
    return found[1] if found and title != found[1] else ""


def _without_type(flat: Flat, seen: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The lines without a first one that is only a kind of session, if a title stands below: `'''Workshop'''<br>Maps in an hour`.

    What begins with a small letter or is a sentence tells more about the first line, and words with capitals may be a person.
    """
    kind = _ONLY_TYPE.fullmatch(seen, *lines[0]) if len(lines) > 1 else None
    if kind is None:
        return lines
    start, end = lines[1]
    title = line_title(seen, start, end)
    first = start + len(seen[start:end]) - len(seen[start:end].lstrip())
    if (
        not title[:1].isalnum()
        or title[0].islower()
        or title.endswith((".", ":"))
        or flat.style(first) & Style.ITEM
    ):
        return lines
    may_be_name = " " in title or kind[1].casefold() == "keynote"
    by_whom = _GROUP_OF_PEOPLE.search(title) or (may_be_name and _CAPITALS.fullmatch(title))
    return lines if PERSON not in seen and by_whom else lines[1:]


def _italic_title(flat: Flat, seen: str, start: int, end: int) -> str:
    """What is in italics behind the people: `[[User:Ada]], ''Why tests matter''`."""
    first, last = end, end
    for begin, stop in flat.styled(start, end, Style.ITALIC):
        if first == end:
            first, last = begin, stop
        elif begin == last:
            last = stop
    if (
        PERSON not in seen[start:first]
        or PERSON in seen[first:last]
        or any(map(str.isalnum, seen[start:first]))
    ):
        return ""
    title = clean_title(seen[first:last])
    return title if len(title.split()) > 1 else ""


def _joined_by_bold(flat: Flat, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Lines, where two count as one if the bold goes on over the break between them."""
    if not flat.styles & Style.BOLD:
        return lines
    joined: list[tuple[int, int]] = []
    for start, end in lines:
        if (
            joined
            and joined[-1][1] + 1 == start
            and flat.style(start - 1) & Style.BOLD
            and start < end
            and flat.style(start) & Style.BOLD
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
