"""Runs the measurements: ./run bench [board|notices|reading|signups]."""

import sys

from benchmarks import board, notices, reading, signups

MEASUREMENTS = {
    "board": board.main,
    "notices": notices.main,
    "reading": reading.main,
    "signups": signups.main,
}


def main(*names: str) -> int:
    """0 measured, 2 no such measurement."""
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        print(
            f"there is no measurement {unknown[0]!r}; there are: {', '.join(MEASUREMENTS)}", file=sys.stderr
        )
        return 2
    for name in names or MEASUREMENTS:
        MEASUREMENTS[name]()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
