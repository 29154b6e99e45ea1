"""The register of activities on A4: every line, what counts, the sum with its interval; blank where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from okr_desk.queries import activity_papers
from okr_desk.queries.activities import ActivityView, _score, _sum
from okr_desk.queries.activity_papers import ActivityForm
from okr_desk.reports import activity_register
from okr_desk.scoring.likert import VALUES
from okr_desk.terms import EntryBasis
from tests.reports import samples
from tests.reports.pdf import texts

D = Decimal
AT = datetime(2026, 10, 8, 1, tzinfo=UTC)


def held(number: int, topic: str, counts: tuple[int, ...], **more: object) -> ActivityView:
    """One activity of 40 people."""
    score = _score(counts, VALUES)
    plain: dict[str, object] = {
        "id": number, "uid": f"a{number}", "org": samples.ORG, "held_on": date(2026, 7, 1 + number % 28),
        "topic": topic, "place": "党群服务中心", "attended": 40, "counts": counts, "unsure": 0, "score": score,
        "reached": score is not None and score >= 60, "by": "李旭昇", "reported_by": "", "basis": EntryBasis.OWN,
        "is_late": False, "late_reason": "", "recorded_at": AT, "withdrawn_at": None, "withdrawn_reason": "",
    }  # fmt: skip
    return ActivityView(**{**plain, **more})  # type: ignore[arg-type]


def form(*own: ActivityView) -> ActivityForm:
    """The register of one branch."""
    sum_ = _sum(samples.ORG, own, VALUES) if own else None
    made = ActivityForm("青山镇", samples.ORG, samples.QUARTER, own, sum_, VALUES, D(60))
    return replace(made, digest=activity_papers.digest(made))


def test_lines_sum_and_notes_are_on_one_page(tmp_path: Path) -> None:
    own = (
        held(1, "暑期托管班", (10, 5, 3, 1, 1)),
        held(2, "法律讲座", (0, 0, 2, 4, 4), unsure=2),
        held(3, "走访慰问", (0, 0, 0, 0, 0), is_late=True),
    )
    done = activity_register.render([form(*own)], tmp_path / "登记表.pdf", printed_at=AT, bundled_fonts=True)
    pages = texts(done.path)
    assert len(pages) == 1
    told = pages[0].replace(" ", "").replace("\n", "")
    for words in (
        "暑期托管班", "80.5", "10/5/3/1/1", "未达标", "没有评价", "补报", "合计举办3场，参加120人次",
        "计入场次1场，占33%", "各场得分平均52.3", "置信水平90%", "达到60分的计入场次", "支部书记（签名）",
    ):  # fmt: skip
        assert words in told, words


def test_forty_lines_go_on_with_their_head_and_none_gives_a_blank_form(tmp_path: Path) -> None:
    many = form(*(held(n, f"第{n}场活动", (10, 5, 3, 1, 1)) for n in range(1, 41)))
    done = activity_register.render_each([many, form()], tmp_path, printed_at=AT, bundled_fonts=True)
    pages = texts(done[0].path)
    assert len(pages) == 2 and all("现场评价" in page for page in pages)
    blank = texts(done[1].path)
    assert len(blank) == 1 and "合计举办" not in blank[0]
