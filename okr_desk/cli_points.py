"""`okr-desk calc rule|grade|activity`: points of one line, the grade of a score, activity with satisfaction."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from decimal import Decimal

from okr_desk.cli_parser import Answer, need, printed
from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _
from okr_desk.scoring import activity, grades, points, rule_text
from okr_desk.scoring.grade_schemes import GRADES, SCHEMES, GradeScheme
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.spelling import half_width, quoted, term
from okr_desk.terms import RuleKind, SurveyVerdict, label

NAMES = {"points": N_("得分"), "grade": N_("等次"), "ceilings": N_("等次受限"), "score": N_("得分")}

USAGE = {
    "rule": N_(
        "用法：okr-desk calc rule 规则 键=值 …\n"
        "各规则的写法如下，照样改数即可；v 为现值，max 为满分，t 为目标，b 为基线。\n"
        "{examples}\n"
        "ratio、linear、rank 可加 direction=down（越低越好）；linear、ratio 可加 cap=1.2（最高为满分的几倍）。\n"
        "per-point 的 rounding 填 ceil（向上取整）、floor（向下取整）或 proportional（按比例），"
        "each 为每个百分点扣几分。\n"
        "deduct 可加 cap（最多扣几分）；bonus 不填 each 时按 awards=1,3,2 取最高；rank 也可直接填 place=2。\n"
        "dual 默认取几何平均，可加 weight=0.4、verdict=未达成；form=product 为乘积，可加 gate=60。"
    ),
    "grade": N_(
        "用法：okr-desk calc grade --score 得分率 [--satisfaction 满意率] [--scheme 等次 或 星级]\n"
        "  得分率为总分÷满分×100；满意率按百分数填写，例如 89.6，取前三档合计"
    ),
    "activity": N_(
        "用法：okr-desk calc activity --activity 活动完成比例 --satisfaction 满意度 [--weight 0.4] [--verdict 未达成]\n"
        "  两个数都按比例填写，例如 0.9；--verdict 可填 达成、未达成、无法判定、不予判定"
    ),
}


def examples() -> str:
    """A row for every kind of rule, with its name."""
    return "\n".join(f"  {rule_text.example(kind)}    {label(kind)}" for kind in RuleKind)


def _rule(args: argparse.Namespace) -> Answer:
    rule, value = rule_text.rule_and_value(rule_text.words_of(args.words))
    found = points.points(rule, value)
    return {"points": printed(found.points)}, tuple(found.steps)


def _grade(args: argparse.Namespace) -> Answer:
    score = need(args, "score")
    satisfaction = None if args.satisfaction is None else _rate(need(args, "satisfaction"))
    found = grades.grade(score, _scheme(args.scheme), satisfaction)
    ceilings = [one.sentence for one in found.ceilings]
    return {"grade": None if found.grade is None else _(found.grade), "ceilings": ceilings}, tuple(found.steps)


def _rate(rate: Decimal) -> Decimal:
    if 0 < rate <= 1:
        said = _("--satisfaction 填的 {rate} 是 {rate}% 还是 {percent}%？满意率请按百分数填写，例如 89.6。")
        raise InputRefused(said.format(rate=plain(rate), percent=plain(rate * 100)), "satisfaction")
    return rate


def _scheme(name: str | None) -> GradeScheme:
    if name is None:
        return GRADES
    found = SCHEMES.get(half_width(name).lower())
    if found is None:
        known = "、".join(SCHEMES)
        raise InputRefused(
            _("没有“{name}”这种等次办法，--scheme 可填 {known}。").format(name=quoted(name), known=known)
        )
    return found


def _activity(args: argparse.Namespace) -> Answer:
    weight = activity.WEIGHT if args.weight is None else need(args, "weight")
    verdict = None if args.verdict is None else term(SurveyVerdict, args.verdict, "--verdict")
    found = activity.activity(need(args, "activity"), need(args, "satisfaction"), weight, verdict)
    return {"score": printed(found.score)}, tuple(found.steps)


WORDS: dict[str, tuple[Callable[[argparse.Namespace], Answer], tuple[str, ...]]] = {
    "rule": (_rule, ()),
    "grade": (_grade, ("score", "satisfaction", "scheme")),
    "activity": (_activity, ("activity", "satisfaction", "weight", "verdict")),
}
"""Each word with its answer and its options."""
