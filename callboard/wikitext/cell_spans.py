"""rowspan and colspan as a browser gets them: through MediaWiki's reading of attributes, then HTML's of numbers."""

import html
import re

from callboard.wikitext.views import FILLER

# Sanitizer::getAttribsRegex of MediaWiki 1.43
_ATTRIBUTE = re.compile(
    r"""([^\t\n\f\r />][^\t\n\f\r />=]*)(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)(?:"|\Z)|'([^']*)(?:'|\Z)|([^\t\n\f\r >]*)))?"""
)
_NUMBER = re.compile(r"[\t\n\f\r ]*\+?([0-9]+)")
_MOST = {"rowspan": 65534, "colspan": 1000}  # what HTML admits


def cell_spans(attributes: str) -> tuple[int, int, bool]:
    """The rowspan, the colspan, and whether both are known: `rowspan={{rows}}` is not.

    As browsers take them: "2px" and "2;" are 2; "-1", "x" and "２" are 1; a rowspan of 0 means "to the end", and a
    colspan of 0 is 1. Of an attribute given twice MediaWiki takes the last.
    """
    spans = {"rowspan": 1, "colspan": 1}
    if "span" not in attributes.lower():
        return 1, 1, True
    known = True
    for found in _ATTRIBUTE.finditer(attributes):
        name = found[1].lower()
        if name in spans:
            value = found[2] or found[3] or found[4] or ""
            known = known and FILLER not in value
            spans[name] = _clamped(name, html.unescape(value))
    return spans["rowspan"], spans["colspan"], known


def _clamped(name: str, value: str) -> int:
    number = _NUMBER.match(value)
    if not number:
        return 1
    clamped = min(int(number[1].lstrip("0")[:8] or "0"), _MOST[name])
    return clamped if clamped or name == "rowspan" else 1
