"""Tags in wikitext as MediaWiki lets them through, and among them those of tables.

What is no tag to MediaWiki is text: `<thead>`, `<foo>`, `<td|x>`. A tag that is one may hold bars and line ends:
`<span title="a|b">` parts no cells, for MediaWiki writes its attributes anew before it looks for tables.
"""

import re

from callboard.values import value

# Sanitizer::getRecognizedTagData of MediaWiki 1.43
_NAMES = (
    "b|bdi|del|i|ins|u|font|big|small|sub|sup|h[1-6]|cite|code|em|s|strike|strong|tt|var|div|center|blockquote|ol|ul|dl|"
    "table|caption|pre|ruby|rb|rp|rt|rtc|p|span|abbr|dfn|kbd|samp|data|time|mark|br|wbr|hr|li|dt|dd|meta|link|tr|td|th|q|bdo"
)
_TAG = re.compile(rf"<(/?)({_NAMES})(?=[\t\n\v />])([^<>]*)>", re.IGNORECASE)
_TABLE_TAGS = frozenset({"table", "caption", "tr", "td", "th"})
_MARKUP = str.maketrans(dict.fromkeys("|!\n{[", "_"))
_TOUCHY = re.compile(r"[|!\n{\[]")


@value()
class Tag:
    """A tag of a table; the attributes are those characters of the text between its name and `>`."""

    name: str
    closing: bool
    start: int
    end: int
    attributes: tuple[int, int]


def table_tags(text: str) -> tuple[str, list[Tag]]:
    """The text with harmless characters for the bars and line ends inside tags, as long as before; and tables' tags."""
    if "<" not in text:
        return text, []
    found: list[Tag] = []
    out: list[str] = []
    at = 0
    for tag in _TAG.finditer(text):
        if _TOUCHY.search(tag[0]):
            out += [text[at : tag.start()], tag[0].translate(_MARKUP)]
            at = tag.end()
        name = tag[2].lower()
        if name in _TABLE_TAGS:
            attributes = tag.start(3), tag.end(3) - tag[3].endswith("/")
            found.append(Tag(name, bool(tag[1]), tag.start(), tag.end(), attributes))
    return ("".join([*out, text[at:]]) if out else text), found
