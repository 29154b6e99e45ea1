"""What came in for a round as rows of a table: files, sittings and count sheets, what was taken back among them."""

from __future__ import annotations

from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.queries.survey_overview import EntrySource, SurveyEntry
from okr_desk.terms import label
from okr_desk.ui.models.rows import Column
from okr_desk.ui.models.score_figures import room


def columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(_("登记时间"), _when, sort=lambda one: one.recorded_at, width=7.5),
        Column(_("来源"), source_text, width=room(_("逐份录入"), _("文件导入"), _("计票表")) + 1.2),
        Column(_("支部"), orgs_text, width=9, stretch=True),
        Column(_("有效"), lambda one: str(one.valid), sort=lambda one: one.valid, look="number"),
        Column(_("作废"), lambda one: str(one.void), sort=lambda one: one.void, look="number"),
        Column(_("存疑"), lambda one: str(one.suspect), sort=lambda one: one.suspect, look="number"),
        Column(_("登记人"), lambda one: one.by, width=6),
        Column(_("状态"), state_text, tooltip=state_text, width=13),
    )


def named(entry: SurveyEntry) -> str:
    """What an entry is called: its file, or whose ballots it has."""
    if entry.name:
        return entry.name
    words = _("{orgs}计票表") if entry.source is EntrySource.SHEET else _("{orgs}录入")
    return words.format(orgs=orgs_text(entry))


def source_text(entry: SurveyEntry) -> str:
    """How the answers came in."""
    if entry.source is EntrySource.SHEET:
        return _("计票表")
    return _("逐份录入") if entry.source is EntrySource.SITTING else _("文件导入")


def orgs_text(entry: SurveyEntry) -> str:
    """Whose answers they are; of a file with many its name."""
    if entry.source is EntrySource.FILE:
        return _("{file}（{n} 个支部）").format(file=entry.name, n=len(entry.orgs))
    if len(entry.orgs) > 2:
        return _("{first}等 {n} 个支部").format(first=entry.orgs[0], n=len(entry.orgs))
    return _("、").join(entry.orgs)


def state_text(entry: SurveyEntry) -> str:
    """Whether it counts, and why not."""
    if not entry.counts:
        return _("已撤回：{why}").format(why=entry.said)
    if entry.singly:
        return _("计入，其中单份撤回 {n} 份").format(n=entry.singly)
    if entry.channel is not None:
        return _("计入（{channel}）").format(channel=label(entry.channel))
    return _("计入")


def _when(entry: SurveyEntry) -> str:
    return f"{local(entry.recorded_at):%m-%d %H:%M}"
