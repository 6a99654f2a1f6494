"""Helpers' hours that can be read in several ways, or in none."""

from collections.abc import Iterator

from callboard.checks import Seen, check
from callboard.model import Coming, Problem, Severity
from callboard.wikitext.masking import line_at


@check("hours-unclear")
def hours_unclear(seen: Seen) -> Iterator[Problem]:
    """`EpicPupper (07:00 PM to 12:30 PM UTC)`: 17½ hours over midnight, or a slip; nobody but EpicPupper knows."""
    for page in seen.signups:
        for entry in page.entries:
            if entry.ambiguous and entry.coming is not Coming.NO:
                span = entry.hours or entry.span
                message = f"{entry.user or 'this entry'}: {entry.question or 'when exactly?'}"
                line = line_at(page.text, span.start)
                source = span.of(page.text)
                yield Problem(
                    "hours-unclear",
                    Severity.WARNING,
                    message,
                    page.page,
                    line,
                    source,
                    rows=((page.page, entry.span),),
                    facts=("hours-unclear", entry.user or "", entry.role or "", source),
                )
