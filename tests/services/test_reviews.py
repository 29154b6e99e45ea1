"""Reviews step by step on a real file: order, terms, who may, what is frozen, and what a correction leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from okr_desk.errors import Backdated, IllegalMove, InputRefused, NotAllowed
from okr_desk.model.tables import Publication, PublishedContent, Receipt
from okr_desk.review_terms import Party, ReviewState
from okr_desk.review_terms import ReviewStep as Step
from okr_desk.rules import reviews as rules
from okr_desk.rules.reviews import LineDraft
from okr_desk.services import review_scores, reviews, schemes
from okr_desk.services.outcome import Topic
from okr_desk.terms import PointsState, QuarterState
from tests.reviewed_township import Reviewed, reviewed

D = Decimal
TO_DELIVERY = (Step.SUBMIT, Step.OPINE, Step.CHECK, Step.DELIVER)


@pytest.fixture
def town(tmp_path: Path) -> Reviewed:
    return reviewed(tmp_path / "小镇.okr")


def line(town: Reviewed, code: str) -> int:
    return next(one.line.id for one in town.scored.sheet().lines if one.line.code == code)


def points(town: Reviewed, code: str) -> Decimal | None:
    found = next(one.points for one in town.scored.sheet().lines if one.line.code == code)
    return None if found is None else found.points


def test_a_sheet_goes_its_whole_way(town: Reviewed) -> None:
    town.through(*TO_DELIVERY)
    assert town.row().record.until == date(2026, 10, 15)  # five days: Saturday the 10th is worked
    town.on(10, 19)
    town.take(Step.DECIDE)
    assert town.take(Step.PUBLICISE) == ReviewState.PUBLICISED.value
    assert town.row().record.until == date(2026, 10, 26)
    town.on(10, 27)
    assert town.take(Step.FINALISE) == ReviewState.FINAL.value
    assert [one.step for one in town.row().record.steps] == [*TO_DELIVERY, Step.DECIDE, Step.PUBLICISE, Step.FINALISE]
    trail = [entry.table for entry in town.scored.small.trail() if entry.table in ("reviewstep", "publication")]
    assert trail.count("reviewstep") == 7 and trail.count("publication") == 1


def test_a_step_says_what_changed_and_hands_a_receipt_over(town: Reviewed) -> None:
    town.through(*TO_DELIVERY[:3])
    with town.store.write(town.office) as session:
        outcome = reviews.step(session, town.office, town.draft(Step.DELIVER, by="李旭昇"))
    assert Topic.REVIEWS in outcome.changes.topics and outcome.changes.orgs == frozenset({town.village})
    with town.store.rows() as session:
        receipt = session.exec(select(Receipt)).one()
    assert (receipt.received_by, receipt.received_on, receipt.org_id) == ("李旭昇", date(2026, 10, 9), town.village)


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.SUBMIT])
def test_nothing_comes_before_the_report_of_the_branch(town: Reviewed, step: Step) -> None:
    with pytest.raises(IllegalMove, match="现在是“待自评”"):
        town.take(step, town.office)
    denied = [entry for entry in town.scored.small.trail() if entry.action == "denied"]
    assert len(denied) == 1 and "待自评" in denied[0].after


@pytest.mark.parametrize("step", [Step.DECIDE, Step.PUBLICISE, Step.FINALISE])
def test_no_term_is_cut_short_and_nothing_is_skipped(town: Reviewed, step: Step) -> None:
    town.through(*TO_DELIVERY)
    town.on(10, 15)  # the last day still belongs to the branch
    with pytest.raises(IllegalMove):
        town.take(step)
    assert town.state() is ReviewState.DELIVERED


def test_a_branch_without_objection_lets_the_committee_decide_at_once(town: Reviewed) -> None:
    town.through(*TO_DELIVERY, Step.AGREE, Step.DECIDE)
    assert town.state() is ReviewState.DECIDED


def test_publicity_lasts_its_days(town: Reviewed) -> None:
    town.through(*TO_DELIVERY, Step.AGREE, Step.DECIDE, Step.PUBLICISE)
    town.on(10, 15)
    with pytest.raises(IllegalMove, match="最后一天是 2026-10-15"):
        town.take(Step.FINALISE)
    town.on(10, 19)
    town.take(Step.FINALISE)


def test_the_quarter_must_be_frozen_before_it_is_checked(town: Reviewed) -> None:
    town.through(Step.SUBMIT, Step.OPINE)
    town.scored.state(3, QuarterState.OPEN)
    with pytest.raises(IllegalMove, match="请先在“年度与季度”中冻结"):
        town.take(Step.CHECK)


def test_a_quarter_that_runs_cannot_be_reported(town: Reviewed) -> None:
    town.on(9, 30)
    with pytest.raises(IllegalMove, match="还没有结束"):
        town.take(Step.SUBMIT)


def test_who_reported_does_not_check(town: Reviewed) -> None:
    town.take(Step.SUBMIT, town.office)
    town.take(Step.OPINE)
    with pytest.raises(IllegalMove, match="不能自己核定"):
        town.take(Step.CHECK)
    town.take(Step.CHECK, substitution="分管领导 孙立")
    assert town.row().record.steps[-1].substitution == "分管领导 孙立"


@pytest.mark.parametrize("step", [Step.OPINE, Step.CHECK, Step.DELIVER])
def test_a_branch_does_not_do_the_work_of_the_office(town: Reviewed, step: Step) -> None:
    town.through(*TO_DELIVERY[: TO_DELIVERY.index(step)])
    with pytest.raises(NotAllowed):
        town.take(step, town.secretary)
    with pytest.raises(NotAllowed):
        town.take(step, town.scored.small.viewer)


def test_another_branch_neither_reports_nor_agrees(town: Reviewed) -> None:
    with pytest.raises(NotAllowed):
        town.take(Step.SUBMIT, town.scored.small.stranger)


@pytest.mark.parametrize(("missing", "field"), [("by", "by"), ("document", "document"), ("dated_on", "dated_on")])
def test_what_lacks_is_said_at_its_field(town: Reviewed, missing: str, field: str) -> None:
    town.through(*TO_DELIVERY, Step.AGREE)
    with pytest.raises(InputRefused) as refusal:
        town.take(Step.DECIDE, **{missing: None if missing == "dated_on" else " "})
    assert refusal.value.field == field and town.state() is ReviewState.AGREED


@pytest.mark.parametrize(("day", "error"), [(date(2026, 10, 8), Backdated), (date(2026, 10, 10), InputRefused)])
def test_a_meeting_is_neither_before_the_last_step_nor_to_come(
    town: Reviewed, day: date, error: type[InputRefused]
) -> None:
    town.through(*TO_DELIVERY, Step.AGREE)
    with pytest.raises(error, match=str(day)):
        town.take(Step.DECIDE, dated_on=day)


def test_a_checked_line_counts_and_says_why(town: Reviewed) -> None:
    town.through(Step.SUBMIT, Step.OPINE)
    before = points(town, "B09")
    town.take(Step.CHECK, lines=(LineDraft(line(town, "B09"), D("1.5"), "抽查台账少 1 人"),))
    assert before == 2 and points(town, "B09") == D("1.5")
    score = next(one for one in town.scored.sheet().lines if one.line.code == "B09")
    assert score.points is not None and "抽查台账少 1 人" in score.points.steps[-1] and "王玥" in score.points.steps[-1]
    assert score.computed is not None and score.computed.points == 2


@pytest.mark.parametrize(
    ("value", "reason", "field"), [("4.5", "多给", "points"), ("-1", "扣光", "points"), ("1", " ", "reason")]
)
def test_points_stay_within_the_line_and_have_a_reason(town: Reviewed, value: str, reason: str, field: str) -> None:
    town.through(Step.SUBMIT, Step.OPINE)
    with pytest.raises(InputRefused) as refusal, town.store.write(town.office) as session:
        review_scores.set_line(
            session, town.office, town.quarter_id, town.village, LineDraft(line(town, "B09"), D(value), reason)
        )
    assert refusal.value.field == field and points(town, "B09") == 2


def test_lines_are_set_while_the_office_checks_and_never_after(town: Reviewed) -> None:
    draft = LineDraft(line(town, "B09"), D(1), "抽查")
    for steps in ((), (*TO_DELIVERY,)):
        town.through(*steps)
        with pytest.raises(IllegalMove), town.store.write(town.office) as session:
            review_scores.set_line(session, town.office, town.quarter_id, town.village, draft)


def test_a_line_set_back_to_what_was_computed_is_no_correction(town: Reviewed) -> None:
    town.through(Step.SUBMIT, Step.OPINE)
    key = line(town, "B09")
    for value in ("1", "2"):
        with town.store.write(town.office) as session:
            review_scores.set_line(
                session, town.office, town.quarter_id, town.village, LineDraft(key, D(value), "复查")
            )
    assert points(town, "B09") == 2 and town.scored.sheet().lines[1].computed is None


def test_silence_is_judged_when_the_sheet_is_checked(town: Reviewed) -> None:
    town.through(Step.SUBMIT, Step.OPINE)
    assert points(town, "B11") is None or points(town, "B11") == 3
    with town.store.write(town.office) as session:
        from okr_desk.model.tables import MeasuredValue

        for row in session.exec(select(MeasuredValue).where(MeasuredValue.indicator_id == town.scored.ids["F07"])):
            session.delete(row)
    assert points(town, "F07") is None
    town.take(Step.CHECK)
    score = next(one for one in town.scored.sheet().lines if one.line.code == "F07")
    assert score.points is not None and (score.points.points, score.points.state) == (0, PointsState.MISSING)


def test_the_branch_says_its_own_points(town: Reviewed) -> None:
    town.take(Step.SUBMIT, lines=(LineDraft(line(town, "B09"), D(3), "一人补缴"),))
    with town.store.read() as session:
        from okr_desk.queries import orgs, review_items

        found = review_items.items(session, town.quarter(), orgs.view(session, town.village, date(2026, 9, 30)))
    own = {one.score.line.code: one.own for one in found.items}
    assert own["B09"] is not None and (own["B09"].points, own["B09"].reason) == (3, "一人补缴")
    assert own["F07"] is not None and own["F07"].points == points(town, "F07")
    assert [one.lost for one in found.items] == sorted((one.lost for one in found.items), reverse=True)
    assert [one.score.line.code for one in found.items if one.differs] == ["B09"]


def test_what_was_delivered_is_printed_for_ever(town: Reviewed) -> None:
    town.through(*TO_DELIVERY)
    sheet = town.printed()
    assert sheet.issued is not None and (sheet.issued.version, sheet.issued.published_on) == (1, date(2026, 10, 9))
    town.scored.measure("B08", "85")  # the data go on
    assert points(town, "B08") == 4
    assert town.printed() == sheet


def test_a_changed_content_is_noticed(town: Reviewed) -> None:
    from okr_desk.errors import DatabaseRefused

    town.through(*TO_DELIVERY)
    with town.store.write(town.office) as session:
        kept = session.exec(select(PublishedContent)).one()
        kept.content = kept.content[:-3] + b"abc"
        session.add(kept)
    with pytest.raises(DatabaseRefused, match="校验码不符"):
        town.printed()


def test_a_late_correction_makes_a_version_beside_the_old_one(town: Reviewed) -> None:
    town.through(*TO_DELIVERY, Step.AGREE, Step.DECIDE, Step.PUBLICISE)
    town.on(10, 19)
    town.take(Step.FINALISE)
    first = town.printed()
    fix = (LineDraft(line(town, "B09"), D(4), "银行回单证明已缴清"),)
    with pytest.raises(IllegalMove, match="核定人以外"):
        town.take(Step.CORRECT, lines=fix, note="核错")
    town.take(Step.CORRECT, town.second, lines=fix, note="党费核错，据实更正", by="赵海")
    second = town.printed()
    assert second.issued is not None and (second.issued.version, second.issued.reason) == (2, "党费核错，据实更正")
    with town.store.rows() as session:
        kept = session.exec(select(Publication).order_by("id")).all()
    assert [one.version for one in kept] == [1, 2] and kept[0].digest == first.digest


def test_many_branches_move_with_one_confirmation_and_the_others_are_named(town: Reviewed) -> None:
    town.through(Step.SUBMIT)
    small = town.scored.small
    both = [rules.StepDraft(town.quarter_id, one, Step.OPINE, "孙立", "同意") for one in (small.village, small.school)]
    with town.store.write(town.office) as session:
        moved = reviews.steps(session, town.office, both).value
    assert moved.count == 1
    assert [(one.org, "待自评" in one.why) for one in moved.refused] == [("中心小学党支部", True)]


def test_leader_and_peers_score_the_whole(town: Reviewed) -> None:
    town.through(Step.SUBMIT)
    with town.store.write(town.office) as session:
        review_scores.set_whole(session, town.office, town.quarter_id, town.village, Party.LEADER, D(92))
    with pytest.raises(InputRefused), town.store.write(town.office) as session:
        review_scores.set_whole(session, town.office, town.quarter_id, town.village, Party.PEERS, D(101))
    with town.store.read() as session:
        from okr_desk.queries import orgs, review_items

        found = review_items.items(session, town.quarter(), orgs.view(session, town.village, date(2026, 9, 30)))
    assert {party: said.points for party, said in found.wholes.items()} == {Party.LEADER: 92}


def test_the_desk_shows_only_what_is_legal(town: Reviewed) -> None:
    assert [one.step for one in town.row(town.secretary).legal] == [Step.SUBMIT]
    assert [one.step for one in town.row(town.scored.small.viewer).legal] == []
    town.through(*TO_DELIVERY)
    legal = {one.step: one.lacking for one in town.row(town.office).legal}
    assert legal[Step.AGREE] == () and legal[Step.OBJECT] == () and "期限还没有满" in legal[Step.DECIDE][0]


def test_a_delivered_sheet_is_not_opened_again(town: Reviewed) -> None:
    from okr_desk.errors import WrongState
    from okr_desk.rules.cycles import ReopenDraft
    from okr_desk.services import reopenings

    town.through(*TO_DELIVERY)
    with pytest.raises(WrongState, match="评审表已经送达"), town.store.write(town.office) as session:
        reopenings.ask(session, town.office, ReopenDraft(town.quarter_id, (town.village,), "补报"))


def test_a_quarter_is_closed_once_its_reviews_are_final(town: Reviewed) -> None:
    from okr_desk.queries import cycles

    town.through(*TO_DELIVERY)
    with town.store.read() as session:
        assert any("没有定为最终" in one for one in cycles.waits_for(session, town.quarter()))
    town.through(Step.AGREE, Step.DECIDE, Step.PUBLICISE)
    town.on(10, 19)
    town.take(Step.FINALISE)
    with town.store.read() as session:
        assert not any("没有定为最终" in one for one in cycles.waits_for(session, town.quarter()))


def test_the_check_of_the_trail_finds_what_was_published_and_changed(town: Reviewed) -> None:
    import sqlite3

    from okr_desk.model import audit_check

    town.through(*TO_DELIVERY)
    with town.store.read() as session:
        assert list(audit_check._published(session)) == []
    with sqlite3.connect(town.store.path) as raw:
        raw.execute("UPDATE publishedcontent SET content = x'00'")
    with town.store.read() as session:
        assert list(audit_check._published(session)) == [
            "评审2026-3-001 第 1 版所发布的内容与其校验码不符：发布以后被改动、增减过。"
        ]


def test_several_parties_make_the_percent_where_the_scheme_weighs_them(town: Reviewed) -> None:
    plain = town.scored.sheet()
    assert plain.sheet is not None and plain.parties is None
    weights = ((Party.SELF, D(10)), (Party.LEADER, D(20)), (Party.OFFICE, D(60)), (Party.PEERS, D(10)))
    office = town.office
    town.scored.state(3, QuarterState.OPEN)
    with town.store.write(office) as session:
        scheme = schemes.standing.scheme(session, town.scored.scheme)
        draft = schemes.standing.draft_of(scheme.name, scheme.versions[-1])
        made = schemes.next_version(session, office, scheme.id, 3, "多方评分").value
        schemes.revise(session, office, made, replace(draft, parties=weights, from_quarter=3, reason="多方评分"))
        schemes.activate(session, office, made)
    town.scored.state(3, QuarterState.FROZEN)
    town.take(Step.SUBMIT, lines=(LineDraft(line(town, "B09"), D(4), "已补缴"),))
    with town.store.write(office) as session:
        review_scores.set_whole(session, office, town.quarter_id, town.village, Party.LEADER, D(92))
    found = town.scored.sheet()
    assert found.sheet is not None and found.parties is not None and found.version is not None
    assert found.version.parties == weights
    assert "支部互评" in found.parties.steps[1] and "支部自评" not in found.parties.steps[1]  # never zero
    assert found.sheet.percent == found.parties.value != plain.sheet.percent
