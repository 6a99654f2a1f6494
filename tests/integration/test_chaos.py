"""A short chaos run is clean, and the harness finds out a bot that forgets and one that overwrites."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dev.chaos_faults import Fault
from dev.chaos_run import Run
from dev.chaos_stage import Stage, staged
from dev.chaos_waves import people, wave
from dev.wiki_golden import golden
from dev.wiki_install import prepare

SEED = 11
DELIVERIES = 75
PEOPLE = people(SEED, 60)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    golden(prepare())
    folder: Path = tmp_path_factory.mktemp("chaos")
    with staged(f"chaos-tests-{folder.parent.name}", folder, PEOPLE) as stage:
        yield stage


def told(run: Run) -> str:
    """Every broken promise, for whoever reads that the test failed."""
    journal = run.stage.journal
    return "\n".join(
        "\n".join(
            [
                f"{failure.what}: {failure.key} [[{failure.title}]] {failure.note}",
                *(one.line() for one in failure.revisions),
                *journal.around(number, [failure.key], failure.title),
            ]
        )
        for number, failure in run.outcome.failures
    )


@pytest.mark.timeout(300)
def test_nobody_is_told_twice_or_forgotten(stage: Stage) -> None:
    run = Run(stage, SEED)
    outcome = run.play([wave(SEED, 1, DELIVERIES, PEOPLE)])
    assert outcome.failures == [], told(run)
    assert outcome.deliveries == outcome.posted + outcome.on_record.total() == DELIVERIES
    assert (len(stage.journal.faults) > 10, outcome.bots["kills"] > 0) == (True, True)


@pytest.mark.timeout(120)
def test_forgetful_bot_is_caught(stage: Stage) -> None:
    run = Run(stage, SEED, broken="tests.integration.broken_bots:forgetful", rounds=1)
    outcome = run.play([wave(SEED, 2, 5, PEOPLE, phases=1)])
    assert "posted twice" in {failure.what for _, failure in outcome.failures}, told(run)


@pytest.mark.timeout(120)
def test_overwriting_bot_is_caught(stage: Stage) -> None:
    run = Run(
        stage,
        SEED,
        broken="tests.integration.broken_bots:careless",
        saves={Fault.MERGE: 400, Fault.CONFLICT: 400},
        rounds=1,
    )
    outcome = run.play([wave(SEED, 3, 10, PEOPLE, phases=1)])
    assert "the bot took off what people wrote" in {failure.what for _, failure in outcome.failures}
