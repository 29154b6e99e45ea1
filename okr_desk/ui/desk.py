"""The desk: the small object that every page is given. No page knows the window, none looks for a global."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
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

    `org` None means everything that this person may see, so the one organisation above all others is never chosen; who
    may see one organisation has it chosen. What nobody has picked follows what is offered.
    """

    quarter_changed = Signal()
    org_changed = Signal()
    offered = Signal()

    def __init__(self, parent: QObject, today: Callable[[], date]) -> None:
        super().__init__(parent)
        self._today = today
        self._quarter_is_picked = False
        self.quarters: tuple[QuarterView, ...] = ()
        self.orgs: tuple[OrgView, ...] = ()
        self.quarter: QuarterView | None = None
        self.org: OrgView | None = None

    def offer(self, quarters: Sequence[QuarterView], orgs: Sequence[OrgView]) -> None:
        """What can be chosen; a choice that no longer exists falls back to the first sensible one."""
        quarter, org = self.quarter, self.org
        self.quarters, self.orgs = tuple(quarters), tuple(orgs)
        kept = quarter.id if quarter and self._quarter_is_picked else None
        self.quarter = next((q for q in self.quarters if q.id == kept), None) or self._default_quarter()
        self.org = self.orgs[0] if len(self.orgs) == 1 else self._found(org.id if org else None)
        self.offered.emit()
        if quarter is not None and (self.quarter is None or self.quarter.id != quarter.id):
            self.quarter_changed.emit()
        if org is not None and (self.org is None or self.org.id != org.id):
            self.org_changed.emit()

    def clear(self) -> None:
        """Somebody else sits down: nothing is chosen, nothing can be, until it is offered anew."""
        self.quarters, self.orgs = (), ()
        self.quarter, self.org = None, None
        self._quarter_is_picked = False
        self.offered.emit()

    def choose_quarter(self, quarter_id: int) -> None:
        """Take a quarter by id; pages follow."""
        found = next((q for q in self.quarters if q.id == quarter_id), None)
        self._quarter_is_picked = self._quarter_is_picked or found is not None
        if found is not None and found != self.quarter:
            self.quarter = found
            self.quarter_changed.emit()

    def choose_org(self, org_id: int | None) -> None:
        """Take an organisation by id, None for all that may be seen; pages follow."""
        if len(self.orgs) == 1:
            return
        found = self._found(org_id)
        if found != self.org:
            self.org = found
            self.org_changed.emit()

    @property
    def top(self) -> OrgView | None:
        """The one organisation above all others that can be chosen."""
        known = {org.id for org in self.orgs}
        roots = [org for org in self.orgs if org.parent_id not in known]
        return roots[0] if len(roots) == 1 and len(self.orgs) > 1 else None

    @property
    def branches(self) -> tuple[OrgView, ...]:
        """The branches inside the chosen part."""
        inside = self.orgs if self.org is None else tuple(o for o in self.orgs if self.org.id in o.line)
        return tuple(org for org in inside if org.kind == "branch")

    @property
    def entry_day(self) -> date:
        """The day that a form proposes: today, or the last that is taken where the quarter of today has not begun."""
        today = self._today()
        begun = [q for q in self.quarters if q.state != "planning"]
        if not begun or any(q.starts_on <= today <= q.ends_on for q in begun):
            return today
        return min(today, max(q.ends_on for q in begun))

    def _default_quarter(self) -> QuarterView | None:
        """The quarter that is worked on; before any was opened the one that is due next."""
        for state in ("open", "frozen", "closed"):
            of_state = [q for q in self.quarters if q.state == state]
            if of_state:
                return max(of_state, key=lambda q: (q.year, q.number))
        in_order = sorted(self.quarters, key=lambda q: (q.year, q.number))
        return next((q for q in in_order if self._today() <= q.due_on), in_order[-1] if in_order else None)

    def _found(self, org_id: int | None) -> OrgView | None:
        top = self.top
        if top is not None and org_id == top.id:
            return None
        return next((org for org in self.orgs if org.id == org_id), None)


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
        self.selection = Selection(self, lambda: self.clock.today())
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
