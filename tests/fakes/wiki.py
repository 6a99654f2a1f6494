"""A wiki in memory behind the `Wiki` port: compare-and-swap, users, contributions, templates, a clock of its own.

    wiki = FakeWiki({"Schedule": "…"}, users=["Ada Organiser"])
    wiki.edit("Schedule", "…", user="Ada Organiser")   # a person edits
    wiki.before_save.append(lambda: wiki.edit(…))      # a person edits while the bot is about to save
    wiki.lose_answers(1)                               # the next save is carried out, its answer lost
    wiki.lose_answers(1, carried_out=False)            # … never arrives
    wiki.lose_answers(1, late=True); wiki.land()       # … arrives when `land` is called
    wiki.away_for(2)                                   # the next two requests find nobody
    wiki.now += timedelta(hours=1)                     # nothing else moves its clock
    wiki.rename_user("Ada", "Ada New")                 # pages move along and leave redirects, as on a wiki
    wiki.opt_out_categories = ("Category:No messages",)  # pages tell of these categories only

It weaves a save into a page that was put back to the letter; any other page that moved is a Conflict (MediaWiki may weave
distant lines together).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from callboard import wiki_accounts, wiki_answers
from callboard.errors import WikiAway, WikiRefused
from callboard.model import Account, Contribution, PageText
from callboard.ports import Conflict, History, Outcome, Reading, Refused, Saved, Unchanged, Unknown
from callboard.wiki_questions import EXCLUSION_TEMPLATES, check_summary
from callboard.wikitext.titles import renamed_to
from tests.fakes.wiki_text import (
    calls,
    canonical,
    categories,
    has_liquid_threads,
    impossible_name,
    redirect_target,
    signed,
    substituted,
    without_noinclude,
)

EVER = datetime.min.replace(tzinfo=UTC)
OPEN_TO_BOTS = ("", "autoconfirmed", "extendedconfirmed")  # levels of protection that let the bot edit


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of a page in memory."""

    revid: int
    title: str
    text: str
    user: str
    summary: str
    timestamp: datetime
    minor: bool = False
    bot: bool = False
    model: str = "wikitext"


