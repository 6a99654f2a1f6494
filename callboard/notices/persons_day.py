"""A person's day: in which zone it is counted, when the next one begins, and its quiet hours."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from callboard.config import Event


@dataclass(frozen=True, slots=True)
class PersonsDay:
    """One person's clock; without `quiet` there are no quiet hours."""

    zone: ZoneInfo
    quiet: tuple[time, time] | None = None  # from, to; a `to` that is not later is of the day after

    @property
    def quiet_hours(self) -> str:
        """`22:00–08:00, Europe/Berlin`."""
        return f"{self.quiet[0]:%H:%M}–{self.quiet[1]:%H:%M}, {self.zone}" if self.quiet else ""

    def date_of(self, moment: datetime) -> date:
        """The person's day to which the instant belongs."""
        return moment.astimezone(self.zone).date()

    def next_day(self, moment: datetime) -> datetime:
        """The first instant of the person's day after that of `moment`."""
        return self._instant(self.date_of(moment) + timedelta(days=1), time(0, 0))

    def quiet_until(self, moment: datetime) -> datetime | None:
        """The end of the quiet hours in which `moment` lies, their first instant included, their end not; None outside them."""
        if self.quiet is None:
            return None
        begins, ends = self.quiet
        today = self.date_of(moment)
        for first in (today - timedelta(days=1), today):
            last = first if ends > begins else first + timedelta(days=1)
            if self._instant(first, begins) <= moment < (end := self._instant(last, ends, again=True)):
                return end
        return None

    def _instant(self, day: date, at: time, *, again: bool = False) -> datetime:
        """When the clock shows that time, or what it shows instead where it skips it; with `again` the second time of two."""
        local = datetime.combine(day, at, self.zone)
        first = local.astimezone(UTC)
        return max(first, local.replace(fold=1).astimezone(UTC)) if again else first


def day_of(event: Event, *names: str) -> PersonsDay:
    """The day of an account, known to the event file by one of these names; else that of the event."""
    rules = event.delivery
    zone = next((rules.zones[name] for name in names if name in rules.zones), event.zone)
    if rules.quiet_from is None or rules.quiet_to is None:
        return PersonsDay(zone)
    return PersonsDay(zone, (rules.quiet_from, rules.quiet_to))
