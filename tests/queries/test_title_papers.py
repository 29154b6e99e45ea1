"""What papers, exports and the board of the incentive chain are made of, on the demo and on a small township."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from okr_desk.appraisal_terms import AppraisalKind
from okr_desk.clock import FixedClock
from okr_desk.errors import Refusal
from okr_desk.exchange import export
from okr_desk.model.store import Store
from okr_desk.model.tables import Title
from okr_desk.queries import cycles, documents, orgs, title_board, title_papers
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.title_board import Group
from okr_desk.terms import OrgKind
from okr_desk.title_terms import TitleState
from tests.small_titles import Titled, titled

APART = ("secretary-ballot", "secretary-count", "member-count")


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Titled]:
    made = titled(tmp_path / "小镇.okr", clock)
    made.good()
    yield made
    made.small.store.close()


def place(store: Store, year: int = 2026, number: int = 3) -> tuple[QuarterView, list[OrgView]]:
    with store.read() as session:
        quarter = cycles.quarter(session, year, number)
        assert quarter is not None
        tree = orgs.tree(session, date(2026, 9, 30))
    return quarter, [one for one in tree if one.kind == OrgKind.BRANCH]


def test_the_demo_has_something_for_every_tab(demo_store: Store) -> None:
    quarter, _branches = place(demo_store)
    with demo_store.read() as session:
        of = title_board.board(session, quarter)
    assert {group: len(of.column(group)) for group in Group} == {
        Group.APPLIED: 1, Group.MARKING: 1, Group.DECIDING: 2, Group.GRANTED: 1, Group.BESIDE: 0,
    }  # fmt: skip
    assert len({one.state for one in of.titles}) == 5
    (secretaries,) = of.rounds(AppraisalKind.SECRETARIES)
    assert sum(one.is_counted for one in secretaries.people) == 6
    assert (secretaries.best, secretaries.best_most) == (2, 2)
    assert (of.kinds[0].name, of.kinds[0].left) == ("先进基层党组织", 2)
    assert of.candidates.notice.startswith("名单须连续两年")


@pytest.mark.parametrize("key", title_papers.KEYS)
def test_every_paper_of_the_demo(demo_store: Store, key: str) -> None:
    quarter, branches = place(demo_store)
    with demo_store.read() as session:
        found = documents.snapshots(session, key, quarter, branches[:3])
    assert len(found) == (3 if key in ("title-form", "member-ballot", "responsibility") else 1)
    assert all(len(form.digest) == 64 for form in found)  # type: ignore[attr-defined]


def test_papers_that_would_be_blank_are_refused(town: Titled) -> None:
    quarter, branches = place(town.small.store)
    with town.small.store.read() as session:
        for key in APART:
            with pytest.raises(Refusal) as refused:
                documents.snapshots(session, key, quarter, branches)
            assert "请先在“激励与评议”中建立" in refused.value.sentence
        with pytest.raises(Refusal) as none:
            documents.snapshots(session, "responsibility", quarter, branches)
        assert "目标批准后才能签订" in none.value.sentence
        assert documents.refusal(session, "responsibility", quarter) == ""


def test_ballots_come_from_the_round_or_the_register(town: Titled) -> None:
    made = town.appraisal(AppraisalKind.MEMBERS, "甲", "乙")
    quarter, branches = place(town.small.store)
    with town.small.store.read() as session:
        village, *_rest = documents.snapshots(session, "member-ballot", quarter, branches)
        count = documents.snapshots(session, "member-count", quarter, branches)
        none = title_papers.asked(session, "title-form", quarter, branches, record_id=99)
    assert [name for name, _post in village.people] == ["甲", "乙"]  # type: ignore[attr-defined]
    assert [one.of.id for one in count] == [made]  # type: ignore[attr-defined]
    assert none == ()


def test_a_title_of_an_earlier_year_is_watched_on(town: Titled) -> None:
    """Granted for 2025, it stands on the board of 2026 and does not keep the branch from applying anew."""
    made = town.apply()
    town.through(made)
    with town.small.store.write(town.small.office) as session:
        session.exec(select(Title)).one().year = 2025
    quarter, _branches = place(town.small.store)
    with town.small.store.read() as session:
        of = title_board.board(session, quarter)
    assert [one.year for one in of.column(Group.GRANTED)] == [2025]
    assert town.small.village in {one.id for one in of.may_apply()}
    assert town.move(made, title_papers.titles.Step.RECHECK, "10-08") == TitleState.GRANTED


def test_what_leaves_the_program(town: Titled) -> None:
    made = town.apply()
    town.through(made)
    town.appraisal()
    store = town.small.store
    (row,) = export.rows(store, "titles")
    assert (row["state"], row["total"], row["granted"]) == ("已授予", "90", "2026-09-23")
    assert [one["name"] for one in export.rows(store, "appraisals")] == ["李旭昇", "单晓", "覃喆"]
    quarter = export.rows(store, "coefficients", "2026Q3")
    assert {one["period"] for one in quarter} == {"2026Q3"}
    village = next(one for one in quarter if one["org"] == "青石村党支部")
    assert (village["coefficient"], village["note"]) == ("1.2", "仅供参考，不作为发放依据，以上级文件为准。")
    assert export.rows(store, "titles", "2027Q1") == []


def test_a_branch_exports_its_own_and_no_votes(town: Titled) -> None:
    town.apply(town.small.office, org_id=town.hill, by="贺岚")
    town.appraisal()
    assert export.rows(town.small.store, "titles", actor=town.small.secretary) == []
    for actor in (town.small.secretary, town.small.viewer):
        assert export.rows(town.small.store, "appraisals", actor=actor) == []
    assert all(one["org"] == "青山镇" for one in export.rows(town.small.store, "appraisals"))
    own = export.rows(town.small.store, "coefficients", "2026Q3", town.small.secretary)
    assert [one["org"] for one in own] == ["青石村党支部"]
