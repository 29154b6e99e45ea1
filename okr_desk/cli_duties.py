"""`okr-desk calc duty|fee`: what a branch owes in organisational life, and Party fees."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from decimal import Decimal

from okr_desk.cli_parser import Answer, need, written
from okr_desk.duty_terms import QUARTERLY
from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _, using
from okr_desk.scoring import duties, party_fees
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.spelling import half_width, yes_or_no
from okr_desk.terms import label

NAMES = {"due": N_("应开展"), "fee": N_("每月党费（元）")}

USAGE = {
    "duty": N_(
        "用法：okr-desk calc duty --quarter 2026Q3 --full-members 正式党员数 --groups 党小组数\n"
        "  --committee no   名册上不设支委会的填 no；不填按正式党员数判断"
    ),
    "fee": N_(
        "用法：okr-desk calc fee --base 每月计算基数 [--retired]\n"
        "  --retired 离退休党员；--farmer 农民党员（不填基数）；--relief 学生、下岗失业、依靠救济的党员"
    ),
}
FLAGS = {"fee": ("retired", "farmer", "relief")}
"""Options that are only said or not said."""
_MOST = 1_000_000


def _duty(args: argparse.Namespace) -> Answer:
    quarter = _quarter(written(args, "quarter"))
    groups = 0 if args.groups is None else _count(args, "groups")
    has_committee = None if args.committee is None else yes_or_no(args.committee, "--committee")
    size = duties.BranchSize(_count(args, "full-members"), groups, has_committee)
    found = duties.due(size, quarter=quarter)
    with using("zh_CN"):  # the names are part of the answer, whatever the language of the steps
        owed = {label(kind): str(found.counts[kind]) for kind in QUARTERLY}
    return {"due": owed}, tuple(found.steps)


def _fee(args: argparse.Namespace) -> Answer:
    if args.farmer + args.relief + args.retired > 1:
        raise InputRefused(_("--retired、--farmer、--relief 只能填一个，请删去多余的。"))
    if (args.farmer or args.relief) and args.base is not None:
        raise InputRefused(_("这类党员不按收入计算，请删去 --base。"), "base")
    if args.farmer:
        found = party_fees.farmer_fee()
    elif args.relief:
        found = party_fees.relief_fee()
    else:
        found = party_fees.fee(need(args, "base"), retired=args.retired)
    if found.fee is None:
        return {"low": plain(found.low), "high": plain(found.high)}, tuple(found.steps)
    return {"fee": format(found.fee.quantize(Decimal("0.01")), "f")}, tuple(found.steps)


def _quarter(text: str) -> int:
    bare = half_width(text).upper().replace("-", "")
    year, mark, number = bare.partition("Q")
    if not (mark and year.isdigit() and len(year) == 4 and number in ("1", "2", "3", "4")):
        raise InputRefused(_("--quarter 填的“{text}”不是季度，请写成 2026Q3。").format(text=text[:30]), "quarter")
    return int(number)


def _count(args: argparse.Namespace, name: str) -> int:
    text = half_width(_said(args, name))
    if not (text.isascii() and text.isdigit() and int(text) <= _MOST):
        raise InputRefused(_("--{name} 请填不小于 0 的整数。").format(name=name), name)
    return int(text)


def _said(args: argparse.Namespace, name: str) -> str:
    text = getattr(args, name.replace("-", "_"))
    if text is None:
        raise InputRefused(_("缺少参数 {name}，请补上。").format(name=f"--{name}"))
    return str(text)


WORDS: dict[str, tuple[Callable[[argparse.Namespace], Answer], tuple[str, ...]]] = {
    "duty": (_duty, ("quarter", "full-members", "groups", "committee")),
    "fee": (_fee, ("base",)),
}
