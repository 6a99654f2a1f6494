"""Ten thousand notices while everything goes wrong: none twice, none lost, no edit by hand lost.

A fresh development wiki, event after event with reminders for invented people, and two bots: Callboard itself, in
processes of their own, each behind a proxy that refuses, resets, delays, and answers in the wiki's place, while people
write, archive and delete, admins protect and block, processes are killed, clocks step and databases are deleted. After
each part of an event it gets quiet; then the verdict is read from the wiki's own revisions, deleted ones included.

  ./run chaos                                  150 deliveries
  ./run chaos -deliveries:10000 -seed:7        the long run
  ./run chaos -deliveries:10000 -seed:7 -wave:12   one event of it again

What is the same for a seed: people, events, and for each bot the fault that its first, second, … request of an event
meets. What is not: when two processes and the people get their turn, to the microsecond, and so which request is the
seventeenth. A failure that needs two bots may therefore take several tries. The journal in var/chaos tells all.
"""

import shutil
import sys
import time
from contextlib import suppress

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from callboard.options import Options
from dev.chaos_faults import without
from dev.chaos_run import Outcome, Run
from dev.chaos_stage import Stage, staged
from dev.chaos_verdict import Failure
from dev.chaos_waves import A_WAVE, people, waves
from dev.wiki_paths import ROOT

FOLDER = ROOT / "var/chaos"
SHOWN = 10  # failures that are told in full


def main(*args: str) -> int:
    """0 every promise was kept, 1 one was broken, 2 misused."""
    options = Options("chaos", __doc__ or "")
    options.value("deliveries", "how many notices (default 150)", shown="N")
    options.value("seed", "which faults meet which requests (default 1)", shown="N")
    options.value("wave", "only this event of the run", shown="N")
    options.value(
        "without", "no faults of saves with this word in their names, as in the summary", shown="WORD"
    )
    given = options.read(args)
    try:
        deliveries, seed, only = int(given.deliveries or 150), int(given.seed or 1), int(given.wave or 0)
    except ValueError:
        options.error("deliveries, seed and wave are whole numbers")
    return run(deliveries, seed, only, given.without or "", Console())


def run(deliveries: int, seed: int, only: int, left_out: str, console: Console) -> int:
    """Play, show what came of it; 0 or 1."""
    folder = FOLDER / str(seed)
    shutil.rmtree(folder, ignore_errors=True)
    recipients = people(seed, max(60, min(deliveries, A_WAVE) * 2 // 3, deliveries // 4))
    wanted = [one for one in waves(seed, deliveries, recipients) if only in {0, one.number}]
    total = sum(len(one.deliveries) for one in wanted)
    began = time.monotonic()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with staged(f"chaos-{seed}", folder, recipients) as stage, Progress(*columns, console=console) as bar:
        task = bar.add_task("begins", total=total)
        told = 0

        def progress(done: int, what: str) -> None:
            nonlocal told
            bar.update(task, completed=done, description=what)
            for wave, failure in playing.outcome.failures[told:SHOWN]:
                _tell(bar.console, stage, wave, failure)
            told = len(playing.outcome.failures)

        playing = Run(stage, seed, progress, saves=without(left_out))
        with suppress(KeyboardInterrupt):  # what is known by then is shown
            playing.play(wanted)
        progress(playing.outcome.deliveries, "done")
        outcome = playing.outcome
        show(console, stage, outcome, time.monotonic() - began, seed)
    if outcome.failures:
        first = outcome.failures[0][0]
        spared = f" -without:{left_out}" if left_out else ""
        console.print(
            f"Again: ./run chaos -deliveries:{deliveries} -seed:{seed} -wave:{first}{spared}", soft_wrap=True
        )
    return 0 if not outcome.failures and outcome.deliveries == total else 1


def show(console: Console, stage: Stage, outcome: Outcome, seconds: float, seed: int) -> None:
    """The summary."""
    table = Table(title=f"Chaos with seed {seed}", show_header=False)
    counts = {
        "deliveries": outcome.deliveries,
        "posted once": outcome.posted,
        **{f"on record: {why}": times for why, times in outcome.on_record.most_common()},
        "broken promises": len(outcome.failures),
        "edits by hand": len(stage.crowd.words),
        "requests of bots": stage.journal.requests,
        **{f"bots: {what}": times for what, times in sorted(outcome.bots.items())},
        **dict(sorted(stage.journal.faults.items())),
    }
    for what, times in counts.items():
        table.add_row(what, str(times))
    table.add_row("duration", f"{seconds:.0f} s")
    console.print(table)


def _tell(console: Console, stage: Stage, wave: int, failure: Failure) -> None:
    """One failure, with the revisions and what happened around them."""
    said = " ".join(
        filter(None, (failure.key, f"[[{failure.title}]]" if failure.title else "", failure.note))
    )
    console.print(f"\nEvent {wave}: {failure.what}: {said}", style="bold red", markup=False, soft_wrap=True)
    for revision in failure.revisions:
        console.print(f"  {revision.line()}", markup=False, soft_wrap=True)
    if failure.key or failure.title:
        for line in stage.journal.around(wave, [failure.key], failure.title)[:80]:
            console.print(f"  {line}", markup=False, soft_wrap=True)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
