"""The small township with a school that is about to join the village: one key result for each way of passing on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from okr_desk.clock import FixedClock
from okr_desk.rules.checkins import CheckInDraft
from okr_desk.rules.indicators import BaselineDraft, TargetDraft
from okr_desk.rules.orgs import MergeDraft
from okr_desk.services import approvals, checkins, indicators, objectives, successions
from okr_desk.services.outcome import Outcome
from okr_desk.terms import Direction, KrKind
from tests.made_once import made_once
from tests.small_township import Small, bare, build, metric, objective

D = Decimal
DAY = date(2026, 10, 8)
NODES = (("立项", D(20)), ("开工", D(30)), ("验收", D(50)))
LINKED: dict[str, object] = {
    "baseline": None, "baseline_on": None, "baseline_source": "", "target": None, "unit": "", "direction": None,
}  # fmt: skip


@dataclass
class Two:
    """The township with the ids of the school's key results by what they are."""

    small: Small
    top: int
    attendance: int
    income: int
    road: int
    reached: int
    safety: int
    overdue: int

    def merge(self, on: date = DAY, heirs: bool = True, **more: object) -> Outcome[int]:
        """The school joins the village."""
        gone = self.small.school
        plain: dict[str, object] = {"into_id": self.small.village, "heirs_of": (gone,) if heirs else ()}
        draft = MergeDraft((gone, self.small.village), on, "青委〔2026〕12号", **{**plain, **more})  # type: ignore[arg-type]
        with self.small.store.write(self.small.office) as session:
            return successions.merge(session, self.small.office, draft)


@made_once
def join(path: Path, day: date = DAY) -> Two:
    """The village has O1 and its own attendance. Of the school's two objectives O2 is reached, O3 never approved."""
    small = build(path, FixedClock(day))
    office = small.office
    with small.store.write(office) as session:
        top = objectives.create(session, office, objective(small.township, "T1")).value
        own = objectives.create(session, office, objective(small.village)).value
        _line(session, small, small.village, small.attendance, 75, 81)
        objectives.create_key_result(session, office, own, metric(indicator_id=small.attendance, **LINKED))
        first = objectives.create(
            session, office, objective(small.school, title="办好家门口的学校", aligned_to_id=top, leader="单晓")
        ).value
        second = objectives.create(session, office, objective(small.school, "O2", title="书香校园")).value
        objectives.create(session, office, objective(small.school, "O3", title="另有打算"))
        _line(session, small, small.school, small.attendance, 60, 90)
        _line(session, small, small.school, small.income, 10, 20)
        made = [objectives.create_key_result(session, office, first, draft).value for draft in _drafts(small)]
        done = objectives.create_key_result(session, office, second, metric("KR2.1")).value
        chosen = [own, first, second]
        approvals.submit(session, office, chosen)
        approvals.approve(session, office, chosen)
        for quarter in (1, 2):
            for key_result, said in zip((*made, done), _SAID, strict=True):
                draft = CheckInDraft(key_result, small.quarters[quarter], reason="补报", **said)  # type: ignore[arg-type]
                checkins.record(session, office, draft)
    return Two(small, top, *made)


_SAID: tuple[dict[str, object], ...] = (
    {"value": D(72)},
    {"value": D(14)},
    {"nodes": ("立项", "开工")},
    {"value": D(95)},
    {"value": D(0)},
    {"done": False},
    {"value": D(90)},
)


def _drafts(small: Small) -> tuple[object, ...]:
    plan = (D(10), D(30), D(60), D(100))
    return (
        metric("KR1.1", title="到会率", weight=D(30), indicator_id=small.attendance, **LINKED),
        metric("KR1.2", title="勤工俭学收入", weight=D(20), indicator_id=small.income, **LINKED),
        bare(KrKind.MILESTONE, "KR1.3", title="操场改造", weight=D(20), nodes=NODES, plan=plan),
        metric("KR1.4", title="家访率", weight=D(10)),
        bare(
            KrKind.GUARD_RAIL, "KR1.5", title="安全事故", weight=D(10), unit="起", target=D(0),
            direction=Direction.AT_MOST,
        ),
        bare(KrKind.YES_NO, "KR1.6", title="校务公开", weight=D(10), plan=(D(1), None, None, None)),
    )  # fmt: skip


def _line(session: object, small: Small, org_id: int, indicator_id: int, start: int, aim: int) -> None:
    baseline = BaselineDraft(org_id, indicator_id, 2026, D(start), date(2025, 12, 31), "2025年年报")
    indicators.set_line(session, small.office, baseline, TargetDraft(org_id, indicator_id, 2026, D(aim)))  # type: ignore[arg-type]
