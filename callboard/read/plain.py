"""What a reader sees of a piece of wikitext, at the same offsets: markup becomes blanks, so that spans stay true."""

import re

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TEMPLATE = re.compile(r"\{\{([^{}|]*)((?:\|[^{}]*)?)\}\}")
_LINK = re.compile(r"\[\[([^\[\]|]*)(\|[^\[\]]*)?\]\]")
_URL = re.compile(r"(?:https?:)?//[^\s\[\]<>|\"]+")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_STRUCK = re.compile(
    r"<(s|del|strike)\b[^<>]*>.*?(?:</\1\s*>|\Z)|\{\{\s*(?:s|st|strike|strikethrough|del)\s*\|[^{}]*\}\}",
    re.DOTALL | re.IGNORECASE,
)
_QUOTES = re.compile(r"'{2,}")
_ENTITY = re.compile(r"&(?:#x?[0-9A-Fa-f]{1,7}|[A-Za-z]{2,20}[0-9]{0,2});")
_SHOWS_ITS_TEXT = frozenset(
    {"nowrap", "nobr", "nobreak", "small", "smaller", "big", "center", "bold", "strong"}
)
_DASH_TEMPLATES = frozenset(
    {"ndash", "endash", "en dash", "mdash", "emdash", "snd", "spnd", "dash", "–", "—"}
)
_DASH_ENTITIES = frozenset(
    {"&ndash;", "&mdash;", "&minus;", "&#8211;", "&#8212;", "&#8722;", "&#x2013;", "&#x2014;"}
)
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2007\u2008\u2009\u200a\u202f\u3000\u200b\u200e\u200f", " "),
        # full width, Arabic, Persian, Devanagari, Bengali, Tamil
        **{
            chr(zero + digit): str(digit)
            for zero in (0xFF10, 0x0660, 0x06F0, 0x0966, 0x09E6, 0x0BE6)
            for digit in range(10)
        },
        "：": ":",
        "\u2236": ":",
        "～": "~",
        "〜": "~",
        "\u2010": "-",
        "\u2011": "-",
    }
)
_MAX_NESTING = 20


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _template(found: re.Match[str]) -> str:
    name, rest = found[1].strip().casefold(), found[2]
    if name in _DASH_TEMPLATES:
        return "–".ljust(len(found[0]))
    if name in _SHOWS_ITS_TEXT and rest:
        return " " * (3 + len(found[1])) + rest[1:].replace("|", " ") + "  "
    return _blank(found)


def _link(found: re.Match[str]) -> str:
    target, label = found[1], found[2]
    if label:
        return " " * (3 + len(target)) + label[1:] + "  "
    space, colon, _ = target.partition(":")
    if colon and not space[-1:].isdigit():  # [[User:Ada]] is a name, not text; [[10:00]] is
        return _blank(found)
    return f"  {target}  "


def _entity(found: re.Match[str]) -> str:
    dash = found[0].lower() in _DASH_ENTITIES
    return ("–" if dash else " ").ljust(len(found[0]))


def without_comments(text: str) -> str:
    """The text with comments blanked, an unclosed one to the end as MediaWiki does."""
    return _COMMENT.sub(_blank, text) if "<!--" in text else text


def without_struck(text: str) -> str:
    """The text with what is struck out blanked: `<s>Friday</s> Saturday` says Saturday."""
    return _STRUCK.sub(_blank, text) if "<" in text or "{{" in text else text


def plain(text: str) -> str:
    """The text with comments, tags, templates, link targets, URLs and quotes blanked; as long as what was given.

    `'''[https://zonestamp.toolforge.org/1 08:00 UTC]'''` leaves `08:00 UTC` where it stood. `{{nowrap|…}}` and its like
    show their text, `{{ndash}}` a dash; other templates are blank.
    """
    text = without_comments(text).translate(_ALIKE)
    if "{{" in text:
        for _ in range(_MAX_NESTING):
            text, count = _TEMPLATE.subn(_template, text)
            if not count:
                break
    if "[[" in text:
        text = _LINK.sub(_link, text)
    if "//" in text:
        text = _URL.sub(_blank, text)
    if "<" in text:
        text = _TAG.sub(_blank, text)
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    return _QUOTES.sub(_blank, text) if "''" in text else text
