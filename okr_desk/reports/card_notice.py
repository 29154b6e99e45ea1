"""提醒谈话通知 of a yellow card, 约谈通知 of a red one: causes in figures, what follows, room for the talk."""

from __future__ import annotations

from collections.abc import Sequence

from okr_desk.followup_terms import LEAST_GRADE, CardColour
from okr_desk.i18n import _
from okr_desk.queries.followup_papers import FollowupPaper
from okr_desk.reports.document import Writer
from okr_desk.reports.followup_sheet import WIDTH, gap, head, pair, records, row, said, spoken
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import MM, Block
from okr_desk.reports.signatures import Opinion, Signatures
from okr_desk.rules.cards import title
from okr_desk.terms import label


def blocks(fonts: Fonts, one: FollowupPaper, place: int) -> Sequence[Block]:
    """One card."""
    of = one.cards[place]
    begun = _("你支部有下列情形，经研究，出具{colour}。").format(colour=label(of.colour))
    if of.colour is CardColour.YELLOW:
        ended = _(
            "对支部书记提醒谈话，并按整改通知书限期整改。整改验收销号以后，黄牌解除；一年内两张黄牌的，出具红牌。"
        )
    else:
        ended = _(
            "约谈支部书记，列入后进支部名单，制定一支部一策。建议本季等次不高于“{grade}”，由镇党委审定，计分不因此改动。整改验收销号以后，红牌解除。"
        ).format(grade=_(LEAST_GRADE))
    return [
        *head(fonts, one, title(of.colour), of.number, spoken(of.issued_on)),
        said(fonts, begun),
        gap(6),
        row(fonts, _("事由"), of.causes.replace("；", "；\n"), 22 * MM),
        row(fonts, _("处理措施"), of.effects, 12 * MM),
        gap(4),
        said(fonts, ended),
        gap(6),
        pair(fonts, (_("谈话对象"), one.org.secretary), (_("谈话人"), of.talked_by)),
        pair(fonts, (_("谈话时间"), "" if of.talked_on is None else spoken(of.talked_on)), (_("谈话地点"), "")),
        row(fonts, _("谈话要点"), "", 20 * MM),
        row(fonts, _("表态和\n整改承诺"), "", 20 * MM),
        _signed(one, place),
    ]


def _signed(one: FollowupPaper, place: int) -> Signatures:
    of = one.cards[place]
    blank = spoken(None)
    issued = _("发出单位（盖章）：中共{township}委员会").format(township=one.township)
    return Signatures(
        left=(
            Opinion(_("谈话对象签名"), ((_("书记："), blank),)),
            Opinion(_("谈话人签名"), (("", blank),)),
        ),
        right=(Opinion(issued, (("", spoken(of.issued_on)),), seal=True),),
        width=WIDTH,
        before=8,
    )


_WRITER = Writer(
    title=lambda papers: papers[0].township + _("红黄牌通知"),
    sheets=lambda papers: records(
        papers, lambda one: [f"{of.number} {one.org.short_name}" for of in one.cards], blocks
    ),
    name=lambda paper: (paper.org.short_name, _("红黄牌通知")),
)
render, render_each = _WRITER.render, _WRITER.render_each
