"""An explanation on a screen: headings, and a line for each thing that is known."""

from collections.abc import Iterable

from rich.console import Console

from callboard.explaining_writes import Part
from callboard.terminal import plain


def show_explained(console: Console, parts: Iterable[Part]) -> None:
    """The reasoning, a heading and a line each."""
    for part in parts:
        console.print(f"[bold]{plain(part.heading)}[/]", highlight=False, soft_wrap=True)
        for line in part.lines or ("nothing",):
            console.print(f"  {plain(line)}", highlight=False, soft_wrap=True)
