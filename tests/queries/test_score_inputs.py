"""What stands behind the points of a line: value with day, origin and person, baseline and target with theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.queries.score_inputs import inputs
from okr_desk.queries.score_lines import LineScore
from okr_desk.rules.indicators import IndicatorDraft
from okr_desk.services import indicators, schemes
from okr_desk.terms import Accumulation, Dimension, Direction
from tests.scored_township import Scored, draft, scored


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Scored]:
    made = scored(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


def line(town: Scored, code: str, number: int = 3) -> LineScore:
    return next(one for one in town.sheet(number).lines if one.line.code == code)


def ruled(town: Scored, code: str, rule: str) -> None:
    """The first line of the scheme is this one from the third quarter on."""
    office = town.small.office
    with town.small.store.write(office) as session:
        version = schemes.next_version(session, office, town.scheme, 3, "换规则").value
        wanted = draft(town.ids)
        first = replace(wanted.blocks[0].lines[0], indicator_id=town.ids[code], rule=rule)
        block = replace(wanted.blocks[0], lines=(first, *wanted.blocks[0].lines[1:]))
        schemes.revise(session, office, version, replace(wanted, blocks=(block, *wanted.blocks[1:]), from_quarter=3))
        schemes.activate(session, office, version)


def test_a_value_says_its_day_origin_and_person_and_its_remark(town: Scored) -> None:
    town.measure("B08", "78.5")
    found = dict(inputs(line(town, "B08")))
    assert found["规则"].startswith("直线计分：得分＝满分×（实绩－基线）÷（目标值－基线）")
    assert found["实绩"] == "78.5%（镇审核，截至 2026-08-28，王玥 2026-10-08 录入）"
    assert (found["基线"], found["目标值"]) == ("72%（本支部的基线）", "85%（本支部的目标值）")
    assert found["实绩说明"] == "补录" and "说明" not in found


def test_what_the_rule_gives_itself_says_so(town: Scored) -> None:
    ruled(town, "B08", "linear b=60 t=90")
    found = dict(inputs(line(town, "B08")))
    assert (found["实绩"], found["基线"], found["目标值"]) == ("未报", "60%（规则写明）", "90%（规则写明）")


def test_a_phased_target_is_shown_as_the_sum_that_it_is(town: Scored) -> None:
    """75 of a year's 100 are due by the third quarter; a measure that accumulates starts at 0; the last owes all."""
    office = town.small.office
    with town.small.store.write(office) as session:
        said = IndicatorDraft(
            "F01", "重点项目节点完成率", "%", Direction.UP, Dimension.BASIC, accumulation=Accumulation.YEAR_TO_DATE
        )
        town.ids["F01"] = indicators.create(session, office, said).value
    ruled(town, "F01", "linear t=100")
    found = dict(inputs(line(town, "F01")))
    assert found["目标值"] == "75%＝100%×3/4（规则写明）" and found["基线"] == "0%（年累计指标每年从 0 起算）"
    assert found["说明"] == "年累计指标，自 0 起算，到第3季度按全年目标的 3/4 计。"
    last = dict(inputs(line(town, "F01", 4)))
    assert (last["目标值"], last["基线"]) == ("100%（规则写明）", "0%（年累计指标每年从 0 起算）")


def test_what_a_rule_has_no_use_for_is_left_out(town: Scored) -> None:
    assert [name for name, _words in inputs(line(town, "B11"))] == ["规则", "实绩"]


def test_what_was_never_set_says_so(town: Scored) -> None:
    bare = dict(inputs(replace(line(town, "B08"), baseline=None, target=None)))
    assert bare["基线"] == bare["目标值"] == "还没有设"
