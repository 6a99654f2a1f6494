"""The tick loop: `schedule` says "tick", nothing more.

It keeps no state: what is due is computed from the event, the wiki and now, so a tick that was missed, or that failed,
needs no special care. `schedule` itself drops missed runs and stops at the first exception (measured with 1.2.2);
hence its own Scheduler, and a tick that cannot raise.
"""

import logging
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType

import schedule

from callboard.errors import CallboardError, Stopped

log = logging.getLogger("callboard")

# Toolforge kills 15 seconds after SIGTERM. What is under way gets this long to end by itself; then whatever it waits
# for (a throttle, a slow answer) is given up: a save without an answer is looked for at the next tick.
PATIENCE = 6
AGAIN = 1  # seconds; code of others may take the first exception for a network error and try once more


class Stop:
    """A wish to end, from SIGTERM or SIGINT; `asked` is polled between two writes, `pause` sleeps until then."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def asked(self) -> bool:
        """Whether somebody asked the process to end."""
        return self._event.is_set()

    def ask(self) -> None:
        """Ask for the end."""
        self._event.set()

    def pause(self, seconds: float) -> None:
        """Sleep; raises Stopped as soon as the end is asked for."""
        if self._event.wait(seconds):
            raise Stopped("asked to stop; what is left is done at the next tick")

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take SIGTERM and SIGINT as the wish while this lasts; only in the main thread."""
        handlers = {
            signal.SIGTERM: self._on_signal,
            signal.SIGINT: self._on_signal,
            signal.SIGALRM: self._on_alarm,
        }
        before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        try:
            yield
        finally:
            signal.alarm(0)
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._event.set()
        signal.alarm(PATIENCE)

    def _on_alarm(self, _number: int, _frame: FrameType | None) -> None:
        signal.alarm(AGAIN)
        raise Stopped(
            f"asked to stop, and not done after {PATIENCE} seconds; the next tick looks what was done"
        )


def run_for_ever(tick: Callable[[], object], every: timedelta, stop: Stop) -> int:
    """Tick now and then every so often until the end is asked for; returns how many ticks failed.

    Whatever a tick raises is logged, our own mistakes with their stack trace, and the next tick comes all the same.
    """
    failures = 0

    def safely() -> None:
        nonlocal failures
        try:
            tick()
        except Stopped as error:
            log.warning("stopped: %s", error)
        except CallboardError as error:
            failures += 1
            log.error("tick failed: %s", error)  # noqa: TRY400 -- not our mistake: no stack trace
        except Exception:  # noqa: BLE001 -- the loop outlives every mistake, and says so
            failures += 1
            log.error("tick failed through a mistake in Callboard:\n%s", traceback.format_exc())  # noqa: TRY400

    clockwork = schedule.Scheduler()
    clockwork.every(max(1, int(every.total_seconds()))).seconds.do(safely)
    safely()
    while not stop.asked():
        try:
            stop.pause(max(0.1, min(clockwork.idle_seconds or 0, 60)))
        except Stopped:
            break
        clockwork.run_pending()
    return failures
