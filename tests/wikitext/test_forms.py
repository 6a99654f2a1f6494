import pytest

from callboard.wikitext.forms import (
    TaskStyle,
    UserForm,
    favourite_task_style,
    favourite_user_form,
    gives_labels,
    learn_task_style,
    task_style,
)

LABELLED, PLAIN = UserForm(), UserForm(labelled=False)
TEMPLATE = UserForm("{{u|", "}}", labelled=False)


@pytest.mark.parametrize(
    ("sources", "wanted"),
    [
        ([], LABELLED),
        (["{{ping|Ada}}", "{{@|Ada}}"], LABELLED),
        (["[[User:Ada|Ada]]", "[[User:Ada]]"], LABELLED),
        (["[[User:Ada]]", "[[User:Bo]]", "{{u|Cyd}}"], PLAIN),
        (["{{u|Ada}}", "{{u|Bo}}", "[[User:Cyd|C]]"], TEMPLATE),
        (["[[Benutzer:Ada|Ada]]"], UserForm("[[Benutzer:")),
    ],
)
def test_favourite_user_form(sources: list[str], wanted: UserForm) -> None:
    assert favourite_user_form(sources) == wanted


@pytest.mark.parametrize(
    ("form", "name", "wanted"),
    [
        (LABELLED, "Ada", "[[User:Ada|Ada]]"),
        (PLAIN, "Ada", "[[User:Ada]]"),
        (TEMPLATE, "Ada", "{{u|Ada}}"),
        (TEMPLATE, "A=B", "{{u|1=A=B}}"),
    ],
)
def test_writing_a_user_link(form: UserForm, name: str, wanted: str) -> None:
    assert form.write(name) == wanted


@pytest.mark.parametrize(
    ("sources", "wanted"),
    [
        ([], False),
        (["[[User:A|A]]", "[[User:B|B]]"], False),
        (["[[User:A|A]]", "[[User:B|x]]", "[[Benutzer:C|C]]"], True),
        (["[[User:A|A]]", "[[User:B|B]]", "[[User:C|C]]", "[[User:D]]", "[[User:E]]"], False),
    ],
)
def test_whether_links_carry_labels(sources: list[str], wanted: bool) -> None:
    assert gives_labels(sources) is wanted


@pytest.mark.parametrize(
    "source",
    [
        "{{phab|T1}}",
        "{{Tracked|T1}}",
        "[[phab:T1]]",
        "[[phabricator:T1|T1]]",
        "https://phabricator.wikimedia.org/T1",
        "[https://phabricator.wikimedia.org/T1 T1]",
        "[https://phabricator.wikimedia.org/T1]",
    ],
)
def test_a_plain_task_link_is_a_form_that_writes_itself(source: str) -> None:
    style = task_style(source)
    assert style is not None
    assert style.write("T1") == source
    assert style.write("T99") == source.replace("T1", "T99")


@pytest.mark.parametrize(
    "source", ["T1", "[[phab:T1|My talk]]", "[https://phabricator.wikimedia.org/T1 Talk]", "{{phab|T1|x}}"]
)
def test_labelled_links_and_bare_numbers_are_no_form(source: str) -> None:
    assert task_style(source) is None


def test_a_form_needs_more_than_half_and_two() -> None:
    phab = TaskStyle()
    assert learn_task_style([]) is None
    assert learn_task_style(["{{phab|T1}}"]) is None
    assert learn_task_style(["{{phab|T1}}", "[[phab:T2]]", "{{phab|T3}}", "[[phab:T4]]"]) is None
    assert learn_task_style(["{{phab|T1}}", "[[phab:T2]]", "{{phab|T3}}", "T9", "[[phab:T4|x]]"]) == phab
    urls = ["https://phabricator.wikimedia.org/T5", "https://phabricator.wikimedia.org/T6"]
    assert learn_task_style(["{{phab|T1}}", "{{phab|T2}}", *urls]) == phab
    assert learn_task_style(["{{phab|T1}}", *urls]) == TaskStyle(("https://phabricator.wikimedia.org/", ""))
    assert favourite_task_style(["[[phab:T4|x]]"]) is None
    assert favourite_task_style(["{{phab|T1}}", "[[phab:T2]]"]) == phab
    url = "https://phabricator.wikimedia.org/T7"
    assert favourite_task_style([url, "{{phab|T1}}", "T9"]) == phab
    assert favourite_task_style([url, url, "[[phab:T2]]"]) == TaskStyle(("[[phab:", "]]"))
    assert favourite_task_style([url, url]) is None
