"""./run fuzz: coverage-guided inputs for the readers, the text surgery and the times, until something breaks.

Usage: ./run fuzz [reader|surgery|times] [-runs:N] [-seconds:N]
An input that breaks a promise is kept as crash-… in the folder var/fuzz/TARGET; put it into tests/fuzz/kept/TARGET, where
./run test tries it for good.
"""

import sys
from pathlib import Path

import atheris  # ./run fuzz installs it

with atheris.instrument_imports(include=["callboard"]):
    from tests.fuzz.targets import TARGETS

from tests.fuzz.spelling import spelled

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LONGEST = 600  # bytes of an input; a byte may be a piece of wikitext
SLOW = 10  # seconds after which one input counts as a hang


def main(args: list[str]) -> None:
    """Fuzz one target."""
    names = [arg for arg in args if not arg.startswith("-")] or ["reader"]
    given = dict(arg.lstrip("-").partition(":")[::2] for arg in args if arg.startswith("-"))
    if len(names) != 1 or names[0] not in TARGETS or not given.keys() <= {"runs", "seconds"}:
        sys.exit(__doc__)
    target = TARGETS[names[0]]
    folder = ROOT / "var" / "fuzz" / names[0]
    folder.mkdir(parents=True, exist_ok=True)
    seeds = HERE / "kept" / names[0]
    options = [f"-max_len={LONGEST}", f"-timeout={SLOW}", f"-artifact_prefix={folder}/"]
    options += [f"-runs={given['runs']}"] if "runs" in given else []
    options += [f"-max_total_time={given['seconds']}"] if "seconds" in given else []
    folders = [str(folder), *([str(seeds)] if seeds.is_dir() else [])]
    atheris.Setup([sys.argv[0], *options, *folders], lambda data: target(spelled(data)))
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
