"""Hand-made score sheets for tests of paper and workbook: every state of a line, every kind of block, many rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.schemes import BlockView, LineView, SchemeView, VersionView
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.queries.score_lines import EventView, LineScore
from okr_desk.queries.score_summary import CategoryScores, Column, ScoreSummary
from okr_desk.queries.scores import BlockScore, RedLineView, ScoreSheet
from okr_desk.rules.grades import grading_from
from okr_desk.scoring.blocks import Block, Line
from okr_desk.scoring.grades import RedLine, RedLineKind, grade
from okr_desk.scoring.line_rule import line_rule
from okr_desk.scoring.points import points
from okr_desk.scoring.points_result import Value
from okr_desk.scoring.sheet import BonusTerms, sheet
from okr_desk.scoring.year import fourth
from okr_desk.terms import Across, BlockKind, Dimension, Direction, Flag, Origin, SchemeState
from tests.reports.samples import DIGEST, ORG, QUARTER

D = Decimal
AWAY, NOT_DUE = "away", "not due"
"""What stands in the place of a value: the line does not apply, or is not due in this quarter."""


def line(
    code: str,
    name: str,
    rule: str,
    maximum: str,
    value: str | None,
    own: tuple[str, str] | None = None,
    dimension: Dimension = Dimension.BASIC,
    events: Sequence[EventView] = (),
    flag: Flag | None = None,
    across: Across = Across.AVERAGE,
) -> LineScore:
    """A line scored as a branch's would be; `own` are its baseline and target, value None is missing."""
    baseline, target = (None, None) if own is None else (D(own[0]), D(own[1]))
    number = sum(ord(letter) * 131**place for place, letter in enumerate(code))
    view = LineView(number, number, code, name, "%", dimension, Direction.UP, D(maximum), rule, None, across)
    now = None if value in (None, AWAY, NOT_DUE) else D(str(value))
    said = _("本项不在本季考核，有数值时计入。")
    known = LineScore(view, baseline, target, now, None, None, tuple(events), None, flag, said)
    if value == NOT_DUE:
        return known
    measured: Value | None = now
    if events:
        measured = sum((event.amount for event in events), D(0)) if "each" in rule else tuple(e.amount for e in events)
        known = replace(known, value=None)
    made = points(line_rule(rule, D(maximum), baseline, target), measured, applies=value != AWAY)
    dated = {} if now is None else {"as_of": date(2026, 9, 28), "origin": Origin.TOWNSHIP}
    scored = fourth(made) if across is Across.CUMULATIVE else made
    return replace(known, points=scored, note="", **dated)  # type: ignore[arg-type]


def event(amount: str, fact: str, document: str = "青组〔2026〕8号") -> EventView:
    """Something that happened in the quarter."""
    return EventView(1, ORG.id, 1, date(2026, 8, 12), D(amount), fact, document, "王玥", date(2026, 8, 20))


def red_line(kind: RedLineKind = RedLineKind.LOCK, highest: str = "") -> RedLineView:
    """A red line that stands."""
    return RedLineView(
        1,
        "V4",
        kind,
        highest,
        date(2026, 9, 1),
        "会议照片挪用上年",
        "青纪〔2026〕3号",
        "王玥",
        date(2026, 9, 5),
        "弄虚作假",
    )


def block(
    name: str, lines: Sequence[LineScore], part: str = "", kind: BlockKind = BlockKind.BASE, flags: bool = False
) -> tuple[BlockView, tuple[LineScore, ...]]:
    """A block over its lines; cumulative as its first line is."""
    maximum = sum((one.line.maximum for one in lines), D(0))
    across = lines[0].line.across if lines else Across.AVERAGE
    number = sum(ord(letter) * 131**place for place, letter in enumerate(name))
    return BlockView(number, name, part, kind, maximum, across, flags, tuple(one.line for one in lines)), tuple(lines)


