"""The tidy engine: rules to a fixed point, in memory, and a result that is refused unless it harms nothing.

SAFE edits are applied and the rules asked again about the page that results, at most five times. Edits that claim the
same text wait for the next round. The order of the rules does not matter: wishes are ordered by place, then by name.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from callboard.collecting import without_pauses
from callboard.model import Level, PageText, Problem, ProposedEdit, Schedule, Session, Severity, SignUps
from callboard.read.schedule import read_schedule
from callboard.read.signups import read_signups
from callboard.rules import SCHEDULE, PageKind, Rule, Unsure, level_of, rules_for
from callboard.rules.fitting import Fitting
from callboard.snapshot import Snapshot
from callboard.taken_back import TakenBack
from callboard.wikitext.arguments import call_at
from callboard.wikitext.edits import (
    REMOVED,
    Span,
    TextEdit,
    apply_edits,
    lines_written,
    overlap,
    without_bullet,
)
from callboard.wikitext.masking import Kind, line_at, marks_within
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
    return read_signups(text, snapshot.event, page_title, exists=snapshot.exists, renamed=snapshot.renamed)


@dataclass(frozen=True, slots=True)
class _Work:
    """What stays the same in all rounds; edits on `held` lines of the original are only shown: they are a person's."""

    original: str
    rules: Sequence[Rule]
    snapshot: Snapshot
    held: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An edit that a rule wants, how far it may go, and the cell if a person took one of the rule's edits back there."""

    edit: TextEdit
    rule: str
    level: Level
    taken_back: str = ""


def _wanted(page: Schedule | SignUps, origin: Origin, work: _Work) -> list[_Wanted]:
    """Every edit that the rules want of the page, each once, in order of place."""
    text, protected = page.text, Protected(page.text)
    not_ours = _without_a_yes(page, work.snapshot)
    remembered = work.snapshot.tidied_before.get(page.page, ())
    taken_back = TakenBack(page, remembered) if isinstance(page, Schedule) and remembered else None
    fitting = Fitting(page) if isinstance(page, Schedule) else None
    wanted: dict[TextEdit, _Wanted] = {}
    for rule in sorted(work.rules, key=lambda rule: rule.name):
        allowed = level_of(rule, work.snapshot.event)
        if allowed is Level.OFF:
            continue
        found: dict[TextEdit, Level] = {}
        for wish in rule.wishes(page, work.snapshot):
            edit, sure = (wish.edit, Level.ASK) if isinstance(wish, Unsure) else (wish, Level.SAFE)
            span = Span(edit.start, edit.end)
            if span.of(text) == edit.new:
                continue
            if protected.holds(span) and not (isinstance(wish, Unsure) and wish.whole_rows):
                if not protected.in_translate(span):
                    continue
                sure = Level.ASK  # what translators see changes with it
            if not_ours(span) and not (isinstance(wish, Unsure) and wish.without_yes):
                continue
            if fitting and not fitting.admits(edit):
                sure = Level.ASK
            level = max(allowed, sure, key=_CAUTION.index)
            if work.held and _line_before(work.original, origin, edit) in work.held:
                level = Level.SHOW
            found.setdefault(edit, level)
        peoples = taken_back.held(rule.name, found) if taken_back and found else {}
        for edit, level in found.items():
            one = _Wanted(edit, rule.name, level)
            if edit in peoples:
                one = replace(one, level=Level.SHOW, taken_back=peoples[edit])
            wanted.setdefault(edit, one)
    return sorted(wanted.values(), key=lambda one: one.edit)


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


def _disjoint(wanted: Iterable[_Wanted]) -> list[_Wanted]:
    taken: list[_Wanted] = []
    for one in wanted:
        if one.level is Level.SAFE and not (taken and overlap(taken[-1].edit, one.edit)):
            taken.append(one)
    return taken


def _line_before(original: str, origin: Origin, edit: TextEdit) -> int:
    """The line of the original that an edit touches: that of the first character there that shows."""
    there = origin.span(Span(edit.start, edit.end))
    shown = (at for at in range(there.start, there.end) if not original[at].isspace())
    return line_at(original, next(shown, there.start))


def _proposed(original: str, now: str, origin: Origin, one: _Wanted) -> ProposedEdit:
    edit = one.edit
    there = origin.span(Span(edit.start, edit.end))
    return ProposedEdit(
        rule=one.rule,
        level=one.level,
        edit=replace(edit, start=there.start, end=there.end),
        line=_line_before(original, origin, edit),
        old=now[edit.start : edit.end],
        taken_back=one.taken_back,
    )


