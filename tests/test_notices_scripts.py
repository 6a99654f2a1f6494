"""`send_notices` and `explain -user`: what is shown and sent, narrowed to kinds and people, now, later and early."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from callboard.errors import CallboardError, WikiAway, WikiRefused
from callboard.outbox_words import HOLD
from tests.fakes.wiki import FakeWiki
from tests.promises import OWNER, SESSION, World, event, grid
from tests.run_script import Run, runner

ADA, BO = "Ada Organiser", "Testuser Bo"
EVENT = """
[event]
title = "Tea Hackathon"
zone = "UTC"
days = ["2021-05-22"]
organisers = ["Ada Organiser"]
[[room]]
name = "Hacking room 1"
[pages]
site = "callboard"
schedule = ["Schedule"]
signups = ["Helpers"]
report = "Report"
outbox = "Outbox"
off_switch = "User:Callboard/run"
[wording]
facilitation = "facilitation:"
[delivery]
grace = "0min"
[[notice]]
kind = "starts_soon"
[[notice]]
kind = "shift_starts_soon"
[[notice]]
kind = "thanks"
"""
REMINDER = "Template:Callboard/notices/starts_soon"
ROWS = (f"{SESSION}<br />facilitation: [[User:{BO}]]", f"'''Maps'''<br />[[User:{BO}]]")


class Asked(FakeWiki):
    """Remembers for which pages it was asked what it would make of a text; may be away, or refuse, when it is."""

    asked: list[str]
    misfortune: CallboardError | None

    def as_saved(self, title: str, text: str) -> str:
        self.asked.append(title)
        before = self.requests
        stands = super().as_saved(title, text)
        assert self.requests - before == 1
        if self.misfortune:
            raise self.misfortune
        return stands


def asked(there: World, misfortune: CallboardError | None = None) -> list[str]:
    """The pages for which the wiki is asked from now on."""
    there.wiki.__class__ = Asked
    assert isinstance(there.wiki, Asked)
    there.wiki.asked, there.wiki.misfortune = [], misfortune
    return there.wiki.asked


@pytest.fixture
def there() -> World:
    """Marta's session at 14:00, Bo's at 15:00; Bo facilitates Marta's."""
    made = World(
        *ROWS, of=event("starts_soon"), helpers=f"== Facilitation ==\n* [[User:{BO}]] 13:00–17:00 UTC\n"
    )
    made.wiki.add_user(BO)
    made.wiki.now = datetime(2021, 5, 22, 13, 5, tzinfo=UTC)
    return made


