"""Publishes `templates_wikitext/` on the event's wiki: the notices' texts, their translations, and the page that explains the bot.

A page that an organiser reworded on the wiki is left as it is, unless that is asked for: the wiki's text is theirs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from callboard.config import Event
from callboard.model import PageText
from callboard.ports import Conflict, Refused, Saved, Unchanged, Unknown, Wiki
from callboard.template_choice import why_not_sent
from callboard.writing import Held, Results, Written, check_switch


@dataclass(frozen=True, slots=True)
class Publication:
    """A template and what stands on the wiki in its place; `theirs` if somebody else wrote that."""

    page: PageText
    text: str
    theirs: bool

    @property
    def changes(self) -> bool:
        """Whether the wiki has another text."""
        return (self.page.text or "").strip() != self.text.strip()


def published_titles(event: Event, folder: Path) -> Iterator[tuple[str, str]]:
    """(title on the wiki, text) of every template file; pages/about is the page that the event file names."""
    for file in sorted((folder / "notices").rglob("*.wikitext")):  # translations: notices/moved/de.wikitext
        name = file.relative_to(folder).with_suffix("").as_posix()
        yield f"{event.pages.templates}/{name}", file.read_text("utf-8")
    yield from _schedule_templates(event, folder / "schedule")
    about = folder / "pages/about.wikitext"
    if event.pages.about and about.exists():
        yield event.pages.about, about.read_text("utf-8")


def _schedule_templates(event: Event, folder: Path) -> Iterator[tuple[str, str]]:
    """The templates of sessions, which call each other by the name that the event gives them."""
    base = event.pages.templates.removeprefix("Template:")
    for file in sorted(folder.rglob("*.wikitext")):
        name = file.relative_to(folder).with_suffix("").as_posix()
        text = file.read_text("utf-8").replace("Template:Callboard/", f"{event.pages.templates}/")
        yield f"{event.pages.templates}/{name}", text.replace("{{Callboard/", f"{{{{{base}/")


def publications(event: Event, folder: Path, wiki: Wiki) -> tuple[Publication, ...]:
    """What publishing would do. Raises Stopped if the off switch says so, and WikiAway, WikiRefused."""
    wanted = dict(published_titles(event, folder))
    switch = event.pages.off_switch
    pages = wiki.read([*wanted, *((switch,) if switch else ())]).pages
    if switch:
        check_switch(pages[switch])
    return tuple(
        Publication(
            pages[title], text, theirs=pages[title].revid is not None and pages[title].user != wiki.bot
        )
        for title, text in wanted.items()
    )


def doubted(event: Event, folder: Path, wiki: Wiki) -> tuple[str, ...]:
    """The templates as they stand on the wiki now for which notices would be held, and how to mend each; one request.

    Translations that only the wiki has are looked at in the languages that the event file and the wiki name.
    """
    notices = f"{event.pages.templates}/notices/"
    bases = [title for title, _ in published_titles(event, folder) if title.startswith(notices)]
    languages = dict.fromkeys((*event.delivery.languages.values(), wiki.language))
    found = [
        f"{base}/{code}" for base in bases for code in languages if base.count("/") == notices.count("/")
    ]
    pages = wiki.read([*bases, *found]).pages
    return tuple(
        why
        for title, page in pages.items()
        if (title in bases or page.revid is not None) and (why := why_not_sent(page, event, wiki.bot))
    )


def publish(wanted: tuple[Publication, ...], wiki: Wiki, event: Event, *, overwrite: bool = False) -> Results:
    """Save what changed; pages reworded by people only with `overwrite`."""
    results = Results()
    for item in wanted:
        title = item.page.title
        if not item.changes:
            continue
        if item.theirs and not overwrite:
            reason = f"was reworded by {item.page.user}; -overwrite puts Callboard's text back"
            results.held.append(Held(title, "template", reason))
            continue
        match wiki.save(
            item.page, item.text, f"Bot: published from Callboard's templates{event.pages.what_is_this}"
        ):
            case Saved(revid=revid):
                size = len(item.text) - len(item.page.text or "")
                results.written.append(Written(title, "template", revid, size))
            case Conflict(why=reason) | Refused(why=reason):
                results.held.append(Held(title, "template", reason))
            case Unknown(why=reason):
                results.failed.append(f"[[{title}]]: no answer to the save ({reason})")
            case Unchanged():
                pass
    return results
