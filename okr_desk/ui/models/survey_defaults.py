"""The survey that a year without one starts from; the seed of the program where it brings one."""

from __future__ import annotations

from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec

from okr_desk.i18n import _
from okr_desk.rules.surveys import DefinitionDraft, GroupDraft, ItemDraft
from okr_desk.survey_terms import Channel, ItemKind

PRESETS = "okr_desk.rules.survey_presets"


def sample(year: int) -> DefinitionDraft:
    """A survey to start from: nine questions, the overall one, the open one, the usual groups and ways (domain 3.2)."""
    if find_spec(PRESETS) is not None:
        made: DefinitionDraft = import_module(PRESETS).preset(year)
        return made
    asked = (
        _("党员干部作风和带头作用"),
        _("办事效率与便利"),
        _("党务村务公开"),
        _("环境卫生"),
        _("矛盾调解与平安"),
        _("文体与党群活动"),
        _("困难群众关爱"),
        _("诉求回应速度"),
        _("重点项目和集体经济受益"),
    )
    groups = (_("党员"), _("群众"), _("群众代表"), _("服务对象"))
    items = (
        *(ItemDraft(text) for text in asked),
        ItemDraft(_("对党支部工作的总体评价"), is_overall=True),
        ItemDraft(_("最希望解决的一件事"), ItemKind.OPEN),
    )
    return DefinitionDraft(
        year,
        _("群众满意度测评"),
        items,
        tuple(GroupDraft(name) for name in groups),
        ((Channel.HOME_PAPER, Decimal(1)), (Channel.MEETING_PAPER, Decimal(1))),
    )
