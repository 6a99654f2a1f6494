"""Posts notices, each exactly once; those to one person that are due together as one edit.

For a batch of people: one look (off switch, event's pages, outbox and opt-outs, templates, talk pages, whose turn it is,
and after them the bot's own contributions), then claim in the ledger, then for each notice: the mark on the page, or the key
among the contributions? noted as sent. Else one save of the text just read with the notices at its end, against the revision
just read; then note the revision.

Killed at any line: before the save nothing was posted; after it the next look finds the keys. A save whose answer was
lost, or that lands late, meets a page that moved (a conflict) or was found by that look. With the ledger lost, the
contributions alone say what was posted. What another copy of the bot told is learnt in the same way, and the plan made anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from callboard.addresses import Addresses
from callboard.board_vouches import BoardVouches
from callboard.counted import counted
from callboard.errors import WikiAway
from callboard.gather import BoardReader
from callboard.letters import Composed, Composer, Letter
from callboard.model import Notice
from callboard.notices import kinds
from callboard.notices.delivery import delivered
from callboard.notices.message import with_message
from callboard.opting_out import opted_out
from callboard.plan import Plan, make_plan
from callboard.ports import Conflict, Outcome, Refused, Saved, Unchanged, Unknown
from callboard.posting_look import PostingLook, Seen, outbox_moved
from callboard.posting_record import Record
from callboard.posting_turn import Turn, too_old
from callboard.recipients import Verdict, why_not_told
from callboard.snapshot import Snapshot
from callboard.talk_deleted import why_unsure
from callboard.writing import Held, Writer

# The off switch must be read again after 20 seconds: people are told in batches of as many as the last 20 seconds allowed.
LOOK_AGAIN = timedelta(seconds=20)
FIRST_BATCH = 20  # people, at a second an edit
LARGEST_BATCH = 100


def post_notices(plan: Plan, writer: Writer, board: BoardReader | None, *, confirmed: bool = False) -> None:
    """Post what is due, note what is too late; what was not posted is in the writer's results with its reason."""
    if plan.brakes and not confirmed:
        return
    _note_late(plan, writer)
    if plan.notices.now:
        posting = _Posting(plan, writer, board, confirmed=confirmed)
        try:
            posting.run()
        finally:
            posting.turn.done()


def _note_late(plan: Plan, writer: Writer) -> None:
    """Give up what is of no use any more; a reason for which it waited until then stays on record."""
    if not plan.notices.late:
        return
    entries = writer.ledger.notices(plan.snapshot.event.slug)
    waited = {entry.key: entry.why for entry in entries if entry.state == "held"}
    for notice in plan.notices.late:
        before = f"; before that: {waited[notice.key]}" if notice.key in waited else ""
        writer.ledger.skipped(notice, writer.now, plan.notices.why_late[notice.key] + before)


