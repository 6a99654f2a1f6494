"""Which text a notice gets: the template in the recipient's language, and whether it may be sent to people as it stands.

The base page is English; translations are its subpages: `Template:Callboard/notices/moved/de`. Asked for are the
recipient's languages (the event file's word, else what their user page says), then the wiki's own, each without its variant
too (`de-at`, then `de`). The first subpage that exists is taken; a missing one falls back, a doubtful one does not: a notice
whose template somebody spoilt is held until organisers have looked.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from callboard.config import Event
from callboard.model import Account, PageText
from callboard.notices.message import template_title
from callboard.wikitext.links import canonical_name

ENGLISH = "en"  # the language of the base pages
LEVELS = ("", "autoconfirmed", "extendedconfirmed", "templateeditor", "sysop")  # of protection, rising
_MEND = "an organiser must save it once, or put the text back that was there before"
_CODE = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The template of one notice: its title as it was asked for, and the page; `why` says why it must not be sent."""

    title: str
    page: PageText
    why: str = ""


def codes(event: Event, name: str, account: Account | None, wiki_language: str) -> tuple[str, ...]:
    """The languages of whose templates the first that exists is taken, most wanted first; English is the base page."""
    theirs = event.delivery.languages.get(name) or event.delivery.languages.get(
        account.name if account else ""
    )
    wanted = ([theirs] if theirs else list(account.languages if account else ())) + [wiki_language]
    found: list[str] = []
    for code in (variant for language in wanted for variant in _variants(language)):
        if code == ENGLISH:
            return (*found, ENGLISH) if ENGLISH not in found else tuple(found)
        if code not in found:
            found.append(code)
    return tuple(found)


def _variants(language: str) -> Iterator[str]:
    """`de-AT` is `de-at`, else `de`; what is no language code is nothing."""
    code = language.strip().lower().replace("_", "-")
    while _CODE.fullmatch(code):
        yield code
        code = code.rpartition("-")[0]


def titles(event: Event, kind: str, languages: Iterable[str]) -> tuple[str, ...]:
    """The pages that may hold the text of a kind in these languages, the first that exists counts; the base page last."""
    base = template_title(event, kind)
    return (*(f"{base}/{code}" for code in languages), base)


def chosen(
    event: Event,
    kind: str,
    languages: Iterable[str],
    pages: Mapping[str, PageText],
    bot: str,
    *,
    put_back: Collection[str] = (),
) -> Chosen:
    """The template of a kind in the first of these languages that it exists in; `put_back` have a text that was trusted."""
    wanted = titles(event, kind, languages)
    title = next((title for title in wanted if pages[title].revid is not None), wanted[-1])
    why = "" if title in put_back else why_not_sent(pages[title], event, bot)
    return Chosen(title, pages[title], why)


def why_not_sent(page: PageText, event: Event, bot: str) -> str:
    """Why a template must not go out to people as it stands: who changed it last is nobody whom the event trusts with that."""
    if page.revid is None:
        return f"[[{page.title}]] is missing: run publish_templates"
    if page.model != "wikitext":
        return f"[[{page.title}]] is no wikitext but {page.model}: restore it"
    if trusted(page.user, event, bot) or protected(page, event):
        return ""
    who = page.user or "somebody hidden"
    return f"[[{page.title}]] was last changed by {who}, who is no organiser of the event: {_MEND}"


def was_put_back(page: PageText, revisions: Iterable[PageText], event: Event, bot: str) -> bool:
    """Whether a template has the very text again that it had when somebody trusted changed it last; newest revision first."""
    last = next((one for one in revisions if trusted(one.user, event, bot)), None)
    same = last is not None and last.text is not None and last.text == page.text
    return same and page.model == "wikitext"


def trusted(user: str, event: Event, bot: str) -> bool:
    """Whether the text of a template may be this user's: the bot's, which publishes it, or an organiser's."""
    return bool(user) and canonical_name(user) in {
        canonical_name(name) for name in (bot, *event.event.organisers)
    }


def protected(page: PageText, event: Event) -> bool:
    """Whether only people may change the page whom the event file trusts (delivery.protected)."""
    least = event.delivery.protected
    return bool(least) and page.edit_level in LEVELS[LEVELS.index(least) :]
