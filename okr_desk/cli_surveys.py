"""`okr-desk calc interval|difference|samplesize|likert|stratified|verdict`: the arithmetic of mass satisfaction."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from okr_desk.cli_parser import Answer, need, printed, written
from okr_desk.errors import FileRefused, InputRefused
from okr_desk.i18n import N_, _
from okr_desk.scoring import differences, exact_interval, intervals, strata, verdicts
from okr_desk.scoring.distributions import LEVEL
from okr_desk.scoring.likert import VALUES
from okr_desk.scoring.likert import likert as scored
from okr_desk.scoring.sample_size import PLANNING_LEVEL, sample_size
from okr_desk.scoring.spelling import half_width, number, numbers, quoted
from okr_desk.terms import label

NAMES = {
    "estimate": N_("估计值"),
    "low": N_("下限"),
    "high": N_("上限"),
    "effective_n": N_("有效样本量"),
    "difference": N_("差值"),
    "verdict": N_("结论"),
    "n": N_("需要有效答卷"),
    "invite": N_("邀请人数"),
    "score": N_("得分"),
    "rate_wide": N_("满意率（含基本满意）"),
    "rate_narrow": N_("满意率（不含基本满意）"),
    "unweighted": N_("不加权满意率"),
    "needed": N_("达成需要"),
}

USAGE = {
    "interval": N_(
        "用法：okr-desk calc interval --successes 满意份数 --n 答卷份数 [--population 应测总人数] [--level 0.90]\n"
        "  --method 不填为威尔逊区间；continuity 加连续性校正，更宽；exact 为精确区间，供申辩用，须填总人数"
    ),
    "difference": N_(
        "用法：okr-desk calc difference --now 56/70 --before 48/80 [--level 0.90]\n"
        "  --now 本次、--before 基线，都写成 满意份数/答卷份数；两次测的须不是同一批人"
    ),
    "samplesize": N_(
        "用法：okr-desk calc samplesize --population 总人数 --margin 0.05 [--level 0.95] [--p 0.5] [--response 0.6]\n"
        "  --margin 允许误差，0.05 为上下 5 个百分点；--p 预计满意率；--response 预计回收率\n"
        "  总人数很多或不清楚时不填 --population"
    ),
    "likert": N_(
        "用法：okr-desk calc likert --counts 32,20,5,2,1 --values 100,80,60,30,0"
        " [--unsure 不了解份数] [--population 应测总人数] [--level 0.90]\n"
        "  份数和分值都从最好到最差逐档填写，“不了解”不计入分母"
    ),
    "stratified": N_(
        "用法：okr-desk calc stratified 文件.csv [--level 0.90]\n"
        "  第一行为列名 group,population,n,k，以下每组一行：组名、人数、答卷份数、满意份数"
    ),
    "verdict": N_(
        "用法：okr-desk calc verdict --successes 满意份数 --n 答卷份数 --target 0.85"
        " [--population 应测总人数] [--level 0.90]\n"
        "  或 --counts 32,20,5,2,1 --values 100,80,60,30,0 --target 82.8，按得分判定"
    ),
}

_COLUMNS = ("group", "population", "n", "k")
_LARGEST_FILE = 2_000_000


def _interval(args: argparse.Namespace) -> Answer:
    counts = _whole(args, "successes"), _whole(args, "n"), _population(args), _level(args)
    method = "wilson" if args.method is None else half_width(args.method).lower()
    if method == "exact":
        return _as_interval(exact_interval.exact(*counts))
    if method not in ("wilson", "continuity"):
        raise InputRefused(_("--method 只能填 wilson、continuity 或 exact。"), "method")
    return _as_interval(intervals.interval(*counts, continuity=method == "continuity"))


def _difference(args: argparse.Namespace) -> Answer:
    level = _level(args)
    now, before = (intervals.interval(*_fraction(args, name), level=level) for name in ("now", "before"))
    found = differences.difference(now, before)
    values: dict[str, str | list[str] | None] = {
        "difference": printed(found.difference),
        "low": printed(found.low),
        "high": printed(found.high),
        "verdict": label(found.change),
    }
    return values, tuple(found.steps)


def _samplesize(args: argparse.Namespace) -> Answer:
    found = sample_size(
        need(args, "margin"),
        _population(args),
        _level(args, PLANNING_LEVEL),
        Decimal("0.5") if args.p is None else need(args, "p"),
        None if args.response is None else need(args, "response"),
    )
    return {"n": str(found.n), "invite": str(found.invite)}, tuple(found.steps)


def _likert(args: argparse.Namespace) -> Answer:
    found = scored(_counts(args), _values(args), _unsure(args), _population(args), _level(args))
    values: dict[str, str | list[str] | None] = {
        "score": printed(found.score.estimate),
        "low": printed(found.score.low),
        "high": printed(found.score.high),
        "rate_wide": printed(found.rate_wide),
        "rate_narrow": printed(found.rate_narrow),
        "effective_n": printed(found.score.effective_n),
    }
    return values, tuple(found.steps)


def _stratified(args: argparse.Namespace) -> Answer:
    if not args.file:
        raise InputRefused(_("请写出分组数据的文件，例如：okr-desk calc stratified 分组.csv"))
    found = strata.grouped(_strata(Path(args.file)), _level(args))
    unknown = dict.fromkeys(("estimate", "low", "high", "effective_n"))
    values = unknown if found.interval is None else _as_interval(found.interval)[0]
    return {**values, "unweighted": printed(found.unweighted)}, tuple(found.steps)


def _verdict(args: argparse.Namespace) -> Answer:
    target = need(args, "target")
    if args.counts is None:
        counts = _whole(args, "successes"), _whole(args, "n")
        found = verdicts.judge_rate(*counts, target, _population(args), _level(args))
    elif args.successes is not None or args.n is not None:
        raise InputRefused(_("--counts 与 --successes、--n 只能填一种，请删去另一种。"), "counts")
    else:
        scale = _values(args), _unsure(args), _population(args), _level(args)
        found = verdicts.judge_score(_counts(args), target, *scale)
    return {"verdict": label(found.verdict), "needed": printed(found.needed)}, tuple(found.steps)


def _as_interval(found: intervals.Interval) -> Answer:
    values: dict[str, str | list[str] | None] = {
        "estimate": printed(found.estimate),
        "low": printed(found.low),
        "high": printed(found.high),
        "effective_n": printed(found.effective_n),
    }
    return values, tuple(found.steps)


def _integer(given: Decimal, name: str) -> int:
    if given != given.to_integral_value():
        raise InputRefused(_("{name} 须是整数，请改正。").format(name=name), name)
    return int(given)


def _whole(args: argparse.Namespace, name: str) -> int:
    return _integer(need(args, name), f"--{name}")


def _population(args: argparse.Namespace) -> int | None:
    return None if args.population is None else _whole(args, "population")


def _level(args: argparse.Namespace, usual: Decimal = LEVEL) -> Decimal:
    return usual if args.level is None else need(args, "level")


def _unsure(args: argparse.Namespace) -> int:
    return 0 if args.unsure is None else _whole(args, "unsure")


def _values(args: argparse.Namespace) -> tuple[Decimal, ...]:
    return VALUES if args.values is None else numbers(args.values, "--values")


def _counts(args: argparse.Namespace) -> tuple[int, ...]:
    return tuple(_integer(one, "--counts") for one in numbers(written(args, "counts"), "--counts"))


def _fraction(args: argparse.Namespace, name: str) -> tuple[int, int]:
    successes, slash, n = half_width(written(args, name)).partition("/")
    if not slash:
        said = _("{name} 须写成 满意份数/答卷份数，例如 56/70。")
        raise InputRefused(said.format(name=f"--{name}"), name)
    return _integer(number(successes, f"--{name}"), f"--{name}"), _integer(number(n, f"--{name}"), f"--{name}")


def _strata(path: Path) -> list[strata.Stratum]:
    rows = list(csv.reader(io.StringIO(_text(path))))
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    head = [half_width(cell).lower() for cell in rows[0]] if rows else []
    if not set(_COLUMNS) <= set(head):
        said = _("文件“{name}”第一行须有 group,population,n,k 四列，请检查。")
        raise FileRefused(said.format(name=path.name))
    places = [head.index(column) for column in _COLUMNS]
    return [_stratum(row, places, line) for line, row in enumerate(rows[1:], 2)]


def _stratum(row: list[str], places: list[int], line: int) -> strata.Stratum:
    if len(row) <= max(places):
        raise InputRefused(_("第 {line} 行缺少内容，每行须有组名、人数、答卷份数、满意份数。").format(line=line))
    name, *cells = (row[place].strip() for place in places)
    figures = (
        _integer(number(cell, where), where)
        for cell, where in (
            (cell, _("第 {line} 行的 {column}").format(line=line, column=column))
            for cell, column in zip(cells, _COLUMNS[1:], strict=True)
        )
    )
    return strata.Stratum(quoted(name), *figures)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError:
        raise FileRefused(_("打不开文件“{name}”，请检查路径和权限。").format(name=path.name)) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw[:_LARGEST_FILE].decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused(_("文件“{name}”不是可读的 CSV 文本（UTF-8 或 GBK），请检查内容。").format(name=path.name))


WORDS: dict[str, tuple[Callable[[argparse.Namespace], Answer], tuple[str, ...]]] = {
    "interval": (_interval, ("successes", "n", "population", "level", "method")),
    "difference": (_difference, ("now", "before", "level")),
    "samplesize": (_samplesize, ("population", "margin", "level", "p", "response")),
    "likert": (_likert, ("counts", "values", "unsure", "population", "level")),
    "stratified": (_stratified, ("level",)),
    "verdict": (_verdict, ("successes", "n", "target", "population", "counts", "values", "unsure", "level")),
}
"""Each word with its answer and its options."""