@dataclass(slots=True)
class _Pace:
    """How many people are told between two looks."""

    size: int = FIRST_BATCH

    def went(self, people: int, took: timedelta) -> None:
        """So many took so long, by the wiki's clock, which shows whole seconds."""
        self.size = max(1, min(LARGEST_BATCH, people * LOOK_AGAIN // max(took, timedelta(seconds=1))))


class _Posting:
    """One run: batch after batch until nothing is left that may go now."""

    def __init__(self, plan: Plan, writer: Writer, board: BoardReader | None, *, confirmed: bool) -> None:
        self.plan, self.writer, self.confirmed = plan, writer, confirmed
        self.addresses = Addresses(writer.wiki, writer.ledger)
        self.composer = Composer(writer.event, writer.wiki.bot, writer.wiki.language, self.addresses)
        self.record = Record(writer, self.addresses, dict(plan.snapshot.sent_at))
        self.looks = PostingLook(writer, self.addresses, self.composer)
        self.vouches = BoardVouches(board, plan.snapshot.proposals or {})
        self.turn = Turn(writer)
        self.pace = _Pace()
        self.slow = 0  # looks that took too long
        self.tries: dict[str, int] = {}  # conflicts, by talk page

    def run(self) -> None:
        waiting = list(self.plan.notices.now)
        while waiting := self._still_due(waiting):
            self._ask_for_accounts(waiting)
            letters = self._batch(waiting)
            if not letters:
                continue
            if not self.turn.alone():
                self._leave_all(self.turn.why_not)
                break
            if self.record.learnt():
                waiting = self._planned_again()
                continue
            seen = self.looks.look(letters)
            if why := outbox_moved(self.plan.snapshot, self.writer):
                self._leave_all(why)
                return
            if seen.told:
                batch = [notice for letter in letters for notice in letter.notices]
                self.record.told_by_others(seen.told, batch, self.plan.notices.called_for)
            if seen.told or self._pages_moved(letters):
                waiting = self._planned_again()
            elif self.turn.mine(seen.sight.pages[self.turn.title], seen.at, seen.last_told):
                self.record.claim(letters)
                self._post_all(letters, seen)
            elif self.turn.why_not:
                self._not_our_turn(waiting)
                return
        self.looks.watch.look_again()

    def _still_due(self, waiting: Iterable[Notice]) -> list[Notice]:
        """What may go at this moment, the most urgent first: time has passed since the plan, and people were told more."""
        left = [notice for notice in waiting if notice.key not in self.record.done]
        due = delivered(left, self._snapshot())
        for notice in due.late:
            self.record.give_up(notice, due.why_late[notice.key])
        return list(due.now)

    def _snapshot(self) -> Snapshot:
        """What is known now, where that is not as it was when the plan was made."""
        before = self.plan.snapshot
        return replace(
            before,
            now=self.writer.now,
            sent=before.sent | self.record.done | self.record.told.keys(),
            sent_at=self.record.told,
            accounts={**before.accounts, **self.addresses.asked},
        )

    def _ask_for_accounts(self, waiting: Iterable[Notice]) -> None:
        """Ask who people are now; those with a line on the opt-out page may have been renamed too."""
        page = self.plan.snapshot.pages.get(self.writer.event.pages.opt_out)
        names = {notice.recipient for notice in waiting if not notice.to_page}
        self.addresses.ask(names | opted_out(page, kinds()).names, self.writer.now - self.writer.shift)

    def _batch(self, waiting: Iterable[Notice]) -> list[Letter]:
        """The most urgent letters that fit into one look, without what board and accounts do not allow."""
        found = self.looks.letters(waiting, self.pace.size)
        if away := self.vouches.look(notice for letter in found for notice in letter.notices):
            self.writer.results.failed.append(away)
        allowed = [replace(one, notices=tuple(filter(self._may_go, one.notices))) for one in found]
        return [letter for letter in allowed if letter.notices]

    def _may_go(self, notice: Notice) -> bool:
        """Whether it is worth looking at the talk page; if not, that is noted."""
        if kinds()[notice.kind].rests_on_board and self.vouches.away:
            self.record.leave(notice, self.vouches.away)
        elif why := self.vouches.why_not(notice):
            self.record.hold(notice, Verdict(why))
        elif not notice.to_page and (why := why_not_told(self.addresses.account(notice.recipient))):
            self.record.hold(notice, Verdict(why, lasting=True))
        else:
            return not self.record.told_before(notice)
        return False

    def _pages_moved(self, letters: Iterable[Letter]) -> bool:
        """Whether a session may have moved a moment ago."""
        seen, now = self.plan.snapshot.pages, self.writer.pages
        rest_on = self.looks.rest_on(notice for letter in letters for notice in letter.notices)
        return any(
            now[title].revid != seen[title].revid and now[title].text != seen[title].text
            for title in rest_on
            if title in seen and title in now
        )

    def _planned_again(self) -> list[Notice]:
        """What is due by the pages as they are now, and by what people were told as is known now."""
        fresh = {t: p for t, p in self.writer.pages.items() if t in self.plan.snapshot.pages}
        snapshot = replace(self._snapshot(), pages={**self.plan.snapshot.pages, **fresh})
        self.plan = make_plan(snapshot, self.writer.wiki.bot)
        brakes = self.plan.brakes or self._too_many()
        if brakes and not self.confirmed:
            self._leave_all(brakes[0])
            return []
        return list(self.plan.notices.now)

    def _too_many(self) -> tuple[str, ...]:
        """A brake for what the schedule adds while notices are posted: all of one tick count together."""
        limit = self.writer.event.limits.notices
        wanted = self.record.posted + len(self.plan.notices.now)
        if wanted <= limit:
            return ()
        return (
            f"{counted(wanted, 'notice')} in one tick, more than {limit} (limits.notices): the rest waits",
        )

    def _post_all(self, letters: Iterable[Letter], seen: Seen) -> None:
        """Letter after letter, until it is time for another look."""
        people, took, silent = 0, timedelta(), 0
        for letter in letters:
            if too_old(seen.began):
                self.slow += not people
                if self.slow >= self.writer.event.limits.retries:
                    raise WikiAway("the wiki took so long to show who was told what that it may have changed")
                break
            outcome = self._post(letter, seen)
            done = len(self.record.done)
            self.writer.progress(done, max(done, len(self.plan.notices.now)))
            people += 1
            silent = silent + 1 if outcome and not isinstance(outcome, Saved) else 0
            if isinstance(outcome, Saved):
                took = outcome.timestamp - seen.at
            # Only a save tells how late it is; one without an answer may have taken long, and may land any moment.
            if took >= LOOK_AGAIN or silent >= FIRST_BATCH or isinstance(outcome, Unknown):
                break
        self.pace.went(people, took)

    def _post(self, letter: Letter, seen: Seen) -> Outcome | None:
        """What came of the save, None if there was none."""
        if self._is_late(letter):
            self._still_due(letter.notices)
        for notice in letter.notices:
            if notice.key not in self.record.done and (why := self._why_unsure(notice, letter, seen)):
                self.record.hold(notice, Verdict(why, lasting=True))
        going = tuple(notice for notice in letter.notices if notice.key not in self.record.done)
        composed = self.composer.compose(replace(letter, notices=going), seen.sight)
        for notice, verdict in composed.refused:
            self.record.hold(notice, verdict)
        if composed.message is None:
            return None
        text = with_message(composed.page.text or "", composed.message)
        self.turn.in_flight += 1
        outcome = self.writer.wiki.save(composed.page, text, composed.message.summary)
        self.turn.in_flight -= not isinstance(outcome, Unknown)
        self._note(outcome, letter, composed, len(text) - len(composed.page.text or ""))
        return outcome

    def _why_unsure(self, notice: Notice, letter: Letter, seen: Seen) -> str:
        """Why it may have stood on a page that was deleted: the one it is for now, or the one before a rename or a redirect."""
        page = seen.sight.leads_to.get(letter.talk, letter.talk)
        pages = (page, letter.talk, notice.talk)
        return why_unsure(notice, pages, seen.gone, now=self.writer.now, shift=self.writer.shift)

    def _is_late(self, letter: Letter) -> bool:
        return any(self.writer.now >= notice.until for notice in letter.notices)

    def _note(self, outcome: Outcome, letter: Letter, composed: Composed, size: int) -> None:
        notices = composed.told
        match outcome:
            case Saved():
                self.record.sent(letter, composed, outcome, size)
                self.looks.watch.posted(composed, outcome)
            case Conflict(why=why):
                # It may be the echo of a save of ours that landed late: look again, then decide.
                self.tries[letter.talk] = self.tries.get(letter.talk, 0) + 1
                if self.tries[letter.talk] >= self.writer.event.limits.retries:
                    self._leave(notices, f"people are editing the talk page just now ({why})")
            case Unchanged():
                self._leave(notices, "the save changed nothing")
            case Refused(code=code, why=why):
                for notice in notices:
                    self.record.hold(notice, Verdict(f"{why} ({code})"))
            case Unknown(why=why):
                self.record.unanswered(notices, why)

    def _not_our_turn(self, waiting: Iterable[Notice]) -> None:
        """Leave everything; what needs a person is on record, and so on the report, for each notice that waits for it."""
        if self.turn.needs_person:
            for notice in waiting:
                self.record.hold(notice, Verdict(self.turn.why_not))
        else:
            self._leave_all(self.turn.why_not)

    def _leave_all(self, why: str) -> None:
        self.writer.results.held.append(Held("notices", "posting", why))

    def _leave(self, notices: Iterable[Notice], why: str) -> None:
        for notice in notices:
            self.record.leave(notice, why)
