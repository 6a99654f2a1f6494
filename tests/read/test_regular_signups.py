"""The usual forms of an entry, read at once, are read as every other form is."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from callboard.read.signup_entry import _read, read_any
from callboard.read.signup_regular import regular
from callboard.wikitext.lists import LineKind, lines

PAGES = Path(__file__).parents[1] / "pages"
PIECES = st.sampled_from(
    [
        "[[User:Ada|Ada]]", "[[user:ada_b|x]]", "[[Benutzer:Ada]]", "[[Talk:Ada]]", "{{u|Ada}}", "{{User|Ada}}", "{{u|Ada|Bo}}",
        " ([[User talk:Ada|talk]])", " ([[User talk:Ada|Ada]])", " ([[User talk:Bo|talk]])", " ([[User:Ada|Ada]])", " 10:00, 2 May 2026 (UTC)",
        " 2 May 2026 10:00 (CEST)", "[svara]", " (Sunday 10:00–12:00)", " --", "--", " – ", " text", "it's", "''", "   ", ",", "(", ")", "192.0.2.17",
        "[[User:192.0.2.17]]", "[[User:~2026-12345-6|~2026-12345-6]]", "-", "\n", "&amp;", "<b>", "[[User: |x]]", "[[User:Ada#x|y]]", "<!-- x -->",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=6).map("".join))
def test_usual_forms_are_read_like_any_form(source: str) -> None:
    assert _read(source) == read_any(source)


def test_entries_of_the_example_pages_are_read_like_any_form() -> None:
    sources = [
        line.content.of(text)
        for path in sorted(PAGES.rglob("*.wikitext"))
        for text in [path.read_text(encoding="utf-8")]
        for line in lines(text)
        if line.kind is LineKind.ITEM
    ]
    assert [_read(source) for source in sources] == [read_any(source) for source in sources]
    assert sum(regular(source) is not None for source in sources) > 50
