"""Whether somebody may be told something on their talk page, and if not, why, in words for organisers.

Pure: posting asks the wiki, in batches, and hands over what it said. Every refusal names the way out. One that `lasting` says
will last is the person's own wish or a fact of their account: it would be the same at the next tick.

    why_not_there(account, talk, event, "moved", bot="Callboard", opted_out=opted_out(page, kinds()))

A talk page that is a redirect is followed one step, inside User talk: `talk_of` gives the title to read, and the page read
there is the `target`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from callboard.config import Event
from callboard.exclusion import may_post
from callboard.model import Account, PageText
from callboard.opting_out import OptedOut
from callboard.wikitext.links import USER_NAMESPACES
from callboard.wikitext.titles import canonical_title, is_address, is_temporary
from callboard.wikitext.unclosed import swallows

# MediaWiki refuses pages of more than 2 MiB ($wgMaxArticleSize); the rest is room for a digest and its signature.
MOST_ON_TALK_PAGE = 2_000_000  # bytes of UTF-8

_REDIRECT = re.compile(r"\s*#[^\s\[:]+\s*:?\s*\[\[(?P<target>[^\]|]+)")
_ELSEWHERE = "tell this person in another way"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An empty `why` is a yes. What is `lasting` need not be tried again until the person or the account changes."""

    why: str = ""
    lasting: bool = False


MAY_BE_TOLD = Verdict()


def why_not_there(
    account: Account | None,
    talk: PageText,
    event: Event,
    kind: str,
    *,
    bot: str,
    opted_out: OptedOut,
    target: PageText | None = None,
    target_account: Account | None = None,
    nested: Mapping[str, str] | None = None,
) -> Verdict:
    """Whether a notice of this kind may be put on this person's talk page, or on the page to which it leads.

    `talk` is the talk page of `account` with its text. Where it is a redirect, `target` is the page at `talk_of(talk)`, and
    `target_account` its owner, who may have opted out or be a bot. `nested` are the texts of the templates on the page that
    takes the notice, needed where `exclusion.needs_nested` says so; without them such a page is left alone.
    """
    if why := why_not_told(account) or _this_bot(account, bot):
        return Verdict(why, lasting=True)
    if verdict := _opted_out(opted_out, account, kind):
        return verdict
    page = talk
    if talk.redirect:
        verdict = _wishes_of(talk, event, kind, bot, None) or _why_not_followed(talk, target)
        if verdict.why or target is None:
            return verdict
        page = target
        if target_account and (why := why_not_told(target_account) or _this_bot(target_account, bot)):
            return Verdict(f"the talk page leads to [[{page.title}]]: {why}", lasting=True)
        if verdict := _opted_out(opted_out, target_account or _owner(page), kind):
            return verdict
    return why_not_on(page, event, kind, bot, nested)


def why_not_told(account: Account | None) -> str:
    """Why nobody can be told anything on this account's talk page, or nothing if it takes notices."""
    if account is None:
        return f"the wiki was not asked about this account: {_ELSEWHERE}"
    name = account.name
    if not account.named:
        return _no_account(name)
    if not account.exists and account.renamed_to:
        return (
            f"{name} was renamed to {account.renamed_to}, whom the wiki does not know: correct the name"
            " where it is linked"
        )
    if not account.exists:
        return f"there is no account {name} on this wiki: correct the name where it is linked"
    if account.bot:
        return f"{name} is a bot: link the person who runs it"
    if account.blocked_forever:
        return f"{name} is blocked for good: ask whether the session takes place, and link somebody else"
    if account.locked:
        return f"{name} is locked on all wikis: ask whether the session takes place, and link somebody else"
    return ""


def why_not_on(
    page: PageText, event: Event, kind: str, bot: str, nested: Mapping[str, str] | None
) -> Verdict:
    """Why a page takes no notice, whoever it belongs to."""
    text = page.text or ""
    where = f"[[{page.title}]]"
    if page.model == "flow-board":
        return Verdict(f"{where} is a Flow board, on which the bot cannot write: {_ELSEWHERE}", lasting=True)
    if page.model != "wikitext":
        return Verdict(f"{where} is no wikitext but {page.model}: {_ELSEWHERE}", lasting=True)
    if page.liquid_threads:
        return Verdict(
            f"{where} has LiquidThreads, in which the bot cannot write: {_ELSEWHERE}", lasting=True
        )
    if verdict := _wishes_of(page, event, kind, bot, nested):
        return verdict
    if not page.can_edit:
        level = f" for {page.edit_level}" if page.edit_level else ""
        return Verdict(
            f"{where} is protected{level}: an administrator can lift that, or give the bot the right"
        )
    if (size := len(text.encode())) > MOST_ON_TALK_PAGE:
        return Verdict(f"{where} is too long ({size / 1e6:.1f} MB): older topics must be archived first")
    if swallows(text):
        return Verdict(
            f"{where} ends in a comment that nobody closed and that would hide the notice: put --> where it should end"
        )
    return MAY_BE_TOLD


