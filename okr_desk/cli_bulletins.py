"""The command that drafts, shows, issues, withdraws and signs for the bulletin of a quarter: bulletin."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from okr_desk import cli_desk, files
from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.model.store import Store
from okr_desk.queries import bulletins
from okr_desk.queries.bulletins import BulletinBoard, BulletinView
from okr_desk.queries.objectives import QuarterView
from okr_desk.review_terms import ReceiptWay
from okr_desk.rules.bulletins import BulletinMode, BulletinState, IssueDraft, ReceiptDraft
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import permits
from okr_desk.terms import label

MODES = {"grade": BulletinMode.GRADES, "unnamed": BulletinMode.UNNAMED, "rank": BulletinMode.RANKED}
_OPTIONS = {"document": "--number", "signed_by": "--signed-by", "issued_on": "--on", "received_on": "--on",
            "received_by": "--by"}  # fmt: skip
"""The option that mends what a refusal speaks of, by the field of the draft."""


def prepare(_command: str, parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """Declare the options; returns what runs them."""
    cli_desk.takes_person(parser)
    cli_desk.takes_branches(parser)
    add = parser.add_argument
    add("file", help=_("数据文件（.okr）"))
    add("--quarter", default="", help=_("季度，例如 2026Q3；不写则为当前季度"))
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--draft", action="store_true", help=_("按今天的数据起草；已有草稿的重新生成，以前各稿留存"))
    what.add_argument("--text", action="store_true", help=_("输出全文；有草稿的为草稿，没有的为已签发的"))
    what.add_argument("--issue", action="store_true", help=_("签发草稿，须写 --number、--signed-by"))
    what.add_argument("--receive", action="store_true", help=_("登记签收，用 --org 或 --all 写明支部"))
    what.add_argument("--withdraw", metavar="REASON", help=_("撤回，写明原因；有 --number 的为已签发的，没有的为草稿"))
    add("--mode", choices=list(MODES), help=_("起草的方式：grade 仅等次，unnamed 不点名，rank 含排名（同类之内）"))
    add("--replaces", default="", help=_("起草：更正哪一份已撤回的通报，写发文字号"))
    add("--number", default="", help=_("发文字号，例如 青党建〔2026〕12号"))
    add("--signed-by", default="", help=_("签发人"))
    add("--on", help=_("成文日期或签收日期，例如 2026-10-20；不写则为今天"))
    add("--by", default="", help=_("签收人；不写则为各支部书记"))
    add("--way", default="paper", choices=[way.value for way in ReceiptWay], help=_way_help())
    add("--out", help=_("全文写到哪个文本文件；不写则输出到屏幕"))
    return bulletin


def bulletin(args: argparse.Namespace) -> int:
    """Do what was asked with the bulletin of the quarter."""
    cli_desk.check_quarter(args.quarter)
    with cli_desk.opened(args.file) as store:
        quarter = cli_desk.quarter_named(store, args.quarter)
        actor = cli_desk.person(store, args)
        try:
            if args.text:
                return _text(store, actor, args, quarter)
            if args.draft:
                return _draft(store, actor, args, quarter)
            if args.issue:
                return _issue(store, actor, args, quarter)
            if args.receive:
                return _receive(store, actor, args, quarter)
            return _withdraw(store, actor, args, quarter)
        except InputRefused as refusal:
            raise cli_desk.naming_option(refusal, _OPTIONS) from refusal


# Inside


def _draft(store: Store, actor: Actor, args: argparse.Namespace, quarter: QuarterView) -> int:
    from okr_desk.services import bulletins as service

    board = _board(store, quarter)
    standing = _of(board, BulletinState.DRAFT)
    with store.write(actor) as session:
        if standing is None:
            old = None if not args.replaces else _numbered(board, args.replaces).id
            mode = MODES[args.mode or "grade"]
            key = service.draft(session, actor, quarter.id, mode, old).value
        elif args.replaces:
            raise InputRefused(_("已经有一份草稿，请先签发或作废那一份，再起草更正的通报。"))
        else:
            key = standing.id
            service.regenerate(session, actor, key, MODES[args.mode] if args.mode else standing.mode)
    one = _view(store, key)
    said = _("《{title}》草稿第 {n} 稿，{mode}，正文 {length} 字。请核对后签发。")
    text = said.format(title=one.title, n=len(one.versions), mode=label(one.mode), length=one.text.wording.characters)
    cli_desk.say(args, text, _facts(one))
    return 0


def _text(store: Store, actor: Actor, args: argparse.Namespace, quarter: QuarterView) -> int:
    board = _board(store, quarter)
    one = _numbered(board, args.number) if args.number else _of(board, BulletinState.DRAFT) or bulletins.latest(board)
    if one is None:
        raise Refusal(_("{quarter}还没有通报，请先用 --draft 起草。").format(quarter=quarter.label))
    with store.read() as session:
        permits.require(session, actor, Action.VIEW if one.issued_on else Action.ISSUE_BULLETINS)
        behind = bulletins.is_behind(session, one)
    if args.out:
        files.write_atomically(Path(args.out), (one.text.wording.text + "\n").encode())
        text = _("已写入：{file}").format(file=args.out)
    else:
        text = one.text.wording.text
    if behind:
        text += "\n" + _("起草以后数据有变化，正文仍是当时的。要按今天的数据写，请用 --draft 重新生成。")
    cli_desk.say(args, text, {**_facts(one), "text": one.text.wording.text, "behind": behind})
    return 1 if behind else 0


def _issue(store: Store, actor: Actor, args: argparse.Namespace, quarter: QuarterView) -> int:
    from okr_desk.services import bulletins as service

    one = _of(_board(store, quarter), BulletinState.DRAFT)
    if one is None:
        raise Refusal(_("{quarter}没有可以签发的草稿，请先用 --draft 起草。").format(quarter=quarter.label))
    with store.read() as session:
        behind = bulletins.is_behind(session, one)
    on = store.clock.today() if args.on is None else cli_desk.day(args.on)
    with store.write(actor) as session:
        service.issue(session, actor, one.id, IssueDraft(args.number, args.signed_by, on))
    found = _view(store, one.id)
    said = _("已签发{number}《{title}》。打印：okr-desk document 文件 bulletin --quarter {key} --out 通报.pdf")
    text = [said.format(number=found.document, title=found.title, key=quarter.key)]
    if behind:
        text.append(_("起草以后数据有变化，签发的是起草时的数字。"))
    cli_desk.say(args, "\n".join(text), {**_facts(found), "behind": behind})
    return 1 if behind else 0


def _receive(store: Store, actor: Actor, args: argparse.Namespace, quarter: QuarterView) -> int:
    from okr_desk.services import bulletins as service

    board = _board(store, quarter)
    one = _numbered(board, args.number) if args.number else _of(board, BulletinState.ISSUED)
    if one is None:
        raise Refusal(_("{quarter}还没有签发的通报，不能登记签收。").format(quarter=quarter.label))
    of = cli_desk.branches(store, actor, args, quarter)
    on = store.clock.today() if args.on is None else cli_desk.day(args.on)
    draft = ReceiptDraft(tuple(org.id for org in of), on, args.by, ReceiptWay(args.way))
    with store.write(actor) as session:
        count = service.receive(session, actor, one.id, draft).value
    found = _view(store, one.id)
    waiting = [org.short_name for org in found.waiting] if actor.is_office else []
    text = [_("{number}：已登记 {n} 个支部签收。").format(number=found.document, n=count)]
    if waiting:
        text.append(_("还没有签收：{names}。").format(names=_("、").join(waiting)))
    cli_desk.say(args, "\n".join(text), {**_facts(found), "received": count, "waiting": waiting})
    return 1 if waiting else 0


def _withdraw(store: Store, actor: Actor, args: argparse.Namespace, quarter: QuarterView) -> int:
    from okr_desk.services import bulletins as service

    board = _board(store, quarter)
    one = _numbered(board, args.number) if args.number else _of(board, BulletinState.DRAFT)
    if one is None:
        raise Refusal(_("没有草稿。要撤回已签发的通报，请用 --number 写明发文字号。"))
    with store.write(actor) as session:
        service.withdraw(session, actor, one.id, args.withdraw)
    found = _view(store, one.id)
    text = _("已撤回{number}，原件留存备查。").format(number=found.document or _("草稿"))
    cli_desk.say(args, text, _facts(found))
    return 0


def _board(store: Store, quarter: QuarterView) -> BulletinBoard:
    with store.read() as session:
        return bulletins.board(session, quarter)


def _view(store: Store, key: int) -> BulletinView:
    with store.read() as session:
        return bulletins.view(session, key)


def _of(board: BulletinBoard, state: BulletinState) -> BulletinView | None:
    return next((one for one in board.bulletins if one.state is state), None)


def _numbered(board: BulletinBoard, number: str) -> BulletinView:
    found = next((one for one in board.bulletins if one.document and one.document == number.strip()), None)
    if found is None:
        said = _("{quarter}没有发文字号为“{number}”的通报，请核对。")
        raise InputRefused(said.format(quarter=board.quarter.label, number=number))
    return found


def _facts(one: BulletinView) -> dict[str, object]:
    return {
        "id": one.id,
        "state": one.state.value,
        "mode": next(word for word, mode in MODES.items() if mode is one.mode),
        "number": one.document,
        "title": one.title,
        "issued_on": one.issued_on,
        "versions": len(one.versions),
        "corrects": one.corrects,
    }


def _way_help() -> str:
    told = _("、").join(f"{way.value} {label(way)}" for way in ReceiptWay)
    return _("签收方式：{ways}").format(ways=told)
