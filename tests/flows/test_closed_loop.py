"""One full quarter of the sample township, from its workbooks to final: two objections, one of them upheld."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.errors import IllegalMove
from okr_desk.model import audit_check
from okr_desk.model.store import Store
from okr_desk.model.tables import Account, Person, Publication
from okr_desk.queries import cycles, documents, orgs, review_desk, review_sheets
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.reviews import ReviewSheet
from okr_desk.queries.survey_papers import Asked
from okr_desk.reports import objection_sheet, quarterly_review
from okr_desk.review_terms import ObjectionOutcome, PublicationKind, ReviewState
from okr_desk.review_terms import ReviewStep as Step
from okr_desk.rules.objections import DecisionDraft, ObjectionDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.reviews import StepDraft
from okr_desk.services import cycles as moving
from okr_desk.services import objections, reviews
from okr_desk.services.permits import held
from okr_desk.terms import OrgKind, QuarterState
from tests.reports import pdf

MEETING = {"document": "镇党委会议纪要〔2026〕12号"}


class Town:
    """The demo with its two people at the office: one enters, the other checks."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.admin, self.office = self._actor("admin"), self._actor("dangjian")
        with store.read() as session:
            quarter = cycles.quarter(session, 2026, 3)
            assert quarter is not None
            self.quarter: QuarterView = quarter
            tree = orgs.tree(session, quarter.ends_on)
            self.branches: tuple[OrgView, ...] = tuple(org for org in tree if org.kind == OrgKind.BRANCH)

    def _actor(self, login: str) -> Actor:
        with self.store.rows() as session:
            row = session.exec(select(Account).where(Account.login == login)).one()
            return Actor(row.key, login, session.get_one(Person, row.person_id).name, held(session, row.key))

    def on(self, month: int, day: int) -> None:
        self.store.clock = FixedClock(date(2026, month, day))

    def all(self, step: Step, of: tuple[OrgView, ...] | None = None, **more: object) -> int:
        """A bulk step for these branches, or all; how many moved."""
        plain: dict[str, object] = {"by": self.office.name, "note": "情况属实"}
        drafts = [
            StepDraft(self.quarter.id, org.id, step, **(plain | more))  # type: ignore[arg-type]
            for org in of or self.branches
        ]
        with self.store.write(self.office) as session:
            return reviews.steps(session, self.office, drafts).value.count

    def states(self) -> set[ReviewState]:
        with self.store.read() as session:
            return set(review_desk.desk(session, self.quarter, self.branches).counts)

    def printed(self, org: OrgView) -> ReviewSheet:
        with self.store.read() as session:
            return review_sheets.printed(session, self.quarter, [org])[0]


@pytest.fixture
def town(demo_store: Store) -> Town:
    return Town(demo_store)


def test_a_quarter_from_its_workbooks_to_final(town: Town, tmp_path: Path) -> None:
    store, quarter, count = town.store, town.quarter, len(town.branches)
    town.on(10, 9)
    with store.write(town.office) as session:
        moving.move_quarter(session, town.office, quarter.id, QuarterState.FROZEN)
    for org in town.branches:
        draft = StepDraft(quarter.id, org.id, Step.SUBMIT, by=org.secretary or "支部书记", note="本季任务按计划推进")
        with store.write(town.admin) as session:
            reviews.step(session, town.admin, draft)
    assert town.all(Step.OPINE) == town.all(Step.CHECK) == town.all(Step.DELIVER) == count

    scored = [org for org in town.branches if (form := town.printed(org).scores) and len(form.sheet.lines) > 1]
    first, second = scored[:2]
    keys = [object_(town, org) for org in (first, second)]
    assert "*" in _text(town, first, tmp_path)
    decide(town, keys[0], ObjectionOutcome.UPHELD)
    decide(town, keys[1], ObjectionOutcome.DISMISSED)
    versions = [issued.version for org in (first, second) if (issued := town.printed(org).issued)]
    assert versions == [2, 1] and "（第2版）" in _text(town, first, tmp_path)

    with pytest.raises(IllegalMove):
        town.all(Step.PUBLICISE)  # nobody may skip the committee
    town.on(10, 30)
    assert town.all(Step.DECIDE, **MEETING, dated_on=date(2026, 10, 30)) == count
    assert town.all(Step.PUBLICISE) == count
    with pytest.raises(IllegalMove):
        town.all(Step.FINALISE)
    town.on(11, 9)
    assert town.all(Step.FINALISE) == count and town.states() == {ReviewState.FINAL}

    with store.rows() as session:
        of_quarter = select(Publication).where(Publication.quarter_id == quarter.id)
        kept = session.exec(of_quarter.where(Publication.kind == PublicationKind.REVIEW.value)).all()
        assert len(kept) == count + 1
    with store.read() as session:
        forms = documents.snapshots(session, "objection", quarter, town.branches, Asked())
        assert not list(audit_check._published(session))
    made = objection_sheet.render(
        list(forms),
        tmp_path / "o.pdf",
        printed_at=store.clock.now(),
        bundled_fonts=True,  # type: ignore[arg-type]
    )
    assert made.sheets == 2


def object_(town: Town, org: OrgView) -> int:
    """The branch objects to the line that cost it most."""
    form = town.printed(org).scores
    assert form is not None
    lines = [one for one in form.sheet.lines if one.points is not None]
    worst = max(lines, key=lambda one: (one.points.maximum - (one.points.points or 0)) if one.points else Decimal(0))
    draft = ObjectionDraft(town.quarter.id, org.id, "数据未含最后一周", org.secretary or "书记", worst.line.id)
    with town.store.write(town.admin) as session:
        return objections.object_(session, town.admin, draft).value


def decide(town: Town, key: int, outcome: ObjectionOutcome) -> None:
    """Somebody who did not check decides, in this small office with a written substitution."""
    points = Decimal(1) if outcome is ObjectionOutcome.UPHELD else None
    draft = DecisionDraft(key, outcome, "经核原始记录", "孙立", points, substitution="分管领导 孙立")
    with town.store.write(town.admin) as session:
        objections.decide(session, town.admin, draft)


def _text(town: Town, org: OrgView, folder: Path) -> str:
    at = town.store.clock.now()
    sheet = town.printed(org)
    made = quarterly_review.render([sheet], folder / "r.pdf", printed_at=at, bundled_fonts=True, with_scores=True)
    return pdf.squeezed(made.path)
