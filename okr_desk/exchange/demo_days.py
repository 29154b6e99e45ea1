"""What the demo declares was done on its own days: the desk's clock stands on that day while it is entered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from okr_desk.clock import FixedClock
from okr_desk.model.writing import Session


@contextmanager
def on(session: Session, day: date) -> Iterator[None]:
    """It is this day."""
    clock = session.info["clock"]
    session.info["clock"] = FixedClock(day)
    yield
    session.info["clock"] = clock
