"""The rule by which an indicator is usually scored: whether a scheme could take it over, and what it says in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules import rule_words
from okr_desk.scoring.activity import GATE
from okr_desk.scoring.line_rule import Needs, line_rule, needs
from okr_desk.scoring.points_result import ZERO
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.rule_shapes import SHAPES
from okr_desk.scoring.rule_text import KIND, rule_from_row
from okr_desk.scoring.spelling import number, number_pairs, numbers, term
from okr_desk.terms import Direction, DualForm, PointRounding, RuleKind, label

FIELD = "usual_rule"
STARTS = (
    "linear", "ratio t=100", "ratio", "per-point rounding=ceil", "deduct each=0.5", "ladder bands=90:3,80:2,60:1",
    "range tol=1", "bonus each=1.5", "bonus", "dual", "rank table=5,4,3,2,1", "to-first", "votes values=100,85,70,50",
    "anchors points=60:0,85:5", "yesno",
)  # fmt: skip
"""A rule of each kind to begin with."""
_AIMS = ("t", "N")
_FULL = Decimal(1)
"""Full points to try a rule with where none are agreed."""


def check(row: str, points: Decimal | None, baseline: Decimal | None, target: Decimal | None) -> None:
    """Raise InputRefused for a rule that no line could be scored by; no rule at all may stand.

    What the branch would say is taken from `baseline` and `target`; where there is no usual number, any will do. The
    field is "usual_rule", or "usual_target" where the target is what the rule cannot take. `points` None or 0: the
    full points that the rule names itself.
    """
    if not row.strip():
        return
    field = FIELD
    try:
        row = rule_words.canonical(row)
        wanting = needs(row)
        start, aim = _tried(wanting, baseline, target)
        if wanting.target and target is not None:
            field = "usual_target"
        line_rule(row, points or _own_points(row), start, aim)
    except InputRefused as refused:
        raise InputRefused(refused.sentence, field if refused.field in _AIMS else FIELD) from refused


def in_words(row: str) -> str:
    """What a rule says, as one sentence; empty for no rule. Raises InputRefused for one that cannot be read."""
    if not row.strip():
        return ""
    check(row, None, None, None)
    words = rule_words.words(row)
    kind = RuleKind(words[KIND])
    return " ".join(_("{kind}：{said}").format(kind=label(kind), said=_said(kind, words)).split())


def _tried(wanting: Needs, baseline: Decimal | None, target: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Numbers to try a rule with, apart from each other where either is open."""
    if wanting.baseline and baseline is None:
        baseline = ZERO if target is None else target - 1
    if wanting.target and target is None:
        target = _FULL if baseline is None else baseline + 1
    return baseline, target


def _own_points(row: str) -> Decimal:
    words = rule_words.words(row)
    kind = RuleKind(words[KIND])
    known = {key.word for key in SHAPES[kind].keys}
    full = "cap" if kind is RuleKind.BONUS else "max"
    if full in known:
        return number(words[full], full) if full in words else _FULL
    return rule_from_row(row).maximum


def _said(kind: RuleKind, words: Mapping[str, str]) -> str:
    match kind:
        case RuleKind.LINEAR:
            said = _("在{start}计 0 分，到{aim}计满分，其间按比例")
            return said.format(start=_given(words, "b", _("基线")), aim=_given(words, "t", _("目标值")))
        case RuleKind.RATIO:
            said = _("满分×{aim}÷现值，{most}") if _is_falling(words) else _("满分×现值÷{aim}，{most}")
            most = _("不超过满分的 {n} 倍").format(n=words["cap"]) if "cap" in words else _("不超过满分")
            return said.format(aim=words.get("t") or _("目标值"), most=most)
        case RuleKind.RANGE:
            return _range(words)
        case RuleKind.LADDER:
            steps = [_("达到 {x} 计 {y} 分").format(x=plain(x), y=plain(y)) for x, y in _bands(words)]
            return _("，").join((*steps, _("不到最低一档计 0 分")))
        case RuleKind.RANK:
            table = _("、").join(plain(one) for one in numbers(words["table"], "table"))
            said = (
                _("数值小的在前，第 1 名起依次计 {table} 分") if _is_falling(words) else _("第 1 名起依次计 {table} 分")
            )
            return said.format(table=table)
        case RuleKind.TO_FIRST:
            return _("第一名计满分，其余按与第一名的比例")
        case RuleKind.DUAL:
            return _dual(words)
        case RuleKind.ANCHORS:
            line = [f"{plain(x)}:{plain(y)}" for x, y in number_pairs(words["points"], "points")]
            return _("按折点（数值:分值）{points} 连线").format(points=_("，").join(line))
        case RuleKind.VOTES:
            values = _("、").join(plain(one) for one in numbers(words["values"], "values"))
            return _("从好到差各档票分别计 {values} 分，按有效票平均").format(values=values)
        case RuleKind.YES_NO:
            return _("完成计满分，未完成计 0 分")
        case _:
            return _counted(kind, words)


def _counted(kind: RuleKind, words: Mapping[str, str]) -> str:
    if kind is RuleKind.PER_POINT:
        said = _("比{aim}每低 1 个百分点扣 {each} 分（{rounding}），扣完为止")
        how = label(term(PointRounding, words["rounding"], "rounding"))
        return said.format(aim=_given(words, "t", _("目标值")), each=words.get("each", "1"), rounding=how)
    if kind is RuleKind.DEDUCT:
        each = _("、").join(plain(one) for one in numbers(words["each"], "each"))
        if "cap" in words:
            caps = _("、").join(plain(one) for one in numbers(words["cap"], "cap"))
            return _("每次扣 {each} 分，最多扣 {caps} 分，扣完为止").format(each=each, caps=caps)
        return _("每次扣 {each} 分，扣完为止").format(each=each)
    most = _("不超过 {n} 分").format(n=words["cap"]) if "cap" in words else _("不超过满分")
    if "each" not in words:
        return _("同一事项取最高一级，不累加，{most}").format(most=most)
    return _("每次加 {each} 分，{most}").format(each=words["each"], most=most)


def _range(words: Mapping[str, str]) -> str:
    if "tol" in words:
        return _("等于目标值计满分，相差 {tol} 及以上计 0 分，其间按比例").format(tol=words["tol"])
    limits = {key: words[key] for key in ("lo", "a", "b", "hi")}
    return _("{a} 至 {b} 计满分，到 {lo} 或 {hi} 计 0 分，其间按比例").format(**limits)


def _dual(words: Mapping[str, str]) -> str:
    product = term(DualForm, words.get("form", DualForm.MEAN), "form") is DualForm.PRODUCT
    said = _("满分×场次完成率与满意度的几何平均")
    if product:
        said = _("满分×场次完成率×满意度，满意度低于 {gate} 计 0 分").format(gate=words.get("gate", plain(GATE)))
    over = _("{said}，场次以{aim}为满，多办不加分")
    held = _(" {n} 场").format(n=words["N"]) if "N" in words else _("目标值")
    return over.format(said=said, aim=held)


def _is_falling(words: Mapping[str, str]) -> bool:
    return term(Direction, words.get("direction", Direction.UP), "direction") is Direction.DOWN


def _given(words: Mapping[str, str], key: str, name: str) -> str:
    """The number that the rule gives, set off from the words around it, or the name of what it leaves to the branch."""
    return f" {words[key]} " if key in words else name


def _bands(words: Mapping[str, str]) -> list[tuple[Decimal, Decimal]]:
    return sorted(number_pairs(words["bands"], "bands"), reverse=True)
