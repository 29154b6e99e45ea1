"""50 000 ballots of a survey's export: read, understood and stored, and then reported.

Yardstick: python-calamine alone reading the same file, in the same run. The report (counts and results of all
branches) and the checks of patterns are shown apart. Counting the round into the indicators is held against fetching
its ballots once from the database.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from benchmarks import township
from benchmarks.measure import Figure, seconds, side_by_side
from okr_desk.clock import FixedClock
from okr_desk.exchange import ballot_columns, ballot_plan, ballots
from okr_desk.model.store import Store
from okr_desk.queries import ballot_imports as known_now
from okr_desk.queries import survey_results
from okr_desk.rules.indicators import IndicatorDraft
from okr_desk.rules.permissions import Actor, GrantHeld
from okr_desk.rules.survey_presets import preset
from okr_desk.rules.surveys import RoundDraft
from okr_desk.scoring import response_patterns
from okr_desk.services import ballot_imports, indicators, survey_settling, surveys
from okr_desk.survey_terms import LEVELS, UNSURE
from okr_desk.terms import Dimension, Direction, Role, Sampling

BALLOTS = 50_000
BRANCHES = 60
ROUNDS = 3
SEED = 20260907
SITE = ("序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP")
WISHES = ("路灯照明", "停车", "办事少跑腿", "环境卫生", "其他〖下水道〗", "(跳过)")
OPTIONS = (*LEVELS, UNSURE, "(空)")
WEIGHTS = (44, 33, 11, 4, 2, 4, 2)


def figures() -> list[Figure]:
    """The import against reading alone; the report and the checks apart."""
    with tempfile.TemporaryDirectory() as folder:
        path, empty = Path(folder) / "满意度.xlsx", Path(folder) / "empty.okr"
        actor = Actor(1, "admin", "王玥", (GrantHeld(1, Role.ADMINISTRATOR, 1, True, date(2020, 1, 1)),))
        store = township.build(empty, BRANCHES, 1, 3)
        round_id = _founded(store, actor)
        store.close()
        _write(path)
        filled = Path(folder) / "filled.okr"

        def whole() -> float:
            shutil.copyfile(empty, filled)
            store = Store.open(filled, FixedClock(township.DAY))
            took = seconds(lambda: _taken(store, actor, round_id, path))
            store.close()
            return took

        def bare() -> float:
            return seconds(lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())

        ours, yardstick = side_by_side(whole, bare, ROUNDS)
        store = Store.open(filled, FixedClock(township.DAY))
        report = seconds(lambda: _reported(store, round_id))
        checks = seconds(lambda: _checked(path))
        settled, once = side_by_side(partial(_settled, filled, actor, round_id), lambda: _fetched(filled), ROUNDS)
        store.close()
    beside = "python-calamine alone"
    return [
        Figure(f"{BALLOTS} ballots: read, map, store", ours, yardstick, "s", 3, beside),
        Figure("… counts and results of all branches, apart", report, yardstick, "s", None, beside),
        Figure("… patterns of the answers (honesty checks), apart", checks, yardstick, "s", None, beside),
        Figure(f"{BALLOTS} ballots counted into the indicators", settled, once, "s", 40, "reading them once"),
    ]


def _founded(store: Store, actor: Actor) -> int:
    with store.write(actor) as session:
        for code, name, unit in (("F02", "群众满意度得分", "分"), ("S02", "群众满意率", "%")):
            draft = IndicatorDraft(code, name, unit, Direction.UP, Dimension.FUSION)
            indicators.create(session, actor, draft)
        definition = surveys.define(session, actor, preset(township.YEAR)).value
        quarter = township.QUARTERS
        days = date(2026, 9, 1), date(2026, 9, 30)
        asked = RoundDraft(definition, quarter, "三季度测评", *days, Sampling.CONVENIENCE)
        return surveys.open_round(session, actor, asked).value


def _write(path: Path) -> None:
    """A file in the shape of the export: ten questions, seeded answers, ballots over the month."""
    chance = random.Random(SEED)
    definition = preset(township.YEAR)
    heads = [f"{n}、您对{item.text}是否满意？" for n, item in enumerate(definition.items[:-1], 2)]
    groups = [group.name for group in definition.groups]
    at = datetime(2026, 9, 1, 8, tzinfo=UTC)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(
            0, 0, [*SITE, "1、您所在的村（社区、单位）：", *heads, "12、您的身份：", "13、最希望解决的一件事："]
        )
        for number in range(1, BALLOTS + 1):
            at += timedelta(seconds=chance.randint(1, 90))
            address = f"36.{chance.randint(1, 250)}.{chance.randint(1, 250)}.{chance.randint(1, 250)}(某省-某市)"
            answers = chance.choices(OPTIONS, WEIGHTS, k=len(heads))
            place = f"第{chance.randint(1, BRANCHES)}村"
            site = [number, f"{at:%Y/%m/%d %H:%M:%S}", f"{chance.randint(20, 300)}秒", "微信", "N/A", address]
            sheet.write_row(number, 0, [*site, place, *answers, chance.choice(groups), chance.choice(WISHES)])


def _taken(store: Store, actor: Actor, round_id: int, path: Path) -> None:
    """The whole way as the program goes it: read, map, plan, store with one entry of the trail."""
    reading = ballots.read_ballots(path)
    with store.read() as session:
        known = known_now.known(session, round_id)
    plan = ballot_plan.plan(reading, known, ballot_columns.propose(reading, known))
    assert plan.is_ready and plan.will_count + len(plan.void) == BALLOTS, plan.questions[:3]
    with store.write(actor) as session:
        ballot_imports.take(session, actor, round_id, plan)


def _settled(filled: Path, actor: Actor, round_id: int) -> float:
    """The round counted into the indicators, in a copy that is thrown away: results, honesty checks, values, trail."""
    copy = filled.with_name("settled.okr")
    shutil.copyfile(filled, copy)
    store = Store.open(copy, FixedClock(township.DAY))

    def settle() -> None:
        with store.write(actor) as session:
            survey_settling.settle(session, actor, round_id)

    took = seconds(settle)
    store.close()
    return took


def _fetched(filled: Path) -> float:
    """Every ballot fetched once by the database's own driver."""
    with closing(sqlite3.connect(filled)) as bare:
        return seconds(
            lambda: bare.execute("SELECT org_id, group_id, channel, answers, minute, seconds FROM ballot").fetchall()
        )


def _reported(store: Store, round_id: int) -> None:
    with store.read() as session:
        assert len(survey_results.results(session, round_id).branches) == BRANCHES


def _checked(path: Path) -> None:
    """All patterns that are read from answers, over the file as one."""
    reading = ballots.read_ballots(path)
    answers = [column for column in reading.columns if "是否满意" in column.head]
    levels = {text: 5 - place for place, text in enumerate(LEVELS)}
    spread = [[levels.get(column.texts[place]) for place in column.places] for column in answers]
    rows = list(zip(*spread, strict=True))
    each = BALLOTS // BRANCHES
    for first in range(0, BALLOTS, each):
        part = rows[first : first + each]
        for pattern in (
            response_patterns.all_best,
            response_patterns.straight_lined,
            response_patterns.duplicated,
            response_patterns.cronbach_alpha,
        ):
            pattern(part)
        response_patterns.too_fast([Decimal(60)] * len(part), len(answers))
