"""The field's standard terms: the English name is used in code, the official Chinese term is its label, once.

Values of the enums are what the database stores; `label()` gives what people read.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from okr_desk.i18n import N_, _

_T = TypeVar("_T", bound=StrEnum)


class KrKind(StrEnum):
    """Kinds of key result."""

    METRIC = "metric"
    SATISFACTION = "satisfaction"
    MILESTONE = "milestone"
    GUARD_RAIL = "guard_rail"
    YES_NO = "yes_no"
    ESTABLISH_BASELINE = "establish_baseline"


class Nature(StrEnum):
    """Committed key results are expected in full, aspirational ones to 0.7 (OKR grading practice)."""

    COMMITTED = "committed"
    ASPIRATIONAL = "aspirational"


class Direction(StrEnum):
    """Which way is better; guard rails use the last three."""

    UP = "up"
    DOWN = "down"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"


class Dimension(StrEnum):
    """The three dimensions of the assessment."""

    BASIC = "basic"
    FUSION = "fusion"
    INNOVATION = "innovation"


class Frequency(StrEnum):
    """How often an indicator is measured."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    ON_EVENT = "on_event"


class Accumulation(StrEnum):
    """What a period's value means: a state at its end, the period alone, or the year so far."""

    POINT_IN_TIME = "point_in_time"
    PERIOD = "period"
    YEAR_TO_DATE = "year_to_date"


class Origin(StrEnum):
    """Where a measured value comes from."""

    COMPUTED = "computed"
    DEPARTMENT = "department"
    BRANCH = "branch"
    TOWNSHIP = "township"


class Status(StrEnum):
    """The light of a key result; each has a shape and a word besides its colour."""

    NOT_STARTED = "not_started"
    DUE = "due"
    ON_TRACK = "on_track"
    WATCH = "watch"
    BEHIND = "behind"
    DONE = "done"


class Role(StrEnum):
    """What an account may be within an organisation."""

    ADMINISTRATOR = "administrator"
    TOWNSHIP_OFFICIAL = "township_official"
    BRANCH_SECRETARY = "branch_secretary"
    BRANCH_RECORDER = "branch_recorder"
    VIEWER = "viewer"


class OrgKind(StrEnum):
    """Levels of the tree."""

    TOWNSHIP = "township"
    GENERAL_BRANCH = "general_branch"
    BRANCH = "branch"


class Post(StrEnum):
    """Posts that people are appointed to."""

    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    LIAISON_LEADER = "liaison_leader"
    FIRST_SECRETARY = "first_secretary"
    INSTRUCTOR = "instructor"
    OFFICE_HEAD = "office_head"
    OFFICE_STAFF = "office_staff"


class YearState(StrEnum):
    """States of a year."""

    PLANNING = "planning"
    OPEN = "open"
    CLOSED = "closed"


class QuarterState(StrEnum):
    """States of a quarter."""

    PLANNING = "planning"
    OPEN = "open"
    FROZEN = "frozen"
    CLOSED = "closed"


class ApprovalState(StrEnum):
    """An objective or key result counts when approved."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    STOPPED = "stopped"


class EntryBasis(StrEnum):
    """On what the office enters for a branch without a PC."""

    OWN = "own"
    PAPER = "paper"
    PHONE = "phone"
    CHAT = "chat"
    WORKBOOK = "workbook"


class RuleKind(StrEnum):
    """How a measured value becomes points; the value is also the word on the command line and in a scheme."""

    LINEAR = "linear"
    RATIO = "ratio"
    DEDUCT = "deduct"
    PER_POINT = "per-point"
    LADDER = "ladder"
    BONUS = "bonus"
    RANK = "rank"
    TO_FIRST = "to-first"
    RANGE = "range"
    DUAL = "dual"
    VOTES = "votes"
    ANCHORS = "anchors"
    YES_NO = "yesno"


class PointsState(StrEnum):
    """What stands behind the points of one line: three different things, never mixed up with 0."""

    SCORED = "scored"
    MISSING = "missing"
    UNSET = "unset"
    """The office has set no baseline or target that the rule needs: nobody's silence, so never 0."""
    NOT_APPLICABLE = "not_applicable"


class PointRounding(StrEnum):
    """How broken percentage points are counted; part of the rule, because it decides whole points."""

    CEIL = "ceil"
    FLOOR = "floor"
    PROPORTIONAL = "proportional"


class DualForm(StrEnum):
    """How activity and satisfaction are put together."""

    MEAN = "mean"
    PRODUCT = "product"


