"""Runs scripts in this process, against a wiki and a board in memory."""

from collections.abc import Callable
from pathlib import Path

import pytest

from callboard import command
from tests.promises import World
from tests.test_scripts import ends, main_of

Run = Callable[..., tuple[int, str, str]]


def runner(
    there: World,
    event_file: str,
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Runs a script for the event of that file, or of another one given as `event`; exit code, output, errors.

    What stands in the folder besides may be named in arguments as TMP/….
    """
    monkeypatch.setattr(command, "_gateway", lambda _event, _stop: there.wiki)
    monkeypatch.setattr(command, "_board", lambda _event, _ledger, _stop: there.board)
    monkeypatch.setenv("COLUMNS", "220")

    def run(script: str, *args: str, event: str = event_file) -> tuple[int, str, str]:
        file = folder / "tea.toml"
        file.write_text(event)
        given = [f"-event:{file}", f"-ledger:sqlite:///{folder}/ledger.sqlite"]
        code = ends(main_of(script), *given, *(arg.replace("TMP", str(folder)) for arg in args))
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
