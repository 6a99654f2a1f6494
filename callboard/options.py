"""Command-line options of the scripts, in pywikibot's spelling (`-event:NAME`) and in the usual one (`--event NAME`).

A script's docstring is its help. Misuse ends with exit code 2, one line that says what is wrong and how to see the help.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import NoReturn

_PYWIKIBOT = re.compile(r"--?([A-Za-z][\w-]*):(.*)", re.DOTALL)
_SHORT = re.compile(r"-([A-Za-z][\w-]*)(=.*)?", re.DOTALL)
_HELP = {"-h", "-help", "--help", "-?"}


class Options(argparse.ArgumentParser):
    """The options of one script; `doc` is its docstring: a sentence, then examples."""

    def __init__(self, script: str, doc: str) -> None:
        super().__init__(prog=script, description=doc.strip(), add_help=False, allow_abbrev=False)
        self.positional: list[str] = []
        self._lines: list[tuple[str, str]] = []

    def value(
        self, name: str, meaning: str, *, shown: str = "", required: bool = False, choices: Sequence[str] = ()
    ) -> None:
        """An option with a value: `-event:FILE`; `shown` is the word for the value in the help."""
        self.add_argument(f"--{name}", required=required, choices=choices or None, default=None)
        word = "|".join(choices) or shown or name.upper()
        self._lines.append((f"-{name}:{word}", meaning + (" (needed)" if required else "")))

    def flag(self, name: str, meaning: str) -> None:
        """An option that is given or not: `-apply`."""
        self.add_argument(f"--{name}", action="store_true")
        self._lines.append((f"-{name}", meaning))

    def word(self, name: str, meaning: str) -> None:
        """An argument without a name: `PAGE.wikitext`."""
        self.add_argument(name)
        self.positional.append(name)
        self._lines.append((name, meaning))

    def read(self, args: Iterable[str]) -> argparse.Namespace:
        """What was given; exits with 0 after the help, with 2 and a clear line on misuse."""
        given = list(args)
        before_end = given[: given.index("--")] if "--" in given else given
        if _HELP & set(before_end):
            sys.stdout.write(self.format_help())
            raise SystemExit(0)
        return self.parse_args([*map(_usual, before_end), *given[len(before_end) :]])

    def format_help(self) -> str:
        """The docstring, then the options in pywikibot's spelling."""
        width = max((len(left) for left, _ in self._lines), default=0)
        listed = "".join(f"  {left:{width}}  {meaning}\n" for left, meaning in self._lines)
        return (
            f"{self.description}\n\nOptions (also as --name VALUE):\n{listed}  {'-help':{width}}  this text\n"
        )

    def error(self, message: str) -> NoReturn:
        """End with exit code 2 and one line."""
        if message.startswith("unrecognized arguments: "):
            message = self._unknown(message.removeprefix("unrecognized arguments: "))
        else:
            message = message.removeprefix("argument ")
        message = re.sub(r"--([a-z][\w-]*)", r"-\1", message)
        sys.stderr.write(f"{self.prog}: {message} (-help explains)\n")
        raise SystemExit(2)

    def _unknown(self, given: str) -> str:
        first = given.split(maxsplit=1)[0] if given.split() else given
        if not first.startswith("-"):
            return f"unexpected argument {first!r}"
        names = [left.partition(":")[0] for left, _ in self._lines if left.startswith("-")]
        near = get_close_matches("-" + first.lstrip("-").partition("=")[0], names, n=1)
        return f"unknown option {first.partition('=')[0]}" + (f"; did you mean {near[0]}?" if near else "")


def _usual(arg: str) -> str:
    """`-event:NAME` as `--event=NAME`; everything else as it is, with two dashes before a name."""
    if found := _PYWIKIBOT.fullmatch(arg):
        return f"--{found[1]}={found[2]}"
    if found := _SHORT.fullmatch(arg):
        return f"-{arg}"
    return arg
