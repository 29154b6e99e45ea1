"""`okr-desk calc`: any number the program computes, from typed inputs, with its steps, without a database.

The same functions answer here as on screen and on paper, so an office can check a printed number by hand.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeVar

from okr_desk import cli_duties, cli_points, cli_surveys
from okr_desk.cli_parser import Answer, need, printed, refuse, refuse_words, written
from okr_desk.cli_parser import Parser as Parser
from okr_desk.errors import FileRefused, InputRefused, Refusal
from okr_desk.i18n import N_, _
from okr_desk.scoring import pace, progress, rollup
from okr_desk.scoring.rounding import NOTHING
from okr_desk.scoring.spelling import half_width, number, pairs, yes_or_no
from okr_desk.terms import Nature, by_label, label

_AnyParser = TypeVar("_AnyParser", bound=argparse.ArgumentParser)
_FIRST_YEAR, _LAST_YEAR = 1949, 2199

_NAMES = {
    "raw": N_("完成度（不截断）"),
    "clamped": N_("计入完成度"),
    "expected": N_("应达"),
    "gap": N_("偏差"),
    "status": N_("状态"),
    "progress": N_("完成度"),
    "coverage": N_("适用权重占比"),
    "reported": N_("已报权重占比"),
    **cli_points.NAMES,
    **cli_surveys.NAMES,
    **cli_duties.NAMES,
}

_USAGE = {
    "": N_(
        "用法：okr-desk calc 词 …\n"
        "  progress     一项关键结果的完成度\n"
        "  checkpoints  按分段节点计算完成度\n"
        "  pace         今天应达多少、偏差和状态\n"
        "  rollup       按权重汇总\n"
        "  rule         按计分规则算一项得分\n"
        "  grade        按得分率和满意率评等次\n"
        "  activity     活动场次与满意度合成得分\n"
        "  interval     满意率和它的区间\n"
        "  difference   两次满意率相比，是否真有变化\n"
        "  samplesize   要测多少人、邀请多少人\n"
        "  likert       分档评价的得分、满意率和区间\n"
        "  stratified   分组加权的总满意率\n"
        "  verdict      对照目标：达成、未达成还是无法判定\n"
        "  duty         一个季度应开展的组织生活次数\n"
        "  fee          每月应交党费\n"
        "每个词后面加 --help 看写法；加 --json 输出给程序读。"
    ),
    "progress": N_(
        "用法：okr-desk calc progress --kind metric --baseline 基线 --target 目标 --value 现值\n"
        "  --kind at-least 或 at-most    --limit 底线 --value 现值\n"
        "  --kind between               --low 下限 --high 上限 --slack 允许偏离 --value 现值\n"
        "  --kind yesno                 --value yes 或 no\n"
        "  --kind milestone             --nodes 30:done,70:open"
    ),
    "checkpoints": N_(
        "用法：okr-desk calc checkpoints --baseline 基线 --target 目标 --points 50:0.4,80:0.7 --value 现值"
    ),
    "pace": N_(
        "用法：okr-desk calc pace --start 起始日 --end 截止日 --today 今天 --progress 完成度\n"
        "  --plan 2026-03-31:0.2,2026-06-30:0.5   分期计划，不填按直线\n"
        "  --nature 承诺型 或 挑战型               不填按承诺型"
    ),
    "rollup": N_("用法：okr-desk calc rollup 文件.json [--closed]"),
    **cli_points.USAGE,
    **cli_surveys.USAGE,
    **cli_duties.USAGE,
}


def add_parser(subparsers: argparse._SubParsersAction[_AnyParser]) -> None:
    """Add the word `calc` and the words below it to the program's command line."""
    calc = subparsers.add_parser("calc", add_help=False, allow_abbrev=False)
    calc.error = partial(refuse_words, "okr-desk calc")  # type: ignore[method-assign] # the class is the caller's
    calc.set_defaults(answer=None)
    calc.add_argument("-h", "--help", action=_Usage, word="")
    words = calc.add_subparsers(dest="word", parser_class=Parser)
    options: dict[str, tuple[Callable[[argparse.Namespace], Answer], tuple[str, ...]]] = {
        "progress": (
            _progress,
            ("kind", "baseline", "target", "value", "limit", "low", "high", "slack", "nodes"),
        ),
        "checkpoints": (_checkpoints, ("baseline", "target", "points", "value")),
        "pace": (_pace, ("start", "end", "today", "progress", "plan", "nature")),
        "rollup": (_rollup, ()),
        **cli_points.WORDS,
        **cli_surveys.WORDS,
        **cli_duties.WORDS,
    }
    for word, (answer, names) in options.items():
        parser = words.add_parser(word, add_help=False, allow_abbrev=False)
        parser.add_argument("-h", "--help", action=_Usage, word=word)
        parser.add_argument("--json", action="store_true")
        for name in names:
            parser.add_argument(f"--{name}")
        if word in ("rollup", "stratified"):
            parser.add_argument("file", nargs="?")
        if word == "rollup":
            parser.add_argument("--closed", action="store_true")
        for name in cli_points.REPEATED if word == "grade" else ():
            parser.add_argument(f"--{name}", action="append", default=[])
        if word == "rule":
            parser.add_argument("words", nargs="*")
        for name in cli_duties.FLAGS.get(word, ()):
            parser.add_argument(f"--{name}", action="store_true")
        parser.set_defaults(answer=answer)


