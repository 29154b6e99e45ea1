"""The quarterly review sheet: A4, made from one frozen snapshot, to be signed in two copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.queries import review_marks
from okr_desk.queries.reviews import AdjustmentView, ReviewSheet
from okr_desk.reports import review_charts, review_head, review_table, review_totals, score_sheet, signatures, table
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Progress, Sheet, Stop, write, write_each
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block, NewPage
from okr_desk.reports.review_table import Remarks
from okr_desk.reports.styles import BODY, HEADING, NOTE, STRONG, TABLE, TABLE_HEAD
from okr_desk.reports.table import Cell, Row
from okr_desk.terms import QuarterState

WIDTH = A4_PORTRAIT.area_width
_CHANGE_MM = (20, 38, 18, 18, 46, 16)
_LABEL = 22 * MM


def render(
    sheets: Sequence[ReviewSheet],
    path: Path,
    *,
    printed_at: datetime,
    with_scores: bool = False,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> Printed:
    """All sheets in one PDF with a bookmark a branch and each sheet's own page count.

    `printed_at` is an instant. `with_scores`: each branch's score sheet follows as its appendix, where a scheme is in
    force. Raises Cancelled and FileRefused; then no file is left.
    """
    return write(
        path,
        [partial(sheet_of, snapshot=sheet, with_scores=with_scores) for sheet in sheets],
        title=_batch_title(sheets),
        printed_at=printed_at,
        bundled_fonts=bundled_fonts,
        progress=progress,
        cancelled=cancelled,
        font_folders=font_folders,
    )


def render_each(
    sheets: Sequence[ReviewSheet],
    folder: Path,
    *,
    printed_at: datetime,
    with_scores: bool = False,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> list[Printed]:
    """One PDF a sheet in `folder`, named by number and branch. Cancelling keeps the files that are whole."""

    def one(number: int, path: Path) -> Printed:
        return render(
            [sheets[number]],
            path,
            printed_at=printed_at,
            with_scores=with_scores,
            bundled_fonts=bundled_fonts,
            font_folders=font_folders,
        )

    names = [(sheet.number or sheet.board.quarter.key, sheet.board.org.short_name) for sheet in sheets]
    return write_each(folder, names, one, progress, cancelled)


def sheet_of(fonts: Fonts, snapshot: ReviewSheet, with_scores: bool = False) -> Sheet:
    """Lay one sheet out, with its appendix where that is asked for."""
    has_appendix = with_scores and snapshot.scores is not None
    remarks = Remarks([])
    body = review_table.rows(fonts, snapshot, remarks)
    blocks: list[Block] = [
        *review_head.title(fonts, snapshot, WIDTH),
        *review_head.facts(fonts, snapshot),
        *(paragraph(fonts, text, STRONG, WIDTH, keep=True) for text in snapshot.voided),
        *body,
        *_closed(review_totals.totals(fonts, snapshot, has_appendix), 4),
        *_notes(fonts, snapshot, remarks),
        *review_charts.pair(snapshot, WIDTH),
        *_narrative(fonts, snapshot),
        *_changes(fonts, snapshot.adjustments),
        *_signed(snapshot),
    ]
    if has_appendix and snapshot.scores is not None:
        blocks += [NewPage(_("计分附表")), *score_sheet.appendix(fonts, snapshot.scores)]
    return Sheet(
        outline=snapshot.board.org.short_name,
        blocks=blocks,
        paper=A4_PORTRAIT,
        digest=snapshot.digest,
        note=_("演示数据，不作评审依据") if snapshot.is_demo else "",
    )


def _batch_title(sheets: Sequence[ReviewSheet]) -> str:
    if len(sheets) == 1:
        board = sheets[0].board
        return _("{org}{quarter}目标与关键结果评审表").format(org=board.org.full_name, quarter=board.quarter.label)
    if not sheets:
        return _("目标与关键结果评审表")
    return _("{township}{quarter}目标与关键结果评审表（{n}份）").format(
        township=sheets[0].township, quarter=sheets[0].board.quarter.label, n=len(sheets)
    )


def _notes(fonts: Fonts, snapshot: ReviewSheet, remarks: Remarks) -> list[Block]:
    said = [review_totals.legend(snapshot)]
    if snapshot.missing:
        closed = snapshot.board.quarter.state is QuarterState.CLOSED
        text = (
            _("未报送 {n} 项：{names}。本季已关账，汇总时按0计。")
            if closed
            else _("未报送 {n} 项：{names}。未报不等于0，暂不计入汇总。")
        )
        said.append(text.format(n=len(snapshot.missing), names="、".join(snapshot.missing)))
    said += review_totals.coverage(snapshot)
    if snapshot.issued is not None and snapshot.issued.under_objection:
        said.append(review_marks.explained())
    if snapshot.issued is not None and snapshot.issued.reason:
        said.append(_("本表为第{n}版：{reason}。").format(n=snapshot.issued.version, reason=snapshot.issued.reason))
    said += dict.fromkeys((*snapshot.board.notices, *snapshot.notices))
    said += review_totals.cumulative(snapshot.board.key_results)
    said += review_totals.proxies(snapshot.board.key_results)
    if remarks.notes:
        said.append("　".join(remarks.notes))
    return [paragraph(fonts, text, NOTE, WIDTH, before=5 if number == 0 else 0) for number, text in enumerate(said)]


def _narrative(fonts: Fonts, snapshot: ReviewSheet) -> list[Block]:
    """Room for a pen stays where nothing was typed."""
    said = snapshot.narrative
    parts = (
        (_("主要做法"), said.practice or _("（150字以内）")),
        (_("存在问题"), said.problems),
        (_("下季安排"), said.next_quarter),
    )
    widths = (_LABEL, WIDTH - _LABEL)
    rows = [
        table.row(fonts, widths, (Cell(name, "centre", STRONG), Cell(text, style=BODY)), BODY, least=13 * MM)
        for name, text in parts
    ]
    return list(_closed(rows, 8))


def _changes(fonts: Fonts, adjustments: Sequence[AdjustmentView]) -> list[Block]:
    """Changes after approval: the old line stays beside the new one, with reason and name."""
    if not adjustments:
        said = _("本年度基线、目标和关键结果批准后没有调整。")
        return [paragraph(fonts, said, NOTE, WIDTH, before=4)]
    widths = [column * MM for column in _CHANGE_MM]
    names = (_("日期"), _("调整事项"), _("调整前"), _("调整后"), _("原因"), _("经办人"))
    head = table.row(
        fonts,
        widths,
        [Cell(name, "centre") for name in names],
        TABLE_HEAD,
        least=15,
        keep=True,
        tinted=True,
    )
    found: list[Block] = [
        Lines((_("批准后的调整"),), HEADING, WIDTH, before=6, keep=True),
        head,
    ]
    for change in adjustments:
        subject = f"{change.subject}：{change.what}" if change.what else change.subject
        cells = (
            Cell(change.made_on.isoformat(), "centre", TABLE.smaller(8.5)),
            Cell(subject),
            Cell(change.before or "—", "centre"),
            Cell(change.after or "—", "centre"),
            Cell(change.reason),
            Cell(change.by, "centre"),
        )
        found.append(table.row(fonts, widths, cells, TABLE, least=15, head=(head,)))
    return found


def _signed(snapshot: ReviewSheet) -> list[Block]:
    """The signatures, tied to the line that says where the two copies go."""
    said = {one.step: one for one in snapshot.opinions}
    blocks = signatures.opinions(snapshot.board.org, WIDTH, 10, said)
    last = Pair(_("本表一式两份：支部一份，镇党建办一份。"), _("不得填写国家秘密。"), NOTE, WIDTH, before=3)
    return [replace(blocks, keep=True), last]


def _closed(rows: Sequence[Row], before: float) -> list[Row]:
    """Rows under each other with `before` points above the first."""
    first = replace(rows[0], before=before)
    return [first, *rows[1:]]
