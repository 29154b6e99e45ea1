"""Activities and their sums as rows of tables, and the sentences that the page says of them."""

from __future__ import annotations

from okr_desk.i18n import _
from okr_desk.queries.activities import ActivitySum, ActivityView, Register
from okr_desk.queries.objectives import QuarterView
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import percent, plain
from okr_desk.terms import EntryBasis, QuarterState, label
from okr_desk.ui.models.rows import Column
from okr_desk.ui.models.score_figures import room
from okr_desk.ui.wording import sentences

PLACES = 1


def columns() -> tuple[Column, ...]:
    """The register: what was held, who came, how it was rated, whether it counts, and by whom it was entered."""
    return (
        Column(_("日期"), lambda one: f"{one.held_on:%m-%d}", sort=lambda one: one.held_on, width=4.6,
               tooltip=lambda one: one.held_on.isoformat()),
        Column(_("支部"), lambda one: one.org.short_name, keys=lambda one: one.org.search_keys, width=11.5),
        Column(_("主题"), lambda one: one.topic, tooltip=lambda one: one.topic, width=10, stretch=True),
        Column(_("地点"), lambda one: one.place, tooltip=lambda one: one.place, width=8),
        Column(_("参加（人）"), lambda one: str(one.attended), sort=lambda one: one.attended, look="number",
               head=_("参加"), width=room(_("参加"))),
        Column(_("评价（份）"), lambda one: str(one.rated) if one.rated else "", sort=lambda one: one.rated,
               look="number", tooltip=counts_text, head=_("评价"), width=room(_("评价"))),
        Column(_("现场得分"), score_text, sort=lambda one: one.score, look="number", tooltip=counts_text,
               head=_("得分"), width=4),
        Column(_("计入场次"), counts_or_not, tooltip=why_not, width=room(_("没有评价"), _("已撤回"), _("计入场次"))),
        Column(_("登记人"), entered_text, tooltip=entered_text, width=9),
    )  # fmt: skip


def sum_columns() -> tuple[Column, ...]:
    """The branches: how many they held, how many count, and how they were rated together."""
    return (
        Column(_("支部"), lambda one: one.org.short_name, keys=lambda one: one.org.search_keys, width=9, stretch=True),
        Column(_("类别"), lambda one: one.org.category, width=6),
        Column(_("举办（场）"), lambda one: str(one.held), sort=lambda one: one.held, look="number"),
        Column(_("计入（场）"), lambda one: str(one.counted), sort=lambda one: one.counted, look="number"),
        Column(_("达标率"), lambda one: percent(one.share, 0), sort=lambda one: one.share, look="number"),
        Column(_("参加（人次）"), lambda one: str(one.people), sort=lambda one: one.people, look="number"),
        Column(_("评价（份）"), lambda one: str(one.answers), sort=lambda one: one.answers, look="number"),
        Column(_("现场得分"), sum_score_text, sort=lambda one: one.score.estimate if one.score else None,
               look="number", explained=sum_explained, width=5),
        Column(_("区间"), sum_interval_text, sort=lambda one: one.score.low if one.score else None, width=8),
    )  # fmt: skip


def score_text(one: ActivityView) -> str:
    """The score of those who rated it on site."""
    return "" if one.score is None else plain(one.score, PLACES)


def counts_text(one: ActivityView) -> str:
    """The ratings by level, with those who were not sure."""
    if not one.rated and not one.unsure:
        return _("没有现场评价。")
    said = _("由好到差 {counts} 份，不了解 {unsure} 份。")
    return said.format(counts=_("、").join(str(n) for n in one.counts), unsure=one.unsure)


def counts_or_not(one: ActivityView) -> str:
    """Whether it counts, in a word."""
    if not one.stands:
        return _("已撤回")
    if one.score is None:
        return _("没有评价")
    return _("计入") if one.reached else _("未达标")


def why_not(one: ActivityView) -> str:
    """Why it does not count."""
    if not one.stands:
        return _("已撤回：{why}").format(why=one.withdrawn_reason)
    if one.score is None:
        return _("没有现场评价，不计入场次。")
    return "" if one.reached else _("现场得分低于规定的分数，不计入场次。")


def entered_text(one: ActivityView) -> str:
    """Who says so; where the office entered it for a branch, both and on what ground; 补报 where it came late."""
    said = one.by
    if one.basis is not EntryBasis.OWN:
        said = _("{said}（{by}代，{basis}）").format(said=one.reported_by or "—", by=one.by, basis=label(one.basis))
    return said + _(" 补报") if one.is_late else said


def sum_score_text(one: ActivitySum) -> str:
    """The mean of the scores of the activities."""
    return "" if one.score is None else plain(one.score.estimate, PLACES)


def sum_interval_text(one: ActivitySum) -> str:
    """Its limits."""
    if one.score is None:
        return ""
    return _("{low}～{high}").format(low=plain(one.score.low, PLACES), high=plain(one.score.high, PLACES))


def sum_explained(one: ActivitySum) -> Explained | None:
    """The way to the score."""
    return None if one.score is None else Explained(one.score.estimate, one.score.steps)


def answer(of: Register) -> str:
    """The sentence under the title."""
    held = sum(one.held for one in of.sums)
    if not held:
        return _("{quarter}还没有登记活动。").format(quarter=of.quarter.label)
    counted, least = sum(one.counted for one in of.sums), plain(of.least)
    said = _("{quarter}办了 {held} 场，现场评价达到 {least} 分、计入场次的 {counted} 场。")
    told = [said.format(quarter=of.quarter.label, held=held, least=least, counted=counted)]
    scores = [one for one in of.sums if one.score is not None]
    if len(of.sums) == 1 and scores and scores[0].score is not None:
        found = scores[0].score
        more = _("平均得分 {score}（{low}～{high}，{n} 份评价）。")
        told.append(
            more.format(
                score=plain(found.estimate, PLACES),
                low=plain(found.low, PLACES),
                high=plain(found.high, PLACES),
                n=scores[0].answers,
            )
        )
    unrated = sum(one.held - one.rated for one in of.sums)
    if unrated:
        told.append(_("{n} 场没有评价。").format(n=unrated))
    return sentences(*told)


def who_may(quarter: QuarterView, is_office: bool) -> str:
    """Who may still enter something where not everybody may; empty where all is open."""
    if quarter.state is QuarterState.PLANNING:
        return _("本季度还没有开始，还不能登记活动。")
    if quarter.state is QuarterState.OPEN:
        return ""
    if is_office:
        return _("本季度已冻结。镇党建办登记和撤回须写明理由，标为补报。")
    return _("本季度已冻结，支部不能再登记。如需更正，请与镇党建办联系。")
