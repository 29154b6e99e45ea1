"""The database's content as rows for other programs, and the same as a workbook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from okr_desk.errors import InputRefused
from okr_desk.exchange import tables
from okr_desk.i18n import N_, _, using
from okr_desk.model.store import Store
from okr_desk.queries import cycles
from okr_desk.queries.export import Cell, Record, export
from okr_desk.rules.permissions import Actor
from okr_desk.survey_terms import LEVELS
from okr_desk.terms import Dimension, PointsState, label

WORDS: dict[str, str] = {
    "orgs": N_("组织名册"),
    "indicators": N_("指标库"),
    "baselines": N_("指标基线"),
    "targets": N_("指标目标"),
    "values": N_("季度实绩"),
    "key-results": N_("目标与关键结果"),
    "checkins": N_("填报记录"),
    "scores": N_("计分明细"),
    "ballots": N_("满意度答卷"),
    "surveys": N_("满意度结果"),
    "meetings": N_("三会一课记录"),
    "whistles": N_("吹哨台账"),
    "members": N_("党员名单"),
    "households": N_("党员联户"),
    "member-points": N_("党员积分"),
    "service-hours": N_("志愿服务时长"),
    "worklog": N_("工作底单"),
    "projects": N_("重点项目节点"),
    "demands": N_("急难愁盼台账"),
    "posts": N_("党员先锋岗"),
    "partners": N_("共建三张清单"),
    "activities": N_("党群服务活动"),
    "findings": N_("整改台账"),
    "titles": N_("四强党支部"),
    "appraisals": N_("述职评议和民主评议"),
    "honours": N_("荣誉"),
    "coefficients": N_("系数建议（不作为发放依据）"),
}
OF_ROUNDS = ("ballots", "surveys")
"""What can be narrowed to one round of a quarter."""

_HEADS: dict[str, str] = {
    "name": N_("名称"),
    "short": N_("简称"),
    "category": N_("类别"),
    "kind": N_("类型"),
    "parent": N_("上级党组织"),
    "full_members": N_("正式党员"),
    "probationary": N_("预备党员"),
    "groups": N_("党小组数"),
    "committee": N_("设支委会"),
    "households": N_("辖区户数"),
    "workers": N_("专职工作者"),
    "secretary": N_("书记"),
    "liaison": N_("联系领导"),
    "elected": N_("上次换届"),
    "org": N_("党支部"),
    "code": N_("指标编码"),
    "year": N_("年度"),
    "value": N_("数值"),
    "source": N_("来源"),
    "date": N_("数据截至日"),
    "period": N_("季度"),
    "origin": N_("数据来源"),
    "objective": N_("目标编号"),
    "kr": N_("KR编号"),
    "nature": N_("性质"),
    "unit": N_("单位"),
    "direction": N_("方向"),
    "baseline": N_("基线"),
    "target": N_("目标值"),
    "weight": N_("权重"),
    "dimension": N_("维度"),
    "frequency": N_("频次"),
    "accumulation": N_("累计方式"),
    "decimals": N_("小数位数"),
    "categories": N_("适用类别"),
    "evidence": N_("佐证材料"),
    "evidence_limit": N_("佐证份数上限"),
    "usual_baseline": N_("通常基线"),
    "usual_target": N_("通常目标"),
    "usual_points": N_("通常分值"),
    "usual_rule": N_("通常规则"),
    "computed_from": N_("数据来源"),
    "method": N_("怎么统计"),
    "text": N_("内容"),
    "confidence": N_("信心(1-10)"),
    "note": N_("主要进展"),
    "difficulty": N_("存在困难"),
    "reported_by": N_("填报人"),
    "points": N_("得分"),
    "maximum": N_("满分"),
    "round": N_("测评"),
    "group": N_("人群"),
    "channel": N_("测评方式"),
    "number": N_("编号"),
    "void": N_("作废"),
    "suspect": N_("存疑"),
    "ballots": N_("有效票"),
    "answered": N_("总体评价作答数"),
    "score": N_("满意度得分"),
    "low": N_("区间下限"),
    "high": N_("区间上限"),
    "rate": N_("满意率"),
    "narrow": N_("满意率（窄口径）"),
    "response": N_("回收率"),
    "verdict": N_("结论"),
    "change": N_("较上次测评"),
    "block": N_("分块"),
    "state": N_("状态"),
    "why": N_("怎么算的"),
    "scheme": N_("方案版本"),
    "topic": N_("主题"),
    "due": N_("应到"),
    "present": N_("实到"),
    "host": N_("主持人"),
    "place": N_("地点"),
    "class": N_("类别"),
    "department": N_("主责部门"),
    "grid": N_("网格"),
    "duty": N_("分工"),
    "joined": N_("转入日期"),
    "left": N_("转出日期"),
    "household": N_("门牌"),
    "head": N_("户主"),
    "member": N_("联系党员"),
    "month1": N_("第一个月走访"),
    "month2": N_("第二个月走访"),
    "month3": N_("第三个月走访"),
    "reached": N_("逐月走访到"),
    "matter": N_("事项"),
    "hours": N_("时长（小时）"),
    "project": N_("服务项目"),
    "what": N_("做了什么"),
    "who": N_("谁做的"),
    "result": N_("结果"),
    "amount": N_("数量"),
    "part": N_("其中"),
    "codes": N_("计入"),
    "late": N_("补报"),
    "pieces": N_("佐证材料"),
}
_OWN_HEADS = {
    "scores": {"name": N_("指标名称"), "value": N_("实绩")},
    "ballots": {"date": N_("填表日期")},
    "meetings": {"date": N_("日期"), "group": N_("第几小组")},
    "whistles": {"number": N_("哨号"), "org": N_("吹哨支部")},
    "findings": {
        "problem": N_("问题"), "fact": N_("问题事实"), "clause": N_("依据条款"), "demand": N_("整改要求"),
        "measure": N_("整改措施"), "owner": N_("责任人"), "leader": N_("包联领导"), "issued": N_("下发日期"),
        "promised": N_("期限"), "first_promised": N_("原期限"), "progress": N_("进展"), "recognised": N_("群众认可"),
        "by": N_("验收人"), "done": N_("销号日期"), "looked": N_("回头看日期"), "light": N_("灯"),
        "late_days": N_("逾期天数"), "feedback": N_("反馈"), "incentive": N_("激励"),
    },
    "members": {"name": N_("姓名"), "committee": N_("支委")},
    "member-points": {
        "name": N_("姓名"),
        "date": N_("日期"),
        "code": N_("积分编号"),
        "points": N_("分值"),
        "note": N_("说明"),
    },
    "service-hours": {"name": N_("姓名"), "unit": N_("单位"), "date": N_("服务日期")},
    "worklog": {"date": N_("日期"), "kind": N_("类别")},
    "projects": {
        "project": N_("项目"), "lead": N_("牵头人"), "goal": N_("目标"), "started": N_("启动日期"), "node": N_("节点"),
        "planned": N_("计划"), "first_planned": N_("原计划"), "done": N_("完成"), "note": N_("说明"),
        "moved": N_("调整理由"),
    },
    "demands": {
        "date": N_("提出日期"), "asker": N_("诉求人"), "what": N_("诉求事项"), "owner": N_("责任人"),
        "promised": N_("承诺办结日"), "first_promised": N_("原承诺"), "postponed": N_("延期理由"), "done": N_("办结"),
        "result": N_("办理结果"), "answered": N_("确认日期"), "answer": N_("群众确认"), "way": N_("确认方式"),
        "explained": N_("无法办理的原因和向群众的说明"), "case": N_("典型案例"), "case_valid": N_("案例有效"),
    },
    "posts": {
        "post": N_("岗位"), "holder": N_("责任党员"), "promise": N_("承诺"), "hung": N_("挂牌日期"),
        "down": N_("摘牌日期"), "cause": N_("原因"), "date": N_("考评日期"), "result": N_("考评结果"),
        "by": N_("考评人"), "note": N_("说明"),
    },
    "partners": {
        "list": N_("清单"), "partner": N_("共建单位"), "role": N_("角色"), "contact": N_("联系人"), "date": N_("日期"),
        "ended": N_("退出日期"), "need": N_("需求"), "resource": N_("资源"), "planned": N_("计划完成"),
        "done": N_("完成"), "result": N_("成效"), "matched": N_("已对接"),
    },
    "activities": {
        "date": N_("日期"), "attended": N_("参加人数"), "rated": N_("评价份数"), "unsure": N_("不了解"),
        "score": N_("得分"), "counted": N_("计入场次"),
        **{f"level{place}": name for place, name in enumerate(LEVELS, start=1)},
    },
    "titles": {
        "name": N_("称号"), "self": N_("自评"), "peers": N_("互评"), "upper": N_("上级考评"), "total": N_("总分"),
        "applied": N_("申报日期"), "decided": N_("评定日期"), "granted": N_("授予日期"), "document": N_("依据"),
        "note": N_("说明"),
    },
    "appraisals": {
        "kind": N_("评议"), "round": N_("名称"), "date": N_("测评日期"), "name": N_("姓名"), "grade": N_("等次"),
        "score": N_("得分"), "voter": N_("投票人"), "item": N_("测评内容"), "level1": N_("好（优秀）"),
        "level2": N_("较好（合格）"), "level3": N_("一般（基本合格）"), "level4": N_("差（不合格）"),
    },
    "honours": {
        "name": N_("荣誉名称"), "person": N_("姓名"), "given": N_("授予日期"), "document": N_("依据文号"),
        "note": N_("备注"),
    },
    "coefficients": {
        "percent": N_("得分率（%）"), "grade": N_("等次"), "coefficient": N_("建议系数"), "way": N_("算法"),
        "note": N_("说明"),
    },
}  # fmt: skip
_ORDER = {
    "scores": (
        "org", "period", "dimension", "block", "code", "name", "unit", "baseline", "target", "value", "points",
        "maximum", "state", "why", "scheme",
    ),
    "meetings": ("org", "date", "period", "kind", "topic", "due", "present", "host", "place", "group"),
    "worklog": (
        "org", "period", "date", "kind", "what", "who", "result", "place", "amount", "part", "unit", "codes", "late",
        "reported_by", "pieces",
    ),
    "projects": (
        "org", "period", "project", "lead", "goal", "started", "node", "weight", "planned", "first_planned", "done",
        "state", "note", "moved",
    ),
    "demands": (
        "org", "period", "number", "date", "source", "asker", "what", "category", "owner", "promised",
        "first_promised", "postponed", "state", "done", "result", "answered", "answer", "way", "explained", "case",
        "case_valid",
    ),
    "posts": (
        "org", "period", "post", "place", "holder", "promise", "hung", "date", "result", "by", "note", "down", "cause",
    ),
    "partners": (
        "org", "period", "list", "partner", "role", "contact", "text", "date", "need", "resource", "planned", "done",
        "result", "state", "matched", "ended",
    ),
    "activities": (
        "org", "period", "date", "topic", "place", "attended",
        *(f"level{place}" for place in range(1, len(LEVELS) + 1)), "unsure", "rated", "score", "counted", "late",
        "reported_by",
    ),
    "findings": (
        "number", "org", "period", "source", "problem", "fact", "clause", "class", "demand", "measure", "owner",
        "leader", "issued", "promised", "first_promised", "progress", "recognised", "by", "done", "looked", "state",
        "light", "late_days", "feedback", "incentive",
    ),
    "titles": (
        "org", "year", "name", "state", "self", "peers", "upper", "total", "applied", "decided", "granted",
        "document", "note",
    ),
    "appraisals": (
        "org", "year", "kind", "round", "date", "name", "grade", "score", "voter", "item", "level1", "level2",
        "level3", "level4",
    ),
    "coefficients": ("org", "period", "percent", "grade", "coefficient", "way", "note"),
}  # fmt: skip
"""Columns that always stand in this order, whichever the first rows lack."""
_TERMS: dict[str, dict[str, type[Dimension] | type[PointsState]]] = {
    "indicators": {"dimension": Dimension},
    "scores": {"dimension": Dimension, "state": PointsState},
}
"""What a workbook names as people do, where the rows of a word keep that of the program."""
_PARTNER = "partner"
"""The list of the partners themselves, beside the three lists."""
_SAID = frozenset({"demands", "partners", "activities"})
"""Words whose yes and no a workbook says in Chinese."""
_NUMBERS = frozenset(
    {
        "value", "baseline", "target", "weight", "usual_baseline", "usual_target", "usual_points", "points", "maximum",
        "score", "low", "high", "rate", "narrow", "response", "hours",
        "amount", "part", "self", "peers", "upper", "total", "percent", "coefficient",
    }
)  # fmt: skip


def rows(store: Store, what: str, quarter: str = "", actor: Actor | None = None, of_round: str = "") -> list[Record]:
    """The rows of one word; `quarter` like 2026Q3 narrows those that have periods, `actor` to what that person may see.

    `of_round` narrows answers and results of mass satisfaction to the survey of that name.

    Kinds and natures are named in Chinese whatever the language, so that files stay the same. Raises InputRefused
    for a word, quarter or survey that does not exist.
    """
    if of_round and what not in OF_ROUNDS:
        raise InputRefused(_("--round 只用于导出 ballots 和 surveys。"), "round")
    if quarter and not re.fullmatch(r"20\d\dQ[1-4]", quarter):
        raise InputRefused(_("季度请写作 2026Q3 的样子。"), "quarter")
    with store.read() as session, using("zh_CN"):
        if quarter and cycles.by_key(session, quarter) is None:
            sentence = _("没有“{key}”这个季度。请写成 2026Q3 的样子，或先建立该年度。")
            raise InputRefused(sentence.format(key=quarter), "quarter")
        found = export(session, what, quarter, actor, of_round)
    if found is None:
        known = "、".join(WORDS)
        raise InputRefused(_("没有“{what}”这项内容，可选：{known}。").format(what=what, known=known), "what")
    return found


def write_xlsx(path: Path, what: str, records: Sequence[Record]) -> Path:
    """The same rows as a workbook with heads and terms as people say them; numbers become number cells.

    Raises FileRefused.
    """
    keys = list(_ORDER.get(what, ())) or list(dict.fromkeys(key for record in records for key in record)) or ["org"]
    heads = _HEADS | _OWN_HEADS.get(what, {})
    headers = [_(heads.get(key, key)) for key in keys]
    body = [[_cell(what, key, record.get(key)) for key in keys] for record in records]
    return tables.write(path, _(WORDS[what]), headers, body)


def _cell(what: str, key: str, value: Cell | None) -> object:
    terms = _TERMS.get(what, {})
    if key in terms and isinstance(value, str):
        return label(terms[key](value))
    if what == "partners" and key == "list" and value == _PARTNER:
        return _("共建单位")
    if isinstance(value, bool) and what in _SAID:
        return _("是") if value else _("否")
    return Decimal(value) if key in _NUMBERS and isinstance(value, str) else value
