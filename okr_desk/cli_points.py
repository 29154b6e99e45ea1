"""`okr-desk calc rule|grade|activity`: points of one line, the grade of a score, activity with satisfaction."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from decimal import Decimal

from okr_desk import cli_limits
from okr_desk.cli_parser import Answer, need, printed
from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _
from okr_desk.scoring import activity, grades, points, rule_text
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.spelling import term
from okr_desk.terms import RuleKind, SurveyVerdict, label

NAMES = {
    "points": N_("得分"),
    "by_score": N_("按得分等次"),
    "grade": N_("等次"),
    "ceilings": N_("等次受限"),
    "score": N_("得分"),
}
REPEATED = ("red-line", "veto")
"""Options of `grade` that may stand more than once."""

USAGE = {
    "rule": N_(
        "用法：okr-desk calc rule 规则 键=值 …\n"
        "各规则的写法如下，照样改数即可；v 为现值，max 为满分，t 为目标，b 为基线。\n"
        "{examples}\n"
        "ratio、linear、rank 可加 direction=down（越低越好）；linear、ratio 可加 cap=1.2（最高为满分的几倍）。\n"
        "per-point 的 rounding 填 ceil（向上取整）、floor（向下取整）或 proportional（按比例），"
        "each 为每个百分点扣几分。\n"
        "deduct 可加 cap（最多扣几分）；bonus 不填 each 时按 awards=1,3,2 取最高；rank 也可直接填 place=2。\n"
        "dual 默认取几何平均，可加 weight=0.4、verdict=未达成；form=product 为乘积，可加 gate=60。\n"
        "不适用、一票否决和限定等次：\n"
        "  na max=8 lines=3:3,3:na,2:na    各项写 满分:得分，不适用写 na，未报写 missing；不适用的由其余各项分担\n"
        "  veto score=96 name=违纪违法      得分不变，定为最低等次；可加 document=文号、scheme=星级\n"
        "  lock score=96 highest=较好       得分不变，最高为 highest，不填为次高等次；其余同 veto"
    ),
    "grade": N_(
        "用法：okr-desk calc grade --score 得分 [--satisfaction 满意率] [--scheme 等次 或 星级]\n"
        "  [--red-line 最高等次]… [--veto 否决事项]…\n"
        "  得分按百分制；满意率按百分数填写，例如 89.6，取前三档合计\n"
        "  --red-line 填触碰红线后最高能评的等次，例如 较好；--veto 填一票否决的事项；都可以写几次，得分不变"
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
    words = rule_text.words_of(args.words)
    beside = cli_limits.kind_of(words[rule_text.KIND])
    if beside is not None:
        return cli_limits.answer(beside, words)
    rule, value = rule_text.rule_and_value(words)
    found = points.points(rule, value)
    return {"points": printed(found.points)}, tuple(found.steps)


def _grade(args: argparse.Namespace) -> Answer:
    score, scheme = need(args, "score"), cli_limits.grade_scheme(args.scheme)
    satisfaction = None if args.satisfaction is None else _rate(need(args, "satisfaction"))
    crossed = cli_limits.red_lines(args.red_line, args.veto, scheme)
    found = grades.grade(score, scheme, satisfaction, crossed)
    values = cli_limits.both(found)
    if not crossed:
        del values["by_score"]
    return values, tuple(found.steps)


def _rate(rate: Decimal) -> Decimal:
    if 0 < rate <= 1:
        said = _("--satisfaction 填的 {rate} 是 {rate}% 还是 {percent}%？满意率请按百分数填写，例如 89.6。")
        raise InputRefused(said.format(rate=plain(rate), percent=plain(rate * 100)), "satisfaction")
    return rate


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
