"""Whether the coordination team said yes to a task, and how that is known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from callboard.model import Acknowledgement
from callboard.model.board import JudgedSign, Withdrawal
from callboard.proposals.memory import Sign, TaskFacts
from callboard.proposals.wording import Reading, Verdict, reading, spoken

_QUOTE = 120
_NO = frozenset({"declined", "invalid"})  # a coordinator who sets one of these says no
_OWN, _STRANGER = "by the proposer", "not by a coordinator"
_FORMER = "by a coordinator whose account is disabled, or who is not in the team"


@dataclass(frozen=True, slots=True)
class Rule:
    """What counts as the team's yes; people, columns and tags by PHID, statuses as the server lists them."""

    coordinators: Mapping[str, str]  # PHID → user name, of those who count now
    by: frozenset[str] = frozenset({"comment"})  # "comment", "column", "tag", "status"
    wording: tuple[str, ...] = ("acknowledged",)
    columns: frozenset[str] = frozenset()
    keeping: frozenset[str] = (
        frozenset()
    )  # a card keeps its yes here, though no move here is one: `writes.column`
    tags: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    # a status that nobody knows closes a task
    open: frozenset[str] = frozenset({"open", "progress", "stalled"})
    # PHIDs whom the event file names, and who do not count now: disabled, or not in the team's project
    former: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(
        default_factory=dict
    )  # PHID → what other users, columns and tags are called

    def name(self, phid: str) -> str:
        """What a user, column or tag is called; empty if nobody knows."""
        return self.coordinators.get(phid) or self.names.get(phid, "")


@dataclass(frozen=True, slots=True)
class Judged:
    """What the signs on a task come to."""

    yes: Acknowledgement | None  # the earliest yes that still holds, if the task is open and to be seen
    was: Acknowledgement | None  # the same without regard to that
    withdrawn: Withdrawal | None  # where none holds: what was last taken back
    signs: tuple[JudgedSign, ...]  # all that was looked at, oldest first


def judged(task: TaskFacts, signs: Iterable[Sign], rule: Rule) -> Judged:
    """Whether the team said yes to a task, by which sign, or how it took that back.

    A yes is a coordinator's comment with the event's wording; a coordinator's move to an acknowledging column, tag or
    status as long as the task keeps it and nobody else took it off in between. The proposer's own does not count.
    A coordinator's later withdrawal, or declining, takes back every yes before it.
    """
    judge = _Judge(task, rule)
    for sign in sorted(signs, key=lambda sign: sign.id):
        if sign.task == task.phid and sign.seen:
            judge.look_at(sign)
    judge.look_at_task()
    # Of a comment and a move in one edit the comment is shown: it has words.
    was = min(judge.held.values(), key=lambda yes: (yes.at, yes.sign != "comment"), default=None)
    there = task.seen and task.on_project and task.status in rule.open
    lost = sorted(judge.lost, key=lambda lost: lost.at or lost.of.at)
    withdrawn = lost[-1] if lost and was is None else None
    return Judged(was if there else None, was, withdrawn, tuple(judge.signs))


def acknowledgement(task: TaskFacts, signs: Iterable[Sign], rule: Rule) -> Acknowledgement | None:
    """The earliest yes that still holds, with its evidence; None if the task is closed, hidden or off the project."""
    return judged(task, signs, rule).yes


