"""What the papers around a review are printed from: objections with their answers, receipts, the archive's list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.columns import Receipt, Review
from okr_desk.model.columns import ReviewStep as Step
from okr_desk.model.reading import Reader
from okr_desk.queries import attachments, followups, letterheads, objections, orgs, publications, review_records
from okr_desk.queries.letterheads import digest
from okr_desk.queries.objections import ObjectionView
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.publications import Publication
from okr_desk.review_terms import PublicationKind, ReceiptWay, ReviewStep
from okr_desk.terms import OrgKind, label

REVIEW = "review"


@dataclass(frozen=True)
class ObjectionForms:
    """The objections of one branch in a quarter, each on a sheet of its own; `files` are the names of theirs by id."""

    township: str
    org: OrgView
    quarter: QuarterView
    number: str
    delivered_on: date | None
    objections: tuple[ObjectionView, ...]
    files: tuple[tuple[str, ...], ...]
    digest: str = ""
    is_demo: bool = False


@dataclass(frozen=True)
class Handed:
    """A branch with what it was given; without `received_on` nothing was handed over yet."""

    org: str
    number: str
    version: int
    received_on: date | None
    received_by: str
    way: str
    until: date | None


@dataclass(frozen=True)
class ReceiptList:
    """The deliveries of a quarter's sheets, and of the notices of what is to be put right (`until`: by when)."""

    township: str
    quarter: QuarterView
    rows: tuple[Handed, ...]
    digest: str = ""
    is_demo: bool = False
    notices: tuple[Handed, ...] = ()


@dataclass(frozen=True)
class Filed:
    """One line of the archive's list: a document with its number, versions and pages to be counted by hand."""

    name: str
    number: str
    org: str
    day: date
    version: int
    code: str


@dataclass(frozen=True)
class ArchiveList:
    """What was published, objected to and decided in a quarter, in the order in which it is filed."""

    township: str
    quarter: QuarterView
    rows: tuple[Filed, ...]
    digest: str = ""
    is_demo: bool = False


def objection_forms(
    session: Reader, quarter: QuarterView, of: Sequence[OrgView], record_id: int = 0
) -> tuple[ObjectionForms, ...]:
    """One a branch that objected; of one objection alone where it is named. Raises Refusal where there is none."""
    head = letterheads.letterhead(session, quarter)
    found = [
        one
        for one in objections.objections(session, quarter, [org.id for org in of])
        if not one.withdrawn and (not record_id or one.id == record_id)
    ]
    if not found:
        raise Refusal(_("所选支部在{quarter}没有提出申辩，没有可以打印的内容。").format(quarter=quarter.label))
    records = review_records.records(session, quarter.id, [org.id for org in of])
    files = attachments.of_records(session, objections.RECORD, None)
    made = []
    for org in of:
        own = tuple(one for one in found if one.org_id == org.id)
        if own:
            delivered = records[org.id].last(ReviewStep.DELIVER)
            form = ObjectionForms(
                head.township,
                org,
                quarter,
                head.number(org.id),
                None if delivered is None else delivered.on,
                own,
                tuple(tuple(piece.kept.name for piece in files.get(one.id, ())) for one in own),
                is_demo=head.is_demo,
            )
            made.append(replace(form, digest=digest(form)))
    return tuple(made)


def receipts(session: Reader, quarter: QuarterView) -> ReceiptList:
    """The deliveries of a quarter, by branch; those without one stand in the list with room for the signature."""
    head = letterheads.letterhead(session, quarter)
    of = [org for org in orgs.tree(session, quarter.ends_on) if org.kind == OrgKind.BRANCH]
    records = review_records.records(session, quarter.id, [org.id for org in of])
    newest = publications.newest(session, PublicationKind.REVIEW, quarter.id)
    given = handed_over(session, quarter)
    rows = []
    for org in of:
        receipt, publication = given.get(org.id), newest.get(org.id)
        delivered = records[org.id].last(ReviewStep.DELIVER)
        rows.append(
            Handed(
                org.short_name,
                head.number(org.id),
                0 if publication is None else publication.version,
                None if receipt is None else receipt[0],
                "" if receipt is None else receipt[1],
                "" if receipt is None else receipt[2],
                None if delivered is None else delivered.until,
            )
        )
    found = ReceiptList(head.township, quarter, tuple(rows), is_demo=head.is_demo, notices=_notices(session, quarter))
    return replace(found, digest=digest(found))


def _notices(session: Reader, quarter: QuarterView) -> tuple[Handed, ...]:
    """Who signed for the notices of a quarter, in the order of their numbers."""
    kept = publications.publications(session, PublicationKind.NOTICE, quarter.id)
    version = {one.number: one.version for one in kept}
    return tuple(
        Handed(
            one.org,
            one.number,
            version.get(one.number, 1),
            None if one.receipt is None else one.receipt.on,
            "" if one.receipt is None else one.receipt.by,
            "" if one.receipt is None or one.receipt.way is None else label(one.receipt.way),
            one.first_due_on,
        )
        for one in followups.findings(session, quarter_id=quarter.id)
    )


def handed_over(session: Reader, quarter: QuarterView) -> dict[int, tuple[date, str, str]]:
    """The last delivery of each branch's sheet: when, to whom, in which way."""
    asked = (
        select(Receipt.org_id, Receipt.received_on, Receipt.received_by, Receipt.way)
        .select_from(Receipt.TABLE)
        .join(Step.TABLE, Step.id == Receipt.record_id)
        .join(Review.TABLE, Review.id == Step.review_id)
        .where(Receipt.record == REVIEW, Review.quarter_id == quarter.id)
        .order_by(Receipt.id)
    )
    return {
        row.org_id: (row.received_on, row.received_by, label(ReceiptWay(row.way))) for row in session.execute(asked)
    }


def archive(session: Reader, quarter: QuarterView) -> ArchiveList:
    """The archive's list of a quarter. Raises Refusal where nothing was published yet."""
    head = letterheads.letterhead(session, quarter)
    names = {org.id: org.short_name for org in orgs.tree(session, quarter.ends_on)}
    published = publications.publications(session, quarter_id=quarter.id)
    if not published:
        raise Refusal(_("{quarter}还没有送达或签发的文书，没有可以归档的内容。").format(quarter=quarter.label))
    order = list(PublicationKind)
    rows = [_filed(one, names) for one in sorted(published, key=lambda one: (order.index(one.kind), one.number))]
    for one in objections.objections(session, quarter):
        day = one.received_on if one.decision is None else one.decision.decided_on
        rows.append(Filed(_("申辩复核表"), one.number, one.org, day, 1, ""))
    found = ArchiveList(head.township, quarter, tuple(rows), is_demo=head.is_demo)
    return replace(found, digest=digest(found))


def _filed(one: Publication, names: dict[int, str]) -> Filed:
    called = {
        PublicationKind.REVIEW: _("支部季度评审表"),
        PublicationKind.BULLETIN: _("通报"),
        PublicationKind.NOTICE: _("整改通知书"),
        PublicationKind.CARD: _("红黄牌通知"),
        PublicationKind.SUMMARY: _("全镇汇总表"),
    }[one.kind]
    org = _("全镇") if one.org_id is None else names.get(one.org_id, "")
    return Filed(called, one.number, org, one.published_on, one.version, letterheads.short_digest(one.digest))
