"""Commands that make paper: the quarterly review sheets and every other registered document."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from okr_desk import cli_desk
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.model.store import Store, today
from okr_desk.queries import documents, orgs, policy, reviews
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import permits
from okr_desk.terms import OrgKind


def prepare(command: str, parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """Declare the options of a command; returns what runs it."""
    cli_desk.takes_person(parser)
    parser.add_argument("--quarter", default="", help=_("季度，例如 2026Q3；不写则为当前季度"))
    parser.add_argument("--org", nargs="+", default=[], help=_("哪些支部，可写多个，全称或简称"))
    parser.add_argument("--all", action="store_true", help=_("全部支部"))
    parser.add_argument("--out", help=_("写到哪个 PDF 文件或文件夹"))
    parser.add_argument("--one-file", action="store_true", help=_("合为一个 PDF 文件"))
    if command == "review":
        parser.add_argument("file", help=_("数据文件（.okr）"))
        return review
    parser.add_argument("file", nargs="?", help=_("数据文件（.okr）"))
    parser.add_argument("key", nargs="?", help=_("文书的名称，见 --list"))
    parser.add_argument("--list", action="store_true", help=_("列出全部文书"))
    return document


def review(args: argparse.Namespace) -> int:
    """Review sheets: one PDF with bookmarks, or one file for each branch in a folder."""
    from okr_desk.reports import quarterly_review

    if not args.out:
        raise InputRefused(_("请用 --out 写明输出的文件或文件夹。"))
    out = Path(args.out)
    with cli_desk.opened(args.file) as store:
        actor = cli_desk.person(store, args)
        quarter = cli_desk.quarter_named(store, args.quarter)
        of = _chosen(store, actor, args, quarter)
        with store.read() as session:
            sheets = reviews.sheets(session, quarter, of)
            bundled = policy.values(session)["paper.bundled_fonts"] == "true"
        at = store.clock.now()
        if args.one_file or out.suffix.lower() == ".pdf":
            target = out if out.suffix.lower() == ".pdf" else out / _file_name(quarter)
            made = [quarterly_review.render(sheets, target, printed_at=at, progress=_progress, bundled_fonts=bundled)]
        else:
            made = list(
                quarterly_review.render_each(sheets, out, printed_at=at, progress=_progress, bundled_fonts=bundled)
            )
    late = [sheet.board.org.short_name for sheet in sheets if sheet.missing]
    text = [_("已生成 {n} 份评审表：").format(n=len(sheets)), *(f"  {one.path}" for one in made)]
    if late:
        text.append(_("其中有缺报的支部：{names}").format(names="、".join(late)))
    unprinted = dict.fromkeys(character for one in made for character in one.missing)
    if unprinted:
        text.append(_("所有字体都没有的字印作“〓”：{chars}。").format(chars="、".join(unprinted)))
    cli_desk.say(args, "\n".join(text), {"files": [str(one.path) for one in made], "sheets": len(sheets), "late": late})
    return 1 if late else 0


def document(args: argparse.Namespace) -> int:
    """Any registered document; `--list` names them, one a line."""
    from okr_desk.reports import registry

    if args.list:
        rows = [(entry.key, entry.title) for entry in registry.DOCUMENTS]
        cli_desk.say(args, "\n".join(f"{key}  {title}" for key, title in rows), [list(row) for row in rows])
        return 0
    if not args.file or not args.key or not args.out:
        raise InputRefused(_("请写：okr-desk document 文件 名称 --out 输出.pdf；名称见 okr-desk document --list。"))
    entry = registry.by_key(args.key)
    if entry is None:
        raise InputRefused(_("没有名为“{key}”的文书。名称见 okr-desk document --list。").format(key=args.key))
    with cli_desk.opened(args.file) as store:
        actor = cli_desk.person(store, args)
        quarter = cli_desk.quarter_named(store, args.quarter)
        of = _chosen(store, actor, args, quarter, whole=not entry.per_branch)
        with store.read() as session:
            content = documents.snapshots(session, entry.key, quarter, of)
            bundled = policy.values(session)["paper.bundled_fonts"] == "true"
        made = entry.render(content, Path(args.out), printed_at=store.clock.now(), bundled_fonts=bundled)
    cli_desk.say(args, _("已生成：{file}").format(file=made.path), {"file": str(made.path), "pages": made.pages})
    return 0


def _chosen(
    store: Store, actor: Actor, args: argparse.Namespace, quarter: QuarterView, whole: bool = False
) -> tuple[OrgView, ...]:
    """The branches asked for, as far as the person may see them; a document of the `whole` township needs all.

    Raises NotAllowed for a branch of somebody else.
    """
    if args.org and args.all:
        raise InputRefused(_("--org 与 --all 只能写一个。"))
    found = (cli_desk.org_named(store, name) for name in args.org)
    named = tuple({org.id: org for org in found}.values())
    if not (named or args.all or whole):
        raise InputRefused(_("请用 --org 写明支部，或用 --all 打印全部支部。"))
    with store.read() as session:
        tree = orgs.tree(session, min(today(session), quarter.ends_on))
        for org in named or (tree[:1] if whole else ()):
            permits.require(session, actor, Action.VIEW, org.id)
    of = named or tuple(org for org in tree if org.kind == OrgKind.BRANCH)
    return tuple(org for org in of if actor.may(Action.VIEW, org.line))


def _file_name(quarter: QuarterView) -> str:
    return _("{quarter}评审表.pdf").format(quarter=quarter.label)


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r" + _("正在生成 {done}/{total}").format(done=done, total=total))
        if done == total:
            sys.stderr.write("\n")
