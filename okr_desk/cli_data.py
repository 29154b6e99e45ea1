"""Commands that put data in and take it out: new, demo, import, export, check-in."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from okr_desk import cli_desk, files, paths
from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.model.store import Store
from okr_desk.queries import board as boards
from okr_desk.queries.wording import reached
from okr_desk.rules.checkins import CheckInDraft
from okr_desk.rules.permissions import Action
from okr_desk.scoring.rounding import percent
from okr_desk.terms import EntryBasis

if TYPE_CHECKING:
    from okr_desk.exchange.founding import Report

_REASONS = 5
_FIGURE = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_NOTHING = (("未启动",), ("none",))
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def prepare(command: str, parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """Declare the options of a command; returns what runs it."""
    cli_desk.takes_person(parser)
    if command == "demo":
        parser.add_argument("file", nargs="?")
        parser.add_argument("--fresh", action="store_true")
        return demo
    parser.add_argument("file")
    if command == "new":
        parser.add_argument("--township", required=True)
        parser.add_argument("--admin", required=True)
        parser.add_argument("--year", type=int)
        return new
    if command == "import":
        parser.add_argument("paths", nargs="+")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--yes-safe", action="store_true")
        parser.add_argument("--report")
        return take_in
    if command == "export":
        parser.add_argument("--what", required=True)
        parser.add_argument("--quarter", default="")
        parser.add_argument("--xlsx")
        return give_out
    for name in ("org", "kr"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("value", "nodes", "as-of", "confidence", "note", "difficulty", "reason"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--yes", action="store_true")
    parser.add_argument("--no", action="store_true")
    parser.add_argument("--quarter", default="")
    return check_in


def new(args: argparse.Namespace) -> int:
    """A new database with the seed library."""
    from okr_desk.exchange import founding

    year = args.year or date.today().year  # noqa: DTZ011 - the office's own date
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

    if args.report:
        files.check_writable(Path(args.report))
    with cli_desk.opened(args.file) as store:
        actor = cli_desk.person(store, args)
        with store.write(actor) as session:  # asked before a copy is made, and of a trial too: it tells what stands
            permits.require(session, actor, Action.IMPORT)
        if not (args.dry_run or store.is_demo):
            backup.take(store.path, None, store.clock.now(), backup.BEFORE_IMPORT)
        report = founding.import_paths(
            store, actor, [Path(p) for p in args.paths], safe=args.yes_safe, dry_run=args.dry_run
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
        rows = export.rows(store, args.what, args.quarter, actor)
        if args.xlsx:
            export.write_xlsx(Path(args.xlsx), args.what, rows)
    if args.xlsx and not args.json:
        cli_desk.say(args, _("已导出 {n} 行：{file}").format(n=len(rows), file=args.xlsx), None)
        return 0
    args.json = True
    cli_desk.say(args, "", rows)
    return 0


def check_in(args: argparse.Namespace) -> int:
    """Record one check-in and say what it made of the key result."""
    from okr_desk.services import checkins

    with cli_desk.opened(args.file) as store:
        actor = cli_desk.person(store, args)
        quarter = cli_desk.quarter_named(store, args.quarter)
        org = cli_desk.org_named(store, args.org)
        draft = _draft(store, args, org.id, quarter.id, quarter.year, quarter.number)
        with store.write(actor) as session:
            outcome = checkins.record(session, actor, draft)
        with store.read() as session:
            board = boards.board(session, org.id, quarter.year, quarter.number)
    kr = next(kr for kr in board.key_results if kr.id == draft.key_result_id)
    text = _("{org} {code} 已更新：完成度 {made}，应达 {expected}。").format(
        org=org.short_name, code=kr.code, made=reached(kr.progress, 1), expected=percent(kr.pace.expected, 1)
    )
    notices = (*outcome.notices, kr.conflict) if kr.conflict else outcome.notices
    facts = {
        "id": outcome.value,
        "org": org.short_name,
        "kr": kr.code,
        "period": quarter.key,
        "raw": kr.progress.raw,
        "clamped": kr.progress.clamped,
        "expected": kr.pace.expected,
        "status": kr.pace.status,
        "steps": list(kr.progress.steps),
        "notices": notices,
    }
    cli_desk.say(args, "\n".join((text, *notices)), facts)
    return 0


def _draft(
    store: Store, args: argparse.Namespace, org_id: int, quarter_id: int, year: int, number: int
) -> CheckInDraft:
    with store.read() as session:
        board = boards.board(session, org_id, year, number)
    if not board.key_results:
        raise Refusal(_("{org}在这个年度没有关键结果，不用填报。").format(org=board.org.short_name))
    kr = next((kr for kr in board.key_results if kr.code == args.kr.strip().upper()), None)
    if kr is None:
        raise Refusal(
            _("{org} 没有关键结果“{kr}”。可填：{known}。").format(
                org=board.org.short_name, kr=args.kr, known="、".join(k.code for k in board.key_results)
            )
        )
    given = [args.value is not None, args.nodes is not None, args.yes, args.no]
    if sum(given) != 1:
        raise InputRefused(_("请写 --value、--nodes、--yes、--no 中的一个。"))
    return CheckInDraft(
        key_result_id=kr.id,
        quarter_id=quarter_id,
        value=None if args.value is None else _number(args.value),
        nodes=None if args.nodes is None else _nodes(args.nodes),
        done=True if args.yes else False if args.no else None,
        as_of=None if args.as_of is None else _day(args.as_of),
        confidence=None if args.confidence is None else _whole(args.confidence),
        progress_note=args.note or "",
        difficulty=args.difficulty or "",
        reason=args.reason or "",
        basis=EntryBasis.OWN,
    )


def _number(text: str) -> Decimal:
    """What `Decimal` takes beyond this (1_000, digits of other scripts, NaN) is a slip, not a number."""
    plain = text.strip().translate(_HALF_WIDTH)
    if not _FIGURE.fullmatch(plain):
        raise InputRefused(_("“{text}”不是数字。请只填数字，例如 95.5。").format(text=text))
    return Decimal(plain)


def _whole(text: str) -> int:
    value = _number(text)
    if not 1 <= value <= 10 or value != int(value):
        raise InputRefused(_("信心请填 1 到 10 的整数。"), "confidence")
    return int(value)


def _nodes(text: str) -> tuple[str, ...]:
    """The names of what is done; nothing done has to be said, an empty word is a slip and no zero."""
    names = tuple(name for name in re.split(r"[,，、;；\s]+", text) if name)
    if not names:
        raise InputRefused(_("--nodes 后面请写已完成的节点，用逗号隔开；一个也没有完成请写“未启动”。"), "nodes")
    return () if names in _NOTHING else names


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputRefused(_("“{text}”不是日期。请写成 2026-09-30 的样子。").format(text=text)) from None


def _import_text(report: Report, dry_run: bool) -> str:
    head = (
        _("将写入 {taken} 条，相同 {same} 条（试读，未写入）。")
        if dry_run
        else _("已写入 {taken} 条，相同 {same} 条。")
    )
    lines = [head.format(taken=report["taken"], same=report["unchanged"])]
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
    return "\n".join((*lines, *_left_out(report)))


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
