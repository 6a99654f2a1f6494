import pytest

from callboard.config import Event, event_from
from callboard.model import Level, SignUps
from callboard.rules import RULES, SCHEDULE, SIGNUPS, level_of, rules_for, signups_rule, unknown_rules


def event(**rules: str) -> Event:
    names = {name.replace("_", "-"): level for name, level in rules.items()}
    data = {"event": {"title": "X", "zone": "UTC", "days": ["2021-05-21"]}, "rules": names}
    return event_from(data, slug="demo", where="demo")


def test_the_rules_that_the_event_files_may_name() -> None:
    assert [rule.name for rule in rules_for(SCHEDULE)] == [
        "double-session",
        "facilitation-mark",
        "free-slots",
        "link-acknowledged-tasks",
        "recording-link",
        "row-order",
        "session-status",
        "task-links",
        "task-twice-in-row",
        "time-notation",
        "user-links",
        "zonestamp-links",
    ]
    assert [rule.name for rule in rules_for(SIGNUPS)] == [
        "signup-bullets",
        "signup-duplicates",
        "signup-hours",
        "signup-links",
        "signup-placeholders",
        "signup-signatures",
    ]


def test_the_levels_of_rules_unless_the_event_says_otherwise() -> None:
    careful = {
        rule.name: level for rule in RULES.values() if (level := level_of(rule, event())) != Level.SAFE
    }
    assert careful == {
        "double-session": Level.ASK,
        "row-order": Level.ASK,
        "session-status": Level.ASK,
        "signup-hours": Level.ASK,
        "zonestamp-links": Level.OFF,
    }
    assert level_of(RULES["task-links"], event(task_links="OFF")) is Level.OFF


def test_rule_names_that_exist_are_fine() -> None:
    assert list(unknown_rules(event(task_links="ASK", signup_links="SHOW").rules)) == []


def test_unknown_rule_names_are_all_told_with_a_hint() -> None:
    assert list(unknown_rules(event(task_link="SAFE", xyz="OFF").rules)) == [
        "rules.task-link: there is no such rule; did you mean 'task-links'?",
        f"rules.xyz: there is no such rule; rules are {', '.join(sorted(RULES))}",
    ]


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two rules are called 'signup-links'"):
        signups_rule("signup-links")(lambda _page, _snapshot: iter(()))


def test_a_rule_wants_nothing_of_a_page_of_another_kind() -> None:
    page = SignUps("Page", "text", "none")
    from tests.snapshots import snapshot

    assert list(RULES["task-links"].wishes(page, snapshot())) == []