def run(args: argparse.Namespace) -> int:
    """Answer one question: 0 with the answer on standard output, 2 with one sentence on standard error."""
    if args.answer is None:
        refuse("okr-desk calc", _("没有写要算什么"))
    try:
        values, steps = args.answer(args)
    except Refusal as refusal:
        sys.stderr.write(refusal.sentence + "\n")
        return 2
    if args.json:
        sys.stdout.write(json.dumps({**values, "steps": list(steps)}, ensure_ascii=False) + "\n")
        return 0
    lines = [*steps, *(f"{_(_NAMES[key])}：{_in_a_row(value)}" for key, value in values.items())]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _in_a_row(value: str | list[str] | dict[str, str] | None) -> str:
    if isinstance(value, dict):
        return _("，").join(f"{name} {said}" for name, said in value.items())
    return ("".join(value) if isinstance(value, list) else value) or NOTHING


def main(argv: Sequence[str]) -> int:
    """The word `calc` on its own, for example `main(["calc", "pace", …])`."""
    parser = Parser(prog="okr-desk", add_help=False)
    add_parser(parser.add_subparsers(dest="command", required=True))
    try:
        return run(parser.parse_args(argv))
    except SystemExit as leaving:
        return int(leaving.code or 0)


def _progress(args: argparse.Namespace) -> Answer:
    kind = args.kind or "metric"
    if kind == "metric":
        given = (need(args, "baseline"), need(args, "target"), need(args, "value"))
        return _as_progress(progress.metric(*given))
    if kind in ("at-least", "at-most"):
        limit = need(args, "limit" if args.limit is not None or args.target is None else "target")
        rule = progress.at_least if kind == "at-least" else progress.at_most
        return _as_progress(rule(limit, need(args, "value")))
    if kind == "between":
        low, high, slack = need(args, "low"), need(args, "high"), need(args, "slack")
        return _as_progress(progress.between(low, high, slack, need(args, "value")))
    if kind == "yesno":
        return _as_progress(progress.yes_no(yes_or_no(args.value)))
    if kind == "milestone":
        return _as_progress(progress.milestone(_nodes(written(args, "nodes"))))
    raise InputRefused(
        _("没有“{kind}”这一类；--kind 可填 metric、at-least、at-most、between、yesno、milestone。").format(kind=kind)
    )


def _checkpoints(args: argparse.Namespace) -> Answer:
    points = [(number(x, "--points"), number(y, "--points")) for x, y in pairs(written(args, "points"), "--points")]
    baseline, target = need(args, "baseline"), need(args, "target")
    return _as_progress(progress.checkpoints(baseline, target, points, need(args, "value")))


