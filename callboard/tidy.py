"""The tidy engine: rules to a fixed point, in memory, and a result that is refused unless it harms nothing.

SAFE edits are applied and the rules asked again about the page that results, at most five times. Edits that claim the
same text wait for the next round. The order of the rules does not matter: wishes are ordered by place, then by name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from callboard.model import Level, Problem, ProposedEdit, Schedule, Severity, SignUps
from callboard.read.schedule import read_schedule
from callboard.read.signups import read_signups
from callboard.rules import SCHEDULE, PageKind, Rule, Unsure, level_of, rules_for
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import Span, TextEdit, apply_edits, overlap
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


def _wanted(
    page: Schedule | SignUps, rules: Iterable[Rule], snapshot: Snapshot
) -> list[tuple[TextEdit, str, Level]]:
    """Every edit that the rules want of the page, each once, in order of place."""
    text, protected = page.text, Protected(page.text)
    wanted: dict[TextEdit, tuple[str, Level]] = {}
    for rule in sorted(rules, key=lambda rule: rule.name):
        allowed = level_of(rule, snapshot.event)
        if allowed is Level.OFF:
            continue
        for wish in rule.wishes(page, snapshot):
            edit, sure = (wish.edit, Level.ASK) if isinstance(wish, Unsure) else (wish, Level.SAFE)
            old = text[edit.start : edit.end]
            if old == edit.new or protected.holds(Span(edit.start, edit.end)):
                continue
            level = max(allowed, sure, key=_CAUTION.index)
            if (page.page, _context(text, edit)) in snapshot.edited_before:
                level = Level.SHOW  # a person took it back: it is theirs now
            wanted.setdefault(edit, (rule.name, level))
    return sorted((edit, name, level) for edit, (name, level) in wanted.items())


def _disjoint(edits: Iterable[tuple[TextEdit, str, Level]]) -> list[tuple[TextEdit, str]]:
    taken: list[tuple[TextEdit, str]] = []
    for edit, name, level in edits:
        if level is Level.SAFE and not (taken and overlap(taken[-1][0], edit)):
            taken.append((edit, name))
    return taken


def _first_shown(text: str, span: Span | TextEdit) -> int:
    """Where the span's first character that shows stands; its start if none does."""
    shown = (at for at in range(span.start, span.end) if not text[at].isspace())
    return next(shown, span.start)


def _context(text: str, span: Span | TextEdit) -> str:
    """The whole line of a span: with it, an edit that was made before is known again."""
    at = _first_shown(text, span)
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)].strip()


def _proposed(
    original: str, now: str, origin: Origin, edit: TextEdit, *, name: str, level: Level
) -> ProposedEdit:
    there = origin.span(Span(edit.start, edit.end))
    start = _first_shown(original, there)
    return ProposedEdit(
        rule=name,
        level=level,
        edit=replace(edit, start=there.start, end=there.end),
        line=line_at(original, start),
        old=now[edit.start : edit.end],
        context=_context(original, there),
    )


def _facts(page: Schedule | SignUps) -> object:
    """What no tidy edit may change in the meaning of a page."""
    if isinstance(page, Schedule):
        return [(session.start, session.end, session.rooms) for session in page.sessions]
    return {(entry.role, entry.user) for entry in page.entries}


def _refusal(page: str, code: str, why: str, applied: Sequence[ProposedEdit]) -> Problem:
    names = ", ".join(sorted({edit.rule for edit in applied}))
    return Problem(
        code,
        Severity.WARNING,
        f"not tidied, the page stays as it is: {why} (rules: {names}); please look at the line by hand",
        page,
        applied[0].line if applied else None,
        applied[0].old if applied else "",
    )


def tidy(
    text: str, page_title: str, kind: PageKind, snapshot: Snapshot, rules: Sequence[Rule] | None = None
) -> Tidied:
    """The page after every SAFE edit, and the edits that a person is asked about; tidying the result changes nothing."""
    rules = rules_for(kind) if rules is None else [rule for rule in rules if rule.kind is kind]
    page = before = read_page(text, page_title, kind, snapshot)
    origin = Origin.of(text)
    applied: list[ProposedEdit] = []
    wanted = _wanted(page, rules, snapshot)
    for _ in range(PASSES):
        taken = _disjoint(wanted)
        if not taken:
            break
        applied += [
            _proposed(text, page.text, origin, edit, name=name, level=Level.SAFE) for edit, name in taken
        ]
        edits = [edit for edit, _ in taken]
        origin = origin.after(edits)
        page = read_page(apply_edits(page.text, edits), page_title, kind, snapshot)
        wanted = _wanted(page, rules, snapshot)
    else:
        if _disjoint(wanted):
            why = f"after {PASSES} rounds the rules still want edits"
            return Tidied(before, before, refused=(_refusal(page_title, "tidy-unstable", why, applied),))
    if applied:
        why = next(breaks(text, page.text, tuple(origin.changed())), "")
        if not why and _facts(page) != _facts(before):
            why = "the page would be read differently afterwards"
        if why:
            return Tidied(before, before, refused=(_refusal(page_title, "tidy-refused", why, applied),))
    rest = [_proposed(text, page.text, origin, edit, name=name, level=level) for edit, name, level in wanted]
    return Tidied(
        before,
        page,
        tuple(applied),
        tuple(edit for edit in rest if edit.level is Level.ASK),
        tuple(edit for edit in rest if edit.level is Level.SHOW),
    )
