"""The surveys of a quarter in one reading: what stands where there is nothing, what came in and by whom."""

from __future__ import annotations

from pathlib import Path

from okr_desk.queries.survey_overview import EntrySource, checked, overview
from okr_desk.rules.ballots import CountLineDraft, CountSheetDraft
from okr_desk.services import ballots
from okr_desk.survey_terms import Channel
from tests.asked_township import SPRING, VILLAGE, Surveyed, opened, surveyed
from tests.founded_township import TODAY


def sheet_draft(made: Surveyed, org: str = SPRING) -> CountSheetDraft:
    """18 given out, 17 back, 16 valid: 10 + 4 + 2 of each item."""
    lines = tuple(CountLineDraft(item.id, (10, 4, 2, 0, 0)) for item in made.definition.levels)
    return CountSheetDraft(
        made.round_id,
        made.town.ids[org],
        None,
        Channel.MEETING_PAPER,
        TODAY,
        18,
        17,
        16,
        lines,
        "王玥",
        "覃喆",
        "李旭昇",
    )


def test_a_year_without_a_survey_is_empty(tmp_path: Path) -> None:
    town = opened(tmp_path / "镇.okr")
    found = town.read(overview, town.quarter(3))
    assert (found.definition, found.round, found.result, found.rounds, found.entries) == (None, None, None, (), ())
    assert found.answers == 0


def test_a_definition_without_a_round_stands_ready(tmp_path: Path) -> None:
    made = surveyed(tmp_path / "镇.okr")
    found = made.town.read(overview, made.town.quarter(2))
    assert found.definition is not None and found.definition.version == 1
    assert found.round is None and found.result is None


def test_what_came_in_is_listed_with_who_wrote_it_down(tmp_path: Path) -> None:
    made = surveyed(tmp_path / "镇.okr")
    made.answer(VILLAGE, "111", "12-")
    made.town.write("admin", ballots.record_count_sheet, sheet_draft(made))
    found = made.town.read(overview, made.town.quarter(3), None, None, True)
    by_source = {one.source: one for one in found.entries}
    sitting, sheet = by_source[EntrySource.SITTING], by_source[EntrySource.SHEET]
    assert (sitting.orgs, sitting.valid, sitting.void, sitting.by) == ((VILLAGE,), 2, 0, "王玥")
    assert (sheet.orgs, sheet.valid, sheet.void, sheet.channel) == ((SPRING,), 16, 1, Channel.MEETING_PAPER)
    assert found.answers == 18 and all(one.counts for one in found.entries)


def test_what_was_taken_back_stays_with_its_reason(tmp_path: Path) -> None:
    made = surveyed(tmp_path / "镇.okr")
    batch = made.answer(VILLAGE, "111")
    made.town.write("admin", ballots.withdraw_batch, batch, "录错了支部")
    found = made.town.read(overview, made.town.quarter(3), None, None, True)
    assert [(one.counts, one.said) for one in found.entries] == [(False, "录错了支部")]
    assert found.answers == 0


def test_a_branch_reads_its_own_results_and_no_entries(tmp_path: Path) -> None:
    made = surveyed(tmp_path / "镇.okr")
    made.answer(VILLAGE, "111")
    made.answer(SPRING, "222")
    found = made.town.read(overview, made.town.quarter(3), None, [made.town.ids[VILLAGE]])
    assert found.result is not None
    assert [one.org.short_name for one in found.result.branches] == [VILLAGE]
    assert found.entries == ()


def test_results_come_at_once_and_what_takes_every_ballot_follows(tmp_path: Path) -> None:
    made = surveyed(tmp_path / "镇.okr")
    made.answer(VILLAGE, *("111", "122", "213") * 6)
    quick = made.town.read(overview, made.town.quarter(3))
    assert not quick.is_checked and quick.result is not None and quick.result.branches[0].findings is None
    slow = made.town.read(checked, quick)
    assert slow.is_checked and slow.result is not None and slow.result.branches[0].findings is not None
    assert (slow.rounds, slow.rolling) == (quick.rounds, {})
    empty = made.town.read(overview, made.town.quarter(2))
    assert made.town.read(checked, empty) == empty
