"""A whole folder of workbooks becomes facts and questions. Nothing is written here and no database is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from okr_desk.errors import FileRefused
from okr_desk.exchange.appraisal_sheets import take_counts
from okr_desk.exchange.demand_sheets import take_demands
from okr_desk.exchange.duplicates import settle_duplicates
from okr_desk.exchange.duty_sheets import take_meetings
from okr_desk.exchange.harvest import Harvest, Source
from okr_desk.exchange.key_results import take_key_results
from okr_desk.exchange.matrices import take_matrix
from okr_desk.exchange.member_sheets import take_member_points, take_members
from okr_desk.exchange.reading import Workbook, find_files, is_lock_file, read_workbooks
from okr_desk.exchange.recognising import recognise, title_of
from okr_desk.exchange.returns import STAMP_SHEET, take_return
from okr_desk.exchange.rosters import take_roster, take_township_objectives
from okr_desk.exchange.sheets import SheetKind
from okr_desk.exchange.whistle_sheets import take_whistles
from okr_desk.i18n import _
from okr_desk.rules.imports import FileNote, Known, Reading

_TAKERS: dict[SheetKind, Callable[[Source, Harvest], None]] = {
    SheetKind.ROSTER: take_roster,
    SheetKind.TOWNSHIP_OBJECTIVES: take_township_objectives,
    SheetKind.KEY_RESULTS: take_key_results,
    SheetKind.INDICATORS: take_matrix,
    SheetKind.RETURN: take_return,
    SheetKind.MEETINGS: take_meetings,
    SheetKind.WHISTLES: take_whistles,
    SheetKind.MEMBERS: take_members,
    SheetKind.MEMBER_POINTS: take_member_points,
    SheetKind.DEMANDS: take_demands,
    SheetKind.SECRETARY_COUNT: take_counts,
    SheetKind.MEMBER_COUNT: take_counts,
}
"""In the order in which they are read: names first, so that later sheets are understood."""


def read_folder(
    paths: Sequence[Path],
    known: Known,
    *,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Reading:
    """Everything that the workbooks at `paths` say, against what is already `known`.

    Folders are read with what is below them. Raises FileRefused when a path does not exist, Cancelled when
    `cancelled()` says so; a single bad file never raises, it is listed under `damaged`.
    """
    files, others = find_files(paths)
    harvest = Harvest(known)
    sources: list[Source] = []
    labels = labels_of(files)
    for workbook in read_workbooks(files, progress=progress, cancelled=cancelled):
        sources += _sources(replace(workbook, label=labels[workbook.path]), harvest)
    for file in others:
        harvest.not_taken.append(FileNote(file.name, _("不是电子表格，已跳过。"), expected=True))
    for kind, take in _TAKERS.items():
        for source in sources:
            if source.found.kind is kind:
                take(source, harvest)
    settle_duplicates(harvest)
    return Reading(
        facts=tuple(harvest.facts),
        doubts=tuple(sorted(harvest.doubts, key=lambda doubt: doubt.place)),
        damaged=tuple(harvest.damaged),
        not_taken=tuple(harvest.not_taken),
        returns=tuple(harvest.returns),
        blanks=tuple(harvest.blanks),
        files=tuple(labels.values()),
        surveys=tuple(harvest.surveys),
    )


def check_anything(reading: Reading) -> None:
    """Raise FileRefused when nothing at all could be read: with the first reason, or because there is no workbook."""
    if not reading.files:
        raise FileRefused(_("没有找到电子表格，请检查文件夹。"))
    if reading.facts or reading.doubts or reading.returns or reading.blanks or reading.surveys or not reading.damaged:
        return
    if len(reading.damaged) < len(reading.files):
        return
    first = next((note for note in reading.damaged if not is_lock_file(note.workbook)), reading.damaged[0])
    named = first.reason if first.workbook in first.reason else f"“{first.workbook}”：{first.reason}"
    more = len(reading.damaged) - 1
    raise FileRefused(named + (_("另有 {n} 个文件也没有读成。").format(n=more) if more else ""))


def elsewhere() -> str:
    """What is said of answer sheets where no round is known that they could go into."""
    return _("满意度答卷不在这里导入，请在“满意度”页选定一轮测评后导入。")


def labels_of(files: Sequence[Path]) -> dict[Path, str]:
    """Each file by its name, together with its folder where the name alone would not tell."""
    times = Counter(file.name for file in files)
    return {file: file.name if times[file.name] == 1 else f"{file.parent.name}/{file.name}" for file in files}


def _sources(workbook: Workbook, harvest: Harvest) -> list[Source]:
    """The sheets of a workbook that can be taken; says so when there is none."""
    if workbook.refused:
        harvest.damaged.append(FileNote(workbook.name, workbook.refused))
        return []
    sources: list[Source] = []
    recognised = False
    for sheet in workbook.sheets:
        if sheet.name == STAMP_SHEET:
            continue  # an id in it may read like the code of an indicator
        found = recognise(sheet, harvest.codes)
        if found is None:
            continue
        if sheet.hidden:
            reason = _("隐藏的工作表“{sheet}”没有读取，如需导入请先取消隐藏。").format(sheet=sheet.name)
            harvest.not_taken.append(FileNote(workbook.name, reason))
            continue
        recognised = True
        if found.declaration.imported:
            sources.append(Source(workbook, sheet, found, title_of(sheet, found)))
        elif found.kind is SheetKind.SURVEY:
            harvest.surveys.append(str(workbook.path))
            harvest.not_taken.append(FileNote(workbook.name, elsewhere(), expected=True))
            continue  # however long it is: answer sheets are read by column
        else:
            reason = _("{kind}：暂不导入，留待后续。").format(kind=_(found.declaration.title))
            harvest.not_taken.append(FileNote(workbook.name, reason, expected=True))
        if sheet.cut:
            reason = _("工作表“{sheet}”行列过多，后面的没有读取，请核对。").format(sheet=sheet.name)
            harvest.not_taken.append(FileNote(workbook.name, reason))
    if not recognised:
        reason = _("没有找到认识的表头，请对照填报表模板检查第一张工作表。")
        harvest.damaged.append(FileNote(workbook.name, reason))
    return sources
