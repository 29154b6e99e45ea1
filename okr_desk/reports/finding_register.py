"""整改台账 on A4 landscape: every finding from notice to write-off and look-back, by branch, heads on every page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

from okr_desk.followup_terms import FindingState, ItemLight
from okr_desk.i18n import _
from okr_desk.queries.followup_papers import FollowupPaper
from okr_desk.queries.followups import FindingView
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Progress, Sheet, Stop, write, write_each
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import A4_LANDSCAPE, MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.styles import NOTE, SIGN, SMALL, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size
from okr_desk.terms import label

WIDTH = A4_LANDSCAPE.area_width
COLUMNS_MM = (15, 15, 12, 26, 27, 11, 11, 15, 21, 7, 11, 11, 15, 15, 13)
"""编号 支部 来源和类别 问题 措施 责任人 包联领导 期限 进度 佐证 群众认可 验收人 销号日期 回头看 状态: 225 mm."""
_LEAST = 8 * MM


def render(
    papers: Sequence[FollowupPaper],
    path: Path,
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> Printed:
    """All branches in one register. `printed_at` is an instant; raises Cancelled and FileRefused."""
    return write(
        path,
        [partial(sheet_of, papers=papers)],
        title=_title(papers),
        printed_at=printed_at,
        bundled_fonts=bundled_fonts,
        progress=progress,
        cancelled=cancelled,
        font_folders=font_folders,
    )


def render_each(
    papers: Sequence[FollowupPaper],
    folder: Path,
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> list[Printed]:
    """One PDF a branch in `folder`. Cancelling keeps the files that are whole."""

    def one(number: int, path: Path) -> Printed:
        return render(
            [papers[number]], path, printed_at=printed_at, bundled_fonts=bundled_fonts, font_folders=font_folders
        )

    return write_each(folder, [(paper.org.short_name, _("整改台账")) for paper in papers], one, progress, cancelled)


def sheet_of(fonts: Fonts, papers: Sequence[FollowupPaper]) -> Sheet:
    """Lay the register out."""
    first, name = papers[0], _title(papers)
    every = [one for paper in papers for one in paper.findings]
    counts = _("截至 {day}，共 {n} 件，已销号 {done} 件，逾期 {late} 件").format(
        day=first.day.isoformat(),
        n=len(every),
        done=sum(one.state is FindingState.WRITTEN_OFF for one in every),
        late=sum(one.late > 0 for one in every),
    )
    signed = _("填表人：　　　　　　　审核人：　　　　　　　镇党建办负责人：")
    return Sheet(
        outline=name,
        blocks=[
            Lines((name,), TITLE.smaller(fit_size(fonts, name, WIDTH, TITLE, 13)), WIDTH, "centre", keep=True),
            Pair(counts, _("佐证单位：件"), SMALL, WIDTH, before=4, keep=True),
            Lines(("",), SMALL.smaller(3), WIDTH, keep=True),
            *_rows(fonts, papers),
            *_notes(fonts),
            Pair(signed, _("年　　月　　日"), SIGN, WIDTH, before=12),
        ],
        paper=A4_LANDSCAPE,
        digest=first.digest,
        note=_("演示数据，不作评审依据") if first.is_demo else "",
    )


def _title(papers: Sequence[FollowupPaper]) -> str:
    whose = papers[0].org.full_name if len(papers) == 1 else papers[0].township
    return _("{whose}{quarter}整改台账").format(whose=whose, quarter=papers[0].quarter.label)


def _rows(fonts: Fonts, papers: Sequence[FollowupPaper]) -> list[Block]:
    widths = [column * MM for column in COLUMNS_MM]
    names = (
        _("编号"), _("支部"), _("来源\n类别"), _("问题"), _("整改措施"), _("责任人"), _("包联\n领导"), _("期限"),
        _("进度"), _("佐证"), _("群众\n认可"), _("验收人"), _("销号\n日期"), _("回头看\n日期"), _("状态"),
    )  # fmt: skip
    head = table.row(fonts, widths, centred(names), TABLE_HEAD, least=9 * MM, keep=True, tinted=True)
    found: list[Block] = [head]
    for paper in papers:
        for one in paper.findings:
            cells = _cells(one, paper.files.get(one.id, 0))
            found.append(table.row(fonts, widths, cells, SMALL, least=_LEAST, head=(head,)))
    return found


def _cells(one: FindingView, files: int) -> list[Cell]:
    step = one.written_off
    return [
        Cell(one.number.replace("-", "-\n", 1), "centre"),
        Cell(one.org, "centre"),
        Cell(f"{label(one.source)}\n{label(one.kind)}", "centre"),
        Cell(one.problem),
        Cell(one.measure),
        Cell(one.owner, "centre"),
        Cell(one.leader, "centre"),
        Cell(_due(one), "centre"),
        Cell(one.progress),
        Cell(str(files) if files else "", "centre"),
        Cell(label(one.recognised) if one.recognised else "", "centre"),
        Cell("" if step is None else step.by, "centre"),
        Cell(_day(None if step is None else step.on), "centre"),
        Cell(_day(one.looks[-1].on if one.looks else None), "centre"),
        Cell(_state(one), "centre"),
    ]


def _due(one: FindingView) -> str:
    """The day that counts, with the first one where it was put off."""
    day = one.due_on.isoformat()
    return (
        day if one.due_on == one.first_due_on else day + "\n" + _("原 {day}").format(day=one.first_due_on.isoformat())
    )


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _state(one: FindingView) -> str:
    """The state, and the light as a word: paper is grey."""
    said = [label(one.state)]
    if one.light is not ItemLight.CALM:
        said.append(label(one.light))
    if one.late:
        said.append(_("逾期{n}天").format(n=one.late))
    return "\n".join(said)


def _notes(fonts: Fonts) -> list[Block]:
    said = (
        _("1. 验收人不是整改责任人本人；群众不认可的不销号；反弹的重新整改，另定期限。"),
        _("2. 逾期为黄灯；逾期超过规定天数或多次延期的为红灯；提请验收以后不再累计逾期天数。"),
    )
    return [paragraph(fonts, text, NOTE, WIDTH, before=5 if number == 0 else 0) for number, text in enumerate(said)]
