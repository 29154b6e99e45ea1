"""The command that records one check-in: check-in."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from decimal import Decimal

from okr_desk import cli_desk
from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.model.store import Store
from okr_desk.queries import board as boards
from okr_desk.queries import checkins as sheets
from okr_desk.queries.objectives import KeyResultView, QuarterView
from okr_desk.queries.wording import reached
from okr_desk.rules import checkins as rules
from okr_desk.rules.checkins import CheckInDraft
from okr_desk.rules.permissions import Actor
from okr_desk.scoring.rounding import percent
from okr_desk.terms import EntryBasis

_FIGURE = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_NOTHING = (("未启动",), ("none",))
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BASES = {
    "纸质": EntryBasis.PAPER,
    "纸质表": EntryBasis.PAPER,
    "paper": EntryBasis.PAPER,
    "电话": EntryBasis.PHONE,
    "phone": EntryBasis.PHONE,
    "微信": EntryBasis.CHAT,
    "wechat": EntryBasis.CHAT,
}
_OPTIONS = {"reason": "--reason", "as_of": "--as-of", "confidence": "--confidence", "nodes": "--nodes"}
"""The option that mends what a refusal speaks of, by the field of the draft."""


def prepare(_command: str, parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """Declare the options; returns what runs them."""
    cli_desk.takes_person(parser)
    add = parser.add_argument
    add("file", help=_("数据文件（.okr）"))
    add("--org", required=True, help=_("支部，全称或简称"))
    add("--kr", required=True, help=_("关键结果编号，例如 KR1.1"))
    add("--value", help=_("本季实绩，只写数字"))
    add("--nodes", help=_("已完成的节点，用逗号隔开；一个也没有完成写 未启动"))
    add("--yes", action="store_true", help=_("是否类：已完成"))
    add("--no", action="store_true", help=_("是否类：没有完成"))
    add("--quarter", default="", help=_("季度，例如 2026Q3；不写则为当前季度"))
    add("--as-of", help=_("数据截至日，例如 2026-09-30；不写则为季度末或今天"))
    add("--confidence", help=_("信心，1 到 10 的整数"))
    add("--note", help=_("进展说明"))
    add("--difficulty", help=_("困难和需要协调的事项"))
    add("--reason", help=_("季度冻结后补报或更正的理由"))
    add("--reported-by", help=_("镇党建办代录时的填报人；不写则沿用上次，没有则为支部书记"))
    add("--basis", help=_("镇党建办代录的依据：纸质、电话 或 微信；不写则沿用上次，没有则为纸质"))
    add("--force", action="store_true", help=_("数值少见但确实如此时，照写的数登记"))
    return check_in


def check_in(args: argparse.Namespace) -> int:
    """Record one check-in and say what it made of the key result."""
    from okr_desk.services import checkins

    with cli_desk.opened(args.file) as store:
        actor = cli_desk.person(store, args)
        quarter = cli_desk.quarter_named(store, args.quarter)
        org = cli_desk.org_named(store, args.org)
        draft = _draft(store, args, actor, org.id, quarter)
        try:
            with store.write(actor) as session:
                outcome = checkins.record(session, actor, draft)
        except InputRefused as refusal:
            raise cli_desk.naming_option(refusal, _OPTIONS) from refusal
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


def _draft(store: Store, args: argparse.Namespace, actor: Actor, org_id: int, quarter: QuarterView) -> CheckInDraft:
    kr = _key_result(store, args.kr, org_id, quarter)
    given = [args.value is not None, args.nodes is not None, args.yes, args.no]
    if sum(given) != 1:
        raise InputRefused(_("请写 --value、--nodes、--yes、--no 中的一个。"))
    reported_by, basis = _said_by(store, args, actor, org_id, quarter)
    return CheckInDraft(
        key_result_id=kr.id,
        quarter_id=quarter.id,
        value=None if args.value is None else _value(args.value, kr, args.force),
        nodes=None if args.nodes is None else _nodes(args.nodes),
        done=True if args.yes else False if args.no else None,
        as_of=None if args.as_of is None else cli_desk.day(args.as_of),
        confidence=None if args.confidence is None else _whole(args.confidence),
        progress_note=args.note or "",
        difficulty=args.difficulty or "",
        reason=args.reason or "",
        reported_by=reported_by,
        basis=basis,
    )


def _key_result(store: Store, code: str, org_id: int, quarter: QuarterView) -> KeyResultView:
    with store.read() as session:
        board = boards.board(session, org_id, quarter.year, quarter.number)
    if not board.key_results:
        raise Refusal(_("{org}在这个年度没有关键结果，不用填报。").format(org=board.org.short_name))
    kr = next((kr for kr in board.key_results if kr.code == code.strip().upper()), None)
    if kr is None:
        raise Refusal(
            _("{org} 没有关键结果“{kr}”。可填：{known}。").format(
                org=board.org.short_name, kr=code, known="、".join(k.code for k in board.key_results)
            )
        )
    return kr


def _said_by(
    store: Store, args: argparse.Namespace, actor: Actor, org_id: int, quarter: QuarterView
) -> tuple[str, EntryBasis]:
    """Who reported, and on what. The office enters for the branch: as last time, else its secretary, on paper."""
    if not actor.is_office:
        if args.reported_by is not None or args.basis is not None:
            raise InputRefused(_("支部自己填报，不用写 --reported-by 和 --basis；只有镇党建办代录时才写。"))
        return "", EntryBasis.OWN
    if args.basis is not None and args.basis.strip() not in _BASES:
        raise InputRefused(_("没有“{text}”这种依据。--basis 请写 纸质、电话 或 微信。").format(text=args.basis))
    with store.read() as session:
        sheet = sheets.sheet(session, org_id, quarter)
    usual = sheet.basis if sheet.basis in _BASES.values() else EntryBasis.PAPER
    reported_by = sheet.reported_by or sheet.org.secretary if args.reported_by is None else args.reported_by
    return reported_by.strip()[:40], usual if args.basis is None else _BASES[args.basis.strip()]


def _value(text: str, kr: KeyResultView, insisted: bool) -> Decimal:
    """The number typed. What cannot be is refused by the rules; what is unlikely needs `--force` here."""
    value = _number(text)
    rules.check_possible(value, kr.kind, kr.unit)
    doubt = "" if insisted else rules.doubt_about(value, kr.unit)
    if doubt:
        sentence = _("{code} 填的是 {value}：{doubt}确实如此请加 --force。")
        raise InputRefused(sentence.format(code=kr.code, value=f"{value}{kr.unit}", doubt=doubt), "value")
    return value


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
