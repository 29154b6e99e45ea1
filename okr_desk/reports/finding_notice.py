"""整改通知书 of one finding on one sheet: fact, clause, what is asked, until when, receipt, and space for the seal."""

from __future__ import annotations

from collections.abc import Sequence

from okr_desk.followup_terms import FindingKind
from okr_desk.i18n import _
from okr_desk.queries.followup_papers import FollowupPaper, Notice
from okr_desk.reports.document import Writer
from okr_desk.reports.followup_sheet import WIDTH, gap, head, pair, records, row, said, spoken
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import MM, Block
from okr_desk.reports.signatures import Opinion, Signatures
from okr_desk.reports.styles import SMALL, TABLE
from okr_desk.terms import label

MUCH = 450
"""Characters of fact, clause and demand together beyond which they are set smaller: a notice is one page."""


def blocks(fonts: Fonts, one: FollowupPaper, place: int) -> Sequence[Block]:
    """One notice."""
    of = one.notices[place]
    style = TABLE if len(of.fact + of.clause + of.demand) <= MUCH else SMALL
    begun = _("经{source}发现，你支部存在下列问题。请对照要求制定整改措施，明确责任人，按期整改。")
    asked = (
        _("请立即整改，并于{day}前报整改结果")
        if of.kind is FindingKind.IMMEDIATE
        else _("请于{day}前完成整改，报整改结果和佐证材料")
    )
    ended = asked + _(
        "，由镇党建办组织验收。验收人与整改责任人不是同一人，验收合格的予以销号；逾期的按规定亮灯、发牌。"
    )
    return [
        *head(fonts, one, _("整改通知书"), of.number, spoken(of.corrected_on or of.issued_on)),
        *_correction(fonts, of),
        said(fonts, begun.format(source=label(of.source))),
        gap(6),
        row(fonts, _("问题"), of.problem, 12 * MM),
        row(fonts, _("问题事实"), of.fact, 18 * MM, style),
        row(fonts, _("依据条款"), of.clause, 14 * MM, style),
        row(fonts, _("整改要求"), of.demand, 26 * MM, style),
        pair(fonts, (_("整改类别"), label(of.kind)), (_("整改期限"), spoken(of.due_on))),
        row(fonts, _("联系人"), of.contact),
        gap(4),
        said(fonts, ended.format(day=spoken(of.due_on))),
        _signed(one, place),
    ]


def _correction(fonts: Fonts, of: Notice) -> list[Block]:
    """Which version this is, and why it takes the place of the one before."""
    if not of.correction:
        return []
    text = _("本通知书为第{n}版，代替{day}下发的通知书。更正原因：{reason}。")
    reason = of.correction.rstrip("。")
    return [said(fonts, text.format(n=of.edition, day=spoken(of.issued_on), reason=reason))]


def _signed(one: FollowupPaper, place: int) -> Signatures:
    of = one.notices[place]
    who = _("签收人：{name}").format(name=of.received_by)
    issued = _("发出单位（盖章）：{township}党建办").format(township=one.township)
    return Signatures(
        left=(Opinion(_("支部签收"), ((who, spoken(of.received_on)),)),),
        right=(Opinion(issued, (("", spoken(of.corrected_on or of.issued_on)),), seal=True),),
        width=WIDTH,
        before=12,
    )


_WRITER = Writer(
    title=lambda papers: papers[0].township + _("整改通知书"),
    sheets=lambda papers: records(papers, lambda one: [f"{of.number} {of.problem}" for of in one.notices], blocks),
    name=lambda paper: (paper.org.short_name, _("整改通知书")),
)
render, render_each = _WRITER.render, _WRITER.render_each
