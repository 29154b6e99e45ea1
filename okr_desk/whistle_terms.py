"""The words of whistles (吹哨报到、一哨一评) that are stored: classes, states, steps, raters, items (domain 4.1)."""

from __future__ import annotations

from enum import StrEnum

from okr_desk.i18n import N_
from okr_desk.terms import declare


class WhistleClass(StrEnum):
    """How pressing a whistle is; deadlines depend on it."""

    DAILY = "daily"
    MAJOR = "major"
    URGENT = "urgent"


class WhistleState(StrEnum):
    """Where a whistle stands; the last three lie beside the way."""

    DRAFT = "draft"
    SIGNING = "signing"
    BLOWN = "blown"
    RECEIVED = "received"
    ARRIVED = "arrived"
    WORKING = "working"
    TO_RATE = "to_rate"
    RATED = "rated"
    FILED = "filed"
    RETURNED = "returned"
    ESCALATED = "escalated"
    CANCELLED = "cancelled"


class WhistleStep(StrEnum):
    """What moves a whistle on."""

    SUBMIT = "submit"
    BLOW = "blow"
    SEND_BACK = "send_back"
    SIGN_IN = "sign_in"
    DECLINE = "decline"
    REASSIGN = "reassign"
    ARRIVE = "arrive"
    PLAN = "plan"
    FINISH = "finish"
    ESCALATE = "escalate"
    RATE = "rate"
    FILE = "file"
    CANCEL = "cancel"


class Solved(StrEnum):
    """What the people say when they are asked again (群众回访)."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Rater(StrEnum):
    """Who rates: the branch that whistled, residents, delegates (两代表一委员)."""

    BRANCH = "branch"
    RESIDENTS = "residents"
    DELEGATES = "delegates"


class RatedItem(StrEnum):
    """The six aspects, in the order of the form."""

    RESPONSE = "response"
    COOPERATION = "cooperation"
    CARRYING_OUT = "carrying_out"
    ATTITUDE = "attitude"
    EFFICIENCY = "efficiency"
    EFFECT = "effect"


class ItemUse(StrEnum):
    """Whether an item speaks of the way or of the result, or is not asked."""

    PROCESS = "process"
    RESULT = "result"
    NONE = "none"


class DepartmentKind(StrEnum):
    """Whose a department is; departments are compared within their kind."""

    STATION = "station"
    STATIONED = "stationed"
    COUNTY = "county"


SOURCES = (N_("网格巡查"), N_("12345热线"), N_("入户走访"), N_("居民议事会"), N_("信访"), N_("群众来电来访"))
"""Where whistles usually come from: suggestions, not a list one must keep to."""

LEVELS = ("1", "2", "3", "4", "5")
"""A rating, best last."""
NOT_RATED = "-"
"""How an item that was not rated stands in the stored levels."""

declare(
    (WhistleClass.DAILY, N_("日常")),
    (WhistleClass.MAJOR, N_("重大")),
    (WhistleClass.URGENT, N_("紧急")),
    (WhistleState.DRAFT, N_("草稿")),
    (WhistleState.SIGNING, N_("审签")),
    (WhistleState.BLOWN, N_("已吹哨")),
    (WhistleState.RECEIVED, N_("已签收")),
    (WhistleState.ARRIVED, N_("已到场")),
    (WhistleState.WORKING, N_("办理中")),
    (WhistleState.TO_RATE, N_("待评")),
    (WhistleState.RATED, N_("已评")),
    (WhistleState.FILED, N_("归档")),
    (WhistleState.RETURNED, N_("退回")),
    (WhistleState.ESCALATED, N_("升级")),
    (WhistleState.CANCELLED, N_("撤销")),
    (WhistleStep.SUBMIT, N_("报审")),
    (WhistleStep.BLOW, N_("审签吹哨")),
    (WhistleStep.SEND_BACK, N_("退回修改")),
    (WhistleStep.SIGN_IN, N_("签收")),
    (WhistleStep.DECLINE, N_("部门退回")),
    (WhistleStep.REASSIGN, N_("改派")),
    (WhistleStep.ARRIVE, N_("到场")),
    (WhistleStep.PLAN, N_("商定办理")),
    (WhistleStep.FINISH, N_("办结")),
    (WhistleStep.ESCALATE, N_("提级办理")),
    (WhistleStep.RATE, N_("评价")),
    (WhistleStep.FILE, N_("存档")),
    (WhistleStep.CANCEL, N_("撤销吹哨")),
    (Solved.YES, N_("已解决")),
    (Solved.PARTLY, N_("部分解决")),
    (Solved.NO, N_("未解决")),
    (Rater.BRANCH, N_("吹哨支部")),
    (Rater.RESIDENTS, N_("居民群众")),
    (Rater.DELEGATES, N_("两代表一委员")),
    (RatedItem.RESPONSE, N_("响应速度")),
    (RatedItem.COOPERATION, N_("配合力度")),
    (RatedItem.CARRYING_OUT, N_("落实程度")),
    (RatedItem.ATTITUDE, N_("服务态度")),
    (RatedItem.EFFICIENCY, N_("办事效率")),
    (RatedItem.EFFECT, N_("落实成效")),
    (ItemUse.PROCESS, N_("过程")),
    (ItemUse.RESULT, N_("结果")),
    (ItemUse.NONE, N_("不用")),
    (DepartmentKind.STATION, N_("镇直站所")),
    (DepartmentKind.STATIONED, N_("派驻")),
    (DepartmentKind.COUNTY, N_("县直")),
)
