"""Databases that begin with something: a new township with the seed library, and the demo made from its workbooks.

Also the whole way of an import from paths to report, for the command line and the demo.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypedDict

from okr_desk import paths
from okr_desk.clock import Clock, FixedClock
from okr_desk.errors import InputRefused
from okr_desk.exchange import demo_bulletins, demo_daily, demo_followups, demo_reviews, demo_titles, demo_upward
from okr_desk.exchange.ballot_folder import SurveyFile, cell_of, take_files
from okr_desk.exchange.folder import check_anything, elsewhere, read_folder
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.model.store import Store, remove, today
from okr_desk.model.writing import Session
from okr_desk.queries import cycles as standing
from okr_desk.queries import imports as import_queries
from okr_desk.queries import library as library_now
from okr_desk.queries import orgs, users
from okr_desk.queries import schemes as schemes_now
from okr_desk.rules import scheme_presets, survey_presets
from okr_desk.rules.ballot_imports import BallotPlan, Question
from okr_desk.rules.imports import Doubt, FileNote, Reading
from okr_desk.rules.permissions import Actor
from okr_desk.rules.surveys import RoundDraft
from okr_desk.rules.users import AccountDraft, AppointmentDraft, PersonDraft
from okr_desk.services import (
    cycles,
    departments,
    import_late,
    imports,
    library,
    people,
    permits,
    schemes,
    setup,
    surveys,
)
from okr_desk.services import users as accounts
from okr_desk.services.import_plan import ImportPlan
from okr_desk.services.setup import TownshipDraft
from okr_desk.survey_terms import NumberOrder
from okr_desk.terms import OrgKind, Post, QuarterState, Role, Sampling, YearState

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


class SurveyLine(TypedDict):
    """A file of answer sheets in a report; `marked` are rows to look at, `[row, where, why]`."""

    workbook: str
    round: str
    stored: int
    void: int
    sent_back: int
    marked: list[tuple[int, str, str]]


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
    next_steps: list[str]
    surveys: list[SurveyLine]


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
    Raises FileRefused when `path` holds real data.
    """
    if path.exists():
        if not fresh:
            return Store.open(path, demo_only=True), None
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
        _ask_the_people(session, actor)
    report = import_paths(store, actor, [paths.resource("demo", "青山镇_2026")], safe=True, progress=progress)
    with store.write(actor) as session:
        _add_accounts(session, actor)
        _add_schemes(session, actor)
    demo_daily.fill(store, actor, DEMO_YEAR, DEMO_DAY)
    demo_titles.fill(store, actor, DEMO_YEAR, DEMO_DAY)
    demo_upward.fill(store, actor, DEMO_YEAR, DEMO_DAY)
    demo_followups.fill(store, DEMO_YEAR, DEMO_DAY)
    with store.write(actor) as session:
        for number in (1, 2):
            cycles.move_quarter(session, actor, _quarter(session, number), QuarterState.FROZEN)
    demo_reviews.fill(store, DEMO_YEAR)
    with store.write(actor) as session:
        demo_bulletins.fill(session, actor, DEMO_YEAR)
    return report