class SurveyVerdict(StrEnum):
    """What an interval says about a target; a score alone never gives it."""

    REACHED = "reached"
    MISSED = "missed"
    OPEN = "open"
    NOT_JUDGED = "not_judged"


class SurveyChange(StrEnum):
    """What two rounds say about a change; "it went up" alone is mostly chance."""

    ROSE = "rose"
    FELL = "fell"
    UNCONFIRMED = "unconfirmed"


class Sampling(StrEnum):
    """How the people asked were chosen."""

    CENSUS = "census"
    RANDOM = "random"
    QUOTA = "quota"
    CONVENIENCE = "convenience"


class BlockKind(StrEnum):
    """Whether a block is part of the full points or stands on top of them."""

    BASE = "base"
    BONUS = "bonus"


class Across(StrEnum):
    """How four quarters make a year."""

    CUMULATIVE = "cumulative"
    AVERAGE = "average"
    LAST = "last"
    BEST = "best"


class SchemeState(StrEnum):
    """A version of a scheme: worked on, or scored by. One that is scored by is never edited."""

    DRAFT = "draft"
    ACTIVE = "active"


class Flag(StrEnum):
    """How a business indicator stands against its target: beaten, reached, behind (domain 1.2)."""

    RED = "red"
    BLUE = "blue"
    YELLOW = "yellow"


class Tightness(StrEnum):
    """What the points of some quarters say about a target."""

    EASY = "easy"
    HARD = "hard"


