"""Activities feed F12 and S01: how many were rated 60 and more, and the mean of their scores; none is edited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.model import audit_check
from okr_desk.model.tables import Activity, Category, MeasuredValue
from okr_desk.queries import activities as queries
from okr_desk.queries import cycles, library, orgs, scores
from okr_desk.queries.activities import Register
from okr_desk.queries.library import IndicatorView
from okr_desk.rules.activities import ActivityDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.schemes import BlockDraft, LineDraft, SchemeDraft
from okr_desk.services import activities, indicators, red_lines, schemes
from okr_desk.services.outcome import Outcome, Topic
from okr_desk.services.permits import SETUP
from okr_desk.terms import EntryBasis
from tests.small_township import Small, build, percent

D = Decimal
GOOD = (10, 5, 3, 1, 1)
"""80.5 by 100/80/60/30/0."""
POOR = (0, 0, 2, 4, 4)
"""(2×60 + 4×30) ÷ 10 = 24."""


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Small]:
    made = build(tmp_path / "镇.okr", clock)
    with made.store.write(SETUP) as session:
        indicators.create(session, SETUP, percent("F12", "党群服务活动场次", unit="场", decimals=0))
        indicators.create(session, SETUP, percent("S01", "党群服务活动满意度", unit="分"))
    yield made
    made.store.close()


def record(town: Small, actor: Actor | None = None, **more: Any) -> Outcome[int]:
    who = actor or town.secretary
    plain: dict[str, Any] = {
        "org_id": town.village, "held_on": date(2026, 8, 12), "topic": "暑期托管班", "attended": 40, "counts": GOOD,
    }  # fmt: skip
    with town.store.write(who) as session:
        return activities.record(session, who, ActivityDraft(**{**plain, **more}))


def values(town: Small, org_id: int | None = None) -> dict[str, tuple[Decimal, str]]:
    """What F12 and S01 hold for the village's third quarter."""
    with town.store.rows() as session:
        codes = {view.id: view.code for view in _library(session)}
        rows = session.exec(
            select(MeasuredValue).where(
                MeasuredValue.org_id == (org_id or town.village), col(MeasuredValue.superseded_at).is_(None)
            )
        )
        return {codes[row.indicator_id]: (row.value, row.note) for row in rows}


def _library(session: Any) -> tuple[IndicatorView, ...]:
    return library.library(session, date(2026, 9, 30))


def register(town: Small) -> Register:
    with town.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        return queries.register(session, quarter)


def test_a_branch_enters_its_own_and_the_indicators_follow(town: Small) -> None:
    made = record(town)
    assert made.changes.topics >= {Topic.ACTIVITIES, Topic.INDICATORS, Topic.SCORES}
    record(town, held_on=date(2026, 9, 5), topic="义诊", counts=(4, 0, 0, 0, 0), unsure=1, attended=12)
    assert values(town) == {
        "F12": (D(2), "取自活动登记：办了 2 场，现场评价达到 60 分的 2 场"),
        "S01": (D("90.25"), "取自活动登记：2 场有评价，共 24 份"),  # (80.5 + 100) ÷ 2
    }
    with town.store.read() as session:
        assert audit_check.first_fault(session) is None


def test_what_is_rated_below_60_or_not_at_all_is_held_and_does_not_count(town: Small) -> None:
    record(town)
    record(town, topic="讲座", counts=POOR)
    record(town, topic="慰问", counts=(0, 0, 0, 0, 0))
    assert values(town)["F12"][0] == 1 and values(town)["S01"][0] == D("52.25")  # (80.5 + 24) ÷ 2
    one = register(town).sums[0]
    assert (one.held, one.counted, one.rated, one.people, one.answers) == (3, 1, 2, 120, 30)
    assert one.share is not None and round(one.share, 4) == D("0.3333")
    assert one.score is not None and one.score.low < D("52.25") < one.score.high


def test_only_unrated_ones_leave_no_satisfaction_which_is_missing_and_not_zero(town: Small) -> None:
    record(town, counts=(0, 0, 0, 0, 0))
    assert set(values(town)) == {"F12"} and values(town)["F12"][0] == 0


def test_60_itself_counts(town: Small) -> None:
    record(town, counts=(0, 0, 20, 0, 0))
    assert values(town)["F12"][0] == 1


