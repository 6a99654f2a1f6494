"""Every reason for which somebody is not told, one case each: what it says, and whether it lasts."""

from dataclasses import replace

import pytest

from callboard.config import event_from
from callboard.model import Account, PageText
from callboard.opting_out import opted_out
from callboard.recipients import MOST_ON_TALK_PAGE, Verdict, talk_of, why_not_on, why_not_there, why_not_told

ADA = Account("Ada", exists=True)
HELLO = "== Hello ==\nText"
TALK = PageText("User talk:Ada", 5, HELLO, "Bo")
NEW = PageText("User talk:Ada Now", 6, HELLO, "Bo")
CATEGORY = "Category:No messages"
LISTED = opted_out(
    PageText("No notices", 1, "* [[User:Quiet]]\n* [[User:Half]]: moved"), ["moved", "changed"]
)
EVENT = event_from(
    {
        "event": {"title": "Tea", "zone": "UTC", "days": ["2021-05-21"]},
        "pages": {"site": "callboard"},
        "delivery": {"opt_out_category": "category:no_messages"},
    },
    slug="tea",
    where="test",
)


def told(
    account: Account | None = ADA,
    talk: PageText = TALK,
    kind: str = "moved",
    *,
    target: PageText | None = None,
    owner: Account | None = None,
    nested: dict[str, str] | None = None,
) -> Verdict:
    return why_not_there(
        account,
        talk,
        EVENT,
        kind,
        bot="Callboard",
        opted_out=LISTED,
        target=target,
        target_account=owner,
        nested=nested,
    )


def redirect(to: str) -> PageText:
    return PageText("User talk:Ada", 5, f"#REDIRECT [[{to}]]", redirect=True)


@pytest.mark.parametrize(
    "talk",
    [
        TALK,
        PageText("User talk:Ada", None),
        PageText("User talk:Ada", 5, "", edit_level="autoconfirmed"),
        PageText("User talk:Ada", 5, "{{bots|deny=OtherBot}} {{bots|optout=changed}}", templates=("Template:Bots",)),
        PageText("User talk:Ada", 5, "x" * MOST_ON_TALK_PAGE),
        PageText("User talk:Ada", 5, "<!-- closed --> <nowiki>"),
    ],
)  # fmt: skip
def test_who_may_be_told(talk: PageText) -> None:
    assert told(talk=talk) == Verdict()


@pytest.mark.parametrize(
    ("account", "why"),
    [
        (None, "the wiki was not asked about this account: tell this person in another way"),
        (Account("Ada", exists=False), "there is no account Ada on this wiki: correct the name where it is linked"),
        (Account("Ada", exists=False, renamed_to="Eve"), "Ada was renamed to Eve, whom the wiki does not know: correct the name where it is linked"),
        (Account("127.0.0.1", exists=False, named=False), "127.0.0.1 is an IP address, behind which anybody may be: link an account"),
        (Account("10.0.0.0/16", exists=False, named=False), "10.0.0.0/16 is an IP address, behind which anybody may be: link an account"),
        (Account("2001:db8::1", exists=False, named=False), "2001:db8::1 is an IP address, behind which anybody may be: link an account"),
        (Account("~2026-1-2", exists=True, named=False), "~2026-1-2 is a temporary account, whose talk page ends with it: link a lasting one"),
        (Account("De>Ada", exists=False, named=False), "De>Ada is a name as imported edits have it, of another wiki: link the account on this one"),
        (Account("A|b", exists=False, named=False), "A|b can be no account: correct the name where it is linked"),
        (replace(ADA, bot=True), "Ada is a bot: link the person who runs it"),
        (replace(ADA, blocked_forever=True), "Ada is blocked for good: ask whether the session takes place, and link somebody else"),
        (replace(ADA, locked=True), "Ada is locked on all wikis: ask whether the session takes place, and link somebody else"),
    ],
)  # fmt: skip
def test_accounts_that_are_not_told(account: Account | None, why: str) -> None:
    assert why_not_told(account) == why
    assert told(account) == Verdict(why, lasting=True)