def talk_of(talk: PageText) -> str:
    """The title that a redirected talk page leads to, where it may be followed; else nothing."""
    target, why = _target(talk)
    return "" if why else target


def _wishes_of(
    page: PageText, event: Event, kind: str, bot: str, nested: Mapping[str, str] | None
) -> Verdict | None:
    """What the page itself asks for, by category or template."""
    where = f"[[{page.title}]]"
    category = event.delivery.opt_out_category
    if category and canonical_title(category) in map(canonical_title, page.categories):
        return Verdict(
            f"{where} is in [[:{category}]], which asks for no such messages: {_ELSEWHERE}", lasting=True
        )
    said = may_post(page.text or "", bot, kind, transcluded=page.templates, nested=nested)
    if not said.allowed:
        return Verdict(f"{where}: {said.why}; {_ELSEWHERE}", lasting=True)
    return None


def _no_account(name: str) -> str:
    if is_temporary(name):
        return f"{name} is a temporary account, whose talk page ends with it: link a lasting one"
    if is_address(name.partition("/")[0]):
        return f"{name} is an IP address, behind which anybody may be: link an account"
    if ">" in name:
        return f"{name} is a name as imported edits have it, of another wiki: link the account on this one"
    return f"{name} can be no account: correct the name where it is linked"


def _this_bot(account: Account | None, bot: str) -> str:
    return f"{bot} is this bot: link a person" if account and account.name == bot else ""


def _owner(page: PageText) -> Account:
    return Account(page.title.partition(":")[2].partition("/")[0], exists=True)


def _opted_out(opted_out: OptedOut, account: Account | None, kind: str) -> Verdict | None:
    if opted_out.unread:
        return Verdict(opted_out.unread)
    why = opted_out.why(account.name, kind) if account else ""
    return Verdict(why, lasting=True) if why else None


def _target(talk: PageText) -> tuple[str, str]:
    """Where a redirected talk page leads, and why that is not followed."""
    if not talk.redirect:
        return "", "it is no redirect"
    found = _REDIRECT.match(talk.text or "")
    if not found:
        return "", "leads to where the bot cannot tell"
    written = found["target"].strip().removeprefix(":")
    target, _, section = written.partition("#")
    title = canonical_title(target)
    space, _, name = title.partition(":")
    if section:
        return "", f"leads to a section, [[{written}]]"
    if space.casefold() != "user talk":
        elsewhere = _talks_elsewhere(name)
        return (
            "",
            f"leads to [[:{written}]], which is {'on another wiki' if elsewhere else 'no user talk page'}",
        )
    if not name or "/" in name:
        return "", f"leads to [[{title}]], a subpage, where the wiki notifies nobody"
    title = f"User talk:{name}"
    return (title, "") if title != talk.title else ("", "leads to itself")


def _talks_elsewhere(name: str) -> bool:
    """Whether what stands behind a prefix has a namespace of users: `de:User talk:Ada` has."""
    spaces = " ".join(name.split(":")[:-1]).casefold().split()
    return bool(USER_NAMESPACES & set(spaces))


def _why_not_followed(talk: PageText, target: PageText | None) -> Verdict:
    title, why = _target(talk)
    if why:
        return Verdict(f"the talk page is a redirect that {why}: {_ELSEWHERE}", lasting=True)
    if target is None:
        return Verdict(
            f"the talk page is a redirect to [[{title}]], which was not looked at: the next tick does"
        )
    if target.revid is None:
        return Verdict(
            f"the talk page is a redirect to [[{title}]], which is missing: {_ELSEWHERE}", lasting=True
        )
    if target.redirect:
        return Verdict(
            f"the talk page is a redirect to [[{title}]], which is a redirect itself: let the first lead where the second does",
            lasting=True,
        )
    return MAY_BE_TOLD
