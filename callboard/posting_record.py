"""What becomes of each notice in one run of posting: in the ledger, in the run's memory and among its results."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from callboard.addresses import Addresses
from callboard.ledger import HELD_FOR, Sent
from callboard.letters import Composed, Letter
from callboard.model import Notice
from callboard.notices import told_as
from callboard.ports import Saved
from callboard.recipients import Verdict
from callboard.writing import Held, Writer, Written


@dataclass(slots=True)
class Record:
    """Notices that were told, refused or left; a notice that is `done` is not thought of again in this run."""

    writer: Writer
    addresses: Addresses
    told: dict[str, datetime]  # by key, as `now` counts
    done: set[str] = field(default_factory=set)
    posted: int = 0

    def learnt(self) -> bool:
        """Whether another process with this ledger told something since it was read; it is known from now on."""
        told = [
            entry for entry in self.writer.ledger.notices(self.writer.event.slug) if entry.state == "sent"
        ]
        new = [entry for entry in told if entry.key not in self.told]
        self._tell(new, noted=True)
        return bool(new)

    def claim(self, letters: Iterable[Letter]) -> None:
        """Note that these notices are about to be posted: from here on only a look at the wiki tells whether they were."""
        batch = [notice for letter in letters for notice in letter.notices]
        self.writer.ledger.claim_all(batch, self.writer.now)

    def sent(self, letter: Letter, composed: Composed, saved: Saved, size: int) -> None:
        """Note what one edit told, at the wiki's own time of it: the contributions tell the same if the database gets lost."""
        topics = composed.message.topics if composed.message else ()
        notices = composed.told
        self._tell(
            Sent(one.key, one.recipient, one.kind, "sent", saved.timestamp, saved.revid, why)
            for one in notices
            for why in [self._where(one, letter, composed)]
        )
        self.posted += len(notices)
        self.writer.now = max(self.writer.now, saved.timestamp + self.writer.shift)
        what = ", ".join(dict.fromkeys(topic.notice.kind for topic in topics))
        self.writer.results.written.append(
            Written(composed.page.title, f"notice {what}", saved.revid, size, saved.merged)
        )

    def told_by_others(
        self, contributions: Mapping[str, Sent], batch: Collection[Notice], called_for: Collection[str]
    ) -> None:
        """Note that the bot's own contributions show notices of which this run did not know; by key."""
        self._tell(contributions.values(), noted=True)
        claimed = {notice.key: notice for notice in batch}
        for key, other in told_as(batch, contributions, called_for).items():
            if key != other:
                one, shown = claimed[key], contributions[other]
                self._tell([replace(shown, key=key, recipient=one.recipient, why=f"told as {other}")])

    def told_before(self, notice: Notice) -> bool:
        """Whether the same was told under the recipient's present name; then that is noted."""
        at = self.told.get(self.addresses.present(notice))
        if at is None:
            return False
        why = f"told {self.addresses.name(notice)}, who is the same person"
        when = at - self.writer.shift
        self._tell([Sent(notice.key, notice.recipient, notice.kind, "sent", when, None, why)])
        return True

    def hold(self, notice: Notice, verdict: Verdict) -> None:
        """Note why a notice cannot be posted: for good, or for now."""
        note = self.writer.ledger.skipped if verdict.lasting else self.writer.ledger.held
        note(notice, self.writer.now, verdict.why)
        self.leave(notice, verdict.why)

    def unanswered(self, notices: Iterable[Notice], why: str) -> None:
        """Leave notices whose save may still land; if there is time, nothing is sent again before it has landed or never will.

        A save that lands after its repeat was posted and archived would be woven in: the page is then as the save knew it.
        """
        said = f"no answer to the save ({why}); whether it landed is looked up before it is tried again"
        for notice in notices:
            if notice.until - self.writer.now > 2 * HELD_FOR:
                self.hold(notice, Verdict(said))
            else:
                self.leave(notice, said)

    def give_up(self, notice: Notice, why: str) -> None:
        """Note that a notice came to be of no use while others were posted."""
        self.writer.ledger.skipped(notice, self.writer.now, why)
        self.done.add(notice.key)

    def leave(self, notice: Notice, why: str) -> None:
        """Leave a notice to the next tick."""
        self.done.add(notice.key)
        self.writer.results.held.append(Held(notice.talk, f"notice {notice.kind}", why))

    def _tell(self, entries: Iterable[Sent], *, noted: bool = False) -> None:
        sent = tuple(entries)
        if not noted:
            self.writer.ledger.found(self.writer.event.slug, *sent)
        for entry in sent:
            self.told[entry.key] = entry.at + self.writer.shift
            self.done.add(entry.key)

    def _where(self, notice: Notice, letter: Letter, composed: Composed) -> str:
        """Where a notice stands, if that is not on the talk page of whom it names."""
        name, page = self.addresses.name(notice), composed.page.title
        said = [f"{notice.recipient} is called {name} now"] if name != notice.recipient else []
        said += [f"[[{letter.talk}]] leads to [[{page}]]"] if page != letter.talk else []
        return "; ".join(said)
