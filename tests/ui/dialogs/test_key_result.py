"""The dialog of a key result asks for what its kind needs, and gives back exactly what it was given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused
from okr_desk.queries import library
from okr_desk.rules.objectives import KeyResultDraft
from okr_desk.terms import Dimension, Direction, KrKind, Nature
from okr_desk.ui.dialogs.fields import nodes, nodes_text, optional_number
from okr_desk.ui.dialogs.key_result import KeyResultDialog
from tests.small_township import Small, bare, build, metric

D = Decimal
DAY = date(2026, 10, 8)
GUARD = {"baseline": D(0), "baseline_on": date(2025, 12, 31), "baseline_source": "2025年末实绩", "unit": "起"}


@pytest.fixture
def small(tmp_path: Path, clock: FixedClock) -> Iterator[Small]:
    town = build(tmp_path / "镇.okr", clock)
    yield town
    town.store.close()


def dialog_of(qtbot: QtBot, draft: KeyResultDraft, needs_reason: bool = False) -> KeyResultDialog:
    dialog = KeyResultDialog(draft, (), DAY, is_new=False, needs_reason=needs_reason)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.mark.parametrize(
    "draft",
    [
        metric(plan=(D("67.5"), D(75), None, D(90)), nature=Nature.ASPIRATIONAL, dimension=Dimension.INNOVATION),
        metric(kind=KrKind.SATISFACTION, unit="分", direction=Direction.DOWN, baseline=D(20), target=D(8)),
        bare(KrKind.MILESTONE, nodes=(("立项", D(20)), ("主体 完成", D("30.5"))), plan=(None, D(20), D(60), D(100))),
        bare(KrKind.GUARD_RAIL, direction=Direction.AT_MOST, target=D(0), plan=(D(0), D(0), D(0), D(0)), **GUARD),
        bare(KrKind.GUARD_RAIL, direction=Direction.BETWEEN, target=D(1), upper=D(3), slack=D("0.5"), unit="户"),
        bare(KrKind.YES_NO, plan=(None, None, D(1), D(1))),
        bare(KrKind.YES_NO),
        bare(KrKind.ESTABLISH_BASELINE, unit="%"),
    ],
)
def test_an_untouched_dialog_gives_back_the_same_draft(qtbot: QtBot, draft: KeyResultDraft, look: None) -> None:
    dialog = dialog_of(qtbot, draft)
    dialog.submit()
    assert dialog.refusal == ""
    assert dialog.result_draft == (draft, "")


def test_the_fields_follow_the_kind(qtbot: QtBot, look: None) -> None:
    dialog = dialog_of(qtbot, metric())
    seen = {}
    for kind in KrKind:
        dialog.box("kind").setCurrentIndex(dialog.box("kind").findData(kind))
        seen[kind] = {name for name in ("baseline", "target", "nodes", "plan", "due", "unit") if shown(dialog, name)}
    assert seen[KrKind.METRIC] == {"baseline", "target", "plan", "unit"}
    assert seen[KrKind.MILESTONE] == {"nodes", "plan"}
    assert seen[KrKind.GUARD_RAIL] == {"target", "unit"}
    assert seen[KrKind.YES_NO] == {"due"}
    assert seen[KrKind.ESTABLISH_BASELINE] == {"due", "unit"}


def shown(dialog: KeyResultDialog, name: str) -> bool:
    return dialog.fields[name].isVisible()


def test_a_refusal_stands_under_its_row(qtbot: QtBot, look: None) -> None:
    dialog = dialog_of(qtbot, metric())
    target = dialog.fields["target"]
    assert isinstance(target, QLineEdit)
    target.setText("约95")
    dialog.submit()
    assert dialog.refusal.startswith("“目标值”") and "95" in dialog.refusal
    target.setText("50")
    dialog.submit()
    assert dialog.refusal.startswith("方向是“上升”，目标却低于基线")
    target.setText("９５％")
    dialog.submit()
    assert dialog.result_draft[0].target == 95


def test_after_approval_kind_stays_and_a_reason_is_asked(qtbot: QtBot, look: None) -> None:
    dialog = dialog_of(qtbot, metric(), needs_reason=True)
    assert not dialog.fields["kind"].isEnabled()
    dialog.submit()
    assert dialog.refusal == "批准后的变动须写明理由。"


def test_what_is_added_after_approval_may_be_of_any_kind_and_linked(qtbot: QtBot, look: None, small: Small) -> None:
    """Only what earlier values were measured by stays; a new one has none."""
    with small.store.read() as session:
        offered = library.library(session, DAY)
    dialog = KeyResultDialog(bare(KrKind.METRIC, title=""), offered, DAY, is_new=True, needs_reason=True)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.box("kind").isEnabled() and dialog.box("indicator_id").isEnabled()
    assert "增加的关键结果" in dialog.note.text()
    dialog.box("indicator_id").setCurrentIndex(dialog.box("indicator_id").findData(small.attendance))
    reason = dialog.fields["reason"]
    assert isinstance(reason, QLineEdit)
    reason.setText("上级新部署")
    dialog.submit()
    assert dialog.refusal == ""
    made, said = dialog.result_draft
    assert (made.indicator_id, made.title, said) == (small.attendance, "党员到会率", "上级新部署")


names = st.text(alphabet="立项开工主体完成验收", min_size=1, max_size=6)
weights = st.decimals(min_value=0, max_value=100, places=1)


@given(st.lists(st.tuples(names, weights), max_size=5))
def test_nodes_read_back_as_they_were_written(given_nodes: list[tuple[str, Decimal]]) -> None:
    assert nodes(nodes_text(tuple(given_nodes))) == tuple(given_nodes)


def test_nodes_take_what_people_type() -> None:
    assert nodes("立项 20%，开工30；验收50 ") == (("立项", D(20)), ("开工", D(30)), ("验收", D(50)))
    with pytest.raises(InputRefused, match="“竣工”看不出节点和权重"):
        nodes("立项20、竣工")


def test_a_doubtful_number_is_asked_back() -> None:
    assert optional_number(" ", "target", "目标值") is None
    assert optional_number("１２.５", "target", "目标值") == D("12.5")
    with pytest.raises(InputRefused) as refused:
        optional_number("约95%", "target", "目标值", "%")
    assert refused.value.field == "target" and "请直接填 95" in refused.value.sentence
