"""Posts notices, each exactly once.

For a batch: claim in the ledger, then one look (off switch, event's pages, templates, talk pages, and after them the bot's own
contributions), then for each notice: the mark on the page, or the key among the contributions? noted as sent. Else one
save of the text just read with the notice at its end, against the revision just read; then note the revision.

Killed at any line: before the save nothing was posted; after it the next look finds the key. A save whose answer was
lost, or that lands late, meets a page that moved (a conflict) or was found by that look. With the ledger lost, the
contributions alone say what was posted.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from callboard.apply import with_rechecked
from callboard.counted import counted
from callboard.errors import BoardAway
from callboard.gather import BoardReader, contributions_since
from callboard.model import Account, Notice, PageText, Proposal
from callboard.model.wiki import why_not_told
from callboard.notices import kinds, told_as
from callboard.notices.message import keys_in, marks, messages, template_title, topic, with_message
from callboard.plan import Plan, make_plan
from callboard.ports import Conflict, Outcome, Reading, Refused, Saved, Unchanged, Unknown
from callboard.wikitext.unclosed import swallows
from callboard.writing import Held, Writer, Written

# The off switch must be read again after 20 seconds: as many as are posted by then at a second an edit, and no more
# where edits take longer (without bot flag ten seconds each).
BATCH = 20
LOOK_AGAIN = timedelta(seconds=20)
MOST_ON_TALK_PAGE = 1_500_000  # characters; MediaWiki refuses pages of more than 2 MB


def post_notices(plan: Plan, writer: Writer, board: BoardReader | None, *, confirmed: bool = False) -> None:
    """Post what is due, note what is too late; what was not posted is in the writer's results with its reason."""
    if plan.brakes and not confirmed:
        return
    for notice in plan.notices.late:
        writer.ledger.skipped(notice, writer.now, plan.notices.why_late[notice.key])
    if plan.notices.now:
        _Posting(plan, writer, board, confirmed).run()


