"""A branch's quarter of organisational life on paper, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from okr_desk.duty_terms import DutyKind, DutyLight, RegisterKind
from okr_desk.queries.duties import BranchDuties, KindStand, MeetingView, Roster
from okr_desk.queries.duty_papers import MinutesForm, RegisterForm
from okr_desk.queries.duty_registers import LineView, ReviewView
from okr_desk.scoring.duties import BranchSize, completion, due
from okr_desk.terms import EntryBasis, OrgKind
from tests.reports import samples

SIZE = BranchSize(12, 2, True)


def meeting(**more: object) -> MeetingView:
    """A Party day with a lesson in July, 10 of 13 present."""
    plain: dict[str, object] = {
        "id": 1, "uid": "m1", "org_id": samples.ORG.id, "quarter_id": samples.QUARTER.id,
        "held_on": date(2026, 7, 3), "kinds": (DutyKind.LESSON, DutyKind.PARTY_DAY), "topic": "学习党章",
        "host": "李旭昇", "place": "党群服务中心", "due": 13, "present": 10, "minutes": "", "group_number": None,
        "is_election": False, "reported_by": "", "basis": EntryBasis.OWN, "is_late": False, "late_reason": "",
        "recorded_at": datetime(2026, 7, 4, tzinfo=UTC), "recorded_by": "李旭昇", "corrects_id": None,
    }  # fmt: skip
    return MeetingView(**{**plain, **more})  # type: ignore[arg-type]


def register(*events: MeetingView) -> RegisterForm:
    """The register of a quarter with these events (one, where none are named), a line of fees and the grading."""
    held = events or (meeting(),)
    owed = due(SIZE, quarter=3)
    kinds = tuple(
        KindStand(kind, owed.counts[kind], 1, min(1, owed.counts[kind]), 0, 10, 13, DutyLight.ON_TIME, "")
        for kind in DutyKind
    )
    done = {one.kind: one.done for one in kinds}
    roster = Roster("青石村党支部", OrgKind.BRANCH, SIZE, 1, "农村", date(2022, 3, 1))
    stand = BranchDuties(samples.ORG, samples.QUARTER, roster, owed, kinds, held, completion(done, owed.counts))
    fees = LineView(
        1, samples.ORG.id, RegisterKind.FEES, 2026, 3, 7, 13, 12, Decimal("130.5"), Decimal(120), "",
        date(2026, 7, 31), "", EntryBasis.OWN, False,
    )  # fmt: skip
    review = ReviewView(1, samples.ORG.id, date(2026, 9, 20), 13, 13, 1, 4, 8, 0, 0, "", "")
    return RegisterForm("青山镇", stand, (fees,), review, digest="3f2a91bc07de")


def minutes() -> MinutesForm:
    """The minutes of one event, to be written by hand."""
    return MinutesForm("青山镇", samples.ORG, samples.QUARTER, meeting(), 1, 3, digest="3f2a91bc07de")


def plain(key: str) -> RegisterForm | MinutesForm:
    """Without a word that somebody typed."""
    bare = meeting(topic="", host="", place="")
    return register(bare) if key == "duty-register" else replace(minutes(), meeting=bare)
