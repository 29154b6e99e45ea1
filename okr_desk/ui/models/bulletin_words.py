"""The sentence under the title of the bulletins page: where the bulletin in front stands."""

from __future__ import annotations

from okr_desk.i18n import _
from okr_desk.queries.bulletins import BulletinBoard, BulletinView
from okr_desk.rules.bulletins import BulletinState


def answer(one: BulletinView, board: BulletinBoard) -> str:
    """Where it stands, in a sentence."""
    if one.state is BulletinState.DRAFT:
        said = _("草稿第 {n} 稿，{by}起草。核对正文，填写发文字号和签发人，再点“签发”。")
        if one.corrects:
            said = _("更正 {corrects} 的草稿，第 {n} 稿。核对正文，填写发文字号和签发人，再点“签发”。")
        return said.format(n=len(one.versions), by=one.by, corrects=one.corrects)
    if one.state is BulletinState.WITHDRAWN:
        return _("已撤回，原件留存备查。") if one.document else _("这份草稿已经作废。")
    if not one.waiting:
        said = _("{number}已于 {day} 签发，{n} 个支部全部签收。")
        return said.format(number=one.document, day=one.issued_on, n=len(board.branches))
    said = _("{number}已于 {day} 签发，还有 {n} 个支部没签收。")
    return said.format(number=one.document, day=one.issued_on, n=len(one.waiting))


def of_receiver(one: BulletinView, board: BulletinBoard) -> str:
    """What a branch has to know of it: since when it is issued, and who signed."""
    if one.state is BulletinState.WITHDRAWN:
        return _("{number}已撤回，以更正的通报为准。").format(number=one.document)
    begun = _("{number}已于 {day} 签发").format(number=one.document, day=one.issued_on)
    if one.waiting and len(board.branches) > 1:
        return _("{begun}，还有 {n} 个支部没签收。").format(begun=begun, n=len(one.waiting))
    if one.waiting:
        return _("{begun}，本支部还没有签收。").format(begun=begun)
    last = max(one.receipts.values(), key=lambda receipt: receipt.received_on, default=None)
    if last is None:
        return _("{begun}。").format(begun=begun)
    return _("{begun}，{day} {by}签收。").format(begun=begun, day=last.received_on, by=last.received_by)