def test_the_bot_does_not_tell_itself() -> None:
    callboard = Account("Callboard", exists=True)
    assert told(callboard) == Verdict("Callboard is this bot: link a person", lasting=True)


@pytest.mark.parametrize(
    ("name", "kind", "why"),
    [
        ("Quiet", "moved", "Quiet asks for no notices on [[No notices]]; they can take their line off there"),
        ("Half", "moved", "Half asks for no notices of the kind moved on [[No notices]]; they can take their line off there"),
        ("Half", "changed", ""),
    ],
)  # fmt: skip
def test_who_stands_on_the_opt_out_page(name: str, kind: str, why: str) -> None:
    assert told(Account(name, exists=True), kind=kind) == Verdict(why, lasting=bool(why))


def test_nobody_is_told_while_the_opt_out_page_cannot_be_read() -> None:
    unread = opted_out(PageText("No notices", 1, ""), ["moved"])
    verdict = why_not_there(ADA, TALK, EVENT, "moved", bot="Callboard", opted_out=unread)
    assert verdict == Verdict(unread.unread, lasting=False)


PAGES = [
    ({"model": "flow-board"}, "is a Flow board, on which the bot cannot write: tell this person in another way", True),
    ({"model": "json"}, "is no wikitext but json: tell this person in another way", True),
    ({"liquid_threads": True}, "has LiquidThreads, in which the bot cannot write: tell this person in another way", True),
    ({"categories": (CATEGORY,)}, "is in [[:Category:No messages]], which asks for no such messages: tell this person in another way", True),
    ({"text": "{{nobots}}"}, "{{nobots}} keeps all bots away", True),
    ({"text": "{{bots|deny=Callboard}}"}, "{{bots|deny=Callboard}} keeps this bot away", True),
    ({"text": "{{bots|optout=moved}}"}, "{{bots|optout=moved}} asks for no such messages", True),
    ({"text": "{{Quiet}}", "templates": ("Template:Nobots",)}, "the page has {{nobots}} inside another template, and what it says is not known", True),
    ({"can_edit": False, "edit_level": "sysop"}, "is protected for sysop: an administrator can lift that, or give the bot the right", False),
    ({"can_edit": False}, "is protected: an administrator can lift that, or give the bot the right", False),
    ({"text": "é" * (MOST_ON_TALK_PAGE // 2 + 1)}, "is too long (2.0 MB): older topics must be archived first", False),
    ({"text": "Hello <!-- there"}, "ends in a comment that nobody closed and that would hide the notice: put --> where it should end", False),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "why", "lasting"), PAGES)
def test_pages_that_take_no_notice(facts: dict[str, object], why: str, lasting: bool) -> None:
    """The person's own, one to which it leads, and a page of the event."""
    own = replace(TALK, **facts)  # type: ignore[arg-type]
    other = replace(NEW, **facts)  # type: ignore[arg-type]

    def said(page: PageText) -> str:
        by_text = why.startswith(("{{", "the page has"))
        return (
            f"[[{page.title}]]: {why}; tell this person in another way"
            if by_text
            else f"[[{page.title}]] {why}"
        )

    assert told(talk=own) == Verdict(said(own), lasting)
    assert told(talk=redirect(NEW.title), target=other) == Verdict(said(other), lasting)
    assert why_not_on(own, EVENT, "moved", "Callboard", None) == Verdict(said(own), lasting)


def test_a_template_inside_another_one_is_looked_into() -> None:
    talk = PageText("User talk:Ada", 5, "{{Quiet}}", templates=("Template:Bots",))
    quiet = {"Template:Quiet": "{{bots|optout=all}}"}
    assert told(talk=talk, nested=quiet) == Verdict(
        "[[User talk:Ada]]: {{bots|optout=all}} asks for no such messages (inside another template); tell this person in another way",
        lasting=True,
    )
    assert told(talk=talk, nested={"Template:Quiet": "{{bots|allow=all}}"}) == Verdict()


# --- redirects ---


@pytest.mark.parametrize(
    "to", ["User talk:Ada Now", "user_talk:ada_Now", ":User talk: Ada Now", "User talk:Ada Now|there"]
)
def test_a_redirected_talk_page_is_followed_one_step(to: str) -> None:
    assert talk_of(redirect(to)) == "User talk:Ada Now"
    assert told(talk=redirect(to), target=NEW) == Verdict()


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("User talk:Ada Now#Notices", "leads to a section, [[User talk:Ada Now#Notices]]"),
        ("User:Ada Now", "leads to [[:User:Ada Now]], which is no user talk page"),
        ("Talk:Event", "leads to [[:Talk:Event]], which is no user talk page"),
        ("Event", "leads to [[:Event]], which is no user talk page"),
        (":m:User talk:Ada", "leads to [[:m:User talk:Ada]], which is on another wiki"),
        ("de:Benutzer Diskussion:Ada", "leads to [[:de:Benutzer Diskussion:Ada]], which is on another wiki"),
        ("w:de:User talk:Ada", "leads to [[:w:de:User talk:Ada]], which is on another wiki"),
        ("User talk:Ada/Flow", "leads to [[User talk:Ada/Flow]], a subpage, where the wiki notifies nobody"),
        ("User talk:ada", "leads to itself"),
    ],
)
def test_redirects_that_are_not_followed(to: str, why: str) -> None:
    assert talk_of(redirect(to)) == ""
    assert told(talk=redirect(to), target=NEW) == Verdict(
        f"the talk page is a redirect that {why}: tell this person in another way", lasting=True
    )


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        (None, Verdict("the talk page is a redirect to [[User talk:Ada Now]], which was not looked at: the next tick does")),
        (PageText("User talk:Ada Now", None), Verdict("the talk page is a redirect to [[User talk:Ada Now]], which is missing: tell this person in another way", lasting=True)),
        (PageText("User talk:Ada Now", 6, "#REDIRECT [[User talk:Eve]]", redirect=True), Verdict("the talk page is a redirect to [[User talk:Ada Now]], which is a redirect itself: let the first lead where the second does", lasting=True)),
    ],
)  # fmt: skip
def test_targets_that_take_no_notice(target: PageText | None, verdict: Verdict) -> None:
    assert told(talk=redirect(NEW.title), target=target) == verdict


