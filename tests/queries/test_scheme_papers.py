"""What 考核评分办法 is printed from: versions in force by quarter and category, and a draft by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import Refusal
from okr_desk.queries import cycles, orgs, scheme_papers
from okr_desk.queries.scheme_papers import SchemePaper
from okr_desk.services import schemes
from okr_desk.terms import QuarterState
from tests.scored_township import DAY, Scored, scored


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Scored]:
    made = scored(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


def asked(town: Scored, number: int = 3, *names: str) -> tuple[SchemePaper, ...]:
    with town.small.store.read() as session:
        quarter = cycles.quarter(session, 2026, number)
        assert quarter is not None
        of = [org for org in orgs.tree(session, DAY) if org.short_name in names]
        return scheme_papers.asked(session, quarter, of)


def test_all_that_is_in_force_or_only_of_some_branches(town: Scored) -> None:
    (found,) = asked(town)
    assert (found.township, found.category, found.year, found.name) == ("青山镇", "农村", 2026, "农村百分制")
    assert not found.is_draft and len(found.digest) == 64
    assert {view.code for view in found.indicators.values()} == {"B08", "B09", "B11", "F07", "X03"}
    assert [one.code for one in found.red_lines] == [f"V{n}" for n in range(1, 9)]
    assert found.red_lines[0].effect == "一票否决，评为最低等次"
    assert asked(town, 3, "青石村党支部") == (found,)
    with pytest.raises(Refusal, match="没有启用的考核方案，没有办法可印"):
        asked(town, 3, "中心小学党支部")


def test_a_draft_has_its_own_paper_and_leaves_that_in_force_alone(town: Scored) -> None:
    small = town.small
    town.state(3, QuarterState.OPEN)
    (before,) = asked(town)
    with small.store.write(small.office) as session:
        version = schemes.next_version(session, small.office, town.scheme, 3, "县里调整了分值").value
    with small.store.read() as session:
        found = scheme_papers.paper(session, town.scheme, version)
    assert found.is_draft and found.version.reason == "县里调整了分值" and found.digest != before.digest
    assert asked(town) == (before,)
    with pytest.raises(Refusal, match="没有找到这一版方案"), small.store.read() as session:
        scheme_papers.paper(session, town.scheme, 999)
