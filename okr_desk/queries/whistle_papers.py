"""What the papers of whistles are printed from: a branch's sheets of a quarter, the table of departments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import attachments, letterheads, whistle_figures, whistle_rules, whistles
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.whistle_figures import DepartmentTable
from okr_desk.queries.whistles import WhistleView
from okr_desk.scoring.whistle_ratings import RatingRule
from okr_desk.whistle_terms import WhistleState


@dataclass(frozen=True)
class WhistleForms:
    """The whistles of a branch in a quarter, each on a sheet of its own; `files` are the names of theirs by id."""

    township: str
    org: OrgView
    quarter: QuarterView
    whistles: tuple[WhistleView, ...]
    rule: RatingRule
    digest: str = ""
    is_demo: bool = False
    files: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class DepartmentBulletin:
    """The departments of a quarter as they are published."""

    township: str
    table: DepartmentTable
    as_of: date
    digest: str = ""
    is_demo: bool = False


def forms(session: Reader, quarter: QuarterView, of: Sequence[OrgView], record_id: int = 0) -> tuple[WhistleForms, ...]:
    """One a branch that whistled; of one whistle alone where it is named. Raises Refusal where there is none."""
    head, rule = letterheads.letterhead(session, quarter), whistle_rules.rating_rule(session)
    ids = {org.id for org in of}
    found = [
        one
        for one in whistles.whistles(session, org_ids=ids)
        if (one.id == record_id if record_id else one.quarter_id == quarter.id)
        and one.org_id in ids
        and one.state is not WhistleState.DRAFT
    ]
    files = attachments.of_records(session, whistles.RECORD, None)
    made = []
    for org in of:
        own = tuple(one for one in found if one.org_id == org.id)
        if own:
            names = {one.id: tuple(piece.kept.name for piece in files.get(one.id, ())) for one in own}
            form = WhistleForms(head.township, org, quarter, own, rule, is_demo=head.is_demo, files=names)
            made.append(replace(form, digest=letterheads.digest(form)))
    if not made:
        raise Refusal(_("所选支部在{quarter}没有报审的吹哨单，没有可以打印的内容。").format(quarter=quarter.label))
    return tuple(made)


def bulletin(session: Reader, quarter: QuarterView) -> DepartmentBulletin:
    """The table of departments. Raises Refusal where nobody whistled."""
    table = whistle_figures.table(session, quarter)
    if not table.lines:
        raise Refusal(_("{quarter}没有吹哨，没有可以通报的部门。").format(quarter=quarter.label))
    head = letterheads.letterhead(session, quarter)
    made = DepartmentBulletin(head.township, table, min(today(session), quarter.ends_on), is_demo=head.is_demo)
    return replace(made, digest=letterheads.digest(made))
