"""What the papers of the small registers are printed from: one snapshot a branch and quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import demands, letterheads, partners, posts, projects
from okr_desk.queries.demands import CaseView, DemandView
from okr_desk.queries.letterheads import digest
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.partners import ItemView, PartnerView
from okr_desk.queries.posts import PostView
from okr_desk.queries.projects import ProjectView

KEYS = ("project-nodes", "demand-list", "typical-cases", "post-checks", "partner-lists")


@dataclass(frozen=True)
class RegisterPaper:
    """A branch in a quarter with what the paper asked for tells of; `day` is as of when states are judged."""

    township: str
    org: OrgView
    quarter: QuarterView
    day: date
    projects: tuple[ProjectView, ...] = ()
    demands: tuple[DemandView, ...] = ()
    cases: tuple[CaseView, ...] = ()
    posts: tuple[PostView, ...] = ()
    partners: tuple[PartnerView, ...] = ()
    items: tuple[ItemView, ...] = ()
    is_demo: bool = False
    digest: str = ""


def asked(session: Reader, key: str, quarter: QuarterView, of: Sequence[OrgView]) -> tuple[RegisterPaper, ...]:
    """The snapshots of a paper for these branches. Raises Refusal where no branch has a case to print."""
    head = letterheads.letterhead(session, quarter)
    ids = [org.id for org in of]
    day = today(session)
    found = []
    content: dict[str, Any] = _content(session, key, quarter, ids)
    for org in of:
        parts: dict[str, Any] = {
            name: tuple(one for one in rows if one.org_id == org.id) for name, rows in content.items()
        }
        paper = RegisterPaper(head.township, org, quarter, day, is_demo=head.is_demo, **parts)
        found.append(replace(paper, digest=digest(paper)))
    if key == "typical-cases":
        found = [paper for paper in found if paper.cases]
        if not found:
            raise Refusal(_("所选支部{year}年还没有典型案例，没有可以打印的内容。").format(year=quarter.year))
    return tuple(found)


def _content(session: Reader, key: str, quarter: QuarterView, ids: Sequence[int]) -> dict[str, Any]:
    if key == "project-nodes":
        return {"projects": projects.projects(session, quarter.year, ids)}
    if key == "demand-list":
        return {"demands": demands.ledger(session, quarter.year, quarter.ends_on, ids)}
    if key == "typical-cases":
        return {"cases": demands.cases(session, quarter.year, quarter.ends_on, ids)}
    if key == "post-checks":
        hung = posts.posts(session, ids)
        return {"posts": [one for one in hung if one.hangs(quarter.starts_on, quarter.ends_on)]}
    items = [one for one in partners.items(session, ids) if one.agreed_on <= quarter.ends_on]
    return {"partners": partners.partners(session, ids), "items": items}