class FakeWiki:
    """The port, and what people and misfortune do to it."""

    def __init__(
        self,
        pages: Mapping[str, str] | None = None,
        *,
        users: Iterable[str] = (),
        now: datetime = datetime(2021, 5, 1, 12, tzinfo=UTC),
        bot: str = "Callboard",
        batch: int = 500,
        language: str = "en",
    ) -> None:
        self.bot = bot
        self.language = language
        self.now = now
        self.users: dict[str, Account] = {}
        self.before_save: list[
            Callable[[], object]
        ] = []  # the first one is called, once, before the next save
        self.saves: list[tuple[str, Outcome]] = []  # every save that was asked for, in order
        self._hidden: set[int] = set()
        self.most_titles = batch
        self._requests = 0
        self._revisions: dict[str, list[Revision]] = {}
        self._protected: dict[str, str] = {}  # level by title
        self._cascading: set[str] = set()
        self._renames: dict[str, str] = {}  # what the log tells
        self.opt_out_categories: tuple[str, ...] = ()
        self._refusals: dict[str, Refused] = {}
        self._away = 0
        self._lost: list[str] = []
        self._in_flight: list[Callable[[], Outcome]] = []
        self._deleted: dict[str, datetime] = {}  # user talk pages, and when
        self._last_revid = 0
        self.add_user(bot, bot=True)
        for user in users:
            self.add_user(user)
        for title, text in (pages or {}).items():
            self.edit(title, text, user="Ada Organiser")

    @property
    def requests(self) -> int:
        """Requests so far."""
        return self._requests

    def read(
        self,
        titles: Iterable[str],
        *,
        known: Mapping[str, int] | None = None,
        contributions_since: datetime | None = None,
    ) -> Reading:
        """See the port."""
        asked = list(dict.fromkeys(titles))
        known = known or {}
        pages = {title: self._page(title) for title in asked}
        unsure = [title for title in asked if title in known]
        same = {title for title in unsure if pages[title].revid == known[title]}
        in_full = [t for t in asked if t not in known or (t not in same and pages[t].revid is not None)]
        batches = -(-len(unsure) // self.most_titles) + -(-len(in_full) // self.most_titles)
        self._request(max(1, batches))
        return Reading(
            now=self.now,
            pages={t: replace(page, text=None) if t in same else page for t, page in pages.items()},
            contributions=()
            if contributions_since is None
            else self.contributions(since=contributions_since),
            deleted={
                t: at for t, at in self._deleted.items() if contributions_since and at >= contributions_since
            },
        )

    def templates(self, titles: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """See the port."""
        asked = list(dict.fromkeys(titles))
        self._request(-(-len(asked) // self.most_titles))
        return {title: tuple(sorted(self._templates(self.text(title) or ""))) for title in asked}

    def changes(self, revids: Iterable[int]) -> Mapping[int, tuple[str, str]]:
        """See the port."""
        asked = set(revids)
        self._request(2 * -(-len(asked) // self.most_titles))
        before = {made.revid: past.text for past, made in self._steps()}
        made = {made.revid: made.text for _, made in self._steps()}
        return {revid: (before[revid], made[revid]) for revid in asked & made.keys()}

    def _steps(self) -> Iterator[tuple[Revision, Revision]]:
        for revisions in self._revisions.values():
            yield from pairwise([replace(revisions[0], text=""), *revisions])

    def revisions(self, title: str, *, since: datetime | None = None, most: int = 50) -> History:
        """See the port."""
        if canonical(title) is None:
            return History()
        self._request(1)
        every = tuple(
            PageText(made.title, made.revid, None, "", made.timestamp)
            if made.revid in self._hidden
            else PageText(made.title, made.revid, made.text, made.user, made.timestamp)
            for made in self.history(title)
            if since is None or made.timestamp >= since
        )
        return History(every[:most], whole=bool(every) and len(self.history(title)) == len(every[:most]))

    def accounts(self, names: Iterable[str], *, renames: bool = False) -> Mapping[str, Account]:
        """See the port."""
        asked = list(dict.fromkeys(names))
        self._request(-(-len(asked) // self.most_titles))
        found = {name: self._account(name) for name in asked}
        lost = [name for name, one in found.items() if one.named and not one.exists and not one.renamed_to]
        for name in lost if renames else ():
            now = found[name].name
            self._request(1)
            while now in self._renames:
                now = self._renames[now]
                self._request(1)
            found[name] = replace(found[name], renamed_to=now if now != found[name].name else None)
        return found

    def as_saved(self, title: str, text: str) -> str:
        """See the port. Saves keep `{{subst:…}}` as it was sent, so that tests can tell which template it was."""
        self._request(1)
        if canonical(title) is None:
            raise WikiRefused(f"the wiki refuses (invalidtitle): Bad title {title!r}")
        return wiki_answers.tidy(signed(substituted(text, self.text), self.bot, self.now))

    def wait(self, seconds: float) -> None:
        """See the port: the wiki's clock goes on, and nobody waits."""
        self.now += timedelta(seconds=seconds)

    def save(
        self,
        read: PageText,
        text: str,
        summary: str,
        *,
        minor: bool = False,
        bot: bool = True,
    ) -> Outcome:
        """See the port."""
        if (read.text is not None or read.revid is None) and wiki_answers.tidy(text) == wiki_answers.tidy(
            read.text or ""
        ):
            return Unchanged()
        check_summary(summary)
        self._request(1)
        if self.before_save:
            self.before_save.pop(0)()

        def carry_out() -> Outcome:
            return self._swap(read, text, summary, minor=minor, bot=bot)

        fate = self._lost.pop(0) if self._lost else ""
        if fate == "carried out":
            carry_out()
        elif fate == "late":
            self._in_flight.append(carry_out)
        outcome = Unknown("no answer to the save") if fate else carry_out()
        self.saves.append((read.title, outcome))
        return outcome

    def edit(
        self, title: str, text: str, *, user: str = "ExampleAda", summary: str = "", model: str = "wikitext"
    ) -> int:
        """The new revision after a person saved a page; the present one if nothing changed."""
        name = self._title(title)
        there = self._revisions.get(name)
        if there and there[-1].text == text.rstrip():
            return there[-1].revid
        return self._write(name, text, user=user, summary=summary, model=model).revid

    def delete(self, title: str) -> None:
        """Deletes a page, with its history and what it adds to the contributions."""
        name = self._title(title)
        del self._revisions[name]
        if name.startswith("User talk:"):
            self._deleted[name] = self.now

    def protect(self, title: str, level: str = "sysop", *, cascade: bool = False) -> None:
        """Only organisers, or others of that level, may edit it from now on, and what it transcludes."""
        self._protected[self._title(title)] = level
        if cascade:
            self._cascading.add(self._title(title))

    def hide(self, revid: int) -> None:
        """The revision's text and user are hidden from now on."""
        self._hidden.add(revid)

    def refuse(self, title: str, code: str, why: str = "") -> None:
        """Every save of the page is refused from now on, as by a filter."""
        self._refusals[self._title(title)] = Refused(code, why or code)

    def add_user(
        self, name: str, *, bot: bool = False, blocked_forever: bool = False, locked: bool = False
    ) -> None:
        """An account with this name."""
        self.users[name] = Account(name, exists=True, bot=bot, blocked_forever=blocked_forever, locked=locked)

    def rename_user(self, name: str, new: str, *, user_page: bool = True) -> None:
        """The account has another name from now on; its pages are moved and leave redirects.

        Without a user page only the log of renames tells.
        """
        self.users[new] = replace(self.users.pop(name), name=new)
        self._renames[name] = new
        if user_page and not self.text(f"User:{name}"):
            self.edit(f"User:{name}", "Hello", user=name)
        for space in ("User", "User talk"):
            if revisions := self._revisions.pop(f"{space}:{name}", []):
                self._revisions[f"{space}:{new}"] = [
                    replace(made, title=f"{space}:{new}") for made in revisions
                ]
                self.edit(f"{space}:{name}", f"#REDIRECT [[{space}:{new}]]", user="Ada Organiser")

    def hide_user(self, name: str) -> None:
        """The account is hidden: to nearly everybody it does not exist."""
        del self.users[name]

    def text(self, title: str) -> str | None:
        """The text of a page; None if there is no such page. No request."""
        revisions = self._revisions.get(canonical(title) or "")
        return revisions[-1].text if revisions else None

    def history(self, title: str) -> list[Revision]:
        """The revisions of a page, newest first. No request."""
        return self._revisions.get(self._title(title), [])[::-1]

    def contributions(self, *, since: datetime = EVER) -> tuple[Contribution, ...]:
        """The bot's edits to pages that are not deleted, newest first. No request."""
        own = [
            Contribution(made.title, made.revid, made.summary, made.timestamp)
            for revisions in self._revisions.values()
            for made in revisions
            if made.user == self.bot and made.timestamp >= since
        ]
        return tuple(sorted(own, key=lambda edit: edit.revid, reverse=True))

    def lose_answers(self, count: int, *, carried_out: bool = True, late: bool = False) -> None:
        """The answers of the next saves are lost; the saves are carried out, or only at `land`, or never."""
        self._lost += ["late" if late else "carried out" if carried_out else "dropped"] * count

    def land(self) -> list[Outcome]:
        """Saves that were on their way arrive now."""
        arrived = [carry_out() for carry_out in self._in_flight]
        self._in_flight.clear()
        return arrived

    def away_for(self, requests: int) -> None:
        """The next requests find nobody."""
        self._away = requests

    def _request(self, count: int) -> None:
        self._requests += count
        if self._away:
            self._away -= 1
            raise WikiAway("the wiki does not answer")

    def _title(self, title: str) -> str:
        name = canonical(title)
        if name is None:
            raise ValueError(f"{title!r} can be no page")
        return name

    def _page(self, asked: str) -> PageText:
        name = canonical(asked)
        if name is None:
            return PageText(asked, None, can_edit=False)
        level = self._level(name)
        can_edit = level in OPEN_TO_BOTS
        revisions = self._revisions.get(name)
        if not revisions:
            return PageText(name, None, can_edit=can_edit, edit_level=level)
        last = revisions[-1]
        return PageText(
            title=name,
            revid=last.revid,
            text=last.text,
            user=last.user,
            timestamp=last.timestamp,
            model=last.model,
            redirect=redirect_target(last.text) is not None,
            templates=tuple(sorted(self._templates(last.text) & set(EXCLUSION_TEMPLATES))),
            can_edit=can_edit,
            edit_level=level,
            categories=tuple(sorted(self._categories(last.text) & set(self.opt_out_categories))),
            liquid_threads=has_liquid_threads(last.text),
        )

    def _level(self, name: str) -> str:
        """The strictest level that protects a page, by itself or through a page that transcludes it."""
        above = [title for title in self._cascading if name in self._templates(self.text(title) or "")]
        levels = [self._protected[title] for title in (name, *above) if title in self._protected]
        return max(levels, key=wiki_answers.LEVELS.index, default="")

    def _categories(self, text: str) -> set[str]:
        """The categories of a page, those that its templates put it into included."""
        inner = [without_noinclude(self.text(name) or "") for name in self._templates(text)]
        return set().union(*map(categories, (text, *inner)))

    def _templates(self, text: str, seen: frozenset[str] = frozenset()) -> set[str]:
        """The templates that a text uses, redirects and templates in templates included."""
        found: set[str] = set()
        redirect = redirect_target(text) if seen else None
        for call in [redirect] if redirect else calls(text):
            name = canonical(call if ":" in call else f"Template:{call}")
            if name and name not in seen:
                inner = without_noinclude(self.text(name) or "")
                found |= {name} | self._templates(inner, seen | {name})
        return found

    def _account(self, asked: str) -> Account:
        name = wiki_answers.user_name(asked)
        missing = {"name": name, "missing": True, "invalid": impossible_name(name)}
        moves = {
            title: redirect_target(made[-1].text) or ""
            for title, made in self._revisions.items()
            if title.startswith("User:") and redirect_target(made[-1].text)
        }
        there = self.users.get(name)
        if there and there.exists:
            spoken = wiki_accounts.mother_tongues(self._categories(self.text(f"User:{name}") or ""))
            return replace(there, languages=there.languages or spoken)
        gone = there or wiki_accounts.account(asked, missing)
        return replace(gone, renamed_to=gone.renamed_to or renamed_to(name, moves))

    def _swap(self, read: PageText, text: str, summary: str, *, minor: bool, bot: bool) -> Outcome:
        revisions = self._revisions.get(read.title)
        if read.revid is None and revisions:
            return Conflict("articleexists: the page has been created meanwhile")
        if read.revid is not None and not revisions:
            return Conflict("missingtitle: the page has been deleted meanwhile")
        if read.title in self._refusals:
            return self._refusals[read.title]
        if self._level(read.title) not in OPEN_TO_BOTS:
            return Refused("protectedpage", "This page is protected.")
        if revisions and wiki_answers.tidy(text) == revisions[-1].text:
            return Unchanged()
        merged = revisions is not None and revisions[-1].revid != read.revid
        if (
            revisions
            and merged
            and (read.revid, revisions[-1].text) not in {(m.revid, m.text) for m in revisions}
        ):
            return Conflict("editconflict: the page has been changed meanwhile")
        # A page that was changed and put back is as the save knew it: it is woven in. (MediaWiki weaves in more than that.)
        made = self._write(read.title, text, user=self.bot, summary=summary, minor=minor, bot=bot)
        return Saved(made.revid, made.timestamp, merged)

    def _write(
        self,
        title: str,
        text: str,
        *,
        user: str,
        summary: str,
        minor: bool = False,
        bot: bool = False,
        model: str = "wikitext",
    ) -> Revision:
        self._last_revid += 1
        stored = wiki_answers.tidy(signed(text, user, self.now))
        made = Revision(self._last_revid, title, stored, user, summary, self.now, minor, bot, model)
        self._revisions.setdefault(title, []).append(made)
        return made
