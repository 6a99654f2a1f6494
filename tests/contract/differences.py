"""Following a board against reading it anew, after every poll of random histories.

    @pytest.mark.parametrize("seed", range(60))
    def test_following_is_reading_anew(seed: int) -> None:
        found = first_difference(history(seed), check_every=1)
        assert found is None, str(found)

A difference tells everything that was done until the poll, and the shortest history that still shows it.
`python -m tests.contract.differences 53` plays the history of one seed and tells the same.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from callboard.errors import BoardAway
from callboard.model import Proposal
from callboard.proposals.board import proposals
from callboard.proposals.memory import BoardMemory

from .histories import SETTINGS, History, Play, history
from .stage import config


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the state that was followed is not what a full read gives."""

    poll: int
    tasks: tuple[str, ...]
    followed: tuple[Proposal | None, ...]
    read: tuple[Proposal | None, ...]
    done: tuple[str, ...]
    shortest: History = ()

    def __str__(self) -> str:
        lines = [f"after poll {self.poll} {', '.join(self.tasks)} are not as a full read shows them"]
        for followed, read in zip(self.followed, self.read, strict=True):
            lines += _unlike(followed, read)
        lines += ["done until then:", *(f"  {line}" for line in self.done)]
        if self.shortest:
            lines.append("shortest history that shows it:")
            lines += [f"  poll {number}: {', '.join(map(str, turn.acts))} … {turn.wait} s"
                      for number, turn in enumerate(self.shortest)]  # fmt: skip
        return "\n".join(lines)


def _unlike(followed: Proposal | None, read: Proposal | None) -> list[str]:
    """The fields in which they differ."""
    if followed is None or read is None:
        return [f"  followed: {followed}", f"  full read: {read}"]
    names = [
        each.name for each in fields(Proposal) if getattr(followed, each.name) != getattr(read, each.name)
    ]
    return [
        f"  {read.task}, {name}: followed {getattr(followed, name)!r}, full read {getattr(read, name)!r}"
        for name in names
    ]


Look = Callable[[BoardMemory], Mapping[str, Proposal]]


def visible(memory: BoardMemory) -> dict[str, Proposal]:
    """The visible proposals by task, read with all that histories do in mind."""
    return {row.task: row for row in proposals(memory, config(**SETTINGS)) if row.visible}


def alike(followed: Proposal | None, read: Proposal | None) -> bool:
    """Whether they are the same, but for what no reading can find again: what a comment said before it was removed (076)."""
    if followed is None or read is None:
        return followed == read
    lost = any(row.withdrawn is not None and row.withdrawn.how == "removed" for row in (followed, read))
    return _readable(followed, lost=lost) == _readable(read, lost=lost)


def _readable(row: Proposal, *, lost: bool) -> Proposal:
    kept = tuple(sign for sign in row.signs if sign.why != "removed")
    return replace(row, withdrawn=None if lost else row.withdrawn, signs=kept)


def first_difference(
    turns: History,
    *,
    check_every: int = 1,
    look: Look = visible,
    settings: Mapping[str, Any] = SETTINGS,
    only: Callable[[int], bool] = lambda _: True,
    shorten: bool = True,
) -> Difference | None:
    """The first poll after which following the board does not give what reading it whole gives, or None.

    `only` says after which polls to compare. A poll that fails is made again, with the memory from before.
    """
    found = _first(turns, check_every, look, settings, only)
    if found is None or not shorten:
        return found
    shorter = shortest(
        turns[: found.poll + 1], lambda each: bool(_first(each, check_every, look, settings, only))
    )
    return replace(found, shortest=shorter)


def _first(
    turns: History, check_every: int, look: Look, settings: Mapping[str, Any], only: Callable[[int], bool]
) -> Difference | None:
    with Play() as play:
        reader = play.stage.reader(check_every=check_every, **settings)
        memory = reader.poll(None)
        for number in play.turns(turns):
            try:
                memory = reader.poll(memory)
            except BoardAway:
                play.server.heal()
                memory = reader.poll(memory)
            play.server.heal()
            if not only(number):
                continue
            followed, read = look(memory), look(play.stage.reader(**settings).poll(None))
            tasks = sorted(
                task for task in {*followed, *read} if not alike(followed.get(task), read.get(task))
            )
            if tasks:
                mine, whole = (tuple(state.get(task) for task in tasks) for state in (followed, read))
                return Difference(number, tuple(tasks), mine, whole, tuple(play.done))
    return None


def shortest(turns: History, fails: Callable[[History], bool]) -> History:
    """Takes out whatever can be taken out while it still fails: turns, then acts."""
    for number in reversed(range(len(turns))):
        fewer = (*turns[:number], *turns[number + 1 :])
        if fewer and fails(fewer):
            turns = fewer
    for number in range(len(turns)):
        for at in reversed(range(len(turns[number].acts))):
            turn = turns[number]
            less = replace(turn, acts=(*turn.acts[:at], *turn.acts[at + 1 :]))
            fewer = (*turns[:number], less, *turns[number + 1 :])
            if fails(fewer):
                turns = fewer
    return turns


def main() -> None:
    """Plays the history of a seed again and says where it differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.contract.histories", description=main.__doc__)
    parser.add_argument("seed", type=int)
    parser.add_argument("--check-every", type=int, default=1)
    parser.add_argument("--loud", action="store_true", help="only what a poll shows at once")
    options = parser.parse_args()
    turns = history(options.seed, silent=not options.loud)
    found = first_difference(turns, check_every=options.check_every)
    sys.stdout.write(f"{found or 'no difference'}\n")


if __name__ == "__main__":
    main()
