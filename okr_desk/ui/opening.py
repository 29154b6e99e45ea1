"""From the painted shell to the first page: which file, opened in a thread, who signs in, what can be chosen."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from okr_desk import paths
from okr_desk.i18n import _
from okr_desk.services.outcome import Changes, Topic
from okr_desk.ui.desk import Desk
from okr_desk.ui.locking import Locking

if TYPE_CHECKING:
    from okr_desk.clock import Clock
    from okr_desk.model.store import Store
    from okr_desk.rules.permissions import Actor
    from okr_desk.ui.dialogs.first_run import NewFile
    from okr_desk.ui.main_window import MainWindow

DEMO_FILE = "青山镇示范.okr"
BACKUP_AFTER = 2_500
"""Milliseconds after the first page: the copy of the day must not make anybody wait."""
WRITING_AFTER = 500
"""Milliseconds after the first page: what the first save needs is loaded while one reads."""


class Opening(QObject):
    """Opens databases for the window and signs people in."""

    ready = Signal()

    def __init__(self, desk: Desk, window: MainWindow, file: str | None, demo: bool, fresh: bool = False) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._file, self._demo, self._fresh = file, demo, fresh
        self._people: dict[str, Actor] = {}
        self._language = desk.settings.language
        self.locking = Locking(desk, window)
        self.locking.left.connect(self._sign_out)
        desk.bus.changed.connect(self._hear)
        desk.restore_asked.connect(self.restore)
        desk.actor_changed.connect(self.offer_selection)
        desk.settings_changed.connect(self._follow_language)
        window.closing.connect(desk.close)
        window.top.lock_asked.connect(self.locking.lock)
        window.top.sign_out_asked.connect(self._sign_out)
        window.top.account_chosen.connect(self._change_places)
        window.top.open_asked.connect(self._ask_file)
        window.top.new_asked.connect(self._ask_first)
        window.top.password_asked.connect(self._ask_password)

    def start(self) -> None:
        """After the first picture: open what was asked for, what was open last, or ask."""
        if self._demo:
            self.open_demo()
        elif self._file:
            self.open(Path(self._file))
        else:
            last = next((Path(name) for name in self._desk.settings.recent if Path(name).is_file()), None)
            if last is not None:
                self.open(last)
            else:
                self._ask_first()

    def open(self, path: Path) -> None:
        """Open a database in a thread."""
        self._desk.tasks.run(_open_store, path, done=self._take, failed=self._not_opened, owner=self)

    def open_demo(self) -> None:
        """The demo township; built from its workbooks the first time."""
        path = paths.data_folder() / DEMO_FILE
        if path.is_file() and not self._fresh:
            self.open(path)
            return
        self._desk.tasks.long(
            _("正在打开示范镇"),
            _build_demo,
            path,
            self._fresh,
            done=self._take,
            failed=self._not_opened,
            owner=self,
        )

    def take_backup(self) -> None:
        """The day's copy, once the first page stands; the status bar says when the newest was made."""
        store = self._desk.store
        if store is not None:
            show = self._window.status.show_backup
            self._desk.tasks.run(_backup_of_the_day, store, done=show, failed=self._desk.refuse, owner=self)

    def prepare_writing(self) -> None:
        """Load in the background what the first save would have to load."""
        if self._desk.store is not None:
            self._desk.tasks.run(_prepare_writing, self._desk.store, owner=self)

    def restore(self, copy: Path) -> None:
        """Close the file, put a copy in its place, open it again; a refusal opens the old one again."""
        store, actor = self._desk.store, self._desk.actor
        if store is None or actor is None or not self._desk.tasks.is_idle:
            self._desk.say(_("还有操作没有完成，请稍等片刻再恢复。"))
            return
        path, clock = store.path, store.clock
        self._desk.sign_in(None)
        store.close()
        self._desk.tasks.run(
            _restore,
            copy,
            path,
            actor,
            clock,
            done=self._restored,
            failed=partial(self._not_restored, path),
            owner=self,
        )

    def offer_selection(self) -> None:
        """Read what this person can choose, then show the pages."""
        if self._desk.actor is None or self._desk.store is None:
            return
        self._desk.tasks.read(_choices, self._desk.actor, done=self._offer, owner=self)

    # Inside

    def _take(self, store: Store) -> None:
        self._put_on_desk(store)
        self._desk.tasks.read(_people, done=self._greet, owner=self)

    def _take_new(self, made: tuple[Store, Actor]) -> None:
        store, actor = made
        self._put_on_desk(store)
        self._desk.sign_in(actor)

    def _put_on_desk(self, store: Store) -> None:
        self._desk.sign_in(None)
        if self._desk.store is not None:
            self._desk.store.close()
        self._desk.take_store(store)
        if not store.is_demo:
            self._desk.remember(store.path)

    def _greet(self, people: tuple[Actor, ...]) -> None:
        """The demo signs in by itself and offers its accounts; otherwise the sign-in dialog comes before the pages."""
        store = self._desk.store
        self._people = {actor.login: actor for actor in people}
        if store is not None and store.is_demo and people:
            words = _("{name} · {role}")
            offered = [(a.login, words.format(name=a.name, role=a.role_label)) for a in people]
            self._window.top.offer_accounts(tuple(offered))
            self._change_places("admin" if "admin" in self._people else people[0].login)
            return
        self._window.top.offer_accounts(())
        from okr_desk.ui.dialogs.sign_in import SignIn

        actor = SignIn.ask(self._window, self._desk)
        if actor is not None:
            self._desk.sign_in(actor)

    def _change_places(self, login: str) -> None:
        """The demo only: sit down as somebody else."""
        self._desk.sign_in(self._people.get(login))

    def _offer(self, found: tuple[Any, Any]) -> None:
        new_person = not self._desk.selection.orgs
        self._desk.selection.offer(*found)
        QTimer.singleShot(WRITING_AFTER, self, self.prepare_writing)
        QTimer.singleShot(BACKUP_AFTER, self, self.take_backup)
        if new_person or self._window.current_page() is None:
            self._window.rebuild()
        self.ready.emit()

    def _follow_language(self) -> None:
        """Quarters are named in the language in use: read anew, what was chosen stays."""
        before, self._language = self._language, self._desk.settings.language
        if before != self._language and self._desk.store is not None and self._desk.actor is not None:
            self._desk.tasks.read(_choices, self._desk.actor, done=self._offer_anew, owner=self)

    def _offer_anew(self, found: tuple[Any, Any]) -> None:
        self._desk.selection.offer(*found)
        self._window.rebuild()

    def _hear(self, changes: Changes) -> None:
        if changes.topics & {Topic.ORGS, Topic.CYCLES, Topic.USERS, Topic.IMPORTS, Topic.BACKUP}:
            self.offer_selection()

    def _sign_out(self) -> None:
        self._desk.sign_in(None)
        self._greet(())

    def _ask_password(self) -> None:
        from okr_desk.ui.dialogs.sign_in import NewPassword

        if NewPassword.ask(self._window, self._desk, self._desk.actor):
            self._desk.say(_("密码已修改。"))

    def _restored(self, store: Store) -> None:
        self._take(store)
        self._desk.say(_("已恢复到所选备份；恢复前的文件另存在同一文件夹。"))

    def _not_restored(self, path: Path, error: Exception) -> None:
        self._desk.refuse(error)
        self.open(path)

    def _not_opened(self, error: Exception) -> None:
        self._desk.refuse(error)
        self._ask_first()

    def _ask_file(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        name, _kind = QFileDialog.getOpenFileName(self._window, _("打开数据文件"), "", _("数据文件 (*.okr)"))
        if name:
            self.open(Path(name))

    def _ask_first(self) -> None:
        from okr_desk.ui.dialogs.first_run import FirstRun

        wish = FirstRun.ask(self._window, self._desk.clock.today().year)
        if wish is None:
            return
        if wish.demo:
            self.open_demo()
        elif wish.existing is not None:
            self.open(wish.existing)
        elif wish.draft is not None:
            self._desk.tasks.run(_create, wish.draft, done=self._take_new, failed=self._not_opened, owner=self)


# Run in the pool; the database libraries are loaded there, after the first picture.


def _open_store(path: Path) -> Store:
    from okr_desk.model.store import Store

    return Store.open(path)


def _restore(copy: Path, path: Path, actor: Actor, clock: Clock) -> Store:
    from okr_desk.services import backup

    backup.restore(copy, path, actor, clock)
    return _open_store(path)


def _build_demo(path: Path, fresh: bool, *, progress: Any, cancelled: Any) -> Store:
    """The demo township from its own workbooks, or as it was left."""
    from okr_desk.exchange import founding

    store, _report = founding.demo(path, fresh=fresh, progress=lambda made, total, _words: progress(made, total))
    return store


def _create(draft: NewFile) -> tuple[Store, Actor]:
    """A new file with the township set up, and its administrator, who has just typed the password."""
    from okr_desk.model.store import Store
    from okr_desk.services import library, permits, setup, users

    store = Store.create(draft.path)
    try:
        with store.write(permits.SETUP) as session:
            setup.create_township(session, draft.township)
            library.load_seed(session)
    except BaseException:
        store.close()
        draft.path.unlink(missing_ok=True)
        raise
    return store, users.attempt(store, draft.township.admin_login, draft.township.password or "")


def _people(session: Any) -> tuple[Actor, ...]:
    """Who can sign in, the highest role first."""
    from okr_desk.model.store import today
    from okr_desk.queries import users
    from okr_desk.rules.permissions import Actor
    from okr_desk.terms import Role

    day = today(session)
    usable = [account for account in users.accounts(session, day) if account.grants and not account.is_disabled]
    order = list(Role)
    usable.sort(key=lambda account: min(order.index(grant.role) for grant in account.grants))
    return tuple(Actor(a.id, a.login, a.name, a.grants) for a in usable)


def _prepare_writing(store: Store) -> None:
    from okr_desk.services import checkins as checkins

    store.prepare_writing()


def _backup_of_the_day(store: Store) -> str:
    """The day's first copy (not of the demo), and when the newest one was made, in words."""
    from okr_desk.clock import local
    from okr_desk.queries import backup as copies
    from okr_desk.services import backup

    if not store.is_demo:
        backup.take_daily(store.path, store.clock.now())
    newest = copies.newest(backup.default_folder(store.path))
    if newest is None:
        return ""
    at = local(newest.taken_at)
    day = _("今天") if at.date() == store.clock.today() else at.strftime("%Y-%m-%d")
    return _("上次备份 {day} {time}（已验证）").format(day=day, time=at.strftime("%H:%M"))


def _choices(session: Any, actor: Any) -> tuple[Any, Any]:
    from okr_desk.model.store import today
    from okr_desk.queries import cycles, orgs
    from okr_desk.rules.permissions import Action

    quarters = cycles.quarters(session)
    reporting = orgs.reporting(session, today(session), quarters)
    return quarters, [org for org in reporting if actor.may(Action.VIEW, org.line)]
