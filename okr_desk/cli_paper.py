"""Commands that make paper: the quarterly review sheets and every other registered document."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from okr_desk import cli_desk
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.model.store import Store
from okr_desk.queries import cycles, documents, policy, score_forms
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.reviews import ReviewSheet
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.queries.survey_papers import Asked
from okr_desk.terms import QuarterState

if TYPE_CHECKING:
    from okr_desk.reports.outcome import Printed
    from okr_desk.reports.registry import Document


def prepare(command: str, parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """Declare the options of a command; returns what runs it."""
    cli_desk.takes_person(parser)
    parser.add_argument("--quarter", default="", help=_("季度，例如 2026Q3；不写则为当前季度"))
    cli_desk.takes_branches(parser)
    parser.add_argument("--out", help=_("写到哪个 PDF 文件或文件夹"))
    parser.add_argument("--one-file", action="store_true", help=_("合为一个 PDF 文件"))
    if command == "review":
        parser.add_argument("file", help=_("数据文件（.okr）"))
        parser.add_argument("--scores", action="store_true", help=_("评审表后面附计分表"))
        return review
    parser.add_argument("file", nargs="?", help=_("数据文件（.okr）"))
    parser.add_argument("key", nargs="?", help=_("文书的名称，见 --list"))
    parser.add_argument("--year", type=int, help=_("年度，例如 2026；只用于年度文书，不写则为 --quarter 所在的年度"))
    parser.add_argument("--list", action="store_true", help=_("列出全部文书"))
    parser.add_argument("--copies", type=int, default=1, help=_("测评表：每个支部印几份，各份编号不同"))
    parser.add_argument("--first", type=int, default=1, help=_("测评表：从几号开始编"))
    parser.add_argument("--group", default="", help=_("测评表：发给哪类人群，印出时已勾选"))
    parser.add_argument("--round", default="", help=_("满意度文书：哪一次测评（名称）；不写则为本季最近一次"))
    parser.add_argument(
        "--in-full", action="store_true", help=_("联户和积分的文书：户主印全名、附加扣分事由，供支部自用")
    )
    parser.add_argument("--blank", action="store_true", help=_("计票表：空白表，供手工计票"))
    parser.add_argument("--month", default="", help=_("工作底单：只印这个月，例如 2026-07；不写则印本季有记录的各月"))
    return document


def review(args: argparse.Namespace) -> int:
    """Review sheets: one PDF with bookmarks, or one file for each branch in a folder; `--scores` adds the points."""
    from okr_desk.reports import registry

    cli_desk.check_quarter(args.quarter)
    entry = registry.DOCUMENTS[0]
    with cli_desk.opened(args.file) as store:
        quarter = cli_desk.quarter_named(store, args.quarter)
        if not args.out:
            raise InputRefused(_("请用 --out 写明输出的文件或文件夹。"))
        actor = cli_desk.person(store, args)
        of = cli_desk.branches(store, actor, args, quarter)
        with store.read() as session:
            sheets = cast("Sequence[ReviewSheet]", documents.snapshots(session, entry.key, quarter, of))
        made = _print(store, entry, sheets, _Target(Path(args.out), args.one_file, _file_name(quarter), args.scores))
    late = [sheet.board.org.short_name for sheet in sheets if sheet.missing]
    bare = [sheet.board.org.short_name for sheet in sheets if sheet.scores is None] if args.scores else []
    text = [_("已生成 {n} 份评审表：").format(n=len(sheets)), *(f"  {one.path}" for one in made)]
    if late:
        text.append(_("其中有缺报的支部：{names}").format(names="、".join(late)))
    if bare:
        text.append(_("没有启用考核方案、没有计分表的支部：{names}。").format(names="、".join(bare)))
    text += _unprinted(made)
    facts = {"files": [str(one.path) for one in made], "sheets": len(sheets), "late": late}
    cli_desk.say(args, "\n".join(text), {**facts, "without_scores": bare} if args.scores else facts)
    return 1 if late or bare else 0


def document(args: argparse.Namespace) -> int:
    """Any registered document; `--list` names them, one a line."""
    from okr_desk.reports import registry

    if args.list:
        rows = [(entry.key, entry.title) for entry in registry.DOCUMENTS]
        cli_desk.say(args, "\n".join(f"{key}  {title}" for key, title in rows), [list(row) for row in rows])
        return 0
    cli_desk.check_quarter(args.quarter)
    usage = _("请写：okr-desk document 文件 名称 --out 输出.pdf；名称见 okr-desk document --list。")
    if not args.file or not args.key:
        raise InputRefused(usage)
    entry = registry.by_key(args.key)
    if entry is None:
        raise InputRefused(_("没有名为“{key}”的文书。名称见 okr-desk document --list。").format(key=args.key))
    asked = _asked(entry, args)
    with cli_desk.opened(args.file) as store:
        quarter = _period(store, entry, args)
        if not args.out:
            raise InputRefused(usage)
        out = Path(args.out)
        if _is_workbook(out) and not entry.as_workbook:
            raise InputRefused(_("“{title}”不能存为电子表格，请把 --out 写成 .pdf。").format(title=entry.title))
        actor = cli_desk.person(store, args)
        of = cli_desk.branches(store, actor, args, quarter, whole=not entry.per_branch)
        if entry.of_surveys and not (entry.per_branch or args.org or args.all):
            of = ()  # the report by itself; a branch that is named gets a page of its own
        with store.read() as session:
            content = documents.snapshots(session, entry.key, quarter, of, asked)
        forms = [one for one in content if isinstance(one, ScoreForm)]
        bare = score_forms.without(of, forms) if forms else ()
        if _is_workbook(out):
            made: list[Printed] = []
            files, pages = [_write_workbook(store, content, out)], 0
        else:
            name = entry.stem(quarter.year, quarter.label) + ".pdf"
            made = _print(store, entry, content, _Target(out, args.one_file or not entry.per_branch, name))
            files, pages = [one.path for one in made], sum(one.pages for one in made)
    text = [*(_("已生成：{file}").format(file=file) for file in files), *_unprinted(made)]
    if bare:
        text.append(_("没有启用考核方案、没有计分表的支部：{names}。").format(names="、".join(bare)))
    facts = {"file": str(files[0]), "files": [str(file) for file in files], "pages": pages}
    cli_desk.say(args, "\n".join(text), {**facts, "without_scores": bare} if forms else facts)
    return 1 if bare else 0


def _period(store: Store, entry: Document, args: argparse.Namespace) -> QuarterView:
    """The quarter asked for; of a year its last that has begun. Raises InputRefused for a year that cannot be meant."""
    if args.year is None:
        return cli_desk.quarter_named(store, args.quarter)
    if not entry.of_year or args.quarter:
        raise InputRefused(_("--year 只用于年度文书，也不能和 --quarter 同时写；其他文书请用 --quarter。"))
    with store.read() as session:
        of = [one for one in cycles.quarters(session) if one.year == args.year]
    if not of:
        raise InputRefused(_("没有{year}年这个年度，请先在“年度与季度”中建立。").format(year=args.year))
    return [one for one in of if one is of[0] or one.state is not QuarterState.PLANNING][-1]


@dataclass(frozen=True)
class _Target:
    """Where paper goes: a file, or a folder that gets one file each (or one called `name` when it is `one_file`)."""

    out: Path
    one_file: bool
    name: str
    with_scores: bool = False


def _print(store: Store, entry: Document, content: Sequence[object], target: _Target) -> list[Printed]:
    with store.read() as session:
        bundled = policy.values(session)["paper.bundled_fonts"] == "true"
    more: dict[str, Any] = {"with_scores": True} if target.with_scores else {}
    is_file = target.out.suffix.lower() == ".pdf"
    at, out = store.clock.now(), target.out
    if entry.render_each is not None and not (is_file or target.one_file):
        from okr_desk.reports import press

        return press.render_each(
            entry.module, content, out, printed_at=at, progress=_progress, bundled_fonts=bundled, **more
        )
    if entry.per_branch and not is_file:
        out = out / target.name
    return [entry.render(content, out, printed_at=at, progress=_progress, bundled_fonts=bundled, **more)]


def _write_workbook(store: Store, content: Sequence[object], out: Path) -> Path:
    from okr_desk.exchange import workbooks

    return workbooks.write(out, content, printed_at=store.clock.now(), progress=_progress)


def _asked(entry: Document, args: argparse.Namespace) -> Asked:
    """How papers of mass satisfaction are wanted. Raises InputRefused where another document was meant."""
    numbers = (args.copies, args.first, args.group) != (1, 1, "")
    if numbers and not entry.numbered:
        raise InputRefused(_("--copies、--first、--group 只用于测评表 questionnaire。"))
    if args.blank and entry.key != "count-sheet":
        raise InputRefused(_("--blank 只用于计票表 count-sheet。"))
    if args.round and not entry.of_surveys:
        raise InputRefused(_("--round 只用于满意度的文书，见 okr-desk document --list。"))
    if args.in_full and entry.key not in ("household-card", "visit-register", "points-list"):
        raise InputRefused(_("--in-full 只用于党员联户卡、联户走访登记表和党员积分季度公示单。"))
    month = _month(entry, args)
    return Asked(args.copies, args.first, args.group, args.blank, round=args.round, in_full=args.in_full, month=month)


def _month(entry: Document, args: argparse.Namespace) -> int:
    """The month asked for, 0 for every one with entries; its quarter is then the one meant."""
    if not args.month:
        return 0
    if entry.key != "worklog":
        raise InputRefused(_("--month 只用于工作底单 worklog。"))
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", args.month):
        raise InputRefused(_("--month 请写作 2026-07 的样子。"))
    year, month = (int(part) for part in args.month.split("-"))
    quarter = f"{year}Q{(month + 2) // 3}"
    if args.quarter not in ("", quarter):
        raise InputRefused(_("{month} 不在 {quarter}，请只写一个。").format(month=args.month, quarter=args.quarter))
    args.quarter = quarter
    return month


def _is_workbook(out: Path) -> bool:
    return out.suffix.lower() == ".xlsx"


def _unprinted(made: Sequence[Printed]) -> list[str]:
    """The characters that no face has, if there are any."""
    found = dict.fromkeys(character for one in made for character in one.missing)
    return [_("所有字体都没有的字印作“〓”：{chars}。").format(chars="、".join(found))] if found else []


def _file_name(quarter: QuarterView) -> str:
    return _("{quarter}评审表.pdf").format(quarter=quarter.label)


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r" + _("正在生成 {done}/{total}").format(done=done, total=total))
        if done == total:
            sys.stderr.write("\n")
