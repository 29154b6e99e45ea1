"""F01 from project nodes, worked by hand: weights done of weights due from January to the quarter's end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.queries import cycles, projects
from okr_desk.queries.project_counts import tallies
from okr_desk.register_terms import NodeState
from okr_desk.rules.entered import ITSELF, By
from okr_desk.rules.projects import NodeDoneDraft, NodeMoveDraft
from okr_desk.services import projects as write
from okr_desk.services.outcome import Topic
from okr_desk.terms import EntryBasis
from tests.registers import project, registers, values
from tests.small_township import Small

LATE = By(reason="补登")


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return registers(tmp_path / "镇.okr", FixedClock(date(2026, 9, 20)))


def made(small: Small) -> dict[str, int]:
    """The project, entered by the office because its first node lies in a frozen quarter; nodes by name."""
    with small.store.write(small.office) as session:
        write.register(session, small.office, project(small.village, by=LATE))
    with small.store.read() as session:
        return {node.name: node.id for node in projects.projects(session, 2026, [small.village])[0].nodes}


def done(small: Small, node_id: int, day: date, actor: object = None, by: By = ITSELF) -> int:
    who = actor or small.secretary
    with small.store.write(who) as session:  # type: ignore[arg-type]
        return write.finish_node(session, who, NodeDoneDraft(node_id, day, by=by)).value  # type: ignore[arg-type]


def test_the_share_of_weights_adds_up_through_the_year(small: Small) -> None:
    """Q1: 0 of 20. Q2: 0 of 20. Q3: 20 (late) and 30 done of 20 + 30 + 30 = 62.5 %. The fourth has not begun."""
    nodes = made(small)
    done(small, nodes["立项"], date(2026, 7, 2))
    done(small, nodes["开工"], date(2026, 7, 15))
    found = values(small, "F01")
    assert {number: value for number, (value, _note) in found.items()} == {
        1: Decimal(0), 2: Decimal(0), 3: Decimal("62.5"),
    }  # fmt: skip
    assert found[3][1] == (
        "取自重点项目台账：年初至本季末应完成节点 3 个（权重 80），已完成 2 个（权重 50），其中逾期完成 1 个"
    )


def test_a_late_entry_of_the_office_counts_in_the_quarter_in_which_it_was_done(small: Small) -> None:
    nodes = made(small)
    with pytest.raises(WrongState, match="已冻结"):
        done(small, nodes["立项"], date(2026, 3, 20))
    done(small, nodes["立项"], date(2026, 3, 20), small.office, LATE)
    assert values(small, "F01")[1][0] == 100
    assert "补报理由：补登" in values(small, "F01")[1][1]


def test_nothing_due_is_no_value(small: Small) -> None:
    draft = project(small.village)
    last = (replace(draft.nodes[-1], weight=Decimal(100)),)
    with small.store.write(small.secretary) as session:
        outcome = write.register(session, small.secretary, replace(draft, nodes=last))
    assert Topic.PROJECTS in outcome.changes.topics and values(small, "F01") == {}
    with small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        tally = tallies(session, quarter, [small.village, small.school])
        assert list(tally) == [small.village] and tally[small.village].rate is None


def test_a_moved_date_keeps_the_old_one_beside_and_moves_what_is_due(small: Small) -> None:
    nodes = made(small)
    done(small, nodes["立项"], date(2026, 7, 2))
    done(small, nodes["开工"], date(2026, 7, 15))
    with small.store.write(small.office) as session:
        write.move_node(session, small.office, NodeMoveDraft(nodes["完工"], date(2026, 10, 20), "雨季延误"))
    assert values(small, "F01")[3][0] == 100
    with small.store.read() as session:
        node = projects.projects(session, 2026, [small.village])[0].nodes[2]
    assert (node.first_planned_on, node.planned_on) == (date(2026, 8, 31), date(2026, 10, 20))
    assert [(move.before, move.reason, move.entry.by) for move in node.moves] == [
        (date(2026, 8, 31), "雨季延误", "王玥")
    ]
    with small.store.write(small.office) as session:
        write.withdraw_step(session, small.office, node.moves[0].step_id, "误调")
    assert values(small, "F01")[3][0] == Decimal("62.5")


def test_a_branch_moves_no_date_that_has_passed(small: Small) -> None:
    nodes = made(small)
    with small.store.write(small.secretary) as session, pytest.raises(WrongState, match="已经过了"):
        write.move_node(session, small.secretary, NodeMoveDraft(nodes["完工"], date(2026, 10, 20), "雨"))
    with small.store.write(small.secretary) as session:
        write.move_node(session, small.secretary, NodeMoveDraft(nodes["验收"], date(2026, 12, 25), "材料"))
        with pytest.raises(InputRefused, match="调整理由"):
            write.move_node(session, small.secretary, NodeMoveDraft(nodes["验收"], date(2026, 12, 26), ""))


def test_what_was_done_is_taken_back_with_a_reason_and_stays(small: Small) -> None:
    nodes = made(small)
    step = done(small, nodes["开工"], date(2026, 7, 15))
    with small.store.write(small.secretary) as session, pytest.raises(InputRefused, match="理由"):
        write.withdraw_step(session, small.secretary, step, " ")
    with small.store.write(small.secretary) as session:
        write.withdraw_step(session, small.secretary, step, "尚未开工")
    assert values(small, "F01")[3][0] == 0
    assert [entry.action for entry in small.trail() if entry.table == "nodestep"] == ["insert", "update"]
    done(small, nodes["开工"], date(2026, 7, 20))
    assert values(small, "F01")[3][0] == Decimal("37.5")


def test_a_real_date_lies_between_the_start_and_today(small: Small) -> None:
    nodes = made(small)
    for day, said in ((date(2026, 9, 21), "还没有到"), (date(2026, 1, 9), "早于项目启动")):
        with pytest.raises(InputRefused, match=said) as refused:
            done(small, nodes["开工"], day)
        assert refused.value.field == "done_on"
    done(small, nodes["开工"], date(2026, 9, 20))
    with pytest.raises(WrongState, match="已登记完成"):
        done(small, nodes["开工"], date(2026, 9, 20))


def test_a_whole_project_taken_back_leaves_no_value(small: Small) -> None:
    made(small)
    with small.store.write(small.office) as session:
        write.withdraw(session, small.office, 1, "重复登记")
    assert values(small, "F01") == {}
    with small.store.read() as session:
        assert projects.projects(session, 2026, [small.village]) == ()
        assert NodeState.COMING  # the word is stored nowhere


def test_who_may_and_who_said_so(small: Small) -> None:
    draft = project(small.village, nodes=project(small.village).nodes[1:3] + project(small.village).nodes[3:])
    draft = replace(draft, nodes=tuple(replace(n, weight=w) for n, w in zip(draft.nodes, map(Decimal, (40, 40, 20)))))  # noqa: B905
    for actor in (small.stranger, small.viewer):
        with small.store.write(actor) as session, pytest.raises(NotAllowed):
            write.register(session, actor, draft)
    with small.store.write(small.office) as session:
        write.register(session, small.office, replace(draft, by=By("李旭昇", EntryBasis.PHONE)))
    with small.store.read() as session:
        told = projects.projects(session, 2026, [small.village])[0].entry.told
    assert told == "李旭昇 报（电话），王玥 2026-09-20 代录"


def test_the_same_project_is_not_registered_twice(small: Small) -> None:
    made(small)
    with small.store.write(small.office) as session, pytest.raises(InputRefused, match="本年已登记") as twice:
        write.register(session, small.office, project(small.village, by=LATE))
    assert twice.value.field == "name"
