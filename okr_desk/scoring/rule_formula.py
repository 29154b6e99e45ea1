"""The rule of a line as the sum that a person does with a pencil, in one sentence that holds for every branch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.scoring.activity import GATE, WEIGHT
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.rule_text import KIND, kind_from, words_of
from okr_desk.scoring.spelling import number, number_pairs, numbers, term
from okr_desk.terms import Direction, DualForm, PointRounding, RuleKind, label

Words = Mapping[str, str]
ONE = Decimal(1)


def formula(row: str) -> str:
    """A rule written as `kind key=value …`, in words; baseline and target are named, not filled in.

    A threshold belongs to the better side and is said to. Raises InputRefused for a rule that cannot be read.
    """
    words = words_of(row.split())
    kind = kind_from(words.get(KIND, ""))
    return _("{kind}：{said}").format(kind=label(kind), said=_SAID[kind](words))


def _linear(words: Words) -> str:
    said = _("得分＝满分×（实绩－{b}）÷（{t}－{b}），不低于 0 分，最高{most}")
    return said.format(b=_own(words, "b", _("基线")), t=_own(words, "t", _("目标值")), most=_most(words))


def _ratio(words: Words) -> str:
    is_down = "direction" in words and term(Direction, words["direction"], "direction") is Direction.DOWN
    said = _("得分＝满分×{t}÷实绩，最高{most}") if is_down else _("得分＝满分×实绩÷{t}，最高{most}")
    return said.format(t=_own(words, "t", _("目标值")), most=_most(words))


def _range(words: Words) -> str:
    if "tol" in words:
        said = _("等于目标计满分，与目标相差 {tol} 及以上计 0 分，其间按比例")
        return said.format(tol=_own(words, "tol", ""))
    lo, a, b, hi = (_own(words, key, "") for key in ("lo", "a", "b", "hi"))
    return _("{a} 至 {b} 计满分，到 {lo} 或 {hi} 计 0 分，其间按比例").format(a=a, b=b, lo=lo, hi=hi)


def _anchors(words: Words) -> str:
    points = _("，").join(f"{plain(x)}:{plain(y)}" for x, y in number_pairs(words.get("points", ""), "points"))
    return _("折点（实绩:分值）{points}，其间按直线，两端之外按端点").format(points=points)


def _ladder(words: Words) -> str:
    bands = sorted(number_pairs(words.get("bands", ""), "bands"), reverse=True)
    said = _("，").join(_("{x} 及以上计 {y} 分").format(x=plain(x), y=plain(y)) for x, y in bands)
    return _("{bands}，其余计 0 分（分数线含本数，按未取整的数比较）").format(bands=said)


def _rank(words: Words) -> str:
    table = "、".join(plain(one) for one in numbers(words.get("table", ""), "table"))
    is_down = "direction" in words and term(Direction, words["direction"], "direction") is Direction.DOWN
    order = _("由低到高") if is_down else _("由高到低")
    said = _("同类支部{order}排，从第 1 名起依次计 {table} 分，以后计 0 分；并列的同取前面的名次，其后名次空出")
    return said.format(order=order, table=table)


def _to_first(_words: Words) -> str:
    return _("得分＝满分×实绩÷同类支部第一名的实绩")


def _deduct(words: Words) -> str:
    each = _list(words, "each")
    if "cap" not in words:
        return _("满分减去每次扣 {each} 分×次数，扣完为止").format(each=each)
    said = _("满分减去每次扣 {each} 分×次数，各类最多扣 {cap} 分，扣完为止")
    return said.format(each=each, cap=_list(words, "cap"))


def _per_point(words: Words) -> str:
    how = term(PointRounding, words.get("rounding", ""), "rounding")
    said = {
        PointRounding.CEIL: _("不足 1 个百分点按 1 个计"),
        PointRounding.FLOOR: _("不足 1 个百分点不计"),
        PointRounding.PROPORTIONAL: _("不足 1 个百分点按比例计"),
    }[how]
    reached = _("达到 {t}%").format(t=_own(words, "t", "")) if "t" in words else _("达到目标")
    return _("{reached}计满分，每低 1 个百分点扣 {each} 分，{how}（{name}），扣完为止").format(
        reached=reached, each=_own(words, "each", "1"), how=said, name=label(how)
    )


def _bonus(words: Words) -> str:
    most = _("最多加 {cap} 分").format(cap=_own(words, "cap", "")) if "cap" in words else _("最多加到本项分值")
    if "each" in words:
        return _("每次加 {each} 分，{most}").format(each=_own(words, "each", ""), most=most)
    levels = _("（每项加 {levels} 分）").format(levels=_list(words, "levels")) if "levels" in words else ""
    said = _("同一事项只取最高的一次{levels}，不累加，不同事项相加，{most}")
    return said.format(levels=levels, most=most)


def _votes(words: Words) -> str:
    said = _("得分＝各档票数×档值之和÷有效票数，档值由好到差为 {values}")
    return said.format(values=_list(words, "values"))


def _dual(words: Words) -> str:
    due = _own(words, "N", _("目标场次"))
    form = term(DualForm, words["form"], "form") if "form" in words else DualForm.MEAN
    if form is DualForm.PRODUCT:
        gate = _own(words, "gate", plain(GATE))
        said = _("得分＝满分×（场次÷{due}，不超过 1）×满意度÷100，满意度低于 {gate} 不计分（正好 {gate} 的计分）")
        return said.format(due=due, gate=gate)
    weight = number(words["weight"], "weight") if "weight" in words else WEIGHT
    said = _("得分＝满分×（场次÷{due}，不超过 1）的 {w} 次方×（满意度÷100）的 {rest} 次方")
    return said.format(due=due, w=plain(weight), rest=plain(ONE - weight))


def _yes_no(_words: Words) -> str:
    return _("完成计满分，未完成计 0 分")


_SAID: Mapping[RuleKind, Callable[[Words], str]] = {
    RuleKind.LINEAR: _linear,
    RuleKind.RATIO: _ratio,
    RuleKind.DEDUCT: _deduct,
    RuleKind.PER_POINT: _per_point,
    RuleKind.LADDER: _ladder,
    RuleKind.BONUS: _bonus,
    RuleKind.RANK: _rank,
    RuleKind.TO_FIRST: _to_first,
    RuleKind.RANGE: _range,
    RuleKind.DUAL: _dual,
    RuleKind.VOTES: _votes,
    RuleKind.ANCHORS: _anchors,
    RuleKind.YES_NO: _yes_no,
}


def _own(words: Words, key: str, otherwise: str) -> str:
    """The number that the rule itself gives, or what stands for that of the branch."""
    return plain(number(words[key], key)) if key in words else otherwise


def _list(words: Words, key: str) -> str:
    return "、".join(plain(one) for one in numbers(words.get(key, ""), key))


def _most(words: Words) -> str:
    cap = number(words["cap"], "cap") if "cap" in words else ONE
    return _("计满分") if cap == 1 else _("计满分的 {cap} 倍").format(cap=plain(cap))