def _ask_the_people(session: Session, actor: Actor) -> int:
    """The demo's survey of the third quarter, which its answer sheets go into; the id of the round."""
    draft = survey_presets.read(paths.resource("demo", "survey.toml"))
    definition = surveys.define(session, actor, replace(draft, year=DEMO_YEAR)).value
    words = f"{DEMO_YEAR}年三季度满意度测评"
    asked = RoundDraft(
        definition, _quarter(session, 3), words, date(DEMO_YEAR, 9, 1), date(DEMO_YEAR, 9, 30), Sampling.CONVENIENCE
    )
    return surveys.open_round(session, actor, replace(asked, collected_by="镇党建办", is_independent=True)).value


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
    late_reason: str = "",
    order: NumberOrder | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read, compare and write in one transaction; with `dry_run` only say what would happen.

    What goes into a frozen quarter needs `late_reason`; without one it is listed as refused. Files of answer sheets
    go into the round of their quarter, each in a transaction of its own; `order` says what their numbers mean.
    """
    with store.read() as session:
        known = import_queries.known(session)
    reading = read_folder(sources, known, progress=progress)
    check_anything(reading)
    report = _taken_facts(store, actor, reading, late_reason, safe=safe, dry_run=dry_run)
    answers = take_files(store, actor, reading.surveys, order=order, dry_run=dry_run)
    return _with_surveys(report, answers, alone=len(reading.surveys) == len(reading.files))


def _taken_facts(
    store: Store, actor: Actor, reading: Reading, late_reason: str, *, safe: bool, dry_run: bool
) -> Report:
    """Everything but the answer sheets."""
    if dry_run:
        with store.read() as session:
            plan = imports.prepare(session, reading)
        shown = plan if late_reason.strip() else import_late.sent_back(plan)
        waiting = _asks_for_reason(plan, late_reason)
        return _report(shown, shown.doubtful, shown.refused, len(shown.will_write), shown.same, waiting)
    with store.write(actor) as session:
        plan = imports.prepare(session, reading)
        done = imports.apply(session, actor, plan, take_safe=safe, late_reason=late_reason).value
    following = (*_asks_for_reason(plan, late_reason), *done.next_steps)
    return _report(plan, done.doubtful, done.refused, done.taken, done.unchanged, following)


def _with_surveys(report: Report, answers: Sequence[SurveyFile], *, alone: bool) -> Report:
    """The report with the files of answer sheets. Raises InputRefused when they were all there was and none fits."""
    report["refused"] = [note for note in report["refused"] if note["reason"] != elsewhere()]
    for one in answers:
        if one.refused and alone and len(answers) == 1:
            raise InputRefused(one.refused, "file")
        if one.refused:
            report["refused"].append({"workbook": one.name, "reason": one.refused})
            report["lost"] += one.is_set_up  # where nobody has begun to ask, nothing is lost
            continue
        assert one.plan is not None
        report["taken"] += one.stored
        report["unchanged"] += one.same
        report["doubtful"] += [_asked(one, question) for question in one.questions]
        if one.stored:
            report["surveys"].append(_survey_line(one, one.plan))
    return report


def _asked(one: SurveyFile, question: Question) -> Cell:
    assert one.plan is not None
    reason = question.reason
    if question.count > 1:
        reason = _("{reason}（共 {n} 行）").format(reason=reason, n=question.count)
    where = cell_of(one.plan.reading, question)
    sheet = one.plan.reading.sheet
    return Cell(workbook=one.name, sheet=sheet, cell=where, raw=question.text, proposal="", reason=reason, taken=False)


def _survey_line(one: SurveyFile, plan: BallotPlan) -> SurveyLine:
    return SurveyLine(
        workbook=one.name,
        round=one.round_name,
        stored=one.stored,
        void=len(plan.void),
        sent_back=len(plan.sent_back),
        marked=[(mark.row, mark.where, mark.reason) for mark in plan.suspect],
    )


def _asks_for_reason(plan: ImportPlan, late_reason: str) -> tuple[str, ...]:
    """What the command line has to add for lines that go into frozen quarters."""
    late = import_late.late(plan)
    if not late or late_reason.strip():
        return ()
    words = _("有 {n} 行要写入已冻结的{quarters}，属于补报，没有写入。请加 --reason 写明理由后再导入。")
    return (words.format(n=len(late), quarters=_("、").join(import_late.quarters(plan))),)


def _founded(path: Path, draft: TownshipDraft, clock: Clock | None, demo_day: date | None) -> Store:
    from okr_desk.rules import setup as rules

    rules.check(draft)
    store = Store.create(path, clock, demo_day=demo_day)
    try:
        with store.write(permits.SETUP) as session:
            setup.create_township(session, draft)
            library.load_seed(session)
            departments.load_seed(session)
    except BaseException:
        store.close()
        remove(path)
        raise
    return store


def _remove_demo(path: Path) -> None:
    Store.open(path, demo_only=True).close()
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
    plan: ImportPlan,
    doubtful: Sequence[Doubt],
    refused: Sequence[FileNote],
    taken: int,
    unchanged: int,
    next_steps: Sequence[str] = (),
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
        next_steps=list(next_steps),
        surveys=[],
    )
