"""The county's forms without a window: kept, mapped, filled; 1 where a figure is missing and its cell stays blank."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from okr_desk import cli_desk
from okr_desk.errors import InputRefused
from okr_desk.exchange import upward as workbooks
from okr_desk.exchange import upward_folder
from okr_desk.i18n import _
from okr_desk.model.store import Store, today
from okr_desk.queries import upward as queries
from okr_desk.queries import upward_catalogue
from okr_desk.queries.upward import FilledForm, FormView
from okr_desk.queries.upward_facts import UpwardFacts
from okr_desk.rules import upward_labels
from okr_desk.rules.permissions import Action, Actor
from okr_desk.rules.upward import CellDraft
from okr_desk.services import permits
from okr_desk.services import upward as service
from okr_desk.upward_terms import GROUPS

_MAP = re.compile(r"(?:(.+)!)?([^!=]+)=(.+)")


def prepare(command: str, parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """Declare the options of `upward`; returns what runs it."""
    del command
    cli_desk.takes_person(parser)
    parser.add_argument("file", help=_("数据文件（.okr）"))
    does = parser.add_mutually_exclusive_group(required=True)
    does.add_argument("--list", action="store_true", help=_("列出各张表和已添加的单元格"))
    does.add_argument("--figures", action="store_true", help=_("列出可以填的数：写法和名称"))
    does.add_argument("--add", metavar="PATH", help=_("导入县里的表（.xlsx），名称用 --name"))
    does.add_argument("--replace", metavar="PATH", help=_("用县里的新表换下 --form 的旧表，单元格照旧"))
    does.add_argument("--retire", action="store_true", help=_("停用 --form"))
    does.add_argument("--map", nargs="+", help=_("添加单元格，写作 '表!C5=数'，只有一张工作表时可写 C5=数"))
    does.add_argument("--unmap", nargs="+", help=_("移去单元格，写作 '表!C5'"))
    does.add_argument("--find", action="store_true", help=_("按表上的字找出可以填的单元格，只列出；加 --yes 一并添加"))
    does.add_argument("--fill", action="store_true", help=_("填好一季的数，另存到 --out；不写 --form 则填全部的表"))
    parser.add_argument("--name", default="", help=_("导入的表叫什么；不写则用文件名"))
    parser.add_argument("--form", default="", help=_("哪张表；只有一张时可不写"))
    parser.add_argument("--quarter", default="", help=_("季度，例如 2026Q3；不写则为当前季度"))
    parser.add_argument("--out", help=_("写到哪个 .xlsx 文件；不写 --form 时写到哪个文件夹"))
    parser.add_argument("--yes", action="store_true", help=_("与 --find 同用：把找到的都添加"))
    return run


def run(args: argparse.Namespace) -> int:
    """One of the things that can be done with forms."""
    cli_desk.check_quarter(args.quarter)
    with cli_desk.opened(args.file) as store:
        actor = cli_desk.person(store, args)
        with store.write(actor) as session:
            permits.require(session, actor, Action.EDIT_UPWARD)
        if args.figures:
            return _figures(store, args)
        if args.list:
            return _list(store, args)
        if args.add:
            return _add(store, actor, args)
        if args.fill:
            return _fill(store, actor, args)
        form = _form(store, args)
        if args.replace:
            return _replace(store, actor, args, form)
        if args.retire:
            with store.write(actor) as session:
                service.retire(session, actor, form.id)
            cli_desk.say(args, _("已停用“{name}”。").format(name=form.name), {"retired": form.name})
            return 0
        if args.unmap:
            return _unmap(store, actor, args, form)
        return _find(store, actor, args, form) if args.find else _map(store, actor, args, form)


def _figures(store: Store, args: argparse.Namespace) -> int:
    with store.read() as session:
        found = upward_catalogue.figures(session, today(session).year).values()
    rows = [{"figure": one.word, "name": one.title, "column": one.of_branch} for one in found]
    text, group = [], None
    for one in found:
        if one.group is not group:
            group = one.group
            text.append(_(GROUPS[group]))
        text.append(f"  {one.word}  {one.title}")
    cli_desk.say(args, "\n".join(text), rows)
    return 0


def _list(store: Store, args: argparse.Namespace) -> int:
    with store.read() as session:
        found = queries.forms(session, today(session).year)
    text = [] if found else [_("还没有导入县里的表。请用 --add 表.xlsx --name 名称 导入。")]
    for form in found:
        text.append(
            _("{name}（{file}），{n} 个单元格").format(name=form.name, file=form.display_name, n=len(form.cells))
        )
        text += [f"  {one.sheet}!{one.cell}={one.figure}  {one.title}" for one in form.cells]
    facts = [
        {
            "name": form.name,
            "file": form.display_name,
            "sha256": form.sha256,
            "cells": [
                {"sheet": c.sheet, "cell": c.cell, "figure": c.figure, "column": c.is_column} for c in form.cells
            ],
        }
        for form in found
    ]
    cli_desk.say(args, "\n".join(text), facts)
    return 0


def _add(store: Store, actor: Actor, args: argparse.Namespace) -> int:
    path = Path(args.add)
    draft = workbooks.draft(path, args.name or path.stem)
    with store.write(actor) as session:
        service.keep(session, actor, draft)
    text = _("已导入“{name}”。请用 --map 添加单元格，或用 --find 按表上的字找。").format(name=draft.name.strip())
    cli_desk.say(args, text, {"name": draft.name.strip(), "sheets": [one.name for one in draft.book.sheets]})
    return 0


def _replace(store: Store, actor: Actor, args: argparse.Namespace, form: FormView) -> int:
    draft = workbooks.draft(Path(args.replace), form.name)
    with store.write(actor) as session:
        made = service.replace(session, actor, form.id, draft).value
    text = [_("“{name}”已换新表，{n} 个单元格照旧。").format(name=form.name, n=made.kept)]
    if made.lost:
        text += [_("新表里没有位置、已移去的："), *(f"  {said}" for said in made.lost)]
    cli_desk.say(args, "\n".join(text), {"kept": made.kept, "lost": list(made.lost)})
    return 1 if made.lost else 0


def _map(store: Store, actor: Actor, args: argparse.Namespace, form: FormView) -> int:
    with store.read() as session:
        book = workbooks.kept(queries.workbook_path(session, form), form.display_name)
    drafts = [_draft(text, [one.name for one in book.sheets]) for text in args.map]
    return _mapped(store, actor, args, form, drafts)


def _mapped(store: Store, actor: Actor, args: argparse.Namespace, form: FormView, drafts: Sequence[CellDraft]) -> int:
    with store.read() as session:
        book = workbooks.kept(queries.workbook_path(session, form), form.display_name)
    with store.write(actor) as session:
        made = service.map_cells(session, actor, form.id, book, drafts).value
    cli_desk.say(args, _("已添加 {n} 个单元格。").format(n=len(made)), {"added": len(made)})
    return 0


def _unmap(store: Store, actor: Actor, args: argparse.Namespace, form: FormView) -> int:
    known = {f"{one.sheet}!{one.cell}": one.draft for one in form.cells}
    drafts: list[CellDraft] = []
    for text in args.unmap:
        found = [draft for name, draft in known.items() if text.strip() in (name, name.rpartition("!")[2])]
        if len(found) != 1:
            said = _("“{name}”里没有添加过“{cell}”，请写作 '表!C5'，见 --list。")
            raise InputRefused(said.format(name=form.name, cell=text))
        drafts += found
    with store.write(actor) as session:
        service.unmap(session, actor, form.id, drafts)
    cli_desk.say(args, _("已移去 {n} 个单元格。").format(n=len(drafts)), {"removed": len(drafts)})
    return 0


def _find(store: Store, actor: Actor, args: argparse.Namespace, form: FormView) -> int:
    with store.read() as session:
        book = workbooks.kept(queries.workbook_path(session, form), form.display_name)
        known = upward_catalogue.figures(session, today(session).year)
        branches = upward_catalogue.branch_names(session, today(session))
    found = upward_labels.proposals(book, known, form.drafts, branches)
    if args.yes and found:
        return _mapped(store, actor, args, form, [one.draft for one in found])
    lines = [f"{one.draft.sheet}!{one.draft.cell}={one.draft.figure}  {one.label} → {one.name}" for one in found]
    text = "\n".join(lines) or _("没有找到能对上的字，请用 --map 逐个添加。")
    facts = [
        {"sheet": one.draft.sheet, "cell": one.draft.cell, "figure": one.draft.figure, "label": one.label}
        for one in found
    ]
    cli_desk.say(args, text, facts)
    return 0


def _fill(store: Store, actor: Actor, args: argparse.Namespace) -> int:
    if not args.out:
        raise InputRefused(_("请用 --out 写明输出的文件或文件夹。"))
    quarter = cli_desk.quarter_named(store, args.quarter)
    out = Path(args.out)
    is_file = out.suffix.lower() == ".xlsx"
    with store.read() as session:
        of = UpwardFacts(session, quarter, actor.name)
        if args.form or is_file:
            form = _form(store, args)
            source = queries.workbook_path(session, form)
            made = queries.filled(session, of, form, workbooks.kept(source, form.display_name))
            target = out if is_file else out / upward_folder.file_name(made)
            files, filled = [workbooks.write(made, source, target)], [made]
        else:
            filled = upward_folder.filled(session, of)
            files = upward_folder.write(session, filled, out)
    return _told(args, filled, files)


def _told(args: argparse.Namespace, filled: Sequence[FilledForm], files: Sequence[Path]) -> int:
    missing = [said for one in filled for said in one.missing]
    text = [*(_("已填好：{file}").format(file=file) for file in files)]
    if missing:
        text += [_("缺数、留空的："), *(f"  {said}" for said in missing)]
    written = sum(len(one.targets) for one in filled)
    cli_desk.say(
        args, "\n".join(text), {"files": [str(file) for file in files], "written": written, "missing": missing}
    )
    return 1 if missing else 0


def _form(store: Store, args: argparse.Namespace) -> FormView:
    with store.read() as session:
        year = today(session).year
        if args.form:
            return queries.form_named(session, year, args.form)
        found = queries.forms(session, year)
    if len(found) != 1:
        said = (
            _("还没有导入县里的表。")
            if not found
            else _("有 {n} 张表，请用 --form 写明是哪一张。").format(n=len(found))
        )
        raise InputRefused(said)
    return found[0]


def _draft(text: str, sheets: Sequence[str]) -> CellDraft:
    found = _MAP.fullmatch(text.strip())
    if found is None or (found.group(1) is None and len(sheets) != 1):
        names = _("、").join(sheets)
        said = _("“{text}”请写作 '表!C5=数'；工作表有：{names}。")
        raise InputRefused(said.format(text=text, names=names))
    return CellDraft((found.group(1) or sheets[0]).strip(" '"), found.group(2), found.group(3).strip())
