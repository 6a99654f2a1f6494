"""The tidy engine: rules to a fixed point, in memory, and a result that is refused unless it harms nothing.

SAFE edits are applied and the rules asked again about the page that results, at most five times. Edits that claim the
same text wait for the next round. The order of the rules does not matter: wishes are ordered by place, then by name.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from callboard.model import Level, PageText, Problem, ProposedEdit, Schedule, Severity, SignUps
from callboard.read.schedule import read_schedule
from callboard.read.signups import read_signups
from callboard.rules import SCHEDULE, PageKind, Rule, Unsure, level_of, rules_for
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import Span, TextEdit, apply_edits, lines_written, overlap
from callboard.wikitext.masking import line_at
from callboard.wikitext.origin import Origin
from callboard.wikitext.structure import Protected, breaks

PASSES = 5
_CAUTION = (Level.SAFE, Level.ASK, Level.SHOW, Level.OFF)


@dataclass(frozen=True, slots=True)
class Tidied:
    """A page after tidying; it is the page as it was if there was nothing to do or the result was refused.

    Lines and spans are those of the page given; where a later round changed what an earlier one wrote, they are those of
    all that was replaced there, and `old` is what the rule saw.
    """

    before: Schedule | SignUps  # the page given, as read
    reading: Schedule | SignUps  # the page that results, as read
    applied: tuple[ProposedEdit, ...] = ()
    asks: tuple[ProposedEdit, ...] = ()
    shows: tuple[ProposedEdit, ...] = ()
    refused: tuple[Problem, ...] = ()

    @property
    def text(self) -> str:
        """The page that results."""
        return self.reading.text


def read_page(text: str, page_title: str, kind: PageKind, snapshot: Snapshot) -> Schedule | SignUps:
    """The page as the rules see it."""
    if kind is SCHEDULE:
        return read_schedule(text, snapshot.event, page_title)
    return read_signups(text, snapshot.event, page_title, exists=snapshot.exists)


@dataclass(frozen=True, slots=True)
class _Work:
    """What stays the same in all rounds; edits on `held` lines of the original are only shown: they are a person's."""

    original: str
    rules: Sequence[Rule]
    snapshot: Snapshot
    held: frozenset[int] = frozenset()


def _wanted(page: Schedule | SignUps, origin: Origin, work: _Work) -> list[tuple[TextEdit, str, Level]]:
    """Every edit that the rules want of the page, each once, in order of place."""
    text, protected = page.text, Protected(page.text)
    not_ours = _without_a_yes(page, work.snapshot)
    wanted: dict[TextEdit, tuple[str, Level]] = {}
    for rule in sorted(work.rules, key=lambda rule: rule.name):
        allowed = level_of(rule, work.snapshot.event)
        if allowed is Level.OFF:
            continue
        for wish in rule.wishes(page, work.snapshot):
            edit, sure = (wish.edit, Level.ASK) if isinstance(wish, Unsure) else (wish, Level.SAFE)
            old = text[edit.start : edit.end]
            span = Span(edit.start, edit.end)
            if old == edit.new or protected.holds(span) or not_ours(span):
                continue
            level = max(allowed, sure, key=_CAUTION.index)
            if work.held and _line_before(work.original, origin, edit) in work.held:
                level = Level.SHOW
            wanted.setdefault(edit, (rule.name, level))
    return sorted((edit, name, level) for edit, (name, level) in wanted.items())


def _without_a_yes(page: Schedule | SignUps, snapshot: Snapshot) -> Callable[[Span], bool]:
    """Whether a span lies in a session whose task the coordination team has not acknowledged: flagged, not edited."""
    if not isinstance(page, Schedule) or snapshot.proposals is None:
        return lambda _: False
    said_yes = {task for task, proposal in snapshot.proposals.items() if proposal.acknowledged}
    rows = sorted(s.span for s in page.sessions if any(ref.task not in said_yes for ref in s.tasks))

    def lies_in_one(span: Span) -> bool:
        before = bisect_right(rows, span.start, key=lambda row: row.start) - 1
        return before >= 0 and span in rows[before]

    return lies_in_one


def _disjoint(edits: Iterable[tuple[TextEdit, str, Level]]) -> list[tuple[TextEdit, str]]:
    taken: list[tuple[TextEdit, str]] = []
    for edit, name, level in edits:
        if level is Level.SAFE and not (taken and overlap(taken[-1][0], edit)):
            taken.append((edit, name))
    return taken


