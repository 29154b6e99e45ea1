"""How a rule is filled in by people, declared: each form's fields with their meaning.

A kind of rule that is filled in in two ways has two forms. What a line leaves out (full points, the branch's own
baseline and target) has no field of its own or may stay empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from okr_desk.i18n import N_, _
from okr_desk.scoring.line_rule import AROUND
from okr_desk.terms import Direction, DualForm, PointRounding, RuleKind, label


class Filled(Enum):
    """What a field takes: one number, several, pairs of numbers, one of a few words, done or not."""

    NUMBER, NUMBERS, PAIRS, CHOICE, ANSWER = range(5)


@dataclass(frozen=True)
class Field:
    """One field: the `word` of the row, its name and meaning, and what holds when it stays empty ("": must be filled).

    `heads` name the two columns of pairs; `start` is where a trial begins.
    """

    word: str
    label: str
    meaning: str = ""
    filled: Filled = Filled.NUMBER
    when_empty: str = ""
    choices: tuple[StrEnum, ...] = ()
    heads: tuple[str, str] = ("", "")
    start: str = ""


@dataclass(frozen=True)
class RuleForm:
    """One way to fill in a rule. `use` says for what it is right, `fixed` are words that its rows always have.

    `kept` are words without a field, which stay as they are. `trial` is what one types to try it. `makes_maximum`: full
    points follow from the fields.
    """

    key: str
    kind: RuleKind
    use: str
    fields: tuple[Field, ...]
    trial: tuple[Field, ...]
    variant: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    makes_maximum: bool = False

    @property
    def name(self) -> str:
        """What people choose it by."""
        if not self.variant:
            return label(self.kind)
        return _("{kind}（{variant}）").format(kind=label(self.kind), variant=_(self.variant))


_OWN_BASELINE = N_("各支部自己的基线")
_OWN_TARGET = N_("各支部自己的目标值")
_VALUE = Field("v", N_("现值"))
_CAP = Field("cap", N_("最高倍数"), N_("超过目标后最多计满分的几倍，例如 1.2。"), when_empty=N_("1，不超过满分"))
_WAYS = (Direction.UP, Direction.DOWN)

FORMS: tuple[RuleForm, ...] = (
    RuleForm(
        "linear",
        RuleKind.LINEAR,
        N_("有基线、有目标的指标。从基线到目标按直线给分，上升下降都可以。"),
        (
            Field("b", N_("基线"), N_("计 0 分的数；不填就用每个支部各自的基线。"), when_empty=_OWN_BASELINE),
            Field("t", N_("目标值"), N_("计满分的数；不填就用每个支部各自的目标值。"), when_empty=_OWN_TARGET),
            _CAP,
        ),
        (_VALUE,),
        kept=("direction",),
    ),
    RuleForm(
        "ratio",
        RuleKind.RATIO,
        N_("应办几件、办了几件的指标。完成几成给几成的分。"),
        (
            Field("t", N_("目标值"), N_("计满分的数；不填就用每个支部各自的目标值。"), when_empty=_OWN_TARGET),
            Field(
                "direction",
                N_("方向"),
                N_("下降：数越小越好，按目标÷现值计。"),
                Filled.CHOICE,
                N_("上升，按现值÷目标计"),
                _WAYS,
            ),
            _CAP,
        ),
        (_VALUE,),
    ),
    RuleForm(
        "per-point",
        RuleKind.PER_POINT,
        N_("有标准线的百分率，例如按时办结率。达标计满分，每低1个百分点扣分。"),
        (
            Field("t", N_("标准（%）"), N_("达到即计满分；不填就用每个支部各自的目标值。"), when_empty=_OWN_TARGET),
            Field("each", N_("每个百分点扣分"), when_empty=N_("1 分")),
            Field(
                "rounding",
                N_("零头怎样算"),
                N_("差 2.6 个百分点：向上按 3 个，向下按 2 个，按比例按 2.6 个。"),
                Filled.CHOICE,
                choices=tuple(PointRounding),
            ),
        ),
        (Field("v", N_("现值（%）")),),
    ),
    RuleForm(
        "ladder",
        RuleKind.LADDER,
        N_("达到哪一档计哪一档的分，中间不折算。"),
        (
            Field(
                "bands",
                N_("分档"),
                N_("达到左边的数，计右边的分；不到最低一档计 0 分。"),
                Filled.PAIRS,
                heads=(N_("达到"), N_("计分")),
            ),
        ),
        (_VALUE,),
        makes_maximum=True,
    ),
    RuleForm(
        "deduct",
        RuleKind.DEDUCT,
        N_("差错、投诉、超时这类按次扣分的指标，扣完为止。"),
        (
            Field("each", N_("每次扣分"), N_("几类事项扣分不同的，用顿号隔开。"), Filled.NUMBERS),
            Field("cap", N_("最多扣分"), N_("每类一个，与“每次扣分”对应。"), Filled.NUMBERS, N_("扣完为止")),
        ),
        (Field("count", N_("次数"), filled=Filled.NUMBERS, start="1"),),
    ),
    RuleForm(
        "around",
        RuleKind.RANGE,
        N_("不能多也不能少的计划数，例如发展党员计划。等于目标计满分。"),
        (Field(AROUND, N_("相差多少计 0 分"), N_("例如 1：多 1 个或少 1 个都计 0 分。")),),
        (_VALUE,),
        N_("等于目标"),
    ),
    RuleForm(
        "range",
        RuleKind.RANGE,
        N_("在一段范围内最好，高了低了都扣的指标，例如经费执行率。"),
        (
            Field("lo", N_("低到多少计 0 分")),
            Field("a", N_("满分下限")),
            Field("b", N_("满分上限")),
            Field("hi", N_("高到多少计 0 分")),
        ),
        (_VALUE,),
        N_("固定区间"),
    ),
    RuleForm(
        "yesno",
        RuleKind.YES_NO,
        N_("只看做没做的事项，例如按期换届。"),
        (),
        (Field("v", N_("是否完成"), filled=Filled.ANSWER, start="yes"),),
    ),
    RuleForm(
        "highest",
        RuleKind.BONUS,
        N_("表彰、首创被采用这类加分。同一事项多级获奖只取最高一级，不同事项相加，分值在登记时填。"),
        (
            Field(
                "levels",
                N_("每项可加的分"),
                N_("按级别只有几种分值的，用顿号隔开，例如县级 1、市级 2、省级 3。"),
                Filled.NUMBERS,
                N_("不限"),
            ),
        ),
        (Field("awards", N_("各级加分"), filled=Filled.NUMBERS, start="1"),),
        N_("取最高一级"),
    ),
    RuleForm(
        "each",
        RuleKind.BONUS,
        N_("每次加几分，加满为止，例如典型案例。"),
        (Field("each", N_("每次加分")),),
        (Field("count", N_("次数"), start="1"),),
        N_("按次"),
    ),
    RuleForm(
        "mean",
        RuleKind.DUAL,
        N_("活动办了多少、群众满不满意一起看，多办不加分，不满意补不回来。"),
        (
            Field("N", N_("应办场次"), N_("不填就用每个支部各自的目标值。"), when_empty=_OWN_TARGET),
            Field("weight", N_("场次所占比重"), N_("大于 0、小于 1，其余归满意度。"), when_empty="0.4"),
        ),
        (Field("n", N_("办了几场")), Field("S", N_("满意度"), start="85")),
        N_("几何平均"),
    ),
    RuleForm(
        "product",
        RuleKind.DUAL,
        N_("场次完成比例乘以满意度，满意度太低不计分。"),
        (
            Field("N", N_("应办场次"), N_("不填就用每个支部各自的目标值。"), when_empty=_OWN_TARGET),
            Field("gate", N_("满意度底线"), N_("满意度低于它计 0 分。"), when_empty="60"),
        ),
        (Field("n", N_("办了几场")), Field("S", N_("满意度"), start="85")),
        N_("相乘"),
        {"form": DualForm.PRODUCT.value},
    ),
    RuleForm(
        "rank",
        RuleKind.RANK,
        N_("同类支部排名次给分。并列的取较好名次，其后名次空出。"),
        (
            Field("table", N_("各名次的分值"), N_("从第 1 名起，用顿号隔开。"), Filled.NUMBERS),
            Field("direction", N_("方向"), N_("下降：数越小名次越好。"), Filled.CHOICE, N_("上升"), _WAYS),
        ),
        (Field("place", N_("名次"), start="1"),),
        makes_maximum=True,
    ),
    RuleForm(
        "to-first",
        RuleKind.TO_FIRST,
        N_("同类支部里第一名计满分，其余按与第一名的比例计。"),
        (),
        (Field("v", N_("现值"), start="60"), Field("first", N_("第一名的数"), start="80")),
    ),
    RuleForm(
        "votes",
        RuleKind.VOTES,
        N_("票决、测评。每档票计多少分，按有效票取平均。"),
        (Field("values", N_("各档票的分值"), N_("从最好一档起，用顿号隔开。"), Filled.NUMBERS),),
        (Field("counts", N_("各档票数"), filled=Filled.NUMBERS),),
        makes_maximum=True,
    ),
    RuleForm(
        "anchors",
        RuleKind.ANCHORS,
        N_("几个约定的数各计几分，中间按直线推算，两端不再增减。"),
        (
            Field(
                "points",
                N_("折点"),
                N_("数从小到大或从大到小排列。"),
                Filled.PAIRS,
                heads=(N_("数值"), N_("计分")),
            ),
            Field("full", N_("算作满分的分值"), N_("折线最高处是超额分时填。"), when_empty=N_("折线的最高分")),
        ),
        (_VALUE,),
        makes_maximum=True,
    ),
)
BY_KEY = {form.key: form for form in FORMS}
