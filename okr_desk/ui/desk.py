"""The desk: the small object that every page is given. No page knows the window, none looks for a global."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from okr_desk import settings as personal
from okr_desk.clock import Clock, SystemClock
from okr_desk.settings import Settings
from okr_desk.ui.bus import Bus
from okr_desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from okr_desk.model.store import Store
    from okr_desk.queries.objectives import OrgView, QuarterView
    from okr_desk.rules.permissions import Actor


class Selection(QObject):
    """Which quarter, and which part of the township: chosen once in the top bar, followed by every page.

    `org` None means everything that this person may see; who may see one organisation has it chosen.
    """

    quarter_changed = Signal()
    org_changed = Signal()
    offered = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.quarters: tuple[QuarterView, ...] = ()
        self.orgs: tuple[OrgView, ...] = ()
        self.quarter: QuarterView | None = None
        self.org: OrgView | None = None

    def offer(self, quarters: Sequence[QuarterView], orgs: Sequence[OrgView]) -> None:
        """What can be chosen; a choice that no longer exists falls back to the first sensible one."""
        self.quarters, self.orgs = tuple(quarters), tuple(orgs)
        kept = self.quarter.id if self.quarter else None
        self.quarter = next((q for q in self.quarters if q.id == kept), self._default_quarter())
        chosen = self.org.id if self.org else None
        self.org = next((org for org in self.orgs if org.id == chosen), None)
        if len(self.orgs) == 1:
            self.org = self.orgs[0]
        self.offered.emit()

    def clear(self) -> None:
        """Somebody else sits down: nothing is chosen, nothing can be, until it is offered anew."""
        self.quarters, self.orgs = (), ()
        self.quarter, self.org = None, None
        self.offered.emit()

    def choose_quarter(self, quarter_id: int) -> None:
        """Take a quarter by id; pages follow."""
        found = next((q for q in self.quarters if q.id == quarter_id), None)
        if found is not None and found != self.quarter:
            self.quarter = found
            self.quarter_changed.emit()

    def choose_org(self, org_id: int | None) -> None:
        """Take an organisation by id, None for all that may be seen; pages follow."""
        if len(self.orgs) == 1:
            return
        found = next((org for org in self.orgs if org.id == org_id), None)
        if found != self.org:
            self.org = found
            self.org_changed.emit()

    @property
    def branches(self) -> tuple[OrgView, ...]:
        """The branches inside the chosen part."""
        inside = self.orgs if self.org is None else tuple(o for o in self.orgs if self.org.id in o.line)
        return tuple(org for org in inside if org.kind == "branch")

    def _default_quarter(self) -> QuarterView | None:
        for state in ("open", "frozen", "closed"):
            of_state = [q for q in self.quarters if q.state == state]
            if of_state:
                return max(of_state, key=lambda q: (q.year, q.number))
        return self.quarters[0] if self.quarters else None


class Desk(QObject):
    """Store, clock, person, tasks, bus, settings and selection, handed to each page by the window."""

    opened = Signal()
    actor_changed = Signal()
    settings_changed = Signal()
    saved = Signal(datetime)
    noticed = Signal(str)
    refused = Signal(str)
    summed = Signal(str)
    broke = Signal(object)
    going = Signal(str, dict)
    restore_asked = Signal(Path)

    def __init__(self, settings: Settings | None = None, clock: Clock | None = None) -> None:
        super().__init__()
        self.settings = settings or Settings()
        self.clock: Clock = clock or SystemClock()
        self.store: Store | None = None
        self.actor: Actor | None = None
        self.bus = Bus(self)
        self.tasks = Tasks(self)
        self.selection = Selection(self)
        self.tasks.wrote.connect(self._tell)
        self.tasks.refused.connect(self.refused)
        self.tasks.broke.connect(self.broke)

    def take_store(self, store: Store) -> None:
        """A database is open; its clock (the demo's own day) becomes the desk's."""
        self.store = store
        self.clock = store.clock
        self.opened.emit()

    def sign_in(self, actor: Actor | None) -> None:
        """Somebody sits down (None: nobody). What the last person had chosen is forgotten."""
        self.actor = actor
        self.selection.clear()
        self.actor_changed.emit()

    def go(self, key: str, **arguments: Any) -> None:
        """Show a page: `desk.go("checkins", org_id=7)`. The page gets the arguments in `Page.arrive`."""
        self.going.emit(key, arguments)

    def say(self, sentence: str) -> None:
        """A quiet sentence in the window's message bar."""
        self.noticed.emit(sentence)

    def refuse(self, error: Exception) -> None:
        """Show a Refusal's sentence in the message bar."""
        self.refused.emit(str(error))

    def change_settings(self, settings: Settings) -> None:
        """Take and keep personal settings. Raises FileRefused when they cannot be written."""
        personal.save(settings)
        self.settings = settings
        self.settings_changed.emit()

    def remember(self, path: Path) -> None:
        """Note the file opened last."""
        self.change_settings(self.settings.opened(path))

    def close(self) -> None:
        """End the work: wait for the writer, let go of the file."""
        self.tasks.finish()
        if self.store is not None:
            self.store.close()
            self.store = None

    def _tell(self, outcome: Any) -> None:
        for sentence in getattr(outcome, "notices", ()):
            self.noticed.emit(sentence)
        changes = getattr(outcome, "changes", None)
        if changes:
            self.saved.emit(self.clock.now())
            self.bus.changed.emit(changes)
