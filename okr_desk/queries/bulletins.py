"""The bulletins of a quarter as they stand: wording in its versions, state, what was published, who has received it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from okr_desk.errors import Refusal
from okr_desk.i18n import _, using
from okr_desk.model.columns import Bulletin, Receipt
from okr_desk.model.columns import BulletinText as Saved
from okr_desk.model.reading import Facts, Reader
from okr_desk.model.store import today
from okr_desk.queries import bulletin_text, bulletin_wording, cycles, orgs, publications, users
from okr_desk.queries.bulletin_text import BulletinPaper, BulletinText
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.review_terms import PublicationKind, ReceiptWay
from okr_desk.rules.bulletins import RECORD, BulletinMode, BulletinState
from okr_desk.terms import OrgKind


@dataclass(frozen=True)
class WordingVersion:
    """One saving of the wording."""

    id: int
    by: str
    recorded_at: datetime


@dataclass(frozen=True)
class ReceiptView:
    """A branch has received it: when, who took it, in which way."""

    org_id: int
    received_on: date
    received_by: str
    way: ReceiptWay | None
    recorded_by: str


@dataclass(frozen=True)
class BulletinView:
    """One bulletin with its newest wording; `versions` are all that was saved, the oldest first.

    `corrects` is the number of the one that it takes the place of, `waiting` are branches without a receipt.
    """

    id: int
    quarter_id: int
    mode: BulletinMode
    state: BulletinState
    document: str
    signed_by: str
    issued_on: date | None
    by: str
    recorded_at: datetime
    text: BulletinText
    versions: tuple[WordingVersion, ...]
    replaces_id: int | None
    corrects: str
    withdrawn_reason: str
    receipts: Mapping[int, ReceiptView]
    waiting: tuple[OrgView, ...]

    @property
    def title(self) -> str:
        """The title on one line."""
        return self.text.wording.title.replace("\n", "")


@dataclass(frozen=True)
class BulletinBoard:
    """The bulletins of a quarter, the newest first, and the branches that get them."""

    quarter: QuarterView
    bulletins: tuple[BulletinView, ...]
    branches: tuple[OrgView, ...]

    def of(self, bulletin_id: int | None) -> BulletinView | None:
        """The bulletin with this id, or None."""
        return next((one for one in self.bulletins if one.id == bulletin_id), None)


def board(session: Reader, quarter: QuarterView) -> BulletinBoard:
    """What the office sees of a quarter."""
    branches = recipients(session, quarter)
    asked = select(*Bulletin.ALL).where(Bulletin.quarter_id == quarter.id).order_by(Bulletin.id.desc())
    rows = session.execute(asked).all()
    return BulletinBoard(quarter, _views(session, rows, branches), branches)


def view(session: Reader, bulletin_id: int) -> BulletinView:
    """One bulletin. Raises Refusal when it is gone."""
    rows = session.execute(select(*Bulletin.ALL).where(Bulletin.id == bulletin_id)).all()
    quarter = cycles.by_id(session, rows[0].quarter_id) if rows else None
    if quarter is None:
        raise Refusal(_("没有找到这份通报，请刷新后再试。"))
    return _views(session, rows, recipients(session, quarter))[0]


def recipients(session: Reader, quarter: QuarterView) -> tuple[OrgView, ...]:
    """The branches of the quarter: who gets its bulletin."""
    tree = orgs.tree(session, min(today(session), quarter.ends_on))
    return tuple(org for org in tree if org.kind == OrgKind.BRANCH)


def is_behind(session: Reader, of: BulletinView) -> bool:
    """Whether the data would give a draft other words and tables now than when it was drawn up."""
    if of.state is not BulletinState.DRAFT:
        return False
    with using("zh_CN"):  # as it was drawn up, whatever the window speaks
        quarter = cycles.by_id(session, of.quarter_id)
        if quarter is None:
            return False
        try:
            now = bulletin_wording.generated(
                session, quarter, of.mode, corrects=of.corrects, correction=_reason(session, of.replaces_id)
            )
        except Refusal:
            return False
    return now.source != of.text.source


def paper(session: Reader, of: BulletinView) -> BulletinPaper:
    """What is printed: of an issued one what was published; one that was withdrawn says so."""
    if of.state is BulletinState.DRAFT or not of.document:
        return draft_paper(session, of)
    kept = [
        one
        for one in publications.publications(session, PublicationKind.BULLETIN, of.quarter_id)
        if one.number == of.document
    ]
    if not kept:
        raise Refusal(_("没有找到这份通报发布的内容，请从备份恢复后再打印。"))
    (found,) = publications.contents(session, kept[-1:], BulletinPaper)
    if of.state is BulletinState.WITHDRAWN:
        return replace(found, state=of.state, withdrawn=of.withdrawn_reason)
    return found


def draft_paper(session: Reader, of: BulletinView) -> BulletinPaper:
    """What was, or will be, printed before it is issued: without number and day."""
    quarter = cycles.by_id(session, of.quarter_id)
    return BulletinPaper(of.text, "" if quarter is None else quarter.label, corrects=of.corrects)


def latest(found: BulletinBoard) -> BulletinView | None:
    """The one that counts: issued and standing, else the draft."""
    for state in (BulletinState.ISSUED, BulletinState.DRAFT):
        chosen = next((one for one in found.bulletins if one.state is state), None)
        if chosen is not None:
            return chosen
    return None


def reason_of(session: Reader, bulletin_id: int | None) -> tuple[str, str]:
    """Number and reason of the bulletin that another takes the place of; empty where there is none."""
    if bulletin_id is None:
        return "", ""
    row = session.execute(
        select(Bulletin.document, Bulletin.withdrawn_reason).where(Bulletin.id == bulletin_id)
    ).first()
    return ("", "") if row is None else (row.document, row.withdrawn_reason)


def _reason(session: Reader, bulletin_id: int | None) -> str:
    return reason_of(session, bulletin_id)[1]


def _views(session: Reader, rows: Sequence[Facts], branches: Sequence[OrgView]) -> tuple[BulletinView, ...]:
    ids = [row.id for row in rows]
    names = users.names(session) if rows else {}
    saved: dict[int, list[Facts]] = defaultdict(list)
    for one in session.execute(select(*Saved.ALL).where(Saved.bulletin_id.in_(ids)).order_by(Saved.id)):
        saved[one.bulletin_id].append(one)
    receipts: dict[int, dict[int, ReceiptView]] = defaultdict(dict)
    asked = select(*Receipt.ALL).where(Receipt.record == RECORD, Receipt.record_id.in_(ids))
    for one in session.execute(asked.order_by(Receipt.id)):
        receipts[one.record_id][one.org_id] = ReceiptView(
            one.org_id,
            one.received_on,
            one.received_by,
            ReceiptWay(one.way) if one.way else None,
            names.get(one.account_id, ""),
        )
    return tuple(_view(session, row, saved[row.id], receipts[row.id], names, branches) for row in rows)


def _view(
    session: Reader,
    row: Facts,
    saved: Sequence[Facts],
    receipts: Mapping[int, ReceiptView],
    names: Mapping[int, str],
    branches: Sequence[OrgView],
) -> BulletinView:
    state = BulletinState.DRAFT if row.issued_on is None else BulletinState.ISSUED
    if row.withdrawn_at is not None:
        state = BulletinState.WITHDRAWN
    return BulletinView(
        id=row.id,
        quarter_id=row.quarter_id,
        mode=BulletinMode(row.mode),
        state=state,
        document=row.document,
        signed_by=row.signed_by,
        issued_on=row.issued_on,
        by=names.get(row.account_id, ""),
        recorded_at=row.recorded_at,
        text=bulletin_text.read(saved[-1].content),
        versions=tuple(WordingVersion(one.id, names.get(one.account_id, ""), one.recorded_at) for one in saved),
        replaces_id=row.replaces_id,
        corrects=reason_of(session, row.replaces_id)[0],
        withdrawn_reason=row.withdrawn_reason,
        receipts=receipts,
        waiting=tuple(org for org in branches if org.id not in receipts) if row.issued_on is not None else (),
    )


def version(session: Reader, bulletin_id: int, version_id: int) -> BulletinText:
    """An earlier wording. Raises Refusal when it is gone."""
    content = session.execute(
        select(Saved.content).where(Saved.id == version_id, Saved.bulletin_id == bulletin_id)
    ).scalar()
    if content is None:
        raise Refusal(_("没有找到这个版本，请刷新后再试。"))
    return bulletin_text.read(content)


def urging(of: BulletinView, quarter: QuarterView) -> str:
    """What is sent to those who have not signed, to be pasted into a message."""
    if not of.waiting:
        return ""
    names = _("、").join(org.short_name for org in of.waiting)
    said = _("【签收提醒】{names}：《{title}》（{document}）已于{day}印发，请尽快到镇党建办签收，或回复“已收到”。")
    return said.format(names=names, title=of.title, document=of.document, day=of.issued_on, quarter=quarter.label)
