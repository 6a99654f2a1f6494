"""What the scripts about notices share: narrowed to kinds and people, shown with their texts, sent early."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from rich.console import Console
from rich.progress import Progress

from callboard import command, jobs
from callboard.app import App, Tick
from callboard.checks.phrasing import listed
from callboard.config import Event
from callboard.counted import counted
from callboard.errors import ConfigError, Stopped, WikiAway, WikiRefused
from callboard.explaining_person import explain_person, somebody
from callboard.model.notice import recipient_in
from callboard.notices import kinds
from callboard.notices.message import mark
from callboard.ports import Wiki
from callboard.rehearsal import Rehearsed, rehearsed
from callboard.snapshot import Snapshot
from callboard.terminal_explained import show_explained
from callboard.terminal_outbox import Standing, show_outbox, show_texts
from callboard.wikitext.links import canonical_name

SHOWN_ANYWAY = 10  # notices whose text is shown without -text
_NEXT = "\n<!-- callboard, the next notice -->\n"  # between notices that the wiki is asked about together; never saved


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for; empty: everything."""

    kinds: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    early: bool = False

    def of(self, event: Event) -> Event:
        """The event with nothing done but notices. Raises ConfigError where it does not send one of the kinds.

        It keeps all its kinds: what one of them tells whom may hang on the others.
        """
        sent = [rule.kind for rule in event.notice if rule.enabled and not kinds()[rule.kind].by_script]
        for kind in self.kinds:
            if kind not in sent:
                raise ConfigError(f"-kind: {_no_kind(kind, sent)}")
        return jobs.send_notices(event)

    def seen(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot with these notices only. Raises ConfigError where nobody knows one of the people."""
        named = frozenset(person_named(name, snapshot) for name in self.people)
        return replace(snapshot, only_kinds=frozenset(self.kinds), only_to=named, early=self.early)


def _no_kind(kind: str, sent: Iterable[str]) -> str:
    if kind in kinds() and kinds()[kind].by_script:
        return f"{kind} is sent by a script of its own"
    there = "the event file sends no notices of the kind" if kind in kinds() else "there is no kind"
    near = get_close_matches(kind, sent, n=2)
    meant = f"; did you mean {listed(near)}?" if near else f"; it sends {listed(list(sent), most=20)}"
    return f"{there} {kind!r}{meant}"


def person_named(name: str, snapshot: Snapshot) -> str:
    """The account, by its present name, of somebody who is on the event's pages, its tasks or in its notices.

    Raises ConfigError for anybody else, with names that are nearly the same.
    """
    wanted = canonical_name(name)
    known = {one: snapshot.renamed(one) or account.name for one, account in snapshot.accounts.items()}
    known |= {account.name: account.name for account in snapshot.accounts.values() if account.exists}
    told = {recipient_in(key) for key in snapshot.sent_at}
    pages = {rule.talk_page for rule in snapshot.event.notice if rule.talk_page}
    owners = {owner for one in (snapshot.proposals or {}).values() for owner in one.owners}
    known = {one: snapshot.renamed(one) or one for one in told | owners | pages} | known
    if wanted in known:
        return known[wanted]
    near = get_close_matches(wanted, known, n=3)
    meant = f"; did you mean {listed(near)}?" if near else ""
    raise ConfigError(
        f"-user: nobody of the name {wanted!r} is on the event's pages, on its tasks or in its notices{meant}"
    )


def send_notices(script: str, doc: str, args: Iterable[str]) -> int:
    """Show what people will be told, now and later; post what is due now with -apply."""
    known = command.options(script, doc)
    known.value("kind", "only these kinds of notice, with | between several", shown="KIND")
    known.value("user", "only notices to these people, with | between several", shown="NAME")
    known.flag(
        "early", "what is planned for later too, of one -kind or -user; never what is held back, or over"
    )
    known.flag(
        "text",
        f"the text of every notice, not only where there are {SHOWN_ANYWAY} at most; a request for each talk page",
    )
    given = known.read(args)
    asked = Asked(_several(given.kind), _several(given.user), given.early)
    parts: list[App] = []
    progress = _Bar()

    def prepared(app: App) -> None:
        if asked.early and not (asked.kinds or asked.people):
            raise ConfigError("-early: say of whom or of which kind, with -user:NAME or -kind:KIND")
        app.asked, app.progress = asked.seen, progress.step
        parts.append(app)

    def show(console: Console, tick: Tick) -> None:
        progress.end()
        show_outbox(console, tick.plan)
        if not given.apply:
            _show_texts(console, tick, parts[0], given)

    try:
        return command.ticked(script, given, asked.of, show, prepared)
    finally:
        progress.end()


class _Bar:
    """Notices posted, drawn on a screen where it takes a while; nothing is drawn where the output goes to a file."""

    def __init__(self) -> None:
        self.console = Console(stderr=True)
        self.bar: Progress | None = None

    def step(self, done: int, of: int) -> None:
        """So many are done."""
        if self.bar is None and of > SHOWN_ANYWAY and self.console.is_terminal:
            self.bar = Progress(console=self.console, transient=True)
            self.bar.add_task("Posting notices")
            self.bar.start()
        if self.bar is not None:
            self.bar.update(self.bar.task_ids[0], completed=done, total=of)

    def end(self) -> None:
        """Take it off the screen."""
        if self.bar is not None:
            self.bar.stop()


def _several(given: str | None) -> tuple[str, ...]:
    return tuple(one.strip() for one in (given or "").split("|") if one.strip())


def _show_texts(console: Console, tick: Tick, app: App, given: argparse.Namespace) -> None:
    plan = tick.plan
    wanted = [*plan.notices.now, *(one.notice for one in plan.notices.planned)]
    if not wanted:
        return
    if len(wanted) > SHOWN_ANYWAY and not given.text:
        console.print(f"-text shows the text of {counted(len(wanted), 'notice')}.")
        return
    before = app.wiki.requests
    try:
        show_texts(console, standing(rehearsed(wanted, app.writer(plan.snapshot)), app.wiki))
    except Stopped as stopped:
        console.print(f"Texts are not shown: {stopped}", markup=False)
        return
    console.print(f"Requests for these texts: {app.wiki.requests - before} to the wiki.")


def standing(texts: Iterable[Rehearsed], wiki: Wiki) -> Iterator[Standing]:
    """Each notice with its text as it would stand on the talk page this moment; one request a talk page.

    So organisers see what they reworded or translated. A wiki that is away is not asked again.
    """
    by_talk: dict[str, list[Rehearsed]] = {}
    for one in texts:
        by_talk.setdefault(one.talk, []).append(one)
    away = ""
    for talk, found in by_talk.items():
        posted = [one for one in found if not one.why_not]
        told, why = dict[str, str](), away
        try:
            if posted and not away:
                told = _told(posted, wiki.as_saved(talk, _NEXT.join(one.wikitext for one in posted)))
                why = "" if told else "what the wiki makes of these notices cannot be told apart"
        except WikiAway as error:
            why = away = str(error)
        except WikiRefused as error:
            why = str(error)
        yield from (Standing(one, told.get(one.notice.key, ""), why) for one in found)


def _told(posted: Sequence[Rehearsed], text: str) -> dict[str, str]:
    """The text of each notice, by its key and without its mark; nothing where the text has other parts than these."""
    parts = text.split(_NEXT.strip())
    if len(parts) != len(posted):
        return {}
    return {
        one.notice.key: part.replace(f" {mark(one.notice.key)}", "").strip()
        for one, part in zip(posted, parts, strict=True)
    }


def explain_user(script: str, given: argparse.Namespace) -> int:
    """Show all that is known of one person, and what comes next; writes nothing."""

    def job() -> int:
        if others := [f"-{name}" for name in ("task", "tasks", "schedule") if getattr(given, name)]:
            raise ConfigError(f"-user: it does not go with {listed(others)}")
        if not canonical_name(given.user):
            raise ConfigError("-user: name the account, such as -user:Ada")
        with command.opened(given) as app:
            plan = app.plan()
            who = somebody(canonical_name(given.user), plan, app.writer(plan.snapshot))
            if not (who.account and who.account.exists):
                person_named(given.user, plan.snapshot)  # a name that nobody knows is a slip
            entries = app.ledger.notices(app.event.slug)
            show_explained(Console(), explain_person(who, plan, entries, app.wiki.bot))
            return command.DONE

    return command.guarded(script, job)
