"""Papers of the small registers with a little of everything, and without a word that somebody typed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from okr_desk.queries.demands import CaseView, DemandView, ReviewView, StepView
from okr_desk.queries.entered import EntryView
from okr_desk.queries.partners import ItemView, PartnerView
from okr_desk.queries.posts import CheckView, PostView
from okr_desk.queries.projects import NodeView, PlanMove, ProjectView
from okr_desk.queries.register_papers import RegisterPaper
from okr_desk.register_terms import ConfirmedBy, DemandAction, DemandSource, PartnerList, PartnerRole, PostResult
from okr_desk.terms import EntryBasis
from tests.reports.samples import ORG, QUARTER

DAY = date(2026, 10, 8)
ENTRY = EntryView("李旭昇", "", EntryBasis.OWN, datetime(2026, 7, 3, 4, tzinfo=UTC))
_MOVE = PlanMove(1, date(2026, 7, 15), date(2026, 8, 20), "雨季停工", ENTRY)
NODES = (
    NodeView(1, "立项批复", Decimal(20), date(2026, 3, 31), date(2026, 3, 31), done_on=date(2026, 3, 20)),
    NodeView(2, "开工", Decimal(30), date(2026, 8, 20), date(2026, 7, 15), (_MOVE,), done_on=date(2026, 9, 1)),
    NodeView(3, "完工", Decimal(30), date(2026, 9, 20), date(2026, 9, 20)),
    NodeView(4, "验收", Decimal(20), date(2026, 11, 20), date(2026, 11, 20)),
)
PROJECT = ProjectView(
    1, "p", 1, 2026, "红色研学路线", "李旭昇", "建成两公里研学路线，全年接待 30 批次", date(2026, 1, 10), NODES, ENTRY
)
STEPS = tuple(
    StepView(n, action, date(2026, 8, 20), note, way, ENTRY)
    for n, (action, note, way) in enumerate(
        (
            (DemandAction.START, "", None),
            (DemandAction.FINISH, "支部联系供电所更换灯具 12 盏，三天修好", None),
            (DemandAction.SATISFIED, "", ConfirmedBy.SIGNED),
        )
    )
)


def demand(number: int, steps: tuple[StepView, ...] = STEPS) -> DemandView:
    """A demand of the third quarter."""
    what = "三组路灯坏了两个月，老人夜里不敢出门，请支部联系维修"
    return DemandView(
        number, f"d{number}", 1, 2026, number, 3, date(2026, 7, 3), DemandSource.VISIT, "覃**", what, "水电气路灯",
        "单晓", date(2026, 9, 10), steps, ENTRY,
    )  # fmt: skip


CASE = CaseView(
    1, 1, demand(1), date(2026, 9, 1), "路灯亮了，心里也亮了",
    "三组 12 盏路灯坏了两个月，晚上出门靠手电，走访时 6 户提出。" * 6,
    "支部当晚开会认领，书记联系供电所，党员电工带两人连修三天，更换灯具 12 盏。" * 11,
    "三组主路全部亮灯，夜间摔伤由上季 2 起降为零。" * 8,
    "覃大爷：说修就修，晚上敢出来走走了。" * 5,
    ENTRY, ReviewView(1, date(2026, 9, 10), True, "与台账相符", ENTRY),
)  # fmt: skip


def post(number: int, result: PostResult | None) -> PostView:
    """A post with its checks of two quarters."""
    first = CheckView(number * 2, 2, date(2026, 6, 20), PostResult.MISSED, "王玥", "不在岗", ENTRY)
    second = CheckView(number * 2 + 1, 3, date(2026, 9, 20), result or PostResult.MET, "王玥", "两次抽查不在岗", ENTRY)
    checks = (first, second) if result is not None else ()
    return PostView(
        number, f"v{number}", 1, f"便民服务岗{number}", "便民大厅", "单晓", "每周到岗三次，有求必应", date(2026, 4, 1),
        checks, ENTRY,
    )  # fmt: skip


UNITS = (
    PartnerView(1, "u1", 1, "青山镇供电所", PartnerRole.LEAD, "覃喆", date(2026, 1, 6), ENTRY),
    PartnerView(2, "u2", 1, "青山农商行", PartnerRole.BACKBONE, "王玥", date(2026, 1, 6), ENTRY),
)
ITEMS = (
    ItemView(1, "i1", 1, PartnerList.NEED, "三组路灯维修", date(2026, 7, 6), ENTRY, project_id=3),
    ItemView(2, "i2", 1, PartnerList.RESOURCE, "电工两名", date(2026, 7, 6), ENTRY, 1, "青山镇供电所", project_id=3),
    ItemView(
        3, "i3", 1, PartnerList.PROJECT, "党员电工修路灯", date(2026, 7, 6), ENTRY, 1, "青山镇供电所",
        need="三组路灯维修", resource="电工两名", planned_on=date(2026, 9, 15), done_on=date(2026, 8, 20),
        result="修好 12 盏",
    ),
)  # fmt: skip


def paper(_key: str) -> RegisterPaper:
    """Everything that any of the papers tells."""
    demands = (demand(1), demand(2, STEPS[:2]), demand(3, STEPS[:1]), demand(4, ()))
    posts = (post(1, PostResult.MET), post(2, PostResult.MISSED), post(3, None))
    return RegisterPaper(
        "青山镇", ORG, QUARTER, DAY, (PROJECT,), demands, (CASE,), posts, UNITS, ITEMS, digest="a" * 64
    )


def plain(_key: str) -> RegisterPaper:
    """A branch without an entry."""
    return RegisterPaper("青山镇", ORG, QUARTER, DAY)
