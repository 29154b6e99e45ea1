"""A branch's page behind the report: its counts and every step, so that anyone can do the sums again by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from okr_desk.i18n import _
from okr_desk.queries import survey_paper_wording as wording
from okr_desk.queries import survey_rolling
from okr_desk.queries.survey_papers import SurveyReport
from okr_desk.queries.survey_results import BranchResult
from okr_desk.queries.survey_rolling import Rolling
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, base_line, paragraph
from okr_desk.reports.document import Sheet
from okr_desk.reports.fonts import Fonts, Role
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block, Pen
from okr_desk.reports.review_table import centred
from okr_desk.reports.styles import SMALL, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import Style, break_lines, fit_size
from okr_desk.scoring.rounding import NOTHING
from okr_desk.survey_terms import LEVELS, UNSURE

WIDTH = A4_PORTRAIT.area_width
FACTS_MM = (20, 32, 20, 32, 20, 32)
ITEMS_MM = (8, 51, 11, 11, 11, 11, 11, 11, 9, 9, 13)
GROUPS_MM = (36, 20, 20, 20, 20, 20, 20)
_STEP = Style(Role.NOTE, 7.5, 9.2)
_STEP_HEAD = Style(Role.HEAD, 7.5, 9.2)
_CLOSE = 0.925
"""How much smaller steps are set that tell of four quarters too: the branch stays on its one page."""
_GUTTER = 5 * MM
_COLUMN_MOST = 64
"""Lines of a column that a page can hold."""


def sheet_of(fonts: Fonts, report: SurveyReport, one: BranchResult) -> Sheet:
    """The page of one branch."""
    return Sheet(
        outline=one.org.short_name,
        blocks=list(_blocks(fonts, report, one)),
        paper=A4_PORTRAIT,
        digest=report.digest,
        note=_("演示数据，不作评审依据") if report.is_demo else "",
    )


def _blocks(fonts: Fonts, report: SurveyReport, one: BranchResult) -> Iterator[Block]:
    for text in (one.org.full_name, wording.title(report.round, "", _("满意度测算表"))):
        style = TITLE.smaller(fit_size(fonts, text, WIDTH, TITLE, 13))
        yield paragraph(fonts, text, style, WIDTH, align="centre", keep=True)
    yield Lines(("",), SMALL.smaller(6), WIDTH, keep=True)
    together = report.rolling.get(one.org.id)
    yield from _facts(fonts, one, together)
    yield from _items(fonts, report, one)
    yield from _groups(fonts, report, one)
    yield from _ways(fonts, one, together)


def _ways(fonts: Fonts, one: BranchResult, together: Rolling | None) -> Iterator[Block]:
    """All steps in two columns, so that a usual branch stays on one page; a heading never ends the first."""
    width = (WIDTH - _GUTTER) / 2
    lines: list[tuple[str, Style]] = []
    size = 1 if together is None else _CLOSE
    step, head = (Style(one.role, one.size * size, one.leading * size) for one in (_STEP, _STEP_HEAD))
    seen: set[str] = set()
    for name, said in steps(one, together):
        lines.append((name, head))
        fresh = [text for text in said if text not in seen]  # the level and the rounding are the same for all
        seen.update(said)
        for at, text in enumerate(fresh, start=1):
            lines += [(line, step) for line in break_lines(fonts, f"{at}. {text}", width, step)]
    for start in range(0, len(lines), 2 * _COLUMN_MOST):
        part = lines[start : start + 2 * _COLUMN_MOST]
        half = (len(part) + 1) // 2
        half += part[half - 1][1] is head
        columns = (tuple(part[:half]), tuple(part[half:]))
        yield _Columns(columns, width + _GUTTER, step.leading, before=6 if start == 0 else 0)


@dataclass(frozen=True)
class _Columns(Block):
    """Lines in columns beside each other, `offset` points from left edge to left edge, `leading` from line to line."""

    columns: tuple[tuple[tuple[str, Style], ...], ...]
    offset: float
    leading: float
    before: float = 0

    @property
    def height(self) -> float:  # type: ignore[override]
        """The longest column."""
        return max(map(len, self.columns)) * self.leading

    def draw(self, pen: Pen, x: float, top: float) -> None:
        for place, column in enumerate(self.columns):
            for number, (line, style) in enumerate(column):
                y = top - number * style.leading - base_line(style)
                pen.text(line, x + place * self.offset, y, style)


def steps(one: BranchResult, together: Rolling | None = None) -> Iterator[tuple[str, Sequence[str]]]:
    """The ways to score, verdict, rate, change and evidence; only those that exist, nothing twice."""
    if one.judgement is not None:
        yield _("得分与判定"), one.judgement.steps
    elif one.likert is not None:
        yield _("得分"), one.likert.steps
    if one.grouped is not None:
        yield _("满意率（按人群人数加权）"), one.grouped.steps
    elif one.rate is not None:
        yield _("满意率"), one.rate.steps
    if one.worst is not None:
        yield _("未作答的影响"), one.worst.steps
    if one.change is not None:
        yield _("与上一次比较"), one.change.steps
    if together is not None:
        yield _("近四个季度合计（不是本季度的判定）"), survey_rolling.steps(one, together)
    yield _("证据等级"), one.evidence.steps


def _facts(fonts: Fonts, one: BranchResult, together: Rolling | None) -> list[Block]:
    widths = table.filling(FACTS_MM, WIDTH)
    score = NOTHING
    if one.score is not None:
        score = f"{wording.points(one.score.estimate, one.target)}（{wording.limits(one.score, one.target)}）"
    rate = wording.rate(None if one.rate is None else one.rate.estimate)
    lines: tuple[tuple[tuple[str, str], ...], ...] = (
        ((_("应测（人）"), plain_count(one.population)), (_("发出（份）"), plain_count(one.invited)),
         (_("有效/作废"), f"{one.ballots}/{one.returned.void}")),
        ((_("得分（区间）"), score), (_("满意率宽/窄"), f"{rate}/{wording.rate(one.narrow)}"),
         (_("回收率"), wording.response(one))),
        ((_("目标值"), wording.points(one.target)), (_("判定"), wording.verdict(one)),
         (_("证据等级"), one.evidence.grade.value)),
    )  # fmt: skip
    if together is not None:
        pooled = wording.points(together.score.estimate, together.target)
        lines += (
            ((_("四季合计"), f"{pooled}（{wording.limits(together.score, together.target)}）"),
             (_("合计作答"), str(together.n)), (_("合计结论"), survey_rolling.verdict_text(one, together))),
        )  # fmt: skip
    rows = [
        table.row(
            fonts,
            widths,
            [cell for name, text in line for cell in (Cell(name, "centre", TABLE_HEAD), Cell(text, "centre"))],
            TABLE,
            least=6 * MM,
            keep=True,
        )
        for line in lines
    ]
    return [*rows, Lines(("",), SMALL.smaller(4), WIDTH, keep=True)]


def plain_count(number: int | None) -> str:
    """A number of people or sheets; one that nobody entered says so."""
    return _("未登记") if number is None else str(number)


def _items(fonts: Fonts, report: SurveyReport, one: BranchResult) -> list[Block]:
    definition = report.round.definition
    widths = table.filling(ITEMS_MM, WIDTH)
    names = (_("序号"), _("测评内容"), *(_(name) for name in LEVELS), _(UNSURE), _("漏选"), _("得分"), _("满意率"))
    head = table.row(fonts, widths, centred(names), TABLE_HEAD, least=7 * MM, keep=True, tinted=True)
    rows: list[Block] = [head]
    for place, (item, counts) in enumerate(zip(definition.levels, one.items, strict=True), start=1):
        share, score = wording.item_share(counts, definition.wide), wording.item_score(counts, definition)
        cells = (
            Cell(str(place), "centre"),
            Cell(item.text, style=TABLE.smaller(8)),
            *(Cell(str(n), "centre") for n in (*counts.levels, counts.unsure, counts.blank)),
            Cell(wording.points(score), "centre", TABLE.smaller(8)),
            Cell(wording.rate(share), "centre", TABLE.smaller(8)),
        )
        rows.append(table.row(fonts, widths, cells, TABLE, least=6 * MM, head=(head,)))
    return [*rows, Lines(("",), SMALL.smaller(4), WIDTH)]


def _groups(fonts: Fonts, report: SurveyReport, one: BranchResult) -> list[Block]:
    definition = report.round.definition
    if not one.groups:
        return []
    widths = table.filling(GROUPS_MM, WIDTH)
    names = (
        _("人群"),
        _("应测（人）"),
        _("发出（份）"),
        _("有效（份）"),
        _("计入（份）"),
        _("得分"),
        _("满意率（宽）"),
    )
    head = table.row(fonts, widths, centred(names), TABLE_HEAD, least=7 * MM, keep=True, tinted=True)
    rows: list[Block] = [head]
    for group in one.groups:
        cells = (
            Cell(_("未注明人群") if group.group is None else group.group.name),
            Cell(plain_count(group.population), "centre"),
            Cell(plain_count(group.invited), "centre"),
            Cell(str(group.ballots), "centre"),
            Cell(str(group.overall.answered), "centre"),
            *(Cell(text, "centre") for text in wording.group_figures(group.overall, definition)[:2]),
        )
        rows.append(table.row(fonts, widths, cells, TABLE, least=6 * MM, head=(head,)))
    return rows