def _line_before(original: str, origin: Origin, edit: TextEdit) -> int:
    """The line of the original that an edit touches: that of the first character there that shows."""
    there = origin.span(Span(edit.start, edit.end))
    shown = (at for at in range(there.start, there.end) if not original[at].isspace())
    return line_at(original, next(shown, there.start))


def _proposed(
    original: str, now: str, origin: Origin, edit: TextEdit, *, name: str, level: Level
) -> ProposedEdit:
    there = origin.span(Span(edit.start, edit.end))
    return ProposedEdit(
        rule=name,
        level=level,
        edit=replace(edit, start=there.start, end=there.end),
        line=_line_before(original, origin, edit),
        old=now[edit.start : edit.end],
    )


def _taken_back(page: str, before: str, after: str, origin: Origin, snapshot: Snapshot) -> frozenset[int]:
    """Lines of the original whose edits would write what the bot wrote before and a person took back, wholly or in part."""
    times = {line: count for (title, line), count in snapshot.written_before.items() if title == page}
    again = lines_written(before, after).keys() & times.keys() if times else set()
    if not again:
        return frozenset()
    there = Counter(line.strip() for line in before.split("\n"))
    missing = {line for line in again if there[line] < times[line]}
    lines: set[int] = set()
    at = 0
    for line in after.split("\n"):
        if line.strip() in missing:
            span = origin.span(Span(at, at + len(line)))
            lines.update(range(line_at(before, span.start), line_at(before, span.end) + 1))
        at += len(line) + 1
    return frozenset(lines)


def _facts(page: Schedule | SignUps) -> object:
    """What no tidy edit may change in the meaning of a page."""
    if isinstance(page, Schedule):
        return [(session.start, session.end, session.rooms) for session in page.sessions]
    return {(entry.role, entry.user) for entry in page.entries}


def _refused(before: Schedule | SignUps, code: str, why: str, applied: Sequence[ProposedEdit]) -> Tidied:
    names = ", ".join(sorted({edit.rule for edit in applied}))
    problem = Problem(
        code,
        Severity.WARNING,
        f"not tidied, the page stays as it is: {why} (rules: {names}); please look at the line by hand",
        before.page,
        applied[0].line if applied else None,
        applied[0].old if applied else "",
    )
    return Tidied(before, before, refused=(problem,))


def tidy(
    text: str, page_title: str, kind: PageKind, snapshot: Snapshot, rules: Sequence[Rule] | None = None
) -> Tidied:
    """The page after every SAFE edit, and the edits that a person is asked about; tidying the result changes nothing.

    An edit that a person took back is not made again (`Snapshot.written_before`); it is only shown.
    """
    chosen = tuple(rules_for(kind) if rules is None else (rule for rule in rules if rule.kind is kind))
    before = read_page(text, page_title, kind, snapshot)
    if page_title not in snapshot.pages:  # rules may ask what stood there before the first round
        snapshot = replace(snapshot, pages={**snapshot.pages, page_title: PageText(page_title, 0, text)})
    work = _Work(text, chosen, snapshot)
    while True:
        result, origin = _tidied(before, kind, work)
        again = _taken_back(page_title, text, result.text, origin, snapshot) - work.held
        if not again:
            return result
        work = replace(work, held=work.held | again)


def _tidied(before: Schedule | SignUps, kind: PageKind, work: _Work) -> tuple[Tidied, Origin]:
    text, page = before.text, before
    origin = Origin.of(text)
    applied: list[ProposedEdit] = []
    wanted = _wanted(page, origin, work)
    for _ in range(PASSES):
        taken = _disjoint(wanted)
        if not taken:
            break
        applied += [
            _proposed(text, page.text, origin, edit, name=name, level=Level.SAFE) for edit, name in taken
        ]
        edits = [edit for edit, _ in taken]
        origin = origin.after(edits)
        page = read_page(apply_edits(page.text, edits), page.page, kind, work.snapshot)
        wanted = _wanted(page, origin, work)
    else:
        if _disjoint(wanted):
            why = f"after {PASSES} rounds the rules still want edits"
            return _refused(before, "tidy-unstable", why, applied), Origin.of(text)
    if applied:
        why = next(breaks(text, page.text, tuple(origin.changed())), "")
        if not why and _facts(page) != _facts(before):
            why = "the page would be read differently afterwards"
        if why:
            return _refused(before, "tidy-refused", why, applied), Origin.of(text)
    rest = [_proposed(text, page.text, origin, edit, name=name, level=level) for edit, name, level in wanted]
    asks = tuple(edit for edit in rest if edit.level is Level.ASK)
    shows = tuple(edit for edit in rest if edit.level is Level.SHOW)
    return Tidied(before, page, tuple(applied), asks, shows), origin
