"""Tasks in every form in which pages name them."""

import pytest

from callboard.wikitext.edits import Span
from callboard.wikitext.tasks import tasks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{phab|T900011}}", [("T900011", "phab", "{{phab|T900011}}")]),
        ("{{Phab|T900011|label}}", [("T900011", "phab", "{{Phab|T900011|label}}")]),
        ("{{tracked|T900012|resolved}}", [("T900012", "tracked", "{{tracked|T900012|resolved}}")]),
        ("[[phab:T900013]]", [("T900013", "interwiki", "[[phab:T900013]]")]),
        ("[[phabricator:T900013#42|x]]", [("T900013", "interwiki", "[[phabricator:T900013#42|x]]")]),
        ("[[phab:T1|[Session] X]]", [("T1", "interwiki", "[[phab:T1|[Session] X]]")]),
        ("see https://phabricator.wikimedia.org/T900022.", [("T900022", "url", "https://phabricator.wikimedia.org/T900022")]),
        ("[https://phabricator.wikimedia.org/T900016 T900016]", [("T900016", "url", "[https://phabricator.wikimedia.org/T900016 T900016]")]),
        ("[https://phabricator.wikimedia.org/T6#7 [Session] X]", [("T6", "url", "[https://phabricator.wikimedia.org/T6#7 [Session]")]),
        ("//phabricator.wikimedia.org/T900022", [("T900022", "url", "//phabricator.wikimedia.org/T900022")]),
        ("(T900015)", [("T900015", "bare", "T900015")]),
        ("T900015#2, phab:T900016", [("T900015", "bare", "T900015#2"), ("T900016", "bare", "phab:T900016")]),
        ("{{Row|task=T900061}}", [("T900061", "bare", "T900061")]),
        ("{{x|{{phab|T1}}}} T900002", [("T1", "phab", "{{phab|T1}}"), ("T900002", "bare", "T900002")]),
        ("<nowiki>T900001 {{phab|T1}}</nowiki><!-- T900002 -->", []),
        ("[[File:T900001.png]] [[Page|T900001]] https://example.org/T900001 [https://example.org T900001]", []),
        ("AT900001 T90 t900001 T900001a {{phab|}} {{phab|none}} [[phab:]]", []),
        ("https://phabricator.wikimedia.org/project/board/9001/", []),
    ],
)  # fmt: skip
def test_tasks(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(ref.task, ref.form.value, ref.span.of(text)) for ref in tasks(text, Span(0, len(text)))] == found


def test_tasks_within_a_span_only() -> None:
    text = "T900001 T900002 T900003"
    assert [ref.task for ref in tasks(text, Span(7, 16))] == ["T900002"]
