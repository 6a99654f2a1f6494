"""People and templates in wikitext."""

import pytest

from callboard.wikitext.edits import Span
from callboard.wikitext.links import canonical_name, link_at, linked_by_name, people, template_at


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("testuser_bo", "Testuser bo"), (" Ada  Organiser ", "Ada Organiser"), ("élan", "Élan"), ("%C3%89lan", "Élan"), ("O&#39;Example", "O'Example"),
        ("ßeta", "ßeta"), ("例子", "例子"), ("\u200eAda\u200e", "Ada"), ("", ""),
    ],
)  # fmt: skip
def test_canonical_name(raw: str, name: str) -> None:
    assert canonical_name(raw) == name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[[User:Ada|Ada]]", [("Ada", "link", "[[User:Ada|Ada]]")]),
        ("[[user:testuser_Bo|Bo]]", [("Testuser Bo", "link", "[[user:testuser_Bo|Bo]]")]),
        ("[[:User:Ada#top]]", [("Ada", "link", "[[:User:Ada#top]]")]),
        ("[[Benutzerin:Ada]] [[Участник:Ada]]", [("Ada", "link", "[[Benutzerin:Ada]]"), ("Ada", "link", "[[Участник:Ada]]")]),
        ("[[Usuário(a):Ada|A]] [[usuário(a):Bo]]", [("Ada", "link", "[[Usuário(a):Ada|A]]"), ("Bo", "link", "[[usuário(a):Bo]]")]),
        ("[[Utilizador:Ada]] [[Utilizadora:Bo]]", [("Ada", "link", "[[Utilizador:Ada]]"), ("Bo", "link", "[[Utilizadora:Bo]]")]),
        ("[[Korisnik:Ada]] [[Razgovor s korisnikom:Ada]]", [("Ada", "link", "[[Korisnik:Ada]]")]),
        ("[[Usuário(a) Discussão:Ada|discussão]] [[Usuários:Ada]]", []),
        ("{{u|Ada}}{{user|bo}}", [("Ada", "template", "{{u|Ada}}"), ("Bo", "template", "{{user|bo}}")]),
        ("{{ping|Ada|Bo|p=!}}", [("Ada", "template", "{{ping|Ada|Bo|p=!}}"), ("Bo", "template", "{{ping|Ada|Bo|p=!}}")]),
        ("{{u|1=Ada}}", [("Ada", "template", "{{u|1=Ada}}")]),
        ("{{nowrap|[[User:Ada]]}}", [("Ada", "link", "[[User:Ada]]")]),
        ("[[User talk:Ada|talk]]", []),
        ("[[User:Ada/Sandbox]]", []),
        ("[[m:User:Ada]]", []),
        ("<!-- [[User:Ada]] --> <nowiki>[[User:Ada]]</nowiki>", []),
        ("[[User:]] {{u|}} {{u}} {{u|{{{1}}}}}", []),
        ("{{Unknown|Ada}}", []),
    ],
)  # fmt: skip
def test_people(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(p.name, p.form.value, p.span.of(text)) for p in people(text, Span(0, len(text)))] == found


def test_people_within_a_span_only() -> None:
    text = "[[User:Ada]] [[User:Bo]] [[User:Cyd]]"
    assert [person.name for person in people(text, Span(5, 30))] == ["Bo"]


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("[[User talk:Ada|Ada]]", "Ada"), ("[[Usuário(a) Discussão:Ada|Ada]]", "Ada"), ("[[Razgovor s korisnikom:Ada|Ada]]", "Ada"),
        ("[[Discussion utilisateur:Ada|Ada]]", "Ada"), ("[[Usuário(a) Discussão:Ada|discussão]]", ""), ("[[Discussão:Ada|Ada]]", ""),
        ("[[Help talk:Ada|Ada]]", ""),
    ],
)  # fmt: skip
def test_a_link_to_a_talk_page_names_whom_it_shows(link: str, name: str) -> None:
    person = linked_by_name(link, Span(0, len(link)))
    assert (person.name if person else "") == name


def test_people_in_further_namespaces() -> None:
    text = "[[Gast:Ada]]"
    assert [p.name for p in people(text, Span(0, len(text)), frozenset({"Gast"}))] == ["Ada"]


def test_template_arguments_are_split_at_its_own_bars() -> None:
    text = "{{ Some_Template |a=[[b|c]]|{{d|e}}|f<!-- | -->}}"
    template = template_at(text, Span(0, len(text)))
    assert (template.name, [(name, span.of(text)) for name, span in template.arguments]) == (
        "some template",
        [("a", "[[b|c]]"), (None, "{{d|e}}"), (None, "f<!-- | -->")],
    )


def test_link_parts() -> None:
    text = "[[ :Help:Some page#part | label ]]"
    link = link_at(text, Span(0, len(text)))
    assert (link.namespace, link.name, link.label and link.label.of(text)) == ("help", "Some page", " label ")
