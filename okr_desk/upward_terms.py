"""What a county's form can be filled with: every figure by its word, the name people read, and how it is written.

Figures of the scheme in force (grades, indicators) are added by `queries.upward_catalogue`; the words are stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from okr_desk.i18n import N_, _


class FigureKind(StrEnum):
    """How a figure is written: a percent is kept as 89.6 and goes as 0.896 into a cell that shows percents."""

    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    AMOUNT = "amount"
    PERCENT = "percent"


class Group(StrEnum):
    """Where a figure comes from, for choosing."""

    FORM = "form"
    BRANCHES = "branches"
    SCORES = "scores"
    PROGRESS = "progress"
    SURVEY = "survey"
    DUTIES = "duties"
    WHISTLES = "whistles"
    DEMANDS = "demands"
    FOLLOWUPS = "followups"
    REVIEWS = "reviews"
    COLUMN = "column"
    VALUES = "values"
    POINTS = "points"


GROUPS = {
    Group.FORM: N_("表头"),
    Group.BRANCHES: N_("支部和党员"),
    Group.SCORES: N_("得分和等次"),
    Group.PROGRESS: N_("目标和填报"),
    Group.SURVEY: N_("群众满意度"),
    Group.DUTIES: N_("三会一课"),
    Group.WHISTLES: N_("吹哨"),
    Group.DEMANDS: N_("群众诉求"),
    Group.FOLLOWUPS: N_("整改和红黄牌"),
    Group.REVIEWS: N_("申辩"),
    Group.COLUMN: N_("每个支部一行"),
    Group.VALUES: N_("每个支部一行：指标实绩"),
    Group.POINTS: N_("每个支部一行：指标得分"),
}

VALUE, POINTS, GRADE, GRADE_SHARE = "value:", "points:", "grade-count:", "grade-share:"
"""Words that go on with the code of an indicator, or the name of a grade."""
NAME_KEY = "name-key"
"""The column where the county has typed the names: nothing is written there, the other columns go by it."""


@dataclass(frozen=True)
class Figure:
    """One figure. `labels`: how county forms call it; `of_branch`: it has a value a branch and fills a column.

    `name` is in Chinese; names of indicators and grades are data and are not translated.
    """

    word: str
    name: str
    kind: FigureKind
    group: Group
    labels: tuple[str, ...] = ()
    of_branch: bool = False

    @property
    def title(self) -> str:
        """The name in the language in use."""
        return _(self.name)


_T, _D, _N, _A, _P = FigureKind.TEXT, FigureKind.DAY, FigureKind.COUNT, FigureKind.AMOUNT, FigureKind.PERCENT
_G = Group

TOWNSHIP_FIGURES: tuple[Figure, ...] = (
    Figure("township", N_("镇名"), _T, _G.FORM, ("镇名", "乡镇", "乡镇名称", "填报单位", "报送单位", "单位名称")),
    Figure("year", N_("年度"), _N, _G.FORM, ("年度", "年份")),
    Figure("quarter", N_("季度"), _T, _G.FORM, ("季度", "填报季度")),
    Figure("period", N_("年度和季度"), _T, _G.FORM, ("报告期", "填报期", "报送期", "统计期间", "填报周期")),
    Figure("filled-on", N_("填报日期"), _D, _G.FORM, ("填报日期", "填报时间", "报送日期", "报送时间", "填表日期")),
    Figure("filled-by", N_("填报人"), _T, _G.FORM, ("填报人", "填表人", "经办人")),
    Figure("branches", N_("支部总数"), _N, _G.BRANCHES, ("支部总数", "党支部总数", "支部数", "党支部数", "支部个数")),
    Figure("members", N_("党员总数"), _N, _G.BRANCHES, ("党员总数", "党员数", "党员人数")),
    Figure("full-members", N_("正式党员总数"), _N, _G.BRANCHES, ("正式党员总数", "正式党员数", "正式党员")),
    Figure("probationary", N_("预备党员总数"), _N, _G.BRANCHES, ("预备党员总数", "预备党员数", "预备党员")),
    Figure("branches-graded", N_("已定等次支部数"), _N, _G.SCORES, ("参评支部数", "已定等次支部数", "考核支部数")),
    Figure("branches-ungraded", N_("未定等次支部数"), _N, _G.SCORES, ("未定等次支部数", "不定等次支部数")),
    Figure("score-mean", N_("平均得分（百分制）"), _P, _G.SCORES, ("平均得分", "平均分", "支部平均得分")),
    Figure("score-highest", N_("最高得分（百分制）"), _P, _G.SCORES, ("最高得分", "最高分")),
    Figure("score-lowest", N_("最低得分（百分制）"), _P, _G.SCORES, ("最低得分", "最低分")),
    Figure("branches-owing", N_("应报支部数"), _N, _G.PROGRESS, ("应报支部数", "应报支部", "应填报支部数")),
    Figure("branches-reported", N_("已报齐支部数"), _N, _G.PROGRESS, ("已报支部数", "已报支部", "已报齐支部数")),
    Figure("branches-unreported", N_("未报齐支部数"), _N, _G.PROGRESS, ("未报支部数", "未报支部", "未报齐支部数")),
    Figure("progress-mean", N_("目标平均完成度"), _P, _G.PROGRESS, ("目标完成度", "目标平均完成度", "目标完成率")),
    Figure("satisfaction-mean", N_("群众满意度平均得分"), _A, _G.SURVEY, ("群众满意度", "满意度", "满意度得分")),
    Figure("satisfied-rate-mean", N_("群众满意率（支部平均）"), _P, _G.SURVEY, ("群众满意率", "满意率")),
    Figure("survey-answers", N_("有效答卷数"), _N, _G.SURVEY, ("有效答卷数", "有效问卷数", "测评人数")),
    Figure("duties-due", N_("三会一课应开次数"), _N, _G.DUTIES, ("三会一课应开次数", "应开次数", "应开展次数")),
    Figure("duties-held", N_("三会一课已开次数"), _N, _G.DUTIES, ("三会一课已开次数", "已开次数", "已开展次数")),
    Figure("duties-rate", N_("三会一课完成率"), _P, _G.DUTIES, ("三会一课完成率", "三会一课落实率")),
    Figure("whistles", N_("吹哨件数"), _N, _G.WHISTLES, ("吹哨件数", "吹哨数", "吹哨报到件数")),
    Figure("whistles-closed", N_("吹哨按时办结件数"), _N, _G.WHISTLES, ("按时办结件数", "吹哨按时办结件数")),
    Figure("whistles-rate", N_("吹哨按时办结率"), _P, _G.WHISTLES, ("按时办结率", "吹哨按时办结率", "吹哨办结率")),
    Figure("whistles-overdue", N_("吹哨超时件数"), _N, _G.WHISTLES, ("超时件数", "吹哨超时件数")),
    Figure("demands", N_("本季提出的群众诉求"), _N, _G.DEMANDS, ("诉求件数", "群众诉求件数", "收集诉求件数")),
    Figure("demands-due", N_("本季到期的群众诉求"), _N, _G.DEMANDS, ("到期诉求件数", "应办结诉求件数")),
    Figure("demands-confirmed", N_("群众确认满意的诉求"), _N, _G.DEMANDS, ("办结诉求件数", "诉求办结件数", "确认件数")),
    Figure("demands-rate", N_("诉求群众确认率"), _P, _G.DEMANDS, ("诉求办结率", "诉求确认率", "诉求解决率")),
    Figure("findings", N_("本季下发的整改问题"), _N, _G.FOLLOWUPS, ("整改问题数", "问题数", "发现问题数")),
    Figure("findings-closed", N_("其中已销号"), _N, _G.FOLLOWUPS, ("已销号", "销号数", "已整改", "整改销号数")),
    Figure("findings-open", N_("其中未销号"), _N, _G.FOLLOWUPS, ("未销号", "未销号数", "未整改")),
    Figure("findings-overdue", N_("其中逾期"), _N, _G.FOLLOWUPS, ("逾期未整改", "逾期数", "整改逾期数")),
    Figure("cards-yellow", N_("黄牌数"), _N, _G.FOLLOWUPS, ("黄牌", "黄牌数", "黄牌支部数")),
    Figure("cards-red", N_("红牌数"), _N, _G.FOLLOWUPS, ("红牌", "红牌数", "红牌支部数")),
    Figure("objections", N_("申辩件数"), _N, _G.REVIEWS, ("申辩件数", "申辩数")),
    Figure("objections-upheld", N_("申辩采纳件数"), _N, _G.REVIEWS, ("采纳件数", "申辩采纳件数")),
)  # fmt: skip
"""One value for the whole township."""

_NAMES = ("支部简称", "支部", "党支部", "支部名称", "党支部名称", "党组织名称", "党组织")
_FULL_NAMES = ("支部全称", "党支部全称", "党组织全称")

BRANCH_FIGURES: tuple[Figure, ...] = (
    Figure(NAME_KEY, N_("表里已有的支部名称"), _T, _G.COLUMN, of_branch=True),
    Figure("seat", N_("序号"), _N, _G.COLUMN, ("序号",), True),
    Figure("name", N_("支部简称"), _T, _G.COLUMN, _NAMES, True),
    Figure("full-name", N_("支部全称"), _T, _G.COLUMN, _FULL_NAMES, True),
    Figure("category", N_("支部类别"), _T, _G.COLUMN, ("类别", "支部类别", "支部类型"), True),
    Figure("secretary", N_("支部书记"), _T, _G.COLUMN, ("书记", "支部书记", "党支部书记", "书记姓名"), True),
    Figure("branch-members", N_("支部党员数"), _N, _G.COLUMN, ("党员数", "党员人数", "党员总数"), True),
    Figure("branch-full-members", N_("支部正式党员数"), _N, _G.COLUMN, ("正式党员", "正式党员数", "正式"), True),
    Figure("branch-probationary", N_("支部预备党员数"), _N, _G.COLUMN, ("预备党员", "预备党员数", "预备"), True),
    Figure("score", N_("得分（百分制）"), _P, _G.COLUMN, ("得分", "考核得分", "季度得分", "得分率"), True),
    Figure("total", N_("总分"), _A, _G.COLUMN, ("总分", "考核总分"), True),
    Figure("grade", N_("等次"), _T, _G.COLUMN, ("等次", "考核等次", "评定等次", "等级"), True),
    Figure("progress", N_("目标完成度"), _P, _G.COLUMN, ("目标完成度", "目标完成率", "完成度"), True),
    Figure("satisfaction", N_("满意度得分"), _A, _G.COLUMN, ("满意度", "群众满意度", "满意度得分"), True),
    Figure("satisfied-rate", N_("满意率"), _P, _G.COLUMN, ("满意率", "群众满意率"), True),
    Figure("branch-duties-rate", N_("三会一课完成率"), _P, _G.COLUMN, ("三会一课完成率", "三会一课落实率"), True),
)
"""One value a branch."""

NAME_HEADS = (*_NAMES, *_FULL_NAMES)
"""Heads over a column of names of branches."""
SUMS = frozenset(("合计", "小计", "总计", "平均", "平均值", "全镇", "全镇合计", "全镇平均"))
"""What stands among the names and is none."""
UNITS = frozenset(("个", "名", "人", "次", "件", "份", "张", "分", "户", "场", "%", "人次"))
"""What may stand between the words and the cell."""