@dataclass(slots=True)
class _Posting:
    plan: Plan
    writer: Writer
    board: BoardReader | None
    confirmed: bool
    accounts: dict[str, Account] = field(default_factory=dict)
    proposals: Mapping[str, Proposal] = field(default_factory=dict)
    tries: dict[str, int] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    posted: int = 0
    rest_on: tuple[str, ...] = ()  # pages of the event on which the notices at hand rest
    board_away: str = ""  # why what rests on the board waits for the next tick

    def run(self) -> None:
        self._ask_for_accounts()
        waiting = list(self.plan.notices.now)
        while waiting:
            batch = list(_one_each(waiting))[:BATCH]
            self._recheck(batch)
            batch = [notice for notice in batch if self._may_go(notice)]
            waiting = [notice for notice in waiting if notice.key not in self.done]
            if not batch:
                continue
            for notice in batch:
                self.writer.ledger.claim(notice, self.writer.now)
            reading = self._look(batch)
            if self._pages_moved():
                waiting = self._planned_again()
                continue
            told = _Told(reading, batch, self.plan.notices.called_for)
            for notice in batch:
                answer = self._post(notice, reading, told)
                if isinstance(answer, Unknown) or (
                    isinstance(answer, Saved) and answer.timestamp - reading.now >= LOOK_AGAIN
                ):
                    break
            waiting = [notice for notice in waiting if notice.key not in self.done]

    def _ask_for_accounts(self) -> None:
        named = {notice.recipient for notice in self.plan.notices.now if not notice.to_page}
        if new := named - self.accounts.keys():
            self.accounts.update(self.writer.wiki.accounts(sorted(new)))

    def _recheck(self, batch: Iterable[Notice]) -> None:
        """Look at the tasks on which these notices rest once more: the state may have changed since the plan."""
        if self.board_away:
            return
        proposals = self.plan.snapshot.proposals or {}
        tasks = {n.values["task"] for n in batch if kinds()[n.kind].rests_on_board}
        try:
            self.proposals = (
                with_rechecked(proposals, self.board, tasks) if tasks and self.board else proposals
            )
        except BoardAway as error:
            self.board_away = f"the board went away, so what rests on it waits: {error}"
            self.writer.results.failed.append(self.board_away)

    def _may_go(self, notice: Notice) -> bool:
        if kinds()[notice.kind].rests_on_board:
            if self.board_away:
                self._leave(notice, self.board_away)
                return False
            if why := _board_says_no(notice, self.proposals.get(notice.values["task"])):
                self._hold(notice, f"{notice.values['task']} {why}")
                return False
        if notice.to_page:
            return True
        account = self.accounts.get(notice.recipient)
        why = why_not_told(account) or ("that is this bot" if self._is_bot(account) else "")
        if why:
            self._hold(notice, why, lasting=True)
        return not why

    def _is_bot(self, account: Account | None) -> bool:
        return account is not None and account.name == self.writer.wiki.bot

    def _look(self, batch: list[Notice]) -> Reading:
        event = self.plan.snapshot.event
        titles = [template_title(event, notice.kind) for notice in batch]
        titles += [self._talk(notice) for notice in batch]
        since = contributions_since(event, self.writer.now - self.writer.shift)
        on_lists = any(kinds()[notice.kind].rests_on_signups for notice in batch)
        self.rest_on = (*event.pages.schedule, *(event.pages.signups if on_lists else ()))
        return self.writer.look((*self.rest_on, *titles), contributions_since=since)

    def _talk(self, notice: Notice) -> str:
        return notice.talk if notice.to_page else f"User talk:{self.accounts[notice.recipient].name}"

    def _pages_moved(self) -> bool:
        seen = self.plan.snapshot.pages
        return any(
            self.writer.pages[title].revid != seen[title].revid
            and self.writer.pages[title].text != seen[title].text
            for title in self.rest_on
            if title in seen and title in self.writer.pages
        )

    def _planned_again(self) -> list[Notice]:
        """What is due by the pages as they are now; a session may have moved a moment ago."""
        fresh = {t: p for t, p in self.writer.pages.items() if t in self.plan.snapshot.pages}
        snapshot = replace(
            self.plan.snapshot,
            now=self.writer.now,
            pages={**self.plan.snapshot.pages, **fresh},
            sent=self.plan.snapshot.sent | self.done,
        )
        self.plan = make_plan(snapshot, self.writer.wiki.bot)
        brakes = self.plan.brakes or self._too_many()
        if brakes and not self.confirmed:
            self.writer.results.held.append(Held("notices", "posting", brakes[0]))
            return []
        self._ask_for_accounts()
        return list(self.plan.notices.now)

    def _too_many(self) -> tuple[str, ...]:
        """A brake for what the schedule adds while notices are posted: all of one tick count together."""
        limit, wanted = self.plan.snapshot.event.limits.notices, self.posted + len(self.plan.notices.now)
        if wanted <= limit:
            return ()
        return (
            f"{counted(wanted, 'notice')} in one tick, more than {limit} (limits.notices): the rest waits",
        )

    def _post(self, notice: Notice, reading: Reading, told: "_Told") -> Outcome | None:
        """What came of the save, None if there was none."""
        event = self.plan.snapshot.event
        page = reading.pages[self._talk(notice)]
        if edit := told.edits.get(told.by_key.get(notice.key, "")):
            revid, made_at = edit
            self.writer.ledger.sent(notice, made_at, revid)
            self.done.add(notice.key)
            return None
        if notice.key in marks(page.text or ""):
            # Posted under the bot's former name, or forged. Not again, but not in silence.
            self._hold(notice, "its mark stands there, but the bot did not write it", lasting=True)
            return None
        template = reading.pages[template_title(event, notice.kind)]
        why, lasting = self._why_not_there(page, template, notice)
        if why:
            self._hold(notice, why, lasting=lasting)
            return None
        try:
            added = messages(
                [topic(notice, event, template_title(event, notice.kind), template.text or "")], event
            )[0]
        except ValueError as error:
            self._hold(notice, str(error))
            return None
        text = with_message(page.text or "", added)
        outcome = self.writer.wiki.save(page, text, added.summary)
        match outcome:
            case Saved(revid=revid, timestamp=saved_at, merged=merged):
                # The wiki's own time of the edit: the contributions tell the same after the loss of a database.
                self.writer.ledger.sent(notice, saved_at, revid)
                self.done.add(notice.key)
                self.posted += 1
                size = len(text) - len(page.text or "")
                self.writer.results.written.append(
                    Written(page.title, f"notice {notice.kind}", revid, size, merged)
                )
            case Conflict(why=why):
                # It may be the echo of a save of ours that landed late: look again, then decide.
                self.tries[notice.key] = self.tries.get(notice.key, 0) + 1
                if self.tries[notice.key] >= event.limits.retries:
                    self._leave(notice, f"people are editing the talk page just now ({why})")
            case Unchanged():
                self._leave(notice, "the save changed nothing")
            case Refused(code=code, why=why):
                self._hold(notice, f"{why} ({code})")
            case Unknown(why=why):
                self._leave(notice, f"no answer to the save ({why}); the next tick looks whether it landed")
        return outcome

    def _why_not_there(self, page: PageText, template: PageText, notice: Notice) -> tuple[str, bool]:
        """Why the page takes no notice, or the template gives none; and whether that lasts."""
        if template.revid is None:
            return f"[[{template.title}]] is missing: run publish_templates", False
        trusted = {self.writer.wiki.bot, *self.plan.snapshot.event.event.organisers}
        if template.user not in trusted:
            return (
                f"[[{template.title}]] was last changed by {template.user}, who is no organiser of the event",
                False,
            )
        if page.redirect:
            return "the talk page is a redirect", True
        if page.model != "wikitext":
            return f"the talk page's content model is {page.model}", True
        if not page.can_edit:
            return "the talk page is protected", False
        if len(page.text or "") > MOST_ON_TALK_PAGE:
            return "the talk page is too long", False
        if swallows(page.text or ""):
            return "the talk page ends in a comment that nobody closed, and would hide the notice", False
        verdict = self.writer.keeps_out(page, notice.kind)
        return verdict.why, True

    def _hold(self, notice: Notice, why: str, *, lasting: bool = False) -> None:
        note = self.writer.ledger.skipped if lasting else self.writer.ledger.held
        note(notice, self.writer.now, why)
        self._leave(notice, why)

    def _leave(self, notice: Notice, why: str) -> None:
        self.done.add(notice.key)
        self.writer.results.held.append(Held(notice.talk, f"notice {notice.kind}", why))


