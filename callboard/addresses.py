"""Where each notice goes: the account as the wiki knows it this moment, by its present name, and that account's talk page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from callboard.ledger import Ledger
from callboard.model import Account, Notice
from callboard.ports import Wiki


@dataclass(slots=True)
class Addresses:
    """The accounts of recipients, asked fresh, each once in a run; who was renamed is found under the new name."""

    wiki: Wiki
    ledger: Ledger
    asked: dict[str, Account] = field(default_factory=dict)  # by the name asked for

    def ask(self, names: Iterable[str], now: datetime) -> None:
        """Ask about those of the names that are new, and about whom they are now; `now` is the wiki's time."""
        if new := self._ask(names, now):
            self._ask({one.renamed_to for one in new.values() if not one.exists and one.renamed_to}, now)

    def _ask(self, names: Iterable[str], now: datetime) -> Mapping[str, Account]:
        new = sorted(set(names) - self.asked.keys())
        if not new:
            return {}
        said = self.wiki.accounts(new, renames=True)
        self.asked.update(said)
        known = self.ledger.accounts(new, now)
        self.ledger.remember_accounts(
            {name: one for name, one in said.items() if known.get(name) != one}, now
        )
        return said

    def account(self, name: str) -> Account | None:
        """The account of that name, or the one that it was renamed to; None if the wiki was not asked."""
        found = self.asked.get(name)
        now = self.asked.get(found.renamed_to) if found and found.renamed_to and not found.exists else None
        return now if now and now.exists else found

    def name(self, notice: Notice) -> str:
        """The recipient's present name; that of a page is its title."""
        account = None if notice.to_page else self.account(notice.recipient)
        return account.name if account else notice.recipient

    def talk(self, notice: Notice) -> str:
        """The title of the page on which the notice is put."""
        return notice.recipient if notice.to_page else f"User talk:{self.name(notice)}"

    def present(self, notice: Notice) -> str:
        """The notice's key under the present name: who is linked by the former one was told all the same."""
        return replace(notice, recipient=self.name(notice)).key
