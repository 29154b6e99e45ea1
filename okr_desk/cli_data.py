"""Commands that put data in and take it out: new, demo, import, export."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from okr_desk import cli_desk, files, paths
from okr_desk.clock import SystemClock
from okr_desk.i18n import _
from okr_desk.rules.permissions import Action

if TYPE_CHECKING:
    from okr_desk.exchange.founding import Report

_REASONS = 5


def prepare(command: str, parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """Declare the options of a command; returns what runs it."""
    cli_desk.takes_person(parser)
    if command == "demo":
        parser.add_argument("file", nargs="?", help=_("示范镇存到哪个文件；不写则放在程序的数据文件夹"))
        parser.add_argument("--fresh", action="store_true", help=_("重建示范镇，原来的示范数据不保留"))
        return demo
    parser.add_argument("file", help=_("数据文件（.okr）"))
    if command == "new":
        parser.add_argument("--township", required=True, help=_("乡镇名称，例如 青山镇"))
        parser.add_argument("--admin", required=True, help=_("系统管理员的账号"))
        parser.add_argument("--year", type=int, help=_("第一个年度；不写则为今年"))
        return new
    if command == "import":
        parser.add_argument("paths", nargs="+", help=_("工作簿或文件夹，可写多个"))
        parser.add_argument("--dry-run", action="store_true", help=_("只试读，不写入"))
        parser.add_argument("--yes-safe", action="store_true", help=_("采用不丢内容的建议（全角数字、空格、百分号等）"))
        parser.add_argument("--reason", default="", help=_("写入已冻结季度的理由，作补报；不写则这些行退回"))
        parser.add_argument(
            "--number-order",
            choices=("best-first", "worst-first"),
            help=_("问卷按序号导出时 1 表示什么：best-first 非常满意，worst-first 不满意；不写则不猜，列出待定"),
        )
        parser.add_argument("--report", help=_("把结果写成 JSON 文件"))
        return take_in
    parser.add_argument(
        "--what",
        required=True,
        help=_("导出什么，例如 orgs、values、key-results、checkins、surveys、meetings、worklog、whistles、findings"),
    )
    parser.add_argument("--quarter", default="", help=_("季度，例如 2026Q3"))
    parser.add_argument("--round", default="", help=_("只导出哪一次满意度测评（名称）；不写则都导出"))
    parser.add_argument("--xlsx", help=_("写成电子表格，写到哪个文件"))
    return give_out


def new(args: argparse.Namespace) -> int:
    """A new database with the seed library."""
    from okr_desk.exchange import founding

    year = args.year or SystemClock().today().year
    store = founding.new_township(Path(args.file), args.township, args.admin, cli_desk.password(), year)
    store.close()
    cli_desk.say(args, _("已建立“{name}”：{file}").format(name=args.township, file=args.file), {"file": args.file})
    return 0


def demo(args: argparse.Namespace) -> int:
    """The demo township, kept between runs unless `--fresh`."""
    from okr_desk.exchange import founding

    path = Path(args.file) if args.file else paths.data_folder() / "示范镇.okr"
    store, report = founding.demo(path, fresh=args.fresh)
    store.close()
    text = _(
        "示范镇已就绪：{file}\n账号 admin（系统管理员）不需要密码；另有 dangjian（镇党建办）、qingshi（支部书记）。"
    ).format(file=path)
    if report is not None:
        text += "\n" + _("导入 {taken} 条，待确认 {doubtful} 格，未报 {missing} 个支部。").format(
            taken=report["taken"], doubtful=len(report["doubtful"]), missing=len(report["missing"])
        )
    cli_desk.say(args, text, {"file": str(path), "import": report})
    return 0


def take_in(args: argparse.Namespace) -> int:
    """Import workbooks or folders; doubtful cells stay missing and are listed."""
    from okr_desk.exchange import founding
    from okr_desk.services import backup, permits
    from okr_desk.survey_terms import NumberOrder

    if args.report:
        files.check_writable(Path(args.report))
    with cli_desk.opened(args.file) as store:
        actor = cli_desk.person(store, args)
        with store.write(actor) as session:  # asked before a copy is made, and of a trial too: it tells what stands
            permits.require(session, actor, Action.IMPORT)
        if not (args.dry_run or store.is_demo):
            backup.take(store.path, None, store.clock.now(), backup.BEFORE_IMPORT)
        report = founding.import_paths(
            store,
            actor,
            [Path(p) for p in args.paths],
            safe=args.yes_safe,
            dry_run=args.dry_run,
            late_reason=args.reason,
            order=NumberOrder(args.number_order.replace("-", "_")) if args.number_order else None,
        )
    if args.report:
        text = json.dumps(report, ensure_ascii=False, indent=1)
        files.write_atomically(Path(args.report), text.encode())
    cli_desk.say(args, _import_text(report, args.dry_run), report)
    asks = any((report["missing"], report["duplicate"], report["damaged"], report["lost"]))
    nothing = not (report["taken"] or report["unchanged"])
    return 1 if asks or nothing or any(not cell["taken"] for cell in report["doubtful"]) else 0


def give_out(args: argparse.Namespace) -> int:
    """Export what is in the database as JSON or as a workbook."""
    from okr_desk.exchange import export

    with cli_desk.opened(args.file) as store:
        actor = cli_desk.person(store, args)
        rows = export.rows(store, args.what, args.quarter, actor, args.round)
        if args.xlsx:
            export.write_xlsx(Path(args.xlsx), args.what, rows)
    if args.xlsx and not args.json:
        cli_desk.say(args, _("已导出 {n} 行：{file}").format(n=len(rows), file=args.xlsx), None)
        return 0
    args.json = True
    cli_desk.say(args, "", rows)
    return 0


def _import_text(report: Report, dry_run: bool) -> str:
    head = (
        _("将写入 {taken} 条，相同 {same} 条（试读，未写入）。")
        if dry_run
        else _("已写入 {taken} 条，相同 {same} 条。")
    )
    lines = [head.format(taken=report["taken"], same=report["unchanged"])]
    for one in report["surveys"]:
        said = _("满意度答卷：{file} → {round}，{n} 份，其中作废 {void} 份、存疑 {marked} 份。")
        marked = one["marked"]
        lines.append(
            said.format(file=one["workbook"], round=one["round"], n=one["stored"], void=one["void"], marked=len(marked))
        )
        lines += [
            _("  存疑 第 {row} 行 {where}：{why}").format(row=row, where=where, why=why) for row, where, why in marked
        ]
    waiting = [cell for cell in report["doubtful"] if not cell["taken"]]
    if waiting:
        lines.append(_("需要您定的 {n} 格：").format(n=len(waiting)))
        for c in waiting:
            proposal = c["proposal"] or _("留空")
            lines.append(f"  {c['workbook']} {c['sheet']}!{c['cell']}  “{c['raw']}” → {proposal}  {c['reason']}")
    if report["missing"]:
        lines.append(_("还没有报：{names}").format(names="、".join(report["missing"])))
    if report["duplicate"]:
        lines.append(_("报了不止一份：{names}").format(names="、".join(report["duplicate"])))
    for note in report["damaged"]:
        lines.append(_("读不了：{file}  {why}").format(file=note["workbook"], why=note["reason"]))
    return "\n".join((*lines, *_left_out(report), *report["next_steps"]))


def _left_out(report: Report) -> list[str]:
    """Files and lines that were not taken, and why; a sheet whose every line fails for one reason is not a novel."""
    lines: list[str] = []
    for workbook in dict.fromkeys(note["workbook"] for note in report["refused"]):
        reasons = [note["reason"] for note in report["refused"] if note["workbook"] == workbook]
        lines += [_("没有采用：{file}  {why}").format(file=workbook, why=why) for why in reasons[:_REASONS]]
        if len(reasons) > _REASONS:
            more = _("没有采用：{file}  另有 {n} 处，用 --report 可列出全部。")
            lines.append(more.format(file=workbook, n=len(reasons) - _REASONS))
    return lines