class _Judge:
    """Reads the signs of one task in their order; `held` has what holds so far, by column, status, tag or comment."""

    def __init__(self, task: TaskFacts, rule: Rule) -> None:
        self.task = task
        self.rule = rule
        self.held: dict[str, Acknowledgement] = {}
        self.lost: list[Withdrawal] = []
        self.signs: list[JudgedSign] = []
        self._closed = False
        self._before: Sign | None = None  # the coordinators' comment before this one

    def look_at(self, sign: Sign) -> None:
        if sign.how == "comment":
            self._comment(sign)
            if sign.author in self.rule.coordinators:
                self._before = sign
        elif sign.how == "column":
            within = sign.column in self.rule.columns
            self._change(sign, "column", within=within, keeps=within or sign.column in self.rule.keeping)
        elif sign.how == "tag" and sign.value in self.rule.tags:
            self._change(sign, f"tag {sign.value}", within=sign.added, keeps=sign.added)
        elif sign.how == "status":
            self._status(sign)

    def look_at_task(self) -> None:
        """Takes back what the task itself does not show any more, though no change of it is known."""
        if not self.task.seen or not self.task.on_project:
            return
        columns = self.rule.columns | self.rule.keeping
        for key, yes in list(self.held.items()):
            if key == "column" and columns.isdisjoint(self.task.columns):
                self._lose(key, Withdrawal("", None, "moved", yes))
            elif key.startswith("tag ") and key[4:] not in self.task.tags:
                self._lose(key, Withdrawal("", None, "untagged", yes))
            elif key == "status" and self.task.status in self.rule.open - self.rule.statuses:
                self._lose(key, Withdrawal("", None, "status", yes))

    def _comment(self, sign: Sign) -> None:
        rule, changed = self.rule, sign.editor not in {"", sign.author}
        read = self._read(sign.text)
        why = self._why_not(sign) or (
            f"rewritten by {rule.name(sign.editor) or 'somebody else'}" if changed else ""
        )
        team = sign.author in rule.coordinators and (not changed or sign.editor in rule.coordinators)
        if read.verdict is Verdict.WITHDRAWN and team:
            self._take_back(sign, "said", "says that it is not acknowledged")
            return
        if read.verdict is Verdict.IGNORE and team and not changed:
            self._ignore_last(sign)
            return
        if read.verdict is Verdict.YES and not why:
            if "comment" in rule.by:
                self.held.setdefault("comment", self._evidence(sign, sign.text))
            self._note(
                sign, "yes" if "comment" in rule.by else "nothing", "comments do not count on this board"
            )
            return
        if not self._was_yes(sign) and (read.why or read.verdict is not Verdict.NOTHING):
            self._note(sign, "nothing", why or read.why)

    def _ignore_last(self, sign: Sign) -> None:
        """Lets "ignore that" take back a yes only if it is what the same person wrote right before."""
        yes = self.held.get("comment")
        if (
            yes
            and self._before is not None
            and yes.transaction == self._before.phid
            and yes.by_phid == sign.author
        ):
            self._note(sign, "taken back")
            self._lose("comment", self._withdrawal(sign, "said", yes))

    def _read(self, text: str) -> Reading:
        return reading(text, self.rule.wording, self.task.name)

    def _was_yes(self, sign: Sign) -> bool:
        """Notes a yes that a comment gave once and does not give any more."""
        if self._why_not(sign) or "comment" not in self.rule.by:
            return False
        said = [text for text in sign.earlier if self._read(text).verdict is Verdict.YES]
        if not said:
            return False
        how = "edited" if sign.text else "removed"
        # Nobody says who removed a comment: its last version has the name of who wrote it.
        by = self.rule.name(sign.editor or sign.author) if sign.text else ""
        at = datetime.fromtimestamp(sign.edited, UTC) if sign.edited else None
        quote = _short(sign.text)
        self.lost.append(Withdrawal(by, at, how, self._evidence(sign, said[-1]), sign.phid, quote))
        self._note(sign, "taken back", how)
        return True

    def _change(self, sign: Sign, key: str, *, within: bool, keeps: bool) -> None:
        """A move, tag or status: of a coordinator it gives a yes, of anybody it may end one."""
        if sign.how not in self.rule.by:
            return
        if within and key not in self.held:
            why = self._why_not(sign)
            self._note(sign, "nothing" if why else "yes", why)
            if not why:
                self.held[key] = self._evidence(sign, "")
        elif not keeps and key in self.held:
            how = {"column": "moved", "tag": "untagged", "status": "status"}[sign.how]
            self._note(sign, "taken back")
            self._lose(key, self._withdrawal(sign, how, self.held[key]))

    def _status(self, sign: Sign) -> None:
        if sign.value in _NO and sign.author in self.rule.coordinators:
            self._take_back(sign, "status")
        within = sign.value in self.rule.statuses
        closing = sign.value not in self.rule.open
        # Who opens a task again does not give it back a yes; after the session it is rightly closed, with its yes.
        reopened = self._closed and sign.author not in self.rule.coordinators
        self._change(sign, "status", within=within, keeps=closing or (within and not reopened))
        self._closed = closing

    def _take_back(self, sign: Sign, how: str, otherwise: str = "") -> None:
        """Ends every yes so far; where there is none, the sign is only noted, if there is something to say."""
        if self.held:
            self._note(sign, "taken back")
            first = min(self.held.values(), key=lambda yes: yes.at)
            self.lost.append(self._withdrawal(sign, how, first))
            self.held.clear()
        elif otherwise:
            self._note(sign, "nothing", otherwise)

    def _lose(self, key: str, lost: Withdrawal) -> None:
        self.lost.append(lost)
        del self.held[key]

    def _why_not(self, sign: Sign) -> str:
        if sign.author not in self.rule.coordinators:
            return _FORMER if sign.author in self.rule.former else _STRANGER
        return _OWN if sign.author == self.task.author else ""

    def _withdrawal(self, sign: Sign, how: str, of: Acknowledgement) -> Withdrawal:
        at = datetime.fromtimestamp(sign.at, UTC)
        return Withdrawal(self.rule.name(sign.author), at, how, of, sign.phid, _short(sign.text))

    def _evidence(self, sign: Sign, text: str) -> Acknowledgement:
        return Acknowledgement(
            by=self.rule.coordinators[sign.author],
            by_phid=sign.author,
            at=datetime.fromtimestamp(sign.at, UTC),
            sign=sign.how,
            transaction=sign.phid,
            quote=_short(text),
        )

    def _note(self, sign: Sign, verdict: str, why: str = "") -> None:
        says = (
            _short(sign.text)
            if sign.how == "comment"
            else self.rule.name(sign.column or sign.value) or sign.value
        )
        if sign.how == "tag" and not sign.added:
            says = f"{says} taken off"
        self.signs.append(
            JudgedSign(
                by=self.rule.name(sign.author),
                at=datetime.fromtimestamp(sign.at, UTC),
                how=sign.how,
                says=says,
                verdict=verdict,
                why=why if verdict != "yes" else "",
                transaction=sign.phid,
            )
        )


def _short(text: str) -> str:
    words = " ".join(spoken(text).split())
    return words if len(words) <= _QUOTE else words[: _QUOTE - 1].rstrip() + "…"
