"""Hand-made snapshots for tests of paper and charts: a usual branch, rare characters, long texts, many rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from okr_desk.queries.dashboard import BranchRow, CategoryRows, Cell, Means, Township
from okr_desk.queries.objectives import (
    Board,
    KeyResultView,
    NodeView,
    ObjectiveView,
    OrgView,
    QuarterView,
    ReadingView,
)
from okr_desk.queries.reviews import (
    AdjustmentView,
    DimensionTotal,
    NarrativeView,
    ReviewSheet,
    Satisfaction,
    TrendPoint,
)
from okr_desk.scoring import pace, progress
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rollup import Part, rollup, rollup_objectives
from okr_desk.terms import ApprovalState, Dimension, Direction, KrKind, Nature, Origin, QuarterState, Status

D = Decimal
TODAY = date(2026, 10, 8)
DIGEST = "3f2a91bc07de" + "0" * 52

QUARTER = QuarterView(
    3,
    2026,
    3,
    date(2026, 7, 1),
    date(2026, 9, 30),
    date(2026, 10, 10),
    QuarterState.OPEN,
    "2026年第三季度",
    "2026Q3",
)

ORG = OrgView(
    7,
    "org-7",
    "branch",
    "中共青山镇桃源村支部委员会",
    "桃源村党支部",
    "农村",
    1,
    (7, 1),
    "王喆",
    "李堃",
    32,
    1,
    "tyc",
)


def reading(
    quarter: int, value: str | None, day: date, note: str = "", difficulty: str = "", **changes: object
) -> ReadingView:
    """One value of the year."""
    made = ReadingView(
        quarter,
        None if value is None else D(value),
        None,
        day,
        7,
        note,
        difficulty,
        Origin.BRANCH,
        "张䶮",
        None,
        day + timedelta(days=3),
        False,
        quarter,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def metric(
    code: str,
    title: str,
    unit: str,
    line: tuple[str, str, str],
    values: tuple[str | None, str | None, str | None],
    dimension: Dimension = Dimension.BASIC,
    weight: str = "50",
    **changes: object,
) -> KeyResultView:
    """A metric with (baseline, target, plan of the third quarter) and its three quarters' values."""
    baseline, target, planned = (D(text) for text in line)
    ends = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30))
    readings = tuple(
        reading(number, value, day)
        for number, (value, day) in enumerate(zip(values, ends, strict=True), 1)
        if value is not None
    )
    now = None if values[2] is None else D(values[2])
    reached = progress.metric(baseline, target, now)
    made = KeyResultView(
        id=int(code[2:].replace(".", "")),
        uid=code,
        code=code,
        title=title,
        kind=KrKind.METRIC,
        nature=Nature.COMMITTED,
        dimension=dimension,
        unit=unit,
        direction=Direction.UP if target > baseline else Direction.DOWN,
        decimals=1,
        weight=D(weight),
        share=D(weight) / 100,
        state=ApprovalState.APPROVED,
        applies=True,
        indicator_code="F07",
        indicator_name=title,
        year_to_date=False,
        baseline=baseline,
        baseline_on=date(2025, 12, 31),
        baseline_source="2025年统计年报",
        target=target,
        upper=None,
        plan=(None, None, planned, target),
        planned=planned,
        previous=None if values[1] is None else D(values[1]),
        value=now,
        done=None,
        nodes=(),
        current=readings[-1] if readings and readings[-1].quarter == 3 else None,
        progress=reached,
        pace=pace.pace(
            start=date(2026, 1, 1), end=date(2026, 12, 31), today=date(2026, 9, 30), progress=reached.clamped
        ),
        readings=readings,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def milestone(code: str, title: str, done: int, note: str = "") -> KeyResultView:
    """A milestone of four nodes, `done` of them finished."""
    names = (("立项", "20"), ("开工", "30"), ("主体完成", "30"), ("验收", "20"))
    nodes = tuple(NodeView(n, name, D(weight), n < done) for n, (name, weight) in enumerate(names))
    reached = progress.milestone([progress.Node(node.name, node.weight, node.done) for node in nodes])
    now = reading(3, None, date(2026, 9, 28), note)
    return metric(
        code,
        title,
        "",
        ("0", "1", "1"),
        (None, None, None),
        Dimension.FUSION,
        kind=KrKind.MILESTONE,
        baseline=None,
        target=None,
        direction=None,
        nodes=nodes,
        planned=D(80),
        plan=(D(20), D(50), D(80), D(100)),
        current=now,
        readings=(now,),
        progress=reached,
        pace=pace.pace(
            start=date(2026, 1, 1), end=date(2026, 12, 31), today=date(2026, 9, 30), progress=reached.clamped
        ),
    )


def objective(code: str, title: str, weight: str, key_results: tuple[KeyResultView, ...]) -> ObjectiveView:
    """An objective over its key results."""
    parts = [Part(kr.weight, kr.progress.clamped, kr.applies, kr.code) for kr in key_results]
    return ObjectiveView(
        int(code[1:]),
        code,
        code,
        title,
        D(weight),
        D(weight) / 100,
        "T1",
        "产业兴镇",
        "王喆",
        ApprovalState.APPROVED,
        "",
        key_results,
        rollup(parts),
    )


def board(objectives: tuple[ObjectiveView, ...], org: OrgView = ORG, notices: tuple[str, ...] = ()) -> Board:
    """All objectives of one branch."""
    parts = [
        (
            Part(o.weight, label=o.title),
            [Part(kr.weight, kr.progress.clamped, kr.applies, kr.code) for kr in o.key_results],
        )
        for o in objectives
    ]
    return Board(org, QUARTER, objectives, rollup_objectives(parts), notices)


def usual_objectives() -> tuple[ObjectiveView, ...]:
    """Three objectives with eight key results, as in a village."""
    return (
        objective(
            "O1",
            "壮大集体经济，带动群众增收",
            "50",
            (
                metric(
                    "KR1.1",
                    "村集体经营性收入",
                    "万元",
                    ("61.4", "67.7", "66"),
                    ("62", "62.9", "63.4"),
                    Dimension.FUSION,
                    "40",
                    nature=Nature.ASPIRATIONAL,
                ),
                metric(
                    "KR1.2",
                    "重点项目节点完成率",
                    "%",
                    ("76.3", "100", "94"),
                    ("79", "88", "100"),
                    Dimension.FUSION,
                    "30",
                ),
                milestone("KR1.3", "建成粮食烘干中心并投入使用", 3, "主体已封顶，设备招标完成，10月底前安装调试。"),
            ),
        ),
        objective(
            "O2",
            "办好民生实事，提升群众满意度",
            "30",
            (
                metric(
                    "KR2.1",
                    "群众满意度测评得分",
                    "分",
                    ("86.1", "92", "90.5"),
                    ("86", "87", "87.3"),
                    Dimension.INNOVATION,
                    kind=KrKind.SATISFACTION,
                ),
                metric(
                    "KR2.2",
                    "“12345”工单按期办结率",
                    "%",
                    ("84.2", "89.5", "88.2"),
                    ("85.2", "86", None),
                    Dimension.FUSION,
                ),
                metric(
                    "KR2.3",
                    "信访积案存量",
                    "件",
                    ("12", "4", "6"),
                    ("11", "9", "7"),
                    Dimension.FUSION,
                ),
            ),
        ),
        objective(
            "O3",
            "严肃组织生活，建强战斗堡垒",
            "20",
            (
                metric("KR3.1", "“三会一课”按期召开率", "%", ("78.5", "89.9", "87"), ("79.4", "78", "79.1")),
                metric("KR3.2", "党费按月足额收缴率", "%", ("95.5", "100", "99"), ("98.5", "99", "100")),
            ),
        ),
    )


def sheet(objectives: tuple[ObjectiveView, ...] | None = None, org: OrgView = ORG, **changes: object) -> ReviewSheet:
    """A usual sheet; `changes` replace its parts."""
    found = board(usual_objectives() if objectives is None else objectives, org)
    dimensions = []
    for dimension in Dimension:
        own = [kr for kr in found.key_results if kr.dimension is dimension]
        parts = [Part(kr.weight, kr.progress.clamped, kr.applies, kr.code) for kr in own]
        reported = sum(kr.is_reported for kr in own)
        dimensions.append(DimensionTotal(dimension, rollup(parts), len(own), reported))
    made = ReviewSheet(
        "青山镇",
        "评审2026-3-007",
        found,
        tuple(dimensions),
        Satisfaction(D("87.3"), D("87"), D("86.1"), D("92"), "分"),
        (
            AdjustmentView(
                date(2026, 8, 6),
                "KR2.3 信访积案存量",
                "年度目标",
                "3",
                "4",
                "上级新转办2件历史遗留案件，经镇党委会研究同意",
                "王玥",
            ),
        ),
        NarrativeView(
            "支部牵头成立粮食烘干服务队，党员包片联系农户，盘活闲置厂房2处；每月15日集中办理群众诉求，工单由网格党员上门回访。",
            "一是经营性收入增长偏慢，主要靠租金；二是年轻党员外出多，党小组会到会率不高。",
            "10月底前完成烘干设备安装调试；开通外出党员线上组织生活；对未办结积案逐件落实包案领导。",
        ),
        (
            TrendPoint(1, D("0.18"), D("0.24")),
            TrendPoint(2, D("0.41"), D("0.49")),
            TrendPoint(3, D("0.58"), D("0.75")),
        ),
        ("O1 的关键结果权重合计120，不是100，已按比例折算。",),
        ("KR2.2 “12345”工单按期办结率",),
        DIGEST,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def many(count: int) -> tuple[ObjectiveView, ...]:
    """Objectives of five key results each, `count` key results in all."""
    found = []
    for first in range(0, count, 5):
        number = first // 5 + 1
        key_results = tuple(
            metric(
                f"KR{number}.{n}",
                f"第{number}项目标的第{n}个关键结果，名称较长以便换行检查",
                "%",
                ("10", "90.25", "70"),
                ("20", "40.5", str(30 + 7 * n)),
                tuple(Dimension)[n % 3],
                "20",
            )
            for n in range(1, min(5, count - first) + 1)
        )
        found.append(objective(f"O{number}", f"第{number}个目标", "20", key_results))
    return tuple(found)


def cell(value: str | None, status: Status, previous: str | None = None) -> Cell:
    """A number of the matrix."""
    return Cell(Explained(None if value is None else D(value), ()), None if previous is None else D(previous), status)


def means(total: str) -> Means:
    """A line of means; nobody has an innovation."""
    shares = (cell(total, Status.WATCH), cell("0.552", Status.WATCH), cell("0.913", Status.ON_TRACK))
    return Means(*shares, cell(None, Status.NOT_STARTED), cell("88.62", Status.ON_TRACK))


def township(categories: tuple[tuple[str, int], ...] = (("农村", 12), ("社区", 6), ("机关", 4))) -> Township:
    """Branches by category with every kind of light; the second of each category has reported nothing."""
    lights = (Status.ON_TRACK, Status.DUE, Status.WATCH, Status.BEHIND, Status.DONE)
    found = []
    for place, (name, count) in enumerate(categories):
        rows = []
        for n in range(count):
            light = lights[n % 5]
            share = None if light is Status.DUE else str(D("0.973") - D(n) / 13)
            rows.append(
                BranchRow(
                    replace(ORG, id=place * 100 + n, short_name=f"{name}第{n + 1}党支部"),
                    cell(share, light),
                    cell(share, light),
                    cell("1" if light is Status.DONE else share, light),
                    cell(None, Status.NOT_STARTED),
                    cell(None if share is None else str(80 + n), light),
                    8,
                    0 if light is Status.DUE else 8,
                    0,
                    light,
                    D(1),
                )
            )
        found.append(CategoryRows(name, tuple(rows), means("0.6171")))
    return Township(
        "青山镇",
        QUARTER,
        date(2026, 9, 30),
        tuple(found),
        means("0.61"),
        ("农村第2党支部", "社区第2党支部", "机关第2党支部"),
        3,
        14,
        2,
        DIGEST,
    )