def _pace(args: argparse.Namespace) -> Answer:
    plan = [
        (_day(day, "--plan"), number(share, "--plan"))
        for day, share in (pairs(args.plan, "--plan") if args.plan else ())
    ]
    nature = Nature.COMMITTED if args.nature is None else _nature(args.nature)
    found = pace.pace(
        start=_day(written(args, "start"), "--start"),
        end=_day(written(args, "end"), "--end"),
        today=_day(written(args, "today"), "--today"),
        progress=None if args.progress is None else need(args, "progress"),
        nature=nature,
        plan=plan,
    )
    values: dict[str, str | list[str] | None] = {
        "expected": printed(found.expected),
        "gap": printed(found.gap),
        "status": label(found.status),
    }
    return values, (_("未带工作日历：周一至周五按工作日计。"), *found.steps)


def _rollup(args: argparse.Namespace) -> Answer:
    if not args.file:
        raise InputRefused(_("请写出要汇总的文件，例如：okr-desk calc rollup 汇总.json"))
    objectives = [_objective(one) for one in _listed(_loaded(Path(args.file)), "objectives")]
    found = rollup.rollup_objectives(objectives, closed=args.closed)
    values: dict[str, str | list[str] | None] = {
        "progress": printed(found.progress),
        "coverage": printed(found.coverage),
        "reported": printed(found.reported),
    }
    return values, tuple(found.steps)


def _as_progress(found: progress.Progress) -> Answer:
    return {"raw": printed(found.raw), "clamped": printed(found.clamped)}, tuple(found.steps)


def _loaded(path: Path) -> object:
    try:
        return json.loads(
            path.read_text(encoding="utf-8-sig"),
            parse_float=Decimal,
            parse_int=lambda text: number(text, "JSON"),
        )
    except OSError:
        raise FileRefused(_("打不开文件“{name}”，请检查路径和权限。").format(name=path.name)) from None
    except (ValueError, RecursionError):
        raise FileRefused(_("文件“{name}”不是有效的 JSON（UTF-8），请检查内容。").format(name=path.name)) from None


def _listed(holder: object, key: str) -> list[Mapping[str, object]]:
    found = holder.get(key) if isinstance(holder, dict) else None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise InputRefused(_("文件里缺少“{key}”列表，或列表里的内容不对，请检查。").format(key=key))
    return found


def _objective(one: Mapping[str, object]) -> tuple[rollup.Part, list[rollup.Part]]:
    parts = [
        rollup.Part(
            _weight(kr),
            None if kr.get("progress") in (None, "n/a") else number(kr["progress"], "progress"),
            kr.get("progress") != "n/a",
            str(kr.get("name", "")),
        )
        for kr in _listed(one, "key_results")
    ]
    return rollup.Part(_weight(one), label=str(one.get("name", ""))), parts


def _weight(one: Mapping[str, object]) -> Decimal:
    return number(one.get("weight", Decimal(1)), "weight")


def _day(text: str, name: str) -> date:
    try:
        day = date.fromisoformat(half_width(text))
    except ValueError:
        day = None
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise InputRefused(_("{name} 填的“{text}”不是日期，请写成 2026-09-30。").format(name=name, text=text[:30]))
    return day


def _nodes(text: str) -> list[progress.Node]:
    return [progress.Node("", number(weight, "--nodes"), yes_or_no(state)) for weight, state in pairs(text, "--nodes")]


def _nature(text: str) -> Nature:
    found = by_label(Nature, text) or next((one for one in Nature if one.value == text), None)
    if found is None:
        raise InputRefused(_("--nature 只能填“承诺型”或“挑战型”。"))
    return found


class _Usage(argparse.Action):
    """Print the way a word is written, in the user's language, and leave."""

    def __init__(self, option_strings: Sequence[str], dest: str, word: str) -> None:
        super().__init__(option_strings, dest=argparse.SUPPRESS, default=argparse.SUPPRESS, nargs=0)
        self.word = word

    def __call__(self, *_given: object) -> NoReturn:
        sys.stdout.write(_(_USAGE[self.word]).format(examples=cli_points.examples()) + "\n")
        sys.exit(0)
