"""A hand-made quarter to write bulletins of: six villages, two offices, one school; every kind of thing to tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from okr_desk.queries import bulletin_annexes, bulletin_wording
from okr_desk.queries.bulletin_facts import (
    Award,
    BranchFacts,
    BulletinFacts,
    CategoryFacts,
    FindingFact,
    LineFact,
    RedLineFact,
    SurveyFact,
)
from okr_desk.queries.bulletin_text import BulletinPaper, BulletinText
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.score_summary import Mean
from okr_desk.rules.bulletins import BulletinMode
from okr_desk.terms import QuarterState, SurveyVerdict

D = Decimal
GRADES = ("好", "较好", "一般", "较差")
QUARTER = QuarterView(
    3, 2026, 3, date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 14), QuarterState.OPEN, "2026年第三季度", "2026Q3"
)
VILLAGES = ("青石村", "龙泉村", "柳湾村", "桃源村", "白鹭村", "双河村")
PERCENTS = ("96.18", "94.79", "89.995", "96.18", "58.5", "71")


def line(code: str, name: str, value: str | None, target: str | None, points: str, **more: object) -> LineFact:
    """A line of ten points."""
    is_short = value is not None and target is not None and D(value) < D(target)
    beaten = value is not None and target is not None and D(value) > D(target)
    made = LineFact(
        code, name, "%", D(value) if value else None, D(target) if target else None, D(points), D(10), is_short, beaten
    )
    return replace(made, **more)  # type: ignore[arg-type]


def branch(number: int, name: str, category: str, percent: str, **more: object) -> BranchFacts:
    """A branch that met one target and missed another."""
    amount = D(percent)
    grade = next(one for one, least in zip(GRADES, (90, 80, 60, 0), strict=True) if amount >= least)
    plain = BranchFacts(
        id=number,
        name=f"{name}党支部",
        full_name=f"中共青山镇{name}支部委员会",
        category=category,
        grade=grade,
        is_provisional=False,
        percent=amount,
        percent_text=f"{percent}%",
        total_text=percent,
        maximum_text="满分 100",
        progress=D("0.7"),
        lines=(
            line("B08", "党员到会率", "70", "85", "7", cause="外出务工党员较多"),
            line("F05", "矛盾纠纷化解率", "95", "90", "10"),
        ),
        survey=SurveyFact(40, D("74.25"), D("67"), D("80.3"), D("0.85"), D("0.65"), D("81.9"), SurveyVerdict.OPEN),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def facts(**more: object) -> BulletinFacts:
    """The quarter; 白鹭村 crossed a red line, 双河村 is late, 龙泉村 objects, 柳湾村 is provisional."""
    special: dict[str, dict[str, object]] = {
        "青石村": {"awards": (Award("首创做法被上级采用", "“积分超市”做法被县委组织部转发", "县组发〔2026〕8号"),)},
        "龙泉村": {"marked": True},
        "柳湾村": {"is_provisional": True, "missing": ("急难愁盼事项办结率",)},
        "白鹭村": {"red_lines": (RedLineFact("V4 弄虚作假", "白鹭村会议记录后补", "青纪〔2026〕3号"),)},
        "双河村": {
            "survey": SurveyFact(30, D("70"), D("60.2"), D("78"), D("0.7"), D("0.5"), D("80"), SurveyVerdict.MISSED),
        },
    }
    villages = tuple(
        branch(number, name, "农村", percent, **special.get(name, {}))
        for number, (name, percent) in enumerate(zip(VILLAGES, PERCENTS, strict=True), 1)
    )
    offices = (branch(11, "机关第一", "机关", "92"), branch(12, "机关第二", "机关", "85"))
    school = (branch(21, "中心小学", "学校", "99", grade=None, note="适用分值不足 70%"),)
    of = BulletinFacts(
        township="青山镇",
        issuer="中共青山镇委员会",
        quarter=QUARTER,
        categories=(
            CategoryFacts("农村", "农村百分制", GRADES, villages, Mean(D("84.441"), 6), 5),
            CategoryFacts("机关", "机关百分制", GRADES, offices, None, 5),
            CategoryFacts("学校", "学校百分制", GRADES, school, None, 5),
        ),
        unscored=("国企",),
        mean=Mean(D("85.58"), 8),
        before=Mean(D("83.5"), 8),
        round_name="三季度测评",
        findings=(
            FindingFact(
                "2026-Q3-001", 5, "白鹭村党支部", "农村", "会议记录不真实", "应开3次，实开1次", "补开并如实记录",
                "马一鸣", date(2026, 10, 31),
            ),
        ),
        least=5,
        reply_days=5,
        objection_days=5,
        reply_on=date(2026, 10, 14),
        mend_on=date(2026, 11, 4),
        as_of=date(2026, 9, 30),
    )  # fmt: skip
    of = replace(of, names=tuple(name for one in of.branches for name in (one.name, one.full_name)))
    return replace(of, **more)  # type: ignore[arg-type]


def text(mode: BulletinMode = BulletinMode.GRADES, **more: object) -> BulletinText:
    """The bulletin of it."""
    of = facts(**more)
    return BulletinText(mode, bulletin_wording.wording(of, mode), bulletin_annexes.annexes(of, mode), date(2026, 10, 8))


def paper(mode: BulletinMode = BulletinMode.GRADES, **more: object) -> BulletinPaper:
    """Ready to print, as a draft."""
    return BulletinPaper(text(mode, **more), QUARTER.label)


def everything(of: BulletinText) -> str:
    """All words of text and tables."""
    cells = [
        cell
        for annex in of.annexes
        for cell in (
            annex.title, *(one.name for one in annex.columns), *annex.notes,
            *(word for group in annex.groups for word in (group.name, *(c for row in group.rows for c in row))),
        )
    ]  # fmt: skip
    return "\n".join([of.wording.text, *cells])