def _board_says_no(notice: Notice, proposal: Proposal | None) -> str:
    """Why the board as it is now does not bear a notice out."""
    shown = proposal if proposal and proposal.visible else None
    if kinds()[notice.kind].if_withdrawn:
        lost = shown is not None and shown.withdrawn and not shown.acknowledged
        return "" if lost else "is acknowledged again, or hidden"
    if kinds()[notice.kind].if_incomplete:
        open_still = shown is not None and not shown.acknowledged and not shown.closed
        same = open_still and shown is not None and sorted(shown.missing) == notice.occasion.split()
        return "" if same else "lacks something else now, or nothing, or waits no longer"
    return "" if shown and shown.acknowledged and not shown.closed else "is not acknowledged any more"


def _one_each(notices: list[Notice]) -> Iterator[Notice]:
    """The first notice of each person: a second one needs the text that the first made."""
    seen: set[str] = set()
    for notice in notices:
        if notice.recipient not in seen:
            seen.add(notice.recipient)
            yield notice


class _Told:
    """What the bot's own contributions say of a batch: which of its notices were posted, and as which edit."""

    def __init__(self, reading: Reading, batch: list[Notice], called_for: Collection[str]) -> None:
        self.edits = _own_notices(reading)
        self.by_key = told_as(batch, self.edits, called_for)


def _own_notices(reading: Reading) -> dict[str, tuple[int, datetime]]:
    """By key: the revision and time of each notice among the bot's own contributions, the first one of a key."""
    return {
        key: (edit.revid, edit.timestamp)
        for edit in reversed(reading.contributions)
        for key in keys_in(edit.comment)
    }
