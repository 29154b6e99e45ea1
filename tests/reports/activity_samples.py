"""Hand-made activities for tests of paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from okr_desk.queries import activity_papers
from okr_desk.queries.activities import ActivityView, score_of, sum_of
from okr_desk.queries.activity_papers import ActivityForm
from okr_desk.scoring.likert import VALUES
from okr_desk.terms import EntryBasis
from tests.reports import samples

D = Decimal
AT = datetime(2026, 10, 8, 1, tzinfo=UTC)


def held(number: int, topic: str, counts: tuple[int, ...], **more: object) -> ActivityView:
    """One activity of 40 people."""
    score = score_of(counts, VALUES)
    plain: dict[str, object] = {
        "id": number, "uid": f"a{number}", "org": samples.ORG, "held_on": date(2026, 7, 1 + number % 28),
        "topic": topic, "place": "党群服务中心", "attended": 40, "counts": counts, "unsure": 0, "score": score,
        "reached": score is not None and score >= 60, "by": "李旭昇", "reported_by": "", "basis": EntryBasis.OWN,
        "is_late": False, "late_reason": "", "recorded_at": AT, "withdrawn_at": None, "withdrawn_reason": "",
    }  # fmt: skip
    return ActivityView(**{**plain, **more})  # type: ignore[arg-type]


def form(*own: ActivityView) -> ActivityForm:
    """The register of one branch."""
    sum_ = sum_of(samples.ORG, own, VALUES) if own else None
    made = ActivityForm("青山镇", samples.ORG, samples.QUARTER, own, sum_, VALUES, D(60))
    return replace(made, digest=activity_papers.digest(made))


def usual() -> ActivityForm:
    """One that counts, one rated too low, one that nobody rated and that came late."""
    return form(
        held(1, "暑期托管班", (10, 5, 3, 1, 1)),
        held(2, "法律讲座", (0, 0, 2, 4, 4), unsure=2),
        held(3, "走访慰问", (0, 0, 0, 0, 0), is_late=True),
    )
