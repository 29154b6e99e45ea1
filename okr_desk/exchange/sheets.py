"""Every kind of sheet, declared once: what its columns mean and are called elsewhere.

The reader, the template and the writer follow these declarations: a new import column is one line here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from okr_desk.exchange.meaning import head
from okr_desk.i18n import N_


class SheetKind(StrEnum):
    """Kinds of sheet that are recognised."""

    TOWNSHIP_OBJECTIVES = "township_objectives"
    ROSTER = "roster"
    KEY_RESULTS = "key_results"
    INDICATORS = "indicators"
    RETURN = "return"
    MEETINGS = "meetings"
    SURVEY = "survey"
    WHISTLES = "whistles"
    MEMBER_POINTS = "member_points"
    MEMBERS = "members"
    DEMANDS = "demands"
    SECRETARY_COUNT = "secretary_count"
    MEMBER_COUNT = "member_count"


@dataclass(frozen=True)
class Column:
    """One column by meaning: its title in our own forms, what others call it, and a pattern for the rest."""

    key: str
    title: str
    also: tuple[str, ...] = ()
    pattern: str = ""
    required: bool = False

    def fits(self, text: str) -> bool:
        """Whether a head (already reduced by `meaning.head`) means this column."""
        return text in self.words or bool(self.pattern and re.fullmatch(self.pattern, text))

    @cached_property
    def words(self) -> frozenset[str]:
        """The title and its synonyms, reduced as heads are."""
        return frozenset({head(self.title), *(head(name) for name in self.also)})


@dataclass(frozen=True)
class Declaration:
    """A kind of sheet: its name for people, whether it is imported yet, its columns in the order of our forms."""

    kind: SheetKind
    title: str
    columns: tuple[Column, ...]
    imported: bool = True

    def meaning_of(self, word: str) -> str | None:
        """The key of the column that a reduced head means; None when it means none of them."""
        if word in self._by_word:
            return self._by_word[word]
        return next((c.key for c in self.columns if c.pattern and re.fullmatch(c.pattern, word)), None)

    @cached_property
    def _by_word(self) -> dict[str, str]:
        return {word: column.key for column in reversed(self.columns) for word in column.words}

    @cached_property
    def required(self) -> frozenset[str]:
        """Columns without which a sheet is not of this kind."""
        return frozenset(column.key for column in self.columns if column.required)


_VALUE_PATTERN = (
    r"(?:本季|本季度|当季|季度|第?[一二三四1-4]季度?|Q[1-4])(?:实绩|实际|实际值|完成情况|完成数|完成值|实际完成|实际完成值|数值|值|完成)"
    r"|实绩|完成情况|实际值|实际完成|实际完成值"
)
_NAME = Column("name", N_("姓名"), ("党员姓名", "党员", "名字", "被测评人", "书记", "支部书记"), required=True)
_BALLOTS = (
    Column("issued", N_("发出"), ("发出票数", "发出张数", "发票")),
    Column("returned", N_("收回"), ("收回票数", "收回张数", "收票")),
    Column("void", N_("废票"), ("废票数", "无效票")),
    Column("held", N_("测评日期"), ("评议日期", "会议日期", "日期", "时间")),
)
"""What both counts say of a round: ballots of the class, and its day."""
_ORG = Column("org", N_("党支部"), ("支部", "支部名称", "党组织", "党组织名称", "单位名称", "填报单位"), required=True)

DECLARATIONS: tuple[Declaration, ...] = (
    Declaration(
        SheetKind.SURVEY,
        N_("满意度问卷"),
        (
            Column("submitted", N_("提交答卷时间"), required=True),
            Column("duration", N_("所用时间"), required=True),
        ),
        imported=False,
    ),
    Declaration(
        SheetKind.WHISTLES,
        N_("吹哨单"),
        (
            Column("number", N_("哨号"), ("编号",), required=True),
            Column("org", N_("吹哨支部"), ("党支部", "支部", "吹哨单位"), required=True),
            Column("kind", N_("类别"), ("等级", "哨级"), required=True),
            Column("source", N_("来源"), ("事项来源",)),
            Column("matter", N_("事项"), ("吹哨事项", "需协调事项"), required=True),
            Column("place", N_("地点"), ("报到地点",)),
            Column("goal", N_("预期目标"), ("预期解决目标",)),
            Column("department", N_("主责部门"), ("牵头部门", "责任部门"), required=True),
            Column("blown_by", N_("吹哨人")),
            Column("blown", N_("吹哨时间"), required=True),
            Column("received", N_("签收时间")),
            Column("arrived", N_("到场时间"), ("报到时间",)),
            Column("promised", N_("承诺办结日"), ("承诺办结时间", "承诺办结日期")),
            Column("finished", N_("实际办结时间"), ("办结时间", "实际办结日")),
            Column("response", N_("响应速度")),
            Column("cooperation", N_("配合力度")),
            Column("carrying_out", N_("落实程度")),
            Column("attitude", N_("服务态度")),
            Column("efficiency", N_("办事效率")),
            Column("effect", N_("落实成效")),
        ),
    ),
    Declaration(
        SheetKind.DEMANDS,
        N_("急难愁盼台账"),
        (
            Column("number", N_("编号"), ("台账编号", "诉求编号")),
            _ORG,
            Column("raised", N_("提出日期"), ("提出时间", "诉求日期", "诉求时间"), required=True),
            Column("source", N_("来源"), ("诉求来源", "收集渠道"), required=True),
            Column("asker", N_("诉求人"), ("诉求群众", "反映人")),
            Column("what", N_("诉求内容"), ("诉求事项", "诉求", "反映问题", "问题内容", "急难愁盼问题"), required=True),
            Column("category", N_("类别"), ("诉求类别", "问题类别")),
            Column("owner", N_("责任人"), ("办理责任人", "承办人"), required=True),
            Column("promised", N_("承诺办结"), ("承诺办结日", "承诺办结日期", "承诺办结时间"), required=True),
            Column("done", N_("办结日期"), ("办结", "办结时间", "实际办结日期", "实际办结时间")),
            Column("result", N_("办理结果"), ("办理情况",)),
            Column("answer", N_("群众确认"), ("群众是否满意", "群众评价", "是否满意")),
            Column("way", N_("确认方式")),
            Column("answered", N_("确认日期"), ("确认时间",)),
            Column("state", N_("状态"), ("办理状态",)),
            Column("note", N_("备注")),
        ),
    ),
    Declaration(
        SheetKind.SECRETARY_COUNT,
        N_("述职评议计票"),
        (
            _ORG,
            _NAME,
            Column("voter", N_("投票人"), ("投票人类别", "票种", "测评主体", "测评人"), required=True),
            Column("item", N_("测评项目"), ("项目", "测评内容")),
            Column("good", N_("好"), ("好票",), required=True),
            Column("fairly", N_("较好"), ("较好票",), required=True),
            Column("fair", N_("一般"), ("一般票",), required=True),
            Column("poor", N_("差"), ("较差", "差票"), required=True),
            *_BALLOTS,
        ),
    ),
    Declaration(
        SheetKind.MEMBER_COUNT,
        N_("民主评议计票"),
        (
            _ORG,
            _NAME,
            Column("kind", N_("类别"), ("党员类别", "人员类别", "党员类型")),
            Column("item", N_("测评项目"), ("项目", "测评内容")),
            Column("excellent", N_("优秀"), ("优秀票",), required=True),
            Column("qualified", N_("合格"), ("合格票",), required=True),
            Column("basically", N_("基本合格"), ("基本合格票",), required=True),
            Column("unqualified", N_("不合格"), ("不合格票",), required=True),
            *_BALLOTS,
        ),
    ),
    Declaration(
        SheetKind.MEETINGS,
        N_("三会一课记录"),
        (
            _ORG,
            Column("date", N_("日期"), ("时间", "会议时间", "会议日期", "开展日期", "召开时间"), required=True),
            Column("kind", N_("类型"), ("会议类型", "类别", "组织生活类型", "组织生活形式", "会议名称"), required=True),
            Column("topic", N_("主题"), ("会议主题", "议题", "内容", "活动主题", "主要内容")),
            Column("due", N_("应到"), ("应到人数", "应到党员"), required=True),
            Column("present", N_("实到"), ("实到人数", "实到党员"), required=True),
            Column("host", N_("主持人"), ("主持", "主讲人", "召集人")),
            Column("place", N_("地点"), ("会议地点", "活动地点")),
            Column("group", N_("第几小组"), ("党小组", "小组", "组别", "党小组编号")),
        ),
    ),
    Declaration(
        SheetKind.MEMBER_POINTS,
        N_("党员积分"),
        (
            _ORG,
            Column("name", N_("姓名"), ("党员姓名", "党员", "名字"), required=True),
            Column("date", N_("日期"), ("时间", "发生日期", "登记日期"), required=True),
            Column("matter", N_("事项"), ("积分事项", "项目", "内容", "事由"), required=True),
            Column("points", N_("分值"), ("积分", "得分", "加扣分", "分数"), required=True),
            Column("note", N_("说明"), ("备注",)),
        ),
    ),
    Declaration(
        SheetKind.MEMBERS,
        N_("党员名单"),
        (
            _ORG,
            Column("name", N_("姓名"), ("党员姓名", "党员", "名字"), required=True),
            Column("kind", N_("类别"), ("党员类别", "人员类别", "党员类型"), required=True),
            Column("committee", N_("支委"), ("是否支委", "支委会成员", "支委会")),
            Column("grid", N_("网格"), ("所在网格", "所属网格", "网格名称")),
            Column("duty", N_("分工"), ("职务", "党内职务", "支委分工")),
        ),
    ),
    Declaration(
        SheetKind.ROSTER,
        N_("组织名册"),
        (
            Column("full", N_("党组织全称"), ("全称", "党组织名称", "组织全称"), required=True),
            Column("short", N_("简称"), ("党组织简称", "支部简称"), required=True),
            Column("level", N_("层级"), ("级别", "组织层级")),
            Column("category", N_("类别"), ("分类", "类型", "支部类别"), required=True),
            Column("parent", N_("上级党组织"), ("上级", "隶属")),
            Column("secretary", N_("书记"), ("支部书记", "书记姓名", "党组织书记")),
            Column("liaison", N_("联系领导"), ("包联领导", "挂点领导", "包村领导")),
            Column("full_members", N_("正式党员"), ("正式党员数", "党员数")),
            Column("probationary", N_("预备党员"), ("预备党员数",)),
            Column("groups", N_("党小组数"), ("党小组", "小组数")),
            Column("has_committee", N_("设支委会"), ("是否设支委会", "支委会")),
            Column("households", N_("辖区户数"), ("户数",)),
            Column("workers", N_("专职工作者"), ("专职工作者数", "社区工作者")),
            Column("elected", N_("上次换届"), ("换届时间", "上次换届时间", "上次换届日期")),
        ),
    ),
    Declaration(
        SheetKind.KEY_RESULTS,
        N_("目标与关键结果"),
        (
            _ORG,
            Column("objective", N_("目标编号"), ("O编号",), required=True),
            Column("objective_title", N_("目标"), ("目标名称", "目标内容"), required=True),
            Column("objective_weight", N_("目标权重")),
            Column("aligned", N_("对应镇级目标"), ("对齐目标", "对应上级目标")),
            Column("kr", N_("KR编号"), ("关键结果编号", "编号"), required=True),
            Column("statement", N_("关键结果"), ("关键结果内容", "关键结果(KR)"), required=True),
            Column("kind", N_("类型"), ("关键结果类型",), required=True),
            Column("nature", N_("性质"), ("承诺/挑战",)),
            Column("unit", N_("单位"), ("计量单位",)),
            Column("direction", N_("方向")),
            Column("baseline", N_("基线"), ("基线值",)),
            Column("baseline_source", N_("基线来源"), ("来源",)),
            Column("baseline_on", N_("基线日期"), ("基线截至日",)),
            Column("target", N_("目标值"), ("年度目标",)),
            Column("weight", N_("KR权重"), ("权重", "关键结果权重")),
            Column("indicator", N_("关联指标"), ("指标编码", "指标")),
            Column("plan1", N_("一季度计划"), ("第一季度计划", "1季度计划", "Q1计划")),
            Column("plan2", N_("二季度计划"), ("第二季度计划", "2季度计划", "Q2计划")),
            Column("plan3", N_("三季度计划"), ("第三季度计划", "3季度计划", "Q3计划")),
            Column("plan4", N_("四季度计划"), ("第四季度计划", "4季度计划", "Q4计划")),
        ),
    ),
    Declaration(
        SheetKind.RETURN,
        N_("支部填报表"),
        (
            Column("kr", N_("KR编号"), ("关键结果编号", "编号", "序号")),
            Column("name", N_("关键结果"), ("关键结果内容", "指标", "指标名称"), required=True),
            Column("unit", N_("单位"), ("计量单位",)),
            Column("baseline", N_("基线"), ("基线值",)),
            Column("target", N_("目标值"), ("年度目标",)),
            Column("plan", N_("本季计划"), ("本季度计划",)),
            Column("value", N_("本季实绩"), pattern=_VALUE_PATTERN, required=True),
            Column("confidence", N_("信心(1-10)"), ("信心", "信心指数", "信心值")),
            Column("progress", N_("主要进展"), ("进展", "进展情况", "主要做法")),
            Column("difficulty", N_("存在困难"), ("困难", "存在问题", "存在困难和问题")),
            Column("uid", N_("标识")),
        ),
    ),
    Declaration(
        SheetKind.TOWNSHIP_OBJECTIVES,
        N_("镇级目标"),
        (
            Column("code", N_("目标编号"), ("编号",), required=True),
            Column("title", N_("目标"), ("目标名称", "目标内容", "镇级目标"), required=True),
            Column("weight", N_("权重"), ("目标权重",), required=True),
            Column("leader", N_("责任领导"), ("牵头领导", "分管领导")),
        ),
    ),
    Declaration(SheetKind.INDICATORS, N_("指标数据"), (_ORG,)),
)


def declaration(kind: SheetKind) -> Declaration:
    """The declaration of one kind."""
    return next(one for one in DECLARATIONS if one.kind is kind)
