"""Tidy rules: what a rule sees on a page that was read, and the edits that it wants.

One file a rule. A rule is a function of the page and the snapshot; a decorator gives it its name, the kind of page it
looks at and how far it goes unless the event file says otherwise. The engine (`callboard/tidy.py`) never names a rule.

    @schedule_rule("free-slots")
    def free_slots(page: Schedule, snapshot: Snapshot) -> Iterator[Wish]:
        yield TextEdit(12, 16, "''free slot''")        # certain: the rule's level counts
        yield Unsure(TextEdit(40, 40, "''free slot''"))  # a person decides, whatever the event file says
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from importlib import import_module
from pkgutil import iter_modules

from callboard.config import Event
from callboard.model import Level, Schedule, SignUps
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import TextEdit


class PageKind(StrEnum):
    """What a page is to Callboard."""

    SCHEDULE = "schedule"
    SIGNUPS = "signups"


SCHEDULE, SIGNUPS = PageKind.SCHEDULE, PageKind.SIGNUPS


@dataclass(frozen=True, slots=True)
class Unsure:
    """An edit that a rule would not make without a person's yes."""

    edit: TextEdit
    whole_rows: bool = False  # it moves or removes whole rows with whatever they hold, comments too
    without_yes: bool = False  # also where the coordination team has not acknowledged the session's task


Wish = TextEdit | Unsure
_OnSchedule = Callable[[Schedule, Snapshot], Iterator[Wish]]
_OnSignUps = Callable[[SignUps, Snapshot], Iterator[Wish]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule; `wishes` are its edits for a page of its own kind."""

    name: str
    kind: PageKind
    level: Level  # unless the event file names another
    on_schedule: _OnSchedule | None = None
    on_signups: _OnSignUps | None = None

    def wishes(self, page: Schedule | SignUps, snapshot: Snapshot) -> Iterator[Wish]:
        """The edits that the rule wants on this page; none on a page of another kind."""
        if isinstance(page, Schedule):
            return self.on_schedule(page, snapshot) if self.on_schedule else iter(())
        return self.on_signups(page, snapshot) if self.on_signups else iter(())


RULES: dict[str, Rule] = {}


def _register(new: Rule) -> None:
    if new.name in RULES:
        raise ValueError(f"two rules are called {new.name!r}")
    RULES[new.name] = new


def schedule_rule(name: str, level: Level = Level.SAFE) -> Callable[[_OnSchedule], _OnSchedule]:
    """Register a rule for schedule pages."""

    def register(func: _OnSchedule) -> _OnSchedule:
        _register(Rule(name, SCHEDULE, level, on_schedule=func))
        return func

    return register


def signups_rule(name: str, level: Level = Level.SAFE) -> Callable[[_OnSignUps], _OnSignUps]:
    """Register a rule for sign-up pages."""

    def register(func: _OnSignUps) -> _OnSignUps:
        _register(Rule(name, SIGNUPS, level, on_signups=func))
        return func

    return register


def rules_for(kind: PageKind) -> tuple[Rule, ...]:
    """The rules for pages of this kind, by name."""
    return tuple(RULES[name] for name in sorted(RULES) if RULES[name].kind is kind)


def level_of(rule: Rule, event: Event) -> Level:
    """How far the event lets the rule go."""
    return event.rules.get(rule.name, rule.level)


def unknown_rules(names: Iterable[str]) -> Iterator[str]:
    """A line, key first, for each name in an event file that is no rule's, with a hint."""
    for name in sorted(set(names) - set(RULES)):
        near = get_close_matches(name, RULES, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"rules are {', '.join(sorted(RULES))}"
        yield f"rules.{name}: there is no such rule; {hint}"


for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