def _lines_taken_back(
    page: str, before: str, after: str, origin: Origin, snapshot: Snapshot
) -> frozenset[int]:
    """Lines of a sign-up list whose edits would write what the bot wrote before and a person took back, wholly or in part."""
    times = {line: count for (title, line), count in snapshot.written_before.items() if title == page}
    again = lines_written(before, after).keys() & times.keys() if times else set()
    if not again:
        return frozenset()
    there = Counter(line.strip() for line in before.split("\n"))
    missing = {line for line in again if not line.startswith(REMOVED) and there[line] < times[line]}
    said = Counter(map(without_bullet, before.split("\n")))
    back = {line[1:] for line in again if line.startswith(REMOVED) and said[line[1:]] > times[line]}
    lines = {number for number, line in enumerate(before.split("\n"), 1) if without_bullet(line) in back}
    at = 0
    for line in after.split("\n"):
        if line.strip() in missing:
            span = origin.span(Span(at, at + len(line)))
            lines.update(range(line_at(before, span.start), line_at(before, span.end) + 1))
        at += len(line) + 1
    return frozenset(lines)


def _parameters(text: str, session: Session) -> tuple[str, ...]:
    """The names of the parameters of a session's template, which a bar or an equals sign too many would change."""
    if session.layout != "templates":
        return ()
    found = (mark.span for mark in marks_within(text, session.span) if mark.kind is Kind.TEMPLATE)
    outer = next(found, None)
    return tuple(call_at(text, outer).arguments) if outer else ()


def _says_the_same(before: Schedule | SignUps, after: Schedule | SignUps) -> bool:
    """Whether the page says still what no tidy edit may change."""
    if isinstance(before, Schedule) and isinstance(after, Schedule):
        return len(before.sessions) == len(after.sessions) and all(
            (old.start, old.end, old.rooms) == (new.start, new.end, new.rooms)
            and (
                old.span.of(before.text) == new.span.of(after.text)
                or _parameters(before.text, old) == _parameters(after.text, new)
            )
            for old, new in zip(before.sessions, after.sessions, strict=True)
        )
    return _entries(before) == _entries(after)


def _entries(page: Schedule | SignUps) -> set[tuple[str | None, str | None]]:
    return set() if isinstance(page, Schedule) else {(entry.role, entry.user) for entry in page.entries}


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


@without_pauses()
def tidy(
    text: str, page_title: str, kind: PageKind, snapshot: Snapshot, rules: Sequence[Rule] | None = None
) -> Tidied:
    """The page after every SAFE edit, and the edits that a person is asked about; tidying the result changes nothing.

    An edit that a person took back is not made again (`Snapshot.tidied_before`, `written_before`); it is only shown.
    Where the result would harm the page, the rules that alone would harm it are left out, and named.
    """
    chosen = tuple(rules_for(kind) if rules is None else (rule for rule in rules if rule.kind is kind))
    before = read_page(text, page_title, kind, snapshot)
    if page_title not in snapshot.pages:  # rules may ask what stood there before the first round
        snapshot = replace(snapshot, pages={**snapshot.pages, page_title: PageText(page_title, 0, text)})
    result = _kept_off(before, kind, _Work(text, chosen, snapshot))
    if not result.refused or len(chosen) < 2:
        return result
    alone = {rule.name: _kept_off(before, kind, _Work(text, (rule,), snapshot)).refused for rule in chosen}
    harmless = tuple(rule for rule in chosen if not alone[rule.name])
    if not harmless or len(harmless) == len(chosen):
        return result
    rest = _kept_off(before, kind, _Work(text, harmless, snapshot))
    harm = tuple(problem for rule in chosen for problem in alone[rule.name])
    return replace(rest, refused=(*harm, *rest.refused))


def _kept_off(before: Schedule | SignUps, kind: PageKind, work: _Work) -> Tidied:
    """The page tidied, what a person took back in a sign-up list left alone."""
    while True:
        result, origin = _tidied(before, kind, work)
        if kind is SCHEDULE:
            return result
        again = _lines_taken_back(before.page, before.text, result.text, origin, work.snapshot) - work.held
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
        applied += [_proposed(text, page.text, origin, one) for one in taken]
        edits = [one.edit for one in taken]
        origin = origin.after(edits)
        page = read_page(apply_edits(page.text, edits), page.page, kind, work.snapshot)
        wanted = _wanted(page, origin, work)
    else:
        if _disjoint(wanted):
            why = f"after {PASSES} rounds the rules still want edits"
            return _refused(before, "tidy-unstable", why, applied), Origin.of(text)
    if applied:
        why = next(breaks(text, page.text, tuple(origin.changed())), "")
        if not why and not _says_the_same(before, page):
            why = "the page would be read differently afterwards"
        if why:
            return _refused(before, "tidy-refused", why, applied), Origin.of(text)
    rest = [_proposed(text, page.text, origin, one) for one in wanted]
    asks = tuple(edit for edit in rest if edit.level is Level.ASK)
    shows = tuple(edit for edit in rest if edit.level is Level.SHOW)
    return Tidied(before, page, tuple(applied), asks, shows), origin
