"""The words of rectification that are stored: sources, kinds, states, steps, card colours, the people's word
(domain 5.4)."""

from __future__ import annotations

from enum import StrEnum

from okr_desk.i18n import N_
from okr_desk.terms import declare


class FindingSource(StrEnum):
    """Where a finding comes from."""

    QUARTER = "quarter"
    SURVEY = "survey"
    WHISTLE = "whistle"
    INSPECTION = "inspection"
    DAILY = "daily"
    REPORT = "report"


class FindingKind(StrEnum):
    """How soon it has to be put right; the time allowed depends on it."""

    IMMEDIATE = "immediate"
    LIMITED = "limited"
    LONG = "long"


class FindingState(StrEnum):
    """Where a finding stands."""

    NOT_STARTED = "not_started"
    WORKING = "working"
    TO_CHECK = "to_check"
    WRITTEN_OFF = "written_off"
    RELAPSED = "relapsed"


class FollowupStep(StrEnum):
    """What moves a finding on."""

    ISSUE = "issue"
    CORRECT = "correct"
    SIGN = "sign"
    PLAN = "plan"
    PROGRESS = "progress"
    ASK_EXTENSION = "ask_extension"
    EXTEND = "extend"
    REFUSE_EXTENSION = "refuse_extension"
    ASK_CHECK = "ask_check"
    REJECT = "reject"
    WRITE_OFF = "write_off"
    LOOK_BACK = "look_back"
    REOPEN = "reopen"


class ItemLight(StrEnum):
    """How late one finding is; the cards of a branch are something else."""

    CALM = "calm"
    YELLOW = "yellow"
    RED = "red"


class CardColour(StrEnum):
    """The cards of a branch."""

    YELLOW = "yellow"
    RED = "red"


class Recognised(StrEnum):
    """What the people say of what was done (群众认可)."""

    YES = "yes"
    MOSTLY = "mostly"
    NO = "no"
    NOT_ASKED = "not_asked"


OPEN = (FindingState.NOT_STARTED, FindingState.WORKING, FindingState.TO_CHECK, FindingState.RELAPSED)
"""States in which something is still to be done by somebody."""
LEAST_GRADE = N_("一般")
"""The best grade that is proposed beside a red card."""

declare(
    (FindingSource.QUARTER, N_("季评")),
    (FindingSource.SURVEY, N_("测评")),
    (FindingSource.WHISTLE, N_("吹哨")),
    (FindingSource.INSPECTION, N_("巡察")),
    (FindingSource.DAILY, N_("日常检查")),
    (FindingSource.REPORT, N_("举报")),
    (FindingKind.IMMEDIATE, N_("即改")),
    (FindingKind.LIMITED, N_("限期")),
    (FindingKind.LONG, N_("长期")),
    (FindingState.NOT_STARTED, N_("未启动")),
    (FindingState.WORKING, N_("整改中")),
    (FindingState.TO_CHECK, N_("待验收")),
    (FindingState.WRITTEN_OFF, N_("已销号")),
    (FindingState.RELAPSED, N_("反弹")),
    (FollowupStep.ISSUE, N_("下发")),
    (FollowupStep.CORRECT, N_("更正通知书")),
    (FollowupStep.SIGN, N_("签收")),
    (FollowupStep.PLAN, N_("制定措施")),
    (FollowupStep.PROGRESS, N_("报进展")),
    (FollowupStep.ASK_EXTENSION, N_("申请延期")),
    (FollowupStep.EXTEND, N_("准予延期")),
    (FollowupStep.REFUSE_EXTENSION, N_("不予延期")),
    (FollowupStep.ASK_CHECK, N_("提请验收")),
    (FollowupStep.REJECT, N_("验收不通过")),
    (FollowupStep.WRITE_OFF, N_("验收销号")),
    (FollowupStep.LOOK_BACK, N_("回头看")),
    (FollowupStep.REOPEN, N_("反弹重开")),
    (ItemLight.CALM, N_("正常")),
    (ItemLight.YELLOW, N_("黄灯")),
    (ItemLight.RED, N_("红灯")),
    (CardColour.YELLOW, N_("黄牌")),
    (CardColour.RED, N_("红牌")),
    (Recognised.YES, N_("认可")),
    (Recognised.MOSTLY, N_("基本认可")),
    (Recognised.NO, N_("不认可")),
    (Recognised.NOT_ASKED, N_("不涉及群众，未征求")),
)
