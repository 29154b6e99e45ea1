"""Single ballots as rows: enough to find the paper sheet again, and what became of it."""

from __future__ import annotations

from okr_desk.i18n import _
from okr_desk.queries.survey_ballots import BallotView
from okr_desk.queries.surveys import DefinitionView
from okr_desk.survey_terms import LEVELS, UNSURE
from okr_desk.terms import label
from okr_desk.ui.models.rows import Column


def columns(definition: DefinitionView) -> tuple[Column, ...]:
    """The columns of the list; what stands behind the keys of the answers is told where the mouse rests."""
    return (
        Column(_("编号"), number_text, sort=lambda one: one.number or one.row, width=5),
        Column(_("支部"), lambda one: one.org, width=9, stretch=True),
        Column(_("人群"), lambda one: one.group, width=6),
        Column(_("测评方式"), lambda one: label(one.channel), width=5),
        Column(_("填表日期"), lambda one: str(one.answered_on or ""), sort=lambda one: one.answered_on, width=6),
        Column(
            _("各题答案"), lambda one: " ".join(one.answers), tooltip=lambda one: answers_text(one, definition), width=9
        ),
        Column(_("来源"), lambda one: one.source or _("逐份录入"), tooltip=lambda one: one.source, width=8),
        Column(_("状态"), state_text, tooltip=state_text, width=11),
    )


def number_text(one: BallotView) -> str:
    """The number on the sheet; one without says which of its file or sitting it is."""
    return str(one.number) if one.number is not None else _("第{n}份").format(n=one.row)


def answers_text(one: BallotView, definition: DefinitionView) -> str:
    """Each question with its answer in words."""
    known = {"0": _(UNSURE), "-": _("漏选")} | {str(at): _(name) for at, name in enumerate(LEVELS, 1)}
    lines = zip(definition.levels, one.answers, strict=False)
    return "\n".join(_("{item}：{answer}").format(item=item.text, answer=known.get(key, key)) for item, key in lines)


def state_text(one: BallotView) -> str:
    """Whether it counts, and why not."""
    if one.is_withdrawn:
        return _("已撤回：{why}").format(why=one.said)
    if one.void_reason:
        return _("作废：{why}").format(why=one.void_reason)
    return _("存疑：{why}").format(why=one.suspect) if one.suspect else _("计入")


def named(one: BallotView) -> str:
    """What a ballot is called when it is taken back."""
    return (
        _("{org}{number}号答卷").format(org=one.org, number=one.number)
        if one.number is not None
        else _("{org}第{n}份答卷").format(org=one.org, n=one.row)
    )
