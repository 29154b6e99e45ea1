"""Work is entered once and counts for every measure at once; late, corrected and withdrawn entries stay to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import col, select

from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.model.tables import Category, MeasuredValue, WorkEntry
from okr_desk.pinyin import matches
from okr_desk.queries import worklog as stored
from okr_desk.queries import worklog_days, worklog_key_results, worklog_kinds
from okr_desk.rules.worklog import EntryDraft
from okr_desk.rules.worklog_kinds import KindDraft
from okr_desk.services import worklog
from okr_desk.services import worklog_kinds as changing
from okr_desk.services.outcome import Topic
from okr_desk.terms import EntryBasis, Origin, PointsState
from tests.worked_township import DAY, Worked, worked

D = Decimal


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Worked]:
    made = worked(tmp_path / "镇.okr")
    yield made
    made.small.store.close()


def values(town: Worked, code: str) -> list[tuple[int, Decimal, str]]:
    """Quarter, value and note of what stands."""
    with town.small.store.rows() as session:
        rows = session.exec(
            select(MeasuredValue)
            .where(MeasuredValue.indicator_id == town.ids[code], col(MeasuredValue.superseded_at).is_(None))
            .order_by(col(MeasuredValue.quarter_id))
        ).all()
        assert {row.origin for row in rows} <= {Origin.COMPUTED.value}
        number = {key: n for n, key in town.small.quarters.items()}
        return [(number[row.quarter_id], row.value, row.note) for row in rows]


def rows(town: Worked) -> list[WorkEntry]:
    with town.small.store.rows() as session:
        return list(session.exec(select(WorkEntry).order_by(col(WorkEntry.id))))


def test_an_entry_is_stored_with_who_and_counts_at_once(town: Worked) -> None:
    outcome = town.record("tech_service", date(2026, 7, 3), "果园病虫害防治", "6", who="陈立", result="防治 40 亩")
    row = rows(town)[0]
    assert (row.quarter_id, row.amount, row.who, row.is_late) == (town.small.quarters[3], D(6), "陈立", False)
    assert row.account_id == town.small.secretary.account_id
    assert {Topic.WORKLOG, Topic.INDICATORS, Topic.SCORES} <= outcome.changes.topics
    assert outcome.changes.orgs == frozenset({town.small.village})
    assert values(town, "F27") == [(3, D(6), "取自工作底单：1 条记录，合计 6 人天")]
    assert any(entry.table == "workentry" for entry in town.small.trail())


def test_points_accrue_by_day_as_the_sheet_gives_them(town: Worked) -> None:
    """F27 20 → 40, 3 分: 24 → 0.6, 34 → 2.1; below the baseline 0. domain 1.3, linear."""
    for day, amount in ((date(2026, 7, 3), "14"), (date(2026, 8, 12), "10"), (date(2026, 9, 20), "10")):
        town.record("tech_service", day, "农技服务", amount)
    with town.small.store.read() as session:
        (found,) = worklog_days.accrual(session, town.small.village, town.quarter())
    said = [(step.day.month, step.value, step.points, step.gained) for step in found.steps]
    assert said == [(7, D(14), D(0), D(0)), (8, D(24), D("0.6"), D("0.6")), (9, D(34), D("2.1"), D("1.5"))]
    assert (found.from_value, found.target, found.maximum, found.counts) == (D(0), D(40), D(3), True)
    on_sheet = next(one for one in town.sheet().lines if one.line.code == "F27").points
    assert on_sheet is not None and (on_sheet.points, on_sheet.state) == (D("2.1"), PointsState.SCORED)


def test_a_share_is_counted_over_its_entries(town: Worked) -> None:
    """应办结 10, 按时 9: 90 %; with 2 of 2 more 11 of 12 = 91.666667 %, unrounded."""
    town.record("superior_task", date(2026, 7, 9), "防汛督查整改", "10", part=D(9))
    assert values(town, "B22") == [(3, D(90), "取自工作底单：应办结 10 件，按时办结 9 件")]
    town.record("superior_task", date(2026, 8, 9), "经济普查入户", "2", part=D(2))
    assert values(town, "B22") == [(3, D("91.666667"), "取自工作底单：应办结 12 件，按时办结 11 件")]


def test_a_year_to_date_count_goes_on_from_the_quarters_before(town: Worked) -> None:
    """Second quarter 1 条 (late, by the office), third 1 more: 2 of 3 due (4×3/4), 4 分 × 2/3."""
    office = town.small.office
    town.record("suggestion", date(2026, 5, 6), "增设夜间照明", actor=office, reason="纸质台账补录")
    town.record("suggestion", date(2026, 8, 6), "错峰灌溉")
    assert [row[:2] for row in values(town, "F36")] == [(2, D(1)), (3, D(2))]
    assert rows(town)[0].is_late and rows(town)[0].late_reason == "纸质台账补录"
    with town.small.store.read() as session:
        (found,) = worklog_days.accrual(session, town.small.village, town.quarter())
    assert (found.start, found.from_value, found.target) == (D(1), D(2), D(3))
    assert [step.value for step in found.steps] == [D(2)]
    points = next(one for one in town.sheet().lines if one.line.code == "F36").points
    assert points is not None and points.points is not None and abs(points.points - D(8) / 3) < D("0.000001")
    assert found.points == points.points


def test_a_key_result_without_an_indicator_gets_a_proposal_and_no_statement(town: Worked) -> None:
    town.record("publicity", date(2026, 7, 3), "移风易俗宣讲", "2", key_results=(town.talks,))
    town.record("environment", date(2026, 7, 4), "清洁家园后宣讲", "3", key_results=(town.talks,))
    with town.small.store.read() as session:
        found = worklog_key_results.tallies(session, [town.small.village], town.quarter())
        offers = worklog_key_results.offers(session, town.small.village, town.quarter())
    assert found[town.talks] == worklog_key_results.Tally(D(3), 2, date(2026, 7, 4))
    assert [(one.id, one.unit) for one in offers] == [(town.talks, "场")]
    assert town.small.store is not None and not _checkins(town)


def test_key_results_that_show_an_indicator_are_named_with_it(town: Worked) -> None:
    from okr_desk.services import approvals, objectives
    from tests.small_township import metric, objective

    blank = {
        "baseline": None,
        "baseline_on": None,
        "baseline_source": "",
        "target": None,
        "unit": "",
        "direction": None,
    }
    with town.small.store.write(town.small.office) as session:
        more = objectives.create(session, town.small.office, objective(town.small.village, "O2", weight=D(50))).value
        draft = metric("KR2.1", title="科技服务", indicator_id=town.ids["F27"], **blank)
        objectives.create_key_result(session, town.small.office, more, draft)
        approvals.submit(session, town.small.office, [more])
        approvals.approve(session, town.small.office, [more], "新增")
    with town.small.store.read() as session:
        titles = stored.worklog(session, town.small.village, town.quarter()).titles
    assert titles["F27"] == "F27 科技服务人天（KR2.1）" and titles["B22"] == "B22 上级任务按时办结率"


def _checkins(town: Worked) -> int:
    from okr_desk.model.tables import CheckIn

    with town.small.store.rows() as session:
        return len(session.exec(select(CheckIn)).all())


def test_a_correction_stands_and_the_old_entry_stays_beside_it(town: Worked) -> None:
    first = town.record("tech_service", date(2026, 7, 3), "农技服务", "60").value
    said = EntryDraft(town.small.village, "tech_service", date(2026, 7, 3), "农技服务", D(6))
    with town.small.store.write(town.small.secretary) as session:
        second = worklog.correct(session, town.small.secretary, first, said, "多写了一个 0").value
    assert values(town, "F27")[0][1] == D(6)
    with town.small.store.read() as session:
        found = {one.id: one for one in stored.entries(session, [town.small.village], town.quarter())}
    assert found[second].corrects_id == first and found[second].stands
    assert not found[first].stands and found[first].withdrawn_reason == "更正：多写了一个 0"
    with town.small.store.write(town.small.secretary) as session:
        back = worklog.withdraw(session, town.small.secretary, second, "更正错了")
    assert back.value == first and back.notices == ("更正前的记录恢复有效。",)
    assert values(town, "F27")[0][1] == D(60)


def test_the_last_entry_withdrawn_leaves_no_value(town: Worked) -> None:
    only = town.record("tech_service", date(2026, 7, 3), "农技服务", "6").value
    with pytest.raises(InputRefused, match="撤回须写明理由"), town.small.store.write(town.small.secretary) as session:
        worklog.withdraw(session, town.small.secretary, only, " ")
    with town.small.store.write(town.small.secretary) as session:
        worklog.withdraw(session, town.small.secretary, only, "记错支部")
    assert values(town, "F27") == []
    with pytest.raises(WrongState, match="已经更正或撤回"), town.small.store.write(town.small.secretary) as session:
        worklog.withdraw(session, town.small.secretary, only, "再撤")


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"what": " "}, "what", "请填写“做了什么”"),
        ({"amount": D(0)}, "amount", "须大于 0"),
        ({"kind": "suggestion", "amount": D("1.5")}, "amount", "按条计，应是整数"),
        ({"kind": "superior_task", "amount": D(3)}, "part", "请填“按时办结”；一件也没有的填 0"),
        ({"kind": "superior_task", "amount": D(3), "part": D(4)}, "part", "应在 0 和“应办结”之间"),
        ({"part": D(1)}, "part", "只有一个数"),
        ({"kind": "none"}, "kind", "请选择工作类别"),
        ({"done_on": date(2026, 9, 26)}, "done_on", "还没有到"),
        ({"done_on": date(2024, 9, 1)}, "done_on", "不在已建立的年度里"),
        ({"kind": "tech_service", "key_results": (1,)}, "", ""),
        ({"kind": "superior_task", "amount": D(3), "part": D(3), "key_results": (99,)}, "key_results", "取消勾选"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field(town: Worked, more: dict[str, object], field: str, said: str) -> None:
    draft = replace(EntryDraft(town.small.village, "tech_service", DAY, "农技服务"), **more)  # type: ignore[arg-type]
    if not field:
        with town.small.store.write(town.small.secretary) as session:
            assert worklog.record(session, town.small.secretary, draft).value
        return
    with pytest.raises(InputRefused, match=said) as refused, town.small.store.write(town.small.secretary) as session:
        worklog.record(session, town.small.secretary, draft)
    assert refused.value.field == field and rows(town) == []


def test_numbers_of_phones_and_identity_cards_are_not_kept(town: Worked) -> None:
    """domain 8.5: as in the list of members; a long figure in the work itself is none."""
    with pytest.raises(InputRefused, match="电话、身份证号") as refused:
        town.record("environment", DAY, "清沟排涝", who="张三 138 0013 8000")
    assert refused.value.field == "who" and rows(town) == []
    assert town.record("environment", DAY, "清沟排涝", result="落实资金 1200000 元").value


def test_only_the_branch_and_the_office_enter(town: Worked) -> None:
    for actor in (town.small.stranger, town.small.viewer):
        with pytest.raises(NotAllowed):
            town.record("environment", DAY, "清洁家园", actor=actor)
    town.record("environment", DAY, "清洁家园", actor=town.small.office, reported_by="李旭昇", basis=EntryBasis.PHONE)
    assert (rows(town)[0].reported_by, rows(town)[0].basis) == ("李旭昇", "phone")


def test_a_frozen_quarter_takes_entries_of_the_office_with_a_reason(town: Worked) -> None:
    with pytest.raises(WrongState):
        town.record("tech_service", date(2026, 5, 6), "农技服务", "3")
    with pytest.raises(InputRefused, match="写明理由"):
        town.record("tech_service", date(2026, 5, 6), "农技服务", "3", actor=town.small.office)
    outcome = town.record("tech_service", date(2026, 5, 6), "农技服务", "3", actor=town.small.office, reason="漏记")
    assert outcome.notices == ("已过填报截止日，本次标记为“补报”。",)
    assert values(town, "F27") == [(2, D(3), "取自工作底单：1 条记录，合计 3 人天；补报理由：漏记")]
    with pytest.raises(WrongState, match="季度已冻结"), town.small.store.write(town.small.secretary) as session:
        worklog.withdraw(session, town.small.secretary, outcome.value, "多余")


def test_the_same_again_is_said_and_not_refused(town: Worked) -> None:
    town.record("environment", DAY, "清洁家园")
    assert town.record("environment", DAY, "清洁家园").notices == (
        "当天已有一条相同的记录。如果是重复登记，请撤回其中一条。",
    )


@pytest.mark.parametrize("typed", ["果园", "guoyuan", "gybch", "陈立", "cl", "防治"])
def test_entries_are_found_by_characters_pinyin_and_initials(town: Worked, typed: str) -> None:
    town.record("tech_service", date(2026, 7, 3), "果园病虫害防治", "6", who="陈立")
    with town.small.store.read() as session:
        (entry,) = stored.entries(session, None, None)
    assert matches(typed, entry.what + entry.who, entry.search_keys)


def test_what_a_category_does_not_have_is_not_fed(town: Worked) -> None:
    """F05 is of 农村, F10 of 社区: mediation of the village counts for F05 alone."""
    from okr_desk.services import indicators
    from tests.small_township import percent

    with town.small.store.write(town.small.office) as session:
        for code, name, of in (("F05", "矛盾纠纷化解率", "农村"), ("F10", "网格矛盾化解率", "社区")):
            session.add(Category(name="社区", position=2)) if of == "社区" else None
            town.ids[code] = indicators.create(session, town.small.office, percent(code, name, categories=(of,))).value
        mediation = worklog_kinds.by_key(session)["mediation"]
        said = KindDraft("mediation", mediation.name, "件", "受理", "化解", ("F05", "F10"), "全部逐件登记。")
        changing.change(session, town.small.office, said)
    town.record("mediation", date(2026, 7, 3), "宅基地纠纷", "4", part=D(3))
    assert values(town, "F05")[0][1] == D(75) and values(town, "F10") == []


def test_the_office_changes_kinds_and_old_entries_keep_their_links(town: Worked) -> None:
    town.record("tech_service", date(2026, 7, 3), "农技服务", "6")
    said = KindDraft("tech_service", "科技下乡", "人天", feeds=(), use="到村到户服务。")
    with pytest.raises(NotAllowed), town.small.store.write(town.small.secretary) as session:
        changing.change(session, town.small.secretary, said)
    with town.small.store.write(town.small.office) as session:
        changing.change(session, town.small.office, said)
    town.record("tech_service", date(2026, 7, 4), "农技服务", "6")
    assert values(town, "F27")[0][1] == D(6)
    with town.small.store.read() as session:
        kind = worklog_kinds.by_key(session)["tech_service"]
        assert (kind.name, kind.feeds) == ("科技下乡", ()) and len(worklog_kinds.kinds(session)) == 18
        first, second = stored.entries(session, None, None)
        assert (first.fed, second.fed) == ("", "F27")
    own = KindDraft("", "老党员讲堂", "场", feeds=(), use="老党员讲村史。")
    with town.small.store.write(town.small.office) as session:
        key = changing.change(session, town.small.office, own).value
    assert town.record(key, date(2026, 8, 1), "讲村史", "1", key_results=(town.talks,)).value


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"feeds": ("B01",)}, "由程序按三会一课记录计算"),
        ({"feeds": ("Z99",)}, "指标库里没有“Z99”"),
        ({"feeds": ("B22",)}, "是比率，请在“其中叫什么”里写明分子"),
        ({"feeds": ("F27",)}, "单位是人天，这类工作按次计"),
        ({"name": "志愿服务"}, "已有名为“志愿服务”的类别"),
        ({"use": ""}, "请填写“什么时候用”"),
    ],
)
def test_a_kind_that_cannot_be_counted_is_refused(town: Worked, more: dict[str, object], said: str) -> None:
    draft = replace(KindDraft("", "新类别", "次", use="试用。"), **more)  # type: ignore[arg-type]
    with pytest.raises(InputRefused, match=said), town.small.store.write(town.small.office) as session:
        changing.change(session, town.small.office, draft)