def usual_blocks() -> tuple[tuple[BlockView, tuple[LineScore, ...]], ...]:
    """25 points in two blocks of one part, 15 in another, a bonus: each state of a line once at least."""
    fusion, new = Dimension.FUSION, Dimension.INNOVATION
    meetings = (
        line("B08", "党员到会率", "linear", "4", "78.5", ("72", "85")),
        line("B09", "党费按月足额收缴率", "per-point rounding=ceil", "4", "97.2", ("96", "100")),
        line("B14", "按期换届", "ratio t=1", "2", "1"),
    )
    people = (
        line("B11", "发展党员程序差错", "deduct each=1", "3", None, events=[event("1", "预审材料漏项")]),
        line("B12", "党员集中学习学时达标率", "ratio t=100", "6", AWAY),
        line("B16", "谈心谈话覆盖率", "ratio t=100", "3", NOT_DUE),
        line("B17", "流动党员有效联系率", "ladder bands=95:3,90:2", "3", "92"),
    )
    work = (
        line("F07", "村集体经营性收入", "ratio", "8", "7", ("0", "8"), fusion),
        line("X01", "急难愁盼事项办结率", "linear", "7", None, ("80", "95"), new),
    )
    more = (line("X03", "首创做法被上级采用", "bonus", "3", None, None, new, [event("1", "县级"), event("2", "市级")]),)
    return (
        block("组织生活", meetings, "党建基础"),
        block("党员队伍", people, "党建基础"),
        block("融合创新", work),
        block("加分", more, kind=BlockKind.BONUS),
    )


def flag_blocks() -> tuple[tuple[BlockView, tuple[LineScore, ...]], ...]:
    """A quarter of a year's points, with flags."""
    made = (
        line("C01", "督办按期率", "ratio", "40", "96", ("80", "92"), flag=Flag.RED, across=Across.CUMULATIVE),
        line("C02", "基层满意度", "ratio", "40", "90", ("80", "90"), flag=Flag.BLUE, across=Across.CUMULATIVE),
        line("C03", "线损率", "ratio", "20", "4", ("3", "5"), flag=Flag.YELLOW, across=Across.CUMULATIVE),
    )
    return (block("业绩亮旗", made, flags=True),)


def form(
    blocks: Sequence[tuple[BlockView, tuple[LineScore, ...]]] | None = None,
    org: OrgView = ORG,
    red_lines: Sequence[RedLineView] = (),
    satisfaction: str | None = None,
    grades: str = "grades",
    **changes: object,
) -> ScoreForm:
    """A sheet over `blocks`, summed and graded by the program's own arithmetic; `changes` replace its parts."""
    parts = usual_blocks() if blocks is None else tuple(blocks)
    version = VersionView(
        11, 2, 3, SchemeState.ACTIVE, grades, D(5), D(60), "县里调整了分值", "王玥", date(2026, 6, 1),
        date(2026, 6, 20), tuple(view for view, _lines in parts), "李建国",
    )  # fmt: skip
    base = [(view, _block(view, lines)) for view, lines in parts if view.kind is BlockKind.BASE]
    live = [(view, one) for view, one in base if one.lines]
    bonuses = [_named(one) for view, of in parts if view.kind is BlockKind.BONUS for one in of if one.points]
    vetoed = any(one.kind is RedLineKind.VETO for one in red_lines)
    total = sheet([one for _view, one in live], bonuses, BonusTerms(D(5), D(60)), vetoed) if live else None
    found = dict(zip((view.id for view, _one in live), total.blocks if total else (), strict=True))
    rate = None if satisfaction is None else D(satisfaction)
    lines = [RedLine(one.kind, one.fact, one.document, one.highest or None, one.title) for one in red_lines]
    graded = None if total is None else grade(total.percent, grading_from(grades).scheme, rate, lines, total.coverage)
    scheme = SchemeView(1, 1, org.category, 2026, "农村百分制", "", (version,))
    scores = tuple(BlockScore(view, found.get(view.id), lines) for view, lines in parts)
    made = ScoreSheet(org, 2026, QUARTER, scheme, version, scores, total, graded, tuple(red_lines), D("0.634"), rate)
    away = {one.line.indicator_id: "没有在职党员" for one in made.lines if one.line.code == "B12"}
    plain = ScoreForm("青山镇", "评审2026-3-007", QUARTER, scheme, version, made, away, DIGEST)
    return replace(plain, **changes)  # type: ignore[arg-type]