_TERMS: tuple[tuple[StrEnum, str], ...] = (
    (KrKind.METRIC, N_("指标")),
    (KrKind.SATISFACTION, N_("满意度")),
    (KrKind.MILESTONE, N_("里程碑")),
    (KrKind.GUARD_RAIL, N_("守底线")),
    (KrKind.YES_NO, N_("是否")),
    (KrKind.ESTABLISH_BASELINE, N_("建立基线")),
    (Nature.COMMITTED, N_("承诺型")),
    (Nature.ASPIRATIONAL, N_("挑战型")),
    (Direction.UP, N_("上升")),
    (Direction.DOWN, N_("下降")),
    (Direction.AT_LEAST, N_("不低于")),
    (Direction.AT_MOST, N_("不高于")),
    (Direction.BETWEEN, N_("保持在区间内")),
    (Dimension.BASIC, N_("基础性")),
    (Dimension.FUSION, N_("融合性")),
    (Dimension.INNOVATION, N_("创新性")),
    (Frequency.MONTHLY, N_("每月")),
    (Frequency.QUARTERLY, N_("每季")),
    (Frequency.HALF_YEARLY, N_("每半年")),
    (Frequency.YEARLY, N_("每年")),
    (Frequency.ON_EVENT, N_("按次")),
    (Accumulation.POINT_IN_TIME, N_("时点")),
    (Accumulation.PERIOD, N_("当期")),
    (Accumulation.YEAR_TO_DATE, N_("年累计")),
    (Origin.COMPUTED, N_("系统计算")),
    (Origin.DEPARTMENT, N_("部门提供")),
    (Origin.BRANCH, N_("支部自报")),
    (Origin.TOWNSHIP, N_("镇审核")),
    (Status.NOT_STARTED, N_("未到起算期")),
    (Status.DUE, N_("待报")),
    (Status.ON_TRACK, N_("正常")),
    (Status.WATCH, N_("关注")),
    (Status.BEHIND, N_("滞后")),
    (Status.DONE, N_("完成")),
    (Role.ADMINISTRATOR, N_("系统管理员")),
    (Role.TOWNSHIP_OFFICIAL, N_("镇党建办")),
    (Role.BRANCH_SECRETARY, N_("支部书记")),
    (Role.BRANCH_RECORDER, N_("支部填报员")),
    (Role.VIEWER, N_("只读查看")),
    (OrgKind.TOWNSHIP, N_("镇党委")),
    (OrgKind.GENERAL_BRANCH, N_("党总支")),
    (OrgKind.BRANCH, N_("党支部")),
    (Post.SECRETARY, N_("书记")),
    (Post.DEPUTY_SECRETARY, N_("副书记")),
    (Post.LIAISON_LEADER, N_("联系领导")),
    (Post.FIRST_SECRETARY, N_("第一书记")),
    (Post.INSTRUCTOR, N_("党建指导员")),
    (Post.OFFICE_HEAD, N_("党建办主任")),
    (Post.OFFICE_STAFF, N_("党建办干事")),
    (YearState.PLANNING, N_("筹备")),
    (YearState.OPEN, N_("开放")),
    (YearState.CLOSED, N_("已关闭")),
    (QuarterState.PLANNING, N_("未开始")),
    (QuarterState.OPEN, N_("填报中")),
    (QuarterState.FROZEN, N_("已冻结")),
    (QuarterState.CLOSED, N_("已关账")),
    (ApprovalState.DRAFT, N_("支部拟定")),
    (ApprovalState.SUBMITTED, N_("待镇审核")),
    (ApprovalState.RETURNED, N_("已退回")),
    (ApprovalState.APPROVED, N_("已批准")),
    (ApprovalState.STOPPED, N_("已中止")),
    (EntryBasis.OWN, N_("本人填报")),
    (EntryBasis.PAPER, N_("纸质表")),
    (EntryBasis.PHONE, N_("电话")),
    (EntryBasis.CHAT, N_("微信")),
    (EntryBasis.WORKBOOK, N_("电子表格")),
    (RuleKind.LINEAR, N_("直线计分")),
    (RuleKind.RATIO, N_("比例计分")),
    (RuleKind.DEDUCT, N_("按次扣分")),
    (RuleKind.PER_POINT, N_("按百分点扣分")),
    (RuleKind.LADDER, N_("分档计分")),
    (RuleKind.BONUS, N_("加分")),
    (RuleKind.RANK, N_("按名次计分")),
    (RuleKind.TO_FIRST, N_("与第一名比")),
    (RuleKind.RANGE, N_("区间计分")),
    (RuleKind.DUAL, N_("场次×满意度")),
    (RuleKind.VOTES, N_("票决计分")),
    (RuleKind.ANCHORS, N_("折线计分")),
    (RuleKind.YES_NO, N_("是否计分")),
    (PointsState.SCORED, N_("已计分")),
    (PointsState.MISSING, N_("未报")),
    (PointsState.UNSET, N_("未设目标")),
    (PointsState.NOT_APPLICABLE, N_("不适用")),
    (PointRounding.CEIL, N_("向上取整")),
    (PointRounding.FLOOR, N_("向下取整")),
    (PointRounding.PROPORTIONAL, N_("按比例")),
    (DualForm.MEAN, N_("几何平均")),
    (DualForm.PRODUCT, N_("乘积")),
    (BlockKind.BASE, N_("基本")),
    (BlockKind.BONUS, N_("加分")),
    (Across.CUMULATIVE, N_("累计")),
    (Across.AVERAGE, N_("平均")),
    (Across.LAST, N_("末次")),
    (Across.BEST, N_("最好")),
    (SchemeState.DRAFT, N_("编制中")),
    (SchemeState.ACTIVE, N_("已启用")),
    (Flag.RED, N_("红旗")),
    (Flag.BLUE, N_("蓝旗")),
    (Flag.YELLOW, N_("黄旗")),
    (Tightness.EASY, N_("偏松")),
    (Tightness.HARD, N_("偏紧")),
    (SurveyVerdict.REACHED, N_("达成")),
    (SurveyVerdict.MISSED, N_("未达成")),
    (SurveyVerdict.OPEN, N_("无法判定")),
    (SurveyVerdict.NOT_JUDGED, N_("不予判定")),
    (SurveyChange.ROSE, N_("提升")),
    (SurveyChange.FELL, N_("下降")),
    (SurveyChange.UNCONFIRMED, N_("变化不能确认")),
    (Sampling.CENSUS, N_("普查")),
    (Sampling.RANDOM, N_("随机抽样")),
    (Sampling.QUOTA, N_("配额抽样")),
    (Sampling.CONVENIENCE, N_("方便抽样")),
)
_LABELS = {(type(term), term.value): text for term, text in _TERMS}  # members of two enums may be equal as text


def declare(*terms: tuple[StrEnum, str]) -> None:
    """Official words for the terms of another file of terms (`survey_terms`)."""
    _LABELS.update({(type(term), term.value): text for term, text in terms})


def label(term: StrEnum) -> str:
    """The official word for a term, in the language in use."""
    return _(_LABELS[type(term), term.value])


def by_label(kind: type[_T], text: str) -> _T | None:
    """The term whose Chinese label is `text`, or None."""
    return next((term for term in kind if _LABELS[kind, term.value] == text.strip()), None)


def stored(kind: type[_T]) -> dict[str, _T]:
    """The terms of a kind by what the database stores: a lookup a row where thousands are read."""
    return {term.value: term for term in kind}