def test_taken_back_it_stays_with_the_reason_and_no_longer_counts(town: Small) -> None:
    made = record(town).value
    with town.store.write(town.secretary) as session, pytest.raises(InputRefused, match="写明理由"):
        activities.withdraw(session, town.secretary, made, " ")
    with town.store.write(town.secretary) as session:
        activities.withdraw(session, town.secretary, made, "重复登记")
    assert values(town) == {}
    found = register(town)
    assert (found.activities[0].withdrawn_reason, found.sums) == ("重复登记", ())
    with town.store.write(town.secretary) as session, pytest.raises(WrongState, match="已经撤回"):
        activities.withdraw(session, town.secretary, made, "再撤")
    with town.store.rows() as session:
        assert session.get(Activity, made) is not None


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"held_on": date(2027, 3, 1)}, "held_on", "还没有到"),
        ({"held_on": date(2024, 3, 1)}, "held_on", "不在已建立的年度里"),
        ({"topic": " "}, "topic", "请填写“主题”"),
        ({"attended": 0}, "attended", "须大于 0"),
        ({"attended": 100_000}, "attended", "请核对"),
        ({"counts": (30, 10, 1, 0, 0)}, "counts", "评价 41 份，超过参加的 40 人"),
        ({"unsure": 21}, "counts", "评价 41 份，超过参加的 40 人"),
        ({"counts": (1, -1, 0, 0, 0)}, "counts", "不能为负数"),
        ({"counts": (1, 1)}, "counts", "五档都要填"),
    ],
)
def test_bad_input_is_refused_at_its_field(town: Small, more: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(InputRefused, match=words) as caught:
        record(town, **more)
    assert caught.value.field == field


def test_another_branch_may_not_and_the_office_says_from_whom(town: Small) -> None:
    with pytest.raises(NotAllowed):
        record(town, town.stranger)
    with pytest.raises(NotAllowed):
        record(town, town.viewer)
    record(town, town.office, reported_by="李旭昇", basis=EntryBasis.PAPER)
    one = register(town).activities[0]
    assert (one.reported_by, one.basis) == ("李旭昇", EntryBasis.PAPER)


def test_a_frozen_quarter_takes_it_from_the_office_with_a_reason(town: Small) -> None:
    early = {"held_on": date(2026, 5, 4)}
    with pytest.raises(WrongState, match="已冻结"):
        record(town, **early)
    with pytest.raises(InputRefused, match="写明理由"):
        record(town, town.office, **early)
    made = record(town, town.office, reason="材料迟交", **early)
    assert made.notices == ("已过填报截止日，本次标记为“补报”。",)
    with town.store.rows() as session:
        notes = [row.note for row in session.exec(select(MeasuredValue)) if row.quarter_id == town.quarters[2]]
    assert notes and all(note.endswith("补报理由：材料迟交") for note in notes)
    with town.store.write(town.secretary) as session, pytest.raises(WrongState, match="不能撤回"):
        activities.withdraw(session, town.secretary, made.value, "撤")


def test_the_line_of_points_takes_both(town: Small) -> None:
    """DUAL in its product form: 10 × min(2 ÷ 4, 1) × 90.25 ÷ 100 = 4.5125."""
    with town.store.write(SETUP) as session:
        red_lines.load_seed(session, date(2026, 1, 1))
        rural = session.exec(select(Category.id).where(Category.name == "农村")).one()
        ids = {view.code: view.id for view in _library(session)}
        line = LineDraft(ids["F12"], D(10), "dual N=4 form=product", second_id=ids["S01"])
        made = schemes.create(
            session, SETUP, rural or 0, 2026, SchemeDraft("农村", (BlockDraft("融合性", D(10), (line,)),))
        ).value
        schemes.activate(session, SETUP, schemes.standing.scheme(session, made).versions[0].id)
    record(town)
    record(town, topic="义诊", counts=(4, 0, 0, 0, 0))
    with town.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        sheet = scores.sheets(session, quarter, [orgs.view(session, town.village, quarter.ends_on)])[0]
    points = sheet.lines[0].points
    assert points is not None and points.points == D("4.5125")
    assert "满意度取“S01 党群服务活动满意度”，为 90.25" in " ".join(points.steps)