def plain_form() -> ScoreForm:
    """Lines of every kind of rule and state without a Chinese word that an office would type."""
    rules = (
        ("A1", "linear cap=1.2", "4", "78.5", ("72", "85")),
        ("A2", "per-point rounding=floor", "4", "97.2", ("96", "100")),
        ("A3", "ratio direction=down", "2", "3", ("9", "2")),
        ("A4", "range tol=2", "2", "6", ("4", "5")),
        ("A5", "ladder bands=95:3,90:2", "3", "92", None),
        ("A6", "deduct each=1", "3", "1", None),
        ("A7", "anchors points=60:0,85:5", "5", "70", None),
        ("A8", "linear", "5", None, ("1", "2")),
        ("A9", "ratio t=2", "5", AWAY, None),
        ("A10", "ratio t=2", "5", NOT_DUE, None),
    )
    lines = [line(code, code, rule, maximum, value, own) for code, rule, maximum, value, own in rules]
    flags = line("C1", "C1", "ratio", "40", "96", ("80", "92"), flag=Flag.RED, across=Across.CUMULATIVE)
    extra = line("X1", "X1", "bonus each=1", "3", "2")
    parts = [block("One", lines[:5], "Part"), block("Two", lines[5:], "Part"), block("Flags", [flags], flags=True)]
    made = form([*parts, block("Extra", [extra], kind=BlockKind.BONUS)], satisfaction="85")
    version = replace(made.version, reason="", by="Wang", approved_by="Li")
    scheme = replace(made.scheme, name="Rural")
    return replace(made, version=version, scheme=scheme)


def many(count: int) -> tuple[tuple[BlockView, tuple[LineScore, ...]], ...]:
    """Blocks of eight lines each, `count` lines in all, with points that go on."""
    found = []
    for first in range(0, count, 8):
        lines = [
            line(
                f"B{first + n:02}", f"第{first + n}项考核指标，名称较长以便换行检查", "linear", "2.5", "61.7",
                ("50", str(70 + n)), tuple(Dimension)[n % 3],
            )
            for n in range(1, min(8, count - first) + 1)
        ]  # fmt: skip
        found.append(block(f"第{first // 8 + 1}块", lines))
    return tuple(found)


def summary(branches: int = 6, **changes: object) -> ScoreSummary:
    """Villages with a mean, and one school, which is too few to compare."""
    sheets = tuple(form(org=replace(ORG, id=100 + n, short_name=f"农村第{n + 1}党支部")).sheet for n in range(branches))
    first = form()
    columns = tuple(
        Column(view.name, view.maximum, block_id=view.id)
        for view in first.version.blocks
        if view.kind is BlockKind.BASE
    )
    rural = CategoryScores(
        "农村",
        first.scheme,
        first.version,
        columns,
        sheets,
        D("68.123"),
        5,
        ("“好”评了 2 个，最多 1 个，请研究调整。",),
    )
    school = form(flag_blocks(), replace(ORG, id=28, short_name="中心小学党支部", category="学校"), [red_line()], "80")
    one = CategoryScores(
        "学校", school.scheme, school.version, (Column("业绩亮旗", D(25), block_id=school.version.blocks[0].id),),
        (school.sheet,), None, 5, (),
    )  # fmt: skip
    made = ScoreSummary("青山镇", QUARTER, (rural, one), ("机关", "国企"), DIGEST)
    return replace(made, **changes)  # type: ignore[arg-type]


def _block(view: BlockView, scores: Sequence[LineScore]) -> Block:
    maximum = view.maximum / 4 if view.across is Across.CUMULATIVE else view.maximum
    return Block(view.name, maximum, tuple(_named(one) for one in scores if one.points is not None), view.part)


def _named(one: LineScore) -> Line:
    assert one.points is not None
    return Line(f"{one.line.code} {one.line.name}", one.points, one.line.dimension)
