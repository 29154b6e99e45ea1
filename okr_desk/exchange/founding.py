"""Databases that begin with something: a new township with the seed library, and the demo made from its workbooks.

Also the whole way of an import from paths to report, for the command line and the demo.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypedDict

from okr_desk import paths
from okr_desk.clock import Clock, FixedClock
from okr_desk.errors import Refusal
from okr_desk.exchange.folder import check_anything, read_folder
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.model.store import Store, remove, today
from okr_desk.model.writing import Session
from okr_desk.queries import cycles as standing
from okr_desk.queries import imports as import_queries
from okr_desk.queries import library as library_now
from okr_desk.queries import orgs, users
from okr_desk.queries import schemes as schemes_now
from okr_desk.rules import scheme_presets
from okr_desk.rules.imports import Doubt, FileNote
from okr_desk.rules.permissions import Actor
from okr_desk.rules.users import AccountDraft, AppointmentDraft, PersonDraft
from okr_desk.services import cycles, imports, library, people, permits, schemes, setup
from okr_desk.services import users as accounts
from okr_desk.services.import_plan import ImportPlan
from okr_desk.services.setup import TownshipDraft
from okr_desk.terms import OrgKind, Post, QuarterState, Role, YearState

DEMO_DAY = date(2026, 10, 8)
DEMO_YEAR = 2026
DEMO_NAME = "青山镇"
_OFFICIALS = (
    ("dangjian", "王玥", Role.TOWNSHIP_OFFICIAL, DEMO_NAME, Post.OFFICE_HEAD),
    ("shenhe", "李喆", Role.TOWNSHIP_OFFICIAL, DEMO_NAME, Post.OFFICE_STAFF),
    ("qingshi", "李旭昇", Role.BRANCH_SECRETARY, "青石村党支部", None),
    ("luren", "唐晨曦", Role.BRANCH_RECORDER, "东岭村党支部", None),
    ("chakan", "周一鸣", Role.VIEWER, DEMO_NAME, None),
)
"""Accounts of the demo: login, name, role, where, and the post where the roster does not say."""

Progress = Callable[[int, int, str], None]


class Cell(TypedDict):
    """A doubtful cell in a report."""

    workbook: str
    sheet: str
    cell: str
    raw: str
    proposal: str
    reason: str
    taken: bool


class Report(TypedDict):
    """What an import did, as the command line prints it; `lost` counts those `refused` that a person must see to."""

    doubtful: list[Cell]
    missing: list[str]
    duplicate: list[str]
    damaged: list[dict[str, str]]
    refused: list[dict[str, str]]
    lost: int
    taken: int
    unchanged: int


def new_township(path: Path, name: str, admin: str, password: str, year: int, clock: Clock | None = None) -> Store:
    """A new database for a township: categories, administrator, year, calendar and the seed library of indicators."""
    draft = TownshipDraft(name, full_name(name), admin, admin, password, year)
    return _founded(path, draft, clock, None)


def full_name(township: str) -> str:
    """中共青山镇委员会 from 青山镇; a name that is already full stays."""
    return township if township.startswith("中共") else f"中共{township}委员会"


def demo(path: Path, *, fresh: bool = False, progress: Progress | None = None) -> tuple[Store, Report | None]:
    """The demo township, imported from its own workbooks; kept between runs unless `fresh`.

    Lives on 2026-10-08. Doubtful cells stay open questions. The report is None when the file was there already.
    Raises Refusal when `path` holds real data.
    """
    if path.exists():
        if not fresh:
            return Store.open(path), None
        _remove_demo(path)
    draft = TownshipDraft(DEMO_NAME, full_name(DEMO_NAME), "admin", "系统管理员", None, DEMO_YEAR)
    store = _founded(path, draft, FixedClock(DEMO_DAY), DEMO_DAY)
    try:
        return store, _filled(store, progress)
    except BaseException:
        store.close()
        remove(path)  # half a township is no demo
        raise


def _filled(store: Store, progress: Progress | None) -> Report:
    actor = _administrator(store)
    with store.write(actor) as session:
        cycles.move_year(session, actor, standing.years(session)[0].id, YearState.OPEN)
        for number in (1, 2, 3):
            cycles.move_quarter(session, actor, _quarter(session, number), QuarterState.OPEN)
    report = import_paths(store, actor, [paths.resource("demo", "青山镇_2026")], safe=True, progress=progress)
    with store.write(actor) as session:
        _add_accounts(session, actor)
        _add_schemes(session, actor)
        for number in (1, 2):
            cycles.move_quarter(session, actor, _quarter(session, number), QuarterState.FROZEN)
    return report


def _add_schemes(session: Session, actor: Actor) -> None:
    """How the demo township scores its branches, put to use for every category that has any."""
    (preset,) = scheme_presets.read(paths.resource("demo", "schemes.toml"))
    lines = library_now.preset_lines(session, DEMO_DAY)
    for category in orgs.categories(session, DEMO_DAY):
        if category.used:
            own = scheme_presets.within(preset, category.name, lines)
            scheme_id = schemes.draw_up(session, actor, category.id, DEMO_YEAR, own).value
            draft = schemes_now.scheme(session, scheme_id).draft
            assert draft is not None
            schemes.activate(session, actor, draft.id)


def import_paths(
    store: Store,
    actor: Actor,
    sources: Sequence[Path],
    *,
    safe: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Read, compare and write in one transaction; with `dry_run` only say what would happen."""
    with store.read() as session:
        known = import_queries.known(session)
    reading = read_folder(sources, known, progress=progress)
    check_anything(reading)
    if dry_run:
        with store.read() as session:
            plan = imports.prepare(session, reading)
        return _report(plan, plan.doubtful, plan.refused, len(plan.will_write), plan.same)
    with store.write(actor) as session:
        plan = imports.prepare(session, reading)
        done = imports.apply(session, actor, plan, take_safe=safe).value
    return _report(plan, done.doubtful, done.refused, done.taken, done.unchanged)