@pytest.mark.parametrize(
    ("owner", "why"),
    [
        (Account("Ada Now", exists=True, bot=True), "the talk page leads to [[User talk:Ada Now]]: Ada Now is a bot: link the person who runs it"),
        (Account("Ada Now", exists=True, blocked_forever=True), "the talk page leads to [[User talk:Ada Now]]: Ada Now is blocked for good: ask whether the session takes place, and link somebody else"),
        (Account("Callboard", exists=True), "the talk page leads to [[User talk:Ada Now]]: Callboard is this bot: link a person"),
        (Account("Ada Now", exists=True), ""),
    ],
)  # fmt: skip
def test_whose_page_a_redirect_leads_to(owner: Account, why: str) -> None:
    assert told(talk=redirect(NEW.title), target=NEW, owner=owner) == Verdict(why, lasting=bool(why))


def test_whoever_a_redirect_leads_to_may_have_opted_out() -> None:
    quiet = PageText("User talk:Quiet", 6, HELLO)
    verdict = Verdict(
        "Quiet asks for no notices on [[No notices]]; they can take their line off there", lasting=True
    )
    assert told(talk=redirect(quiet.title), target=quiet) == verdict


def test_what_a_redirect_itself_asks_for_counts() -> None:
    talk = replace(redirect(NEW.title), categories=(CATEGORY,))
    assert told(talk=talk, target=NEW).why.startswith("[[User talk:Ada]] is in [[:Category:No messages]]")


def test_a_page_that_is_no_redirect_leads_nowhere() -> None:
    assert (talk_of(TALK), talk_of(replace(TALK, text="#REDIRECT [[User talk:Eve]]"))) == ("", "")
    odd = PageText("User talk:Ada", 5, "<!-- x -->", redirect=True)
    assert told(talk=odd).why == (
        "the talk page is a redirect that leads to where the bot cannot tell: tell this person in another way"
    )
