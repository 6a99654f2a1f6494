import pytest

from callboard.options import Options

DOC = """Shows a page.

Examples:
  ./run show_page -event:demo PAGE
"""


def options() -> Options:
    given = Options("show_page", DOC)
    given.value("event", "the event", shown="NAME", required=True)
    given.value("kind", "what the page is", choices=("schedule", "signups"))
    given.flag("apply", "write")
    given.word("page", "the page")
    return given


@pytest.mark.parametrize(
    "args",
    [
        ["-event:demo", "-kind:schedule", "-apply", "a.wiki"],
        ["--event", "demo", "--kind", "schedule", "--apply", "a.wiki"],
        ["--event=demo", "--kind=schedule", "a.wiki", "--apply"],
        ["-event", "demo", "-kind=schedule", "a.wiki", "-apply"],
        ["--event:demo", "--kind:schedule", "-apply", "--", "a.wiki"],
    ],
)
def test_both_spellings_mean_the_same(args: list[str]) -> None:
    assert vars(options().read(args)) == {
        "event": "demo",
        "kind": "schedule",
        "apply": True,
        "page": "a.wiki",
    }


def test_values_may_hold_colons_equal_signs_and_dashes() -> None:
    given = options().read(["-event:https://x.example/a=b", "--", "-odd.wiki"])
    assert (given.event, given.page) == ("https://x.example/a=b", "-odd.wiki")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["a.wiki"], "the following arguments are required: -event"),
        (["-event:demo"], "the following arguments are required: page"),
        (["-evnt:demo", "-event:x", "a"], "unknown option -evnt; did you mean -event?"),
        (["-event:demo", "a", "-zzz"], "unknown option -zzz"),
        (["-event:demo", "a", "b"], "unexpected argument 'b'"),
        (["-event:demo", "-apply:yes", "a"], "-apply: ignored explicit argument 'yes'"),
        (["-event:demo", "-kind:page", "a"], "-kind: invalid choice: 'page' (choose from"),
        (["-event"], "-event: expected one argument"),
    ],
)
def test_misuse_ends_with_two_and_one_line(
    args: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        options().read(args)
    told = capsys.readouterr()
    assert end.value.code == 2
    assert told.out == ""
    assert told.err.startswith(f"show_page: {said}")
    assert told.err.endswith("(-help explains)\n")
    assert told.err.count("\n") == 1


@pytest.mark.parametrize("word", ["-help", "--help", "-h"])
def test_help_teaches_with_the_docstring_and_the_options(
    word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        options().read([word])
    assert end.value.code == 0
    assert capsys.readouterr().out == (
        DOC.strip()
        + "\n\nOptions (also as --name VALUE):\n"
        + "  -event:NAME             the event (needed)\n"
        + "  -kind:schedule|signups  what the page is\n"
        + "  -apply                  write\n"
        + "  page                    the page\n"
        + "  -help                   this text\n"
    )
