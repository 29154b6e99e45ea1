"""反馈 by itself: which documents told a branch of a finding, on which day, and who signed for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from okr_desk.followup_terms import FindingSource
from okr_desk.i18n import _
from okr_desk.model.columns import Bulletin, Receipt
from okr_desk.model.reading import Reader
from okr_desk.queries import publications, review_receipts
from okr_desk.queries.bulletin_text import BulletinPaper
from okr_desk.queries.followups import FindingView, ReceiptView
from okr_desk.review_terms import PublicationKind, ReceiptWay
from okr_desk.rules.bulletins import RECORD


@dataclass(frozen=True)
class Told:
    """A document that told the branch: what it is called, since when, and its receipt where somebody signed.

    `version` is that in force, 0 for a notice of an earlier program.
    """

    kind: PublicationKind
    name: str
    version: int
    on: date
    receipt: ReceiptView | None

    @property
    def words(self) -> str:
        """通知书 10-08 下发，10-09 李旭昇签收."""
        said = {
            PublicationKind.BULLETIN: _("{name} {day} 印发"),
            PublicationKind.REVIEW: _("{name} {day} 送达"),
        }.get(self.kind, _("{name} {day} 下发"))
        name = self.name + (_("第{n}版").format(n=self.version) if self.version > 1 else "")
        begun = said.format(name=name, day=f"{self.on:%m-%d}")
        if self.receipt is None:
            return _("{told}，没有签收").format(told=begun)
        day, by = f"{self.receipt.on:%m-%d}", self.receipt.by
        if self.receipt.on == self.on:
            return _("{told}，{by}签收").format(told=begun, by=by)
        return _("{told}，{day} {by}签收").format(told=begun, day=day, by=by)


def told(session: Reader, of: Sequence[FindingView]) -> dict[int, tuple[Told, ...]]:
    """What told the branch, by finding: its notice, the bulletins that list it, the sheet that it was found in."""
    found: dict[int, list[Told]] = {one.id: [] for one in of}
    notices = {one.number: one for one in publications.publications(session, PublicationKind.NOTICE)} if of else {}
    for one in of:
        given = notices.get(one.number)
        version, day = (0, one.issued_on) if given is None else (given.version, given.published_on)
        found[one.id].append(Told(PublicationKind.NOTICE, _("通知书"), version, day, one.receipt))
    for quarter_id in dict.fromkeys(one.quarter_id for one in of):
        own = [one for one in of if one.quarter_id == quarter_id]
        _of_reviews(session, quarter_id, own, found)
        _of_bulletins(session, quarter_id, own, found)
    return {key: tuple(documents) for key, documents in found.items()}


# Inside


def _of_reviews(session: Reader, quarter_id: int, of: Sequence[FindingView], found: dict[int, list[Told]]) -> None:
    """A sheet that was delivered shows where points were lost: it tells of what the quarter's review found."""
    scored = [one for one in of if one.source is FindingSource.QUARTER]
    if not scored:
        return
    newest = publications.newest(session, PublicationKind.REVIEW, quarter_id, [one.org_id for one in scored])
    taken = {one.org_id: one for one in review_receipts.receipts(session, quarter_id)} if newest else {}
    for one in scored:
        sheet, receipt = newest.get(one.org_id), taken.get(one.org_id)
        if sheet is not None and receipt is not None:
            signed = ReceiptView(receipt.received_on, receipt.received_by, receipt.way)
            told = Told(PublicationKind.REVIEW, _("评审表"), sheet.version, receipt.received_on, signed)
            found[one.id].append(told)


def _of_bulletins(session: Reader, quarter_id: int, of: Sequence[FindingView], found: dict[int, list[Told]]) -> None:
    """Issued bulletins whose list of findings names this one; one that names nobody tells nobody."""
    asked = select(*Bulletin.ALL).where(Bulletin.quarter_id == quarter_id, Bulletin.withdrawn_at.is_(None))
    issued = {row.document: row for row in session.execute(asked.where(Bulletin.issued_on.is_not(None)))}
    if not issued:
        return
    kept = [
        one for one in publications.publications(session, PublicationKind.BULLETIN, quarter_id) if one.number in issued
    ]
    signed = _signed(session, [row.id for row in issued.values()])
    for publication, paper in zip(kept, publications.contents(session, kept, BulletinPaper), strict=True):
        row, listed = issued[publication.number], _listed(paper)
        for one in of:
            if one.number in listed and row.issued_on is not None:
                receipt = signed[row.id].get(one.org_id)
                found[one.id].append(Told(PublicationKind.BULLETIN, row.document, 1, row.issued_on, receipt))


def _listed(paper: BulletinPaper) -> set[str]:
    """Everything that stands in a cell of its annexes, the numbers of findings among it."""
    return {text for annex in paper.text.annexes for group in annex.groups for row in group.rows for text in row}


def _signed(session: Reader, ids: Sequence[int]) -> dict[int, dict[int, ReceiptView]]:
    found: dict[int, dict[int, ReceiptView]] = defaultdict(dict)
    for row in session.execute(select(*Receipt.ALL).where(Receipt.record == RECORD, Receipt.record_id.in_(ids))):
        way = ReceiptWay(row.way) if row.way else None
        found[row.record_id][row.org_id] = ReceiptView(row.received_on, row.received_by, way)
    return found
