"""The heat map of the cover as MediaWiki shows it: its style is let through, and no name does anything."""

import re

from callboard.cover import Cover
from callboard.cover.covering import cut
from callboard.cover.heat_map import heat_map
from callboard.model.cover import Need
from dev.devwiki import DevWiki
from dev.wiki_accounts import ORGANISER
from tests.cover.people import CHAT, at, covered, entry, event
from tests.integration.shown_tables import shown_tables
from tests.integration.test_tables_render import assert_same

HOSTILE = (
    "a|b",
    "}} {{No such template}}",
    "\n|-\n| x || y",
    "!! x",
    "|}",
    "</div></table><b>x</b>",
    "<!-- x",
    "<nowiki>",
    "{|\n| x",
    "'''x",
    "== H ==",
    "[[Main Page]] https://example.org ~~~~",
    "__NOTOC__",
    "&lt;b&gt;",
)


def test_map_is_shown_with_its_heads_signs_and_style(devwiki: DevWiki) -> None:
    of = event(CHAT | {"to": "11:00", "people": 2})
    known = covered(of, entry("Ada", (8, 11)), entry("Bo", (8, 9.5)))
    source = "\n".join(heat_map(known, of))
    page = devwiki.person(ORGANISER).render(source)
    assert_same(source, page)
    assert re.findall(r'<t[hd] scope="(\w+)"', page) == ["col"] * 4 + ["row"]
    assert re.findall(r'<td style="background:(.*?);color:(.*?)"[^>]*>(.*?)\s*</td>', page) == [
        ("#b5e3c8", "#14321f", "✓"),
        ("#eaa624", "#202122", "◐&#160;1/2"),
        ("#eaa624", "#202122", "1/2"),
    ]
    assert (
        'style="overflow-x:auto" role="region" tabindex="0" aria-label="Saturday, 22 May 2021 (UTC)"' in page
    )
    assert page.count("position:sticky;left:-1px") == 2
    assert "insecure input" not in page


def test_names_are_shown_as_they_are_and_do_nothing(devwiki: DevWiki) -> None:
    needs = [Need(role, at(8), at(10), 1, room=role) for role in HOSTILE]
    stretches = [stretch for need in needs for stretch in cut(need, [])]
    source = "\n".join(heat_map(Cover(tuple(needs), (), tuple(stretches)), event()))
    page = devwiki.person(ORGANISER).render(source)
    [shown] = shown_tables(page)
    rows = [[re.sub(r"\s+", " ", words).strip() for _, words in row] for row in shown.rows]
    assert rows[1:] == [[" ".join(role.split()) * 2, "0/1", "0/1"] for role in HOSTILE]
    assert re.findall(r"<(?:b|a|h2|template|hr)\b", page) == []