def _founded(path: Path, draft: TownshipDraft, clock: Clock | None, demo_day: date | None) -> Store:
    from okr_desk.rules import setup as rules

    rules.check(draft)
    store = Store.create(path, clock, demo_day=demo_day)
    try:
        with store.write(permits.SETUP) as session:
            setup.create_township(session, draft)
            library.load_seed(session)
    except BaseException:
        store.close()
        remove(path)
        raise
    return store


def _remove_demo(path: Path) -> None:
    with Store.open(path) as old:
        if not old.is_demo:
            raise Refusal(_("“{name}”不是示范镇的数据，不会覆盖。请换一个文件名。").format(name=path.name))
    path.unlink()
    evidence = path.with_name(path.name + ".佐证")
    for file in evidence.iterdir() if evidence.is_dir() else ():
        file.unlink()


def _administrator(store: Store) -> Actor:
    with store.read() as session:
        account = users.by_login(session, "admin", today(session))
        actor = None if account is None else users.actor(session, account.id, today(session))
    assert actor is not None
    return actor


def _quarter(session: Reader, number: int) -> int:
    quarter = standing.quarter(session, DEMO_YEAR, number)
    assert quarter is not None
    return quarter.id


def _add_accounts(session: Session, actor: Actor) -> None:
    first = date(DEMO_YEAR, 1, 1)
    people_known = {person.name: person.id for person in users.people(session)}
    for login, name, role, where, post in _OFFICIALS:
        org = orgs.find(session, where, DEMO_DAY)
        assert org is not None
        person_id = people_known.get(name) or people.create_person(session, actor, PersonDraft(name)).value
        below = org.kind == OrgKind.TOWNSHIP
        accounts.create_account(
            session,
            actor,
            AccountDraft(login, person_id, role, org.id, first, includes_below=below, must_change=False),
        )
        if post is not None:
            people.appoint(session, actor, AppointmentDraft(org.id, post, person_id, first))


def _report(
    plan: ImportPlan, doubtful: Sequence[Doubt], refused: Sequence[FileNote], taken: int, unchanged: int
) -> Report:
    return Report(
        doubtful=[
            Cell(
                workbook=doubt.place.workbook,
                sheet=doubt.place.sheet,
                cell=doubt.place.cell,
                raw=doubt.raw,
                proposal=doubt.proposal,
                reason=doubt.reason,
                taken=doubt.taken,
            )
            for doubt in doubtful
        ],
        missing=list(dict.fromkeys(one.org for one in plan.missing)),
        duplicate=list(dict.fromkeys(one.org for one in plan.duplicates)),
        damaged=[{"workbook": note.workbook, "reason": note.reason} for note in plan.damaged],
        refused=[{"workbook": note.workbook, "reason": note.reason} for note in refused],
        lost=sum(not note.expected for note in refused),
        taken=taken,
        unchanged=unchanged,
    )
