"""Usual baselines and targets for all branches that lack them: one call, nothing that stands is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed
from okr_desk.model.tables import Baseline, Target
from okr_desk.queries import usual_lines as queries
from okr_desk.queries.usual_lines import LackingLine
from okr_desk.rules.indicators import BaselineDraft, TargetDraft
from okr_desk.rules.usual_lines import UsualLine, UsualLinesDraft
from okr_desk.services import indicators, usual_lines
from okr_desk.services.outcome import Outcome, Topic
from okr_desk.services.usual_lines import Filled
from tests.scored_township import Scored, scored

D = Decimal
END = date(2025, 12, 31)


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Scored]:
    """The village has lines for B08, B09 and F07; the school has none."""
    made = scored(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


def draft(town: Scored, *lines: UsualLine, **more: object) -> UsualLinesDraft:
    orgs = (town.small.village, town.small.school)
    made = UsualLinesDraft(2026, orgs, lines, "参照指标库通常值", END)
    return replace(made, **more)  # type: ignore[arg-type]


def fill(town: Scored, wanted: UsualLinesDraft) -> Outcome[Filled]:
    with town.small.store.write(town.small.office) as session:
        return usual_lines.fill(session, town.small.office, wanted)


def lacking(town: Scored, *codes: str) -> tuple[LackingLine, ...]:
    orgs = (town.small.village, town.small.school)
    with town.small.store.read() as session:
        return queries.lacking(session, 2026, orgs, [town.ids[code] for code in codes])


def test_who_lacks_what_is_counted_by_indicator(town: Scored) -> None:
    b08, b11 = lacking(town, "B11", "B08")
    assert (b08.indicator.code, b08.branches, b08.no_baseline, b08.no_target) == ("B08", 2, 1, 1)
    assert (b11.indicator.code, b11.branches, b11.no_baseline, b11.no_target) == ("B11", 2, 2, 2)
    assert [one.org for one in b08.lines] == ["中心小学党支部"]


def test_only_what_is_missing_is_set_in_one_transaction(town: Scored) -> None:
    small = town.small
    before = len(small.trail())
    wanted = draft(town, UsualLine(town.ids["B08"], D(70), D(80)), UsualLine(town.ids["B09"], None, D(98)))
    made = fill(town, wanted)
    assert made.value == Filled(baselines=1, targets=2, branches=1) and made.notices == ()
    assert made.changes.topics == {Topic.INDICATORS, Topic.OBJECTIVES} and made.changes.orgs == {small.school}
    with small.store.rows() as session:
        starts = session.exec(select(Baseline).where(Baseline.org_id == small.school)).all()
        aims = session.exec(select(Target).where(Target.org_id == small.school)).all()
        village = session.exec(select(Baseline.value).where(Baseline.org_id == small.village)).all()
    (start,) = starts
    assert (start.value, start.source, start.as_of, start.version) == (70, "参照指标库通常值", END, 1)
    assert start.account_id == small.office.account_id
    assert {row.indicator_id: row.value for row in aims} == {town.ids["B08"]: 80, town.ids["B09"]: 98}
    assert sorted(village) == [5, 72, 96], "what the village has stands as it was"
    assert [entry.table for entry in small.trail()[before:]] == ["baseline", "target", "target"]
    assert fill(town, wanted).value == Filled(0, 0, 0)
    assert not fill(town, wanted).changes


def test_what_does_not_apply_is_passed_over(town: Scored) -> None:
    small = town.small
    with small.store.write(small.office) as session:
        indicators.not_applicable(session, small.office, small.school, town.ids["B08"], 2026, "没有固定会议")
    assert lacking(town, "B08") == ()
    assert fill(town, draft(town, UsualLine(town.ids["B08"], D(70), D(80)))).value == Filled(0, 0, 0)


def test_a_branch_whose_own_half_does_not_match_is_named_and_left(town: Scored) -> None:
    """The school aims at 60 already: a usual baseline of 70 would lead downwards on a rising indicator."""
    small = town.small
    with small.store.write(small.office) as session:
        indicators.set_target(session, small.office, TargetDraft(small.school, town.ids["B08"], 2026, D(60)))
    made = fill(town, draft(town, UsualLine(town.ids["B08"], D(70), D(80))))
    assert made.value == Filled(0, 0, 0)
    assert made.notices == (
        "B08 党员到会率有 1 个支部没有设，原有的基线或目标与通常值不相配，请逐个核对：中心小学党支部。",
    )
    with small.store.write(small.office) as session:
        start = BaselineDraft(small.school, town.ids["B08"], 2026, D(50), END, "年报")
        indicators.set_baseline(session, small.office, start)
    assert lacking(town, "B08") == ()


@pytest.mark.parametrize(
    ("lines", "more", "field", "sentence"),
    [
        ((), {}, "lines", "请勾选要设的指标"),
        (((None, None),), {}, "lines", "没有填通常基线，也没有填通常目标"),
        (((D(80), D(80)),), {}, "lines", "B08 党员到会率：目标与基线相同"),
        (((D(80), D(70)),), {}, "lines", "B08 党员到会率：方向是“上升”，目标却低于基线"),
        (((D(70), D(80)),), {"source": " "}, "source", "请填写“基线来源”"),
        (((D(70), D(80)),), {"as_of": date(2027, 1, 1)}, "as_of", "还没有到"),
        (((D("NaN"), D(80)),), {}, "value", "不是数字"),
    ],
)
def test_what_cannot_be_set_is_refused_and_nothing_written(
    town: Scored,
    lines: tuple[tuple[Decimal | None, Decimal | None], ...],
    more: dict[str, object],
    field: str,
    sentence: str,
) -> None:
    wanted = draft(town, *(UsualLine(town.ids["B08"], *line) for line in lines), **more)
    with pytest.raises(InputRefused, match=sentence) as refused:
        fill(town, wanted)
    assert refused.value.field == field
    with town.small.store.rows() as session:
        assert session.exec(select(Baseline).where(Baseline.org_id == town.small.school)).first() is None


def test_without_a_baseline_no_source_is_asked(town: Scored) -> None:
    assert fill(town, draft(town, UsualLine(town.ids["B08"], None, D(80)), source="")).value == Filled(0, 1, 1)


def test_only_the_office_sets_lines(town: Scored) -> None:
    wanted = draft(town, UsualLine(town.ids["B08"], D(70), D(80)))
    with pytest.raises(NotAllowed), town.small.store.write(town.small.secretary) as session:
        usual_lines.fill(session, town.small.secretary, wanted)