@pytest.fixture
def run(
    there: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs a script; exit code, output, errors."""
    return runner(there, EVENT, monkeypatch, tmp_path, capsys)


# --- send_notices ---


def test_shows_now_and_later_with_the_texts_and_writes_nothing(there: World, run: Run) -> None:
    pages = asked(there)
    code, out, err = run("send_notices")
    assert (code, err, there.wiki.saves) == (0, "", [])
    assert sorted(pages) == [f"User talk:{OWNER}", f"User talk:{BO}"]  # Bo's two notices are one request
    assert "2 notices" in out
    assert "1 notice later" in out
    assert "Requests for these texts: 4 to the wiki." in out  # accounts, a look, and these two
    assert "Saturday, 22 May 2021, 14:00 (UTC)" in out  # when Bo's reminder goes out
    assert f"starts_soon on User talk:{OWNER}" in out
    assert "== Tea Hackathon: Bots for tea starts soon ==" in out
    assert "'''Bots for tea''' starts on '''Saturday, 22 May 2021, 14:00–15:00 (UTC)'''" in out
    assert "how to stop its messages]]. [[User:Callboard|Callboard]] (" in out
    assert out.count("[[User:Callboard|Callboard]] ([[User talk:Callboard|talk]])") == 3
    assert not any(raw in out for raw in ("subst:", "<!--", "~~~~", "{{{", "noinclude", "Parameters:"))


def test_texts_are_those_that_organisers_wrote_in_the_language_of_each_person(there: World, run: Run) -> None:
    there.wiki.edit(f"{REMINDER}/de", "== {{{title}}} beginnt gleich ==\nLos um {{{when}}}!", user=ADA)
    there.wiki.edit(REMINDER, "== {{{title}}} soon ==\nReworded by Ada.\n\nSee you!", user=ADA)
    of = EVENT + f'[delivery.languages]\n"{BO}" = "de"\n'
    _, out, _ = run("send_notices", "-kind:starts_soon", event=of)
    assert f"starts_soon on User talk:{OWNER}\n  == Bots for tea soon ==\n  Reworded by Ada.\n" in out
    assert "\n  See you! [[User:Callboard|" in out
    assert f"starts_soon on User talk:{BO}\n  == Maps beginnt gleich ==\n  Los um Saturday, 22 May" in out


def test_hostile_texts_do_nothing_to_the_terminal(there: World, run: Run) -> None:
    hostile = "== Soon ==\n\x1b[31mred [bold]loud[/bold] \u202eback\x07 \x9b2J\u2028next"
    there.wiki.edit(REMINDER, hostile, user=ADA)
    _, out, _ = run("send_notices", f"-user:{OWNER}")
    assert "  [31mred [bold]loud[/bold] back 2J\n  next [[User:Callboard|" in out
    assert not set("\x1b\x07\x9b\u202e\u2028") & set(out)


def test_text_of_a_template_in_doubt_is_not_asked_for(there: World, run: Run) -> None:
    there.wiki.edit(REMINDER, "== Soon ==\nBuy things.", user="Some Stranger")
    pages = asked(there)
    _, out, _ = run("send_notices", "-kind:starts_soon")
    assert out.count("not posted: ") == 2
    assert "was last changed by Some Stranger" in out
    assert "Buy things." not in out
    assert pages == []


@pytest.mark.parametrize(
    ("misfortune", "requests"), [(WikiAway("nobody answers"), 1), (WikiRefused("too [large]"), 2)]
)
def test_wiki_that_does_not_tell_the_texts(
    misfortune: CallboardError, requests: int, there: World, run: Run
) -> None:
    pages = asked(there, misfortune)
    code, out, err = run("send_notices")
    assert (code, err, len(pages)) == (0, "", requests)
    assert out.count(f"as it would be sent, not as it would stand there: {misfortune}\n") == 3
    assert "== Tea Hackathon: Bots for tea starts soon ==\n  {{subst:" in out
    assert out.count("{{subst:Template:Callboard/notices/") == 3


def test_text_that_cannot_be_told_from_the_next_one_is_not_shown(there: World, run: Run) -> None:
    there.wiki.edit(REMINDER, "== Soon ==\nA<!-- callboard, the next notice -->B", user=ADA)
    _, out, _ = run("send_notices")
    assert out.count("what the wiki makes of these notices cannot be told apart\n") == 3
    assert out.count("{{subst:Template:Callboard/notices/") == 3


def test_sending_asks_for_no_texts(there: World, run: Run) -> None:
    pages = asked(there)
    run("send_notices", "-apply")
    assert (there.told(), pages) == (["starts_soon"], [])


def test_sends_what_is_due_and_leaves_the_rest(there: World, run: Run) -> None:
    assert run("send_notices", "-apply")[0] == 0
    assert (there.told(), there.told(BO)) == (["starts_soon"], ["shift_starts_soon"])
    assert there.wiki.text("Report") is there.wiki.text("Outbox") is None  # pages are the bot's own business


@pytest.mark.parametrize(
    ("args", "marta", "bo"),
    [
        (["-kind:starts_soon"], ["starts_soon"], []),
        (["-kind:shift_starts_soon"], [], ["shift_starts_soon"]),
        (["-kind:starts_soon|shift_starts_soon"], ["starts_soon"], ["shift_starts_soon"]),
        ([f"-user:{OWNER}"], ["starts_soon"], []),
        ([f"-user:{OWNER}|testuser_Bo"], ["starts_soon"], ["shift_starts_soon"]),
        ([f"-user:{BO}", "-kind:starts_soon"], [], []),
        ([f"-user:{BO}", "-kind:starts_soon", "-early"], [], ["starts_soon"]),
        ([f"-user:{BO}", "-early"], [], ["shift_starts_soon", "starts_soon"]),
    ],
)
def test_narrowed_run_sends_these_only_and_the_bot_the_rest(
    args: list[str], marta: list[str], bo: list[str], there: World, run: Run
) -> None:
    assert run("send_notices", "-apply", *args)[0] == 0
    assert (there.told(), there.told(BO)) == (marta, bo)
    there.wiki.now = datetime(2021, 5, 22, 14, 5, tzinfo=UTC) - timedelta(minutes=10)
    run("send_notices", "-apply")
    there.wiki.now += timedelta(minutes=15)
    run("send_notices", "-apply")
    assert (there.told(), sorted(there.told(BO))) == (["starts_soon"], ["shift_starts_soon", "starts_soon"])


def test_early_does_not_send_what_an_organiser_holds_back(there: World, run: Run) -> None:
    run("tick_once", "-apply")
    text = there.wiki.text("Outbox") or ""
    (line,) = (one for one in text.split("\n") if "Maps" in one)
    there.wiki.edit("Outbox", text.replace(line, f"{line} {HOLD}"), user=ADA)
    _, out, _ = run("send_notices", f"-user:{BO}", "-early", "-apply")
    assert there.told(BO) == ["shift_starts_soon"]
    assert "held back by Ada Organiser" in out


def test_who_cannot_be_told_is_shown_with_the_reason(there: World, run: Run) -> None:
    there.wiki.edit(f"User talk:{OWNER}", "{{nobots}}", user=OWNER)
    _, out, _ = run("send_notices", f"-user:{OWNER}")
    assert "not posted:" in out
    assert "nobots" in out


def test_many_texts_are_shown_if_asked_for(there: World, run: Run) -> None:
    names = [f"Helper {number}" for number in range(12)]
    for name in names:
        there.wiki.add_user(name)
    there.wiki.edit(
        "Schedule", grid(f"'''Bots'''<br />{' '.join(f'[[User:{name}]]' for name in names)}"), user=ADA
    )
    pages = asked(there)
    _, out, _ = run("send_notices")
    assert "-text shows the text of 12 notices." in out
    assert "starts on" not in out
    assert pages == []
    _, out, _ = run("send_notices", "-text")
    assert out.count("'''Bots''' starts on '''Saturday, 22 May 2021, 14:00 (UTC)'''") == 12
    assert sorted(pages) == sorted(f"User talk:{name}" for name in names)
    assert "Requests for these texts: 14 to the wiki." in out


def test_switched_off_bot_shows_what_it_would_do_without_the_texts(there: World, run: Run) -> None:
    there.wiki.edit("User:Callboard/run", "stop", user=ADA)
    code, out, _ = run("send_notices")
    assert code == 0
    assert "Texts are not shown: " in out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["-kind:starts_son"], "-kind: there is no kind 'starts_son'; did you mean starts_soon"),
        (["-kind:moved"], "-kind: the event file sends no notices of the kind 'moved'; it sends "),
        (["-kind:thanks"], "-kind: thanks is sent by a script of its own"),
        (["-user:Marta Mento"], f"did you mean {OWNER}?"),
        (["-user:Nobody At All"], "-user: nobody of the name 'Nobody At All' is on the event's pages"),
        (["-early"], "-early: say of whom or of which kind"),
    ],
)
def test_misuse_is_one_line_and_nothing_is_sent(args: list[str], said: str, there: World, run: Run) -> None:
    code, _, err = run("send_notices", "-apply", *args)
    assert (code, there.wiki.saves) == (2, [])
    assert said in err
    assert len(err.splitlines()) == 1


# --- explain -user ---


def test_explains_a_person(run: Run) -> None:
    run("tick_once", "-apply")
    code, out, err = run("explain", f"-user:{BO}")
    assert (code, err) == (0, "")
    for words in (
        "an account of this wiki",
        f"notices can be put on [[User talk:{BO}]]",
        'facilitator of "Bots for tea"',
        'owner of "Maps"',
        "Facilitation: Sat 22 May 13:00–17:00 UTC ([[Helpers]], line 2)",
        "2021-05-22 13:05 UTC shift_starts_soon about bots-for-tea, revision",
        "2021-05-22 14:00 UTC: starts_soon about Maps, of use until 2021-05-22 15:00 UTC",
        "1 notice today (2021-05-22, UTC), of 3 a day at most",
    ):
        assert words in out


@pytest.mark.parametrize(
    ("talk", "said"),
    [
        ("{{nobots}}", "NO notices: "),
        ("{{bots|optout=starts_soon}}", "NO notices (starts_soon): "),
        (f"#REDIRECT [[User talk:{BO}]]", f"notices can be put on [[User talk:{BO}]]"),
        ("#REDIRECT [[Elsewhere]]", "NO notices: "),
    ],
)
def test_explains_why_nothing_can_be_put_there(talk: str, said: str, there: World, run: Run) -> None:
    there.wiki.edit(f"User talk:{BO}", "Hello.", user=BO)
    there.wiki.edit(f"User talk:{OWNER}", talk, user=OWNER)
    _, out, _ = run("explain", f"-user:{OWNER}")
    assert said in out


def test_explains_an_opt_out_under_a_former_name(there: World, run: Run) -> None:
    there.wiki.edit("Opted out", f"* [[User:{OWNER}]]", user=OWNER)
    there.wiki.rename_user(OWNER, "Marta New")
    of = EVENT.replace("[pages]", '[pages]\nopt_out = "Opted out"')
    for name in (OWNER, "Marta New"):
        _, out, _ = run("explain", f"-user:{name}", event=of)
        assert "NO notices: " in out
    there.wiki.edit("Schedule", grid(SESSION.replace(OWNER, "Marta New")), user=ADA)
    _, out, _ = run("send_notices", event=of)
    assert "not posted: Marta New asks for no notices on [[Opted out]]" in out


def test_explains_what_was_given_up_and_why(there: World, run: Run) -> None:
    there.wiki.edit(f"User talk:{OWNER}", "{{nobots}}", user=OWNER)
    run("tick_once", "-apply")
    _, out, _ = run("explain", f"-user:{OWNER}")
    assert "starts_soon about bots-for-tea, given up: " in out


def test_explains_what_waits_for_the_limit_or_for_a_person(there: World, run: Run) -> None:
    run("tick_once", "-apply")
    text = there.wiki.text("Outbox") or ""
    (line,) = (one for one in text.split("\n") if "Maps" in one)
    there.wiki.edit("Outbox", text.replace(line, f"{line} {HOLD}"), user=ADA)
    _, out, _ = run("explain", f"-user:{BO}")
    assert "waits for a person: starts_soon about Maps" in out
    assert "held back by Ada Organiser" in out


def test_explains_somebody_who_is_on_no_page(there: World, run: Run) -> None:
    there.wiki.add_user("Grace")
    code, out, _ = run("explain", "-user:grace")
    assert code == 0
    assert "an account of this wiki" in out


def test_explains_a_name_that_is_no_account(there: World, run: Run) -> None:
    there.wiki.edit("Schedule", grid("'''Bots'''<br />[[User:Red Name]]"), user=ADA)
    code, out, _ = run("explain", "-user:Red Name")
    assert code == 0
    assert "NO notices: there is no account Red Name on this wiki" in out


def test_explains_a_renamed_account_under_both_names(there: World, run: Run) -> None:
    there.wiki.rename_user(OWNER, "Marta New")
    for name in (OWNER, "Marta New"):
        _, out, _ = run("explain", f"-user:{name}")
        assert "notices can be put on [[User talk:Marta New]]" in out
        assert 'owner of "Bots for tea"' in out


def test_what_was_told_under_two_names_of_one_person_counts_once(there: World, run: Run) -> None:
    there.wiki.rename_user(OWNER, "Marta New")
    there.wiki.edit("Schedule", grid(f"{SESSION} [[User:Marta New]]"), user=ADA)
    run("send_notices", "-apply")
    assert there.told("Marta New") == ["starts_soon"]
    for name in (OWNER, "Marta New"):
        _, out, _ = run("explain", f"-user:{name}")
        assert out.count("starts_soon about bots-for-tea, revision") == 2  # as one name and as the other
        assert "1 notice today" in out


def test_what_was_told_before_a_renaming_is_shown_under_the_new_name(there: World, run: Run) -> None:
    run("send_notices", "-apply")
    there.wiki.rename_user(OWNER, "Marta New")
    _, out, _ = run("explain", "-user:Marta New")
    assert "starts_soon about bots-for-tea, revision" in out
    assert "1 notice today" in out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["-user:Marta Mento"], f"did you mean {OWNER}?"),
        (["-user:"], "-user: name the account"),
        ([f"-user:{OWNER}", "-task:T900001"], "-user: it does not go with -task"),
        ([], "-task: name the task, such as -task:T900012, or a person with -user:NAME"),
    ],
)
def test_misuse_of_explain_is_one_line(args: list[str], said: str, run: Run) -> None:
    code, _, err = run("explain", *args, event=EVENT + '[board]\nproject = "tea"\ncoordinators = ["lea"]\n')
    assert (code, len(err.splitlines())) == (2, 1)
    assert said in err


def test_explaining_writes_nothing(there: World, run: Run) -> None:
    run("explain", f"-user:{BO}")
    assert there.wiki.saves == []
