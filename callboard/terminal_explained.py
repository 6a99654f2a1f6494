"""An explanation on a screen: headings, and a line for each thing that is known."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape as shown

from callboard.explaining_writes import Part
from callboard.wikitext.escape import plain_line


def show_explained(console: Console, parts: Iterable[Part]) -> None:
    """The reasoning, a heading and a line each."""
    for part in parts:
        console.print(f"[bold]{_plain(part.heading)}[/]", highlight=False, soft_wrap=True)
        for line in part.lines or ("nothing",):
            console.print(f"  {_plain(line)}", highlight=False, soft_wrap=True)


def _plain(text: str) -> str:
    return shown(plain_line(text))
