"""Check-ins on a real file: recorded, corrected, withdrawn, late, refused; nothing is ever overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import col, select

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, Refusal, WrongState
from okr_desk.model import audit
from okr_desk.model.store import Store, now
from okr_desk.model.tables import CheckIn, CheckInNode, Evidence, MeasuredValue, Narrative, Quarter, Reopening
from okr_desk.queries.evidence import folder as folder_of
from okr_desk.rules.checkins import CheckInDraft, NarrativeDraft, RowRefused
from okr_desk.services import checkins, evidence
from okr_desk.services.outcome import Topic
from okr_desk.terms import EntryBasis, Origin, QuarterState
from tests.filled_township import DAY, Filled, fill

D = Decimal


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Filled]:
    made = fill(tmp_path / "镇.okr")
    yield made
    made.small.store.close()


def said(town: Filled, key_result_id: int, **more: object) -> CheckInDraft:
    return CheckInDraft(key_result_id, town.small.quarters[3], **more)  # type: ignore[arg-type]


def record(town: Filled, draft: CheckInDraft, actor: object = None) -> int:
    actor = actor or town.small.secretary
    with town.small.store.write(actor) as session:  # type: ignore[arg-type]
        return checkins.record(session, actor, draft).value  # type: ignore[arg-type]


def rows(town: Filled) -> list[CheckIn]:
    with town.small.store.rows() as session:
        return list(session.exec(select(CheckIn).order_by(col(CheckIn.id))))


def values(town: Filled) -> list[tuple[Decimal, bool]]:
    with town.small.store.rows() as session:
        found = session.exec(select(MeasuredValue).order_by(col(MeasuredValue.id)))
        return [(row.value, row.superseded_at is None) for row in found if row.origin == Origin.BRANCH]


def test_a_value_is_stored_with_author_date_and_trail(town: Filled) -> None:
    with town.small.store.write(town.small.secretary) as session:
        outcome = checkins.record(
            session,
            town.small.secretary,
            said(town, town.rate, value=D("78.5"), confidence=8, progress_note=" 按计划 "),
        )
    assert outcome.changes.topics == {Topic.CHECKINS, Topic.OBJECTIVES}
    (row,) = rows(town)
    assert (row.value, row.as_of, row.confidence, row.progress_note) == (D("78.5"), DAY, 8, "按计划")
    assert (row.account_id, row.basis, row.is_late) == (town.small.secretary.account_id, EntryBasis.OWN, False)
    assert town.small.trail()[-1].account_id == town.small.secretary.account_id
    with town.small.store.rows() as session:
        assert audit.first_broken(session) is None


def test_a_correction_stands_beside_what_was_said_before(town: Filled) -> None:
    first = record(town, said(town, town.rate, value=D(70)))
    second = record(town, said(town, town.rate, value=D(71)))
    assert first != second
    assert [(row.value, row.superseded_at is None) for row in rows(town)] == [(D(70), False), (D(71), True)]


def test_saying_the_same_again_changes_nothing(town: Filled) -> None:
    record(town, said(town, town.rate, value=D(70), progress_note="照旧"))
    before = len(town.small.trail())
    with town.small.store.write(town.small.secretary) as session:
        again = checkins.record(
            session, town.small.secretary, said(town, town.rate, value=D("70.0"), progress_note="照旧 ")
        )
    assert not again.changes
    assert (len(rows(town)), len(town.small.trail())) == (1, before)


def test_a_linked_value_is_typed_once_and_moves_both(town: Filled) -> None:
    record(town, said(town, town.income, value=D(40)))
    record(town, said(town, town.income, value=D(45)))
    assert values(town) == [(D(40), False), (D(45), True)]


def test_withdrawing_brings_back_what_stood_before(town: Filled) -> None:
    record(town, said(town, town.income, value=D(40)))
    second = record(town, said(town, town.income, value=D(45)))
    with town.small.store.write(town.small.secretary) as session:
        outcome = checkins.withdraw(session, town.small.secretary, second, "看错行")
    first_row, second_row = rows(town)
    assert outcome.value == first_row.key and first_row.superseded_at is None
    assert second_row.withdrawn and second_row.late_reason == "看错行"
    assert values(town) == [(D(40), False), (D(45), False), (D(40), True)]
    with pytest.raises(Refusal, match="不能再撤"), town.small.store.write(town.small.secretary) as session:
        checkins.withdraw(session, town.small.secretary, second)


def test_withdrawing_the_only_statement_leaves_nothing(town: Filled) -> None:
    only = record(town, said(town, town.income, value=D(40)))
    with town.small.store.write(town.small.secretary) as session:
        assert checkins.withdraw(session, town.small.secretary, only).value is None
    assert values(town) == [(D(40), False)]


def test_a_frozen_statement_is_withdrawn_only_where_the_quarter_was_opened_again(town: Filled) -> None:
    only = record(town, said(town, town.income, value=D(40)))
    town.small.store.clock = FixedClock(date(2026, 10, 8))
    with town.small.store.write(town.small.office) as session:
        quarter = session.get_one(Quarter, town.small.quarters[3])
        quarter.state = QuarterState.FROZEN
        session.add(quarter)
    with pytest.raises(WrongState, match="已冻结"), town.small.store.write(town.small.secretary) as session:
        checkins.withdraw(session, town.small.secretary, only)
    with town.small.store.write(town.small.office) as session:
        agreed = {"asked_by": 1, "asked_at": now(session), "agreed_by": 2, "agreed_at": now(session)}
        session.add(Reopening(quarter_id=town.small.quarters[3], org_id=town.small.village, reason="漏报", **agreed))
    with town.small.store.write(town.small.secretary) as session:
        assert checkins.withdraw(session, town.small.secretary, only).value is None


def test_several_are_withdrawn_together_or_not_at_all(town: Filled) -> None:
    ids = [
        record(town, said(town, town.rate, value=D(70))),
        record(town, said(town, town.rate, value=D(71))),
        record(town, said(town, town.safety, value=D(0))),
    ]
    with town.small.store.write(town.small.secretary) as session:
        assert checkins.withdraw_many(session, town.small.secretary, ids[1:]).value == 2
    assert [row.withdrawn for row in rows(town)] == [False, True, True]
    with pytest.raises(Refusal), town.small.store.write(town.small.secretary) as session:
        checkins.withdraw_many(session, town.small.secretary, [ids[0], ids[1]])
    assert [row.withdrawn for row in rows(town)] == [False, True, True]


def test_nodes_of_a_milestone(town: Filled) -> None:
    record(town, said(town, town.road, nodes=("立项", "开工")))
    with town.small.store.rows() as session:
        assert len(session.exec(select(CheckInNode)).all()) == 2
    with pytest.raises(InputRefused, match="没有名为“通车”的节点。可选：立项、开工、主体完成、验收"):
        record(town, said(town, town.road, nodes=("通车",)))


def test_what_a_kind_asks_for_is_asked(town: Filled) -> None:
    for key_result_id, sentence in (
        (town.rate, "不要填 0"),
        (town.road, "勾选"),
        (town.rules, "“是”或“否”"),
        (town.survey, "不要填 0"),
    ):
        with pytest.raises(InputRefused, match=sentence):
            record(town, said(town, key_result_id, progress_note="只有文字"))
    assert rows(town) == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"value": D("NaN")}, "value"),
        ({"value": D("Infinity")}, "value"),
        ({"value": D("0.1234567")}, "value"),
        ({"value": D(10) ** 12}, "value"),
        ({"value": D(1), "confidence": 11}, "confidence"),
        ({"value": D(1), "as_of": date(2026, 9, 26)}, "as_of"),
        ({"value": D(1), "as_of": date(2026, 6, 30)}, "as_of"),
        ({"value": D(1), "progress_note": "长" * 601}, "progress_note"),
    ],
)
def test_what_cannot_be_taken_names_its_field(town: Filled, more: dict[str, object], field: str) -> None:
    with pytest.raises(InputRefused) as refused:
        record(town, said(town, town.rate, **more))
    assert refused.value.field == field
    assert rows(town) == []


def test_a_year_to_date_figure_never_falls(town: Filled) -> None:
    office = town.small.office
    record(town, CheckInDraft(town.income, town.small.quarters[2], value=D(30), reason="补报"), office)
    with pytest.raises(InputRefused, match="不应少于上一季度的 30"):
        record(town, said(town, town.income, value=D("29.9")))
    record(town, said(town, town.income, value=D(30)))


def test_other_branches_and_viewers_are_refused_and_recorded(town: Filled) -> None:
    for actor in (town.small.stranger, town.small.viewer):
        with pytest.raises(NotAllowed):
            record(town, said(town, town.rate, value=D(70)), actor)
        assert (town.small.trail()[-1].action, town.small.trail()[-1].account_id) == ("denied", actor.account_id)
    assert rows(town) == []


def test_after_the_deadline_an_entry_is_late(tmp_path: Path) -> None:
    town = fill(tmp_path / "迟.okr", date(2026, 10, 8))
    with town.small.store.write(town.small.secretary) as session:
        outcome = checkins.record(session, town.small.secretary, said(town, town.rate, value=D(80)))
    assert outcome.notices == ("已过填报截止日，本次标记为“补报”。",)
    (row,) = rows(town)
    assert row.is_late and row.as_of == date(2026, 9, 30)
    town.small.store.close()


def test_a_frozen_quarter_takes_only_the_office_and_only_with_a_reason(town: Filled) -> None:
    second = town.small.quarters[2]
    draft = CheckInDraft(town.rate, second, value=D(75))
    with pytest.raises(WrongState):
        record(town, draft)
    with pytest.raises(InputRefused, match="理由") as refused:
        record(town, draft, town.small.office)
    assert refused.value.field == "reason"
    record(town, CheckInDraft(town.rate, second, value=D(75), reason="会计更正"), town.small.office)
    (row,) = rows(town)
    assert row.is_late and row.late_reason == "会计更正"


def test_what_is_not_approved_or_not_begun_takes_nothing(town: Filled) -> None:
    with pytest.raises(WrongState):
        record(town, CheckInDraft(town.rate, town.small.quarters[4], value=D(1)))
    with pytest.raises(Refusal, match="找不到"):
        record(town, CheckInDraft(9999, town.small.quarters[3], value=D(1)))


def test_the_office_enters_for_a_branch_and_both_names_are_kept(town: Filled) -> None:
    draft = said(town, town.rate, value=D(72), reported_by="李旭昇", basis=EntryBasis.PHONE)
    record(town, draft, town.small.office)
    (row,) = rows(town)
    assert (row.reported_by, row.basis, row.account_id) == ("李旭昇", "phone", town.small.office.account_id)


def test_a_table_is_taken_whole_or_not_at_all(town: Filled) -> None:
    drafts = [
        said(town, town.rate, value=D(70)),
        said(town, town.income, value=D(40)),
        said(town, town.rules),
        said(town, town.safety, value=D(0)),
    ]
    with pytest.raises(RowRefused) as refused, town.small.store.write(town.small.secretary) as session:
        checkins.record_many(session, town.small.secretary, drafts)
    assert (refused.value.row, refused.value.field) == (2, "done")
    assert refused.value.sentence == "KR1.5：请选“是”或“否”。"
    assert rows(town) == [] and values(town) == []


def test_a_table_tells_only_what_it_added(town: Filled) -> None:
    record(town, said(town, town.rate, value=D(70)))
    drafts = [said(town, town.rate, value=D(70)), said(town, town.safety, value=D(0))]
    text = NarrativeDraft(town.small.village, town.small.quarters[3], practice="开展示范")
    with town.small.store.write(town.small.secretary) as session:
        outcome = checkins.record_sheet(session, town.small.secretary, drafts, text)
    assert outcome.value == (rows(town)[-1].key,)
    assert outcome.changes.topics == {Topic.CHECKINS, Topic.OBJECTIVES}


def test_a_denied_table_stays_a_denial(town: Filled) -> None:
    with pytest.raises(NotAllowed), town.small.store.write(town.small.stranger) as session:
        checkins.record_many(session, town.small.stranger, [said(town, town.rate, value=D(70))])
    assert town.small.trail()[-1].action == "denied"


def test_narratives_are_versions(town: Filled) -> None:
    quarter = town.small.quarters[3]
    for text in ("甲", "乙 ", "乙"):
        with town.small.store.write(town.small.secretary) as session:
            draft = NarrativeDraft(town.small.village, quarter, practice=text)
            checkins.write_narrative(session, town.small.secretary, draft)
    with town.small.store.rows() as session:
        found = session.exec(select(Narrative).order_by(col(Narrative.version))).all()
        assert [(row.version, row.practice) for row in found] == [(1, "甲"), (2, "乙")]
    with pytest.raises(InputRefused) as refused, town.small.store.write(town.small.secretary) as session:
        checkins.write_narrative(
            session, town.small.secretary, NarrativeDraft(town.small.village, quarter, problems="长" * 151)
        )
    assert refused.value.field == "problems"


def test_evidence_is_kept_by_its_hash_and_two_are_the_most(town: Filled, tmp_path: Path) -> None:
    files = []
    for number in range(3):
        path = tmp_path / f"照片{number}.jpg"
        path.write_bytes(b"\xff\xd8\xff" + bytes([number]))
        files.append(path)
    record(town, said(town, town.rate, value=D(70), evidence=tuple(files[:2])))
    with town.small.store.rows() as session:
        kept = session.exec(select(Evidence)).all()
        folder = folder_of(session)
        assert [row.display_name for row in kept] == ["照片0.jpg", "照片1.jpg"]
        assert sorted(path.name for path in folder.iterdir()) == sorted(row.sha256 for row in kept)
        assert evidence.count(session, town.rate, town.small.quarters[3]) == 2
    with pytest.raises(InputRefused, match="最多 2 件"):
        record(town, said(town, town.rate, value=D(71), evidence=(files[2],)))
    assert [row.value for row in rows(town)] == [D(70)]


def test_a_stopped_clock_of_the_store_is_the_day_of_the_entry(town: Filled) -> None:
    store = Store.open(town.small.store.path, FixedClock(date(2026, 9, 29)))
    with store.write(town.small.secretary) as session:
        checkins.record(session, town.small.secretary, said(town, town.rate, value=D(70)))
        assert session.get_one(Quarter, town.small.quarters[3]).state == QuarterState.OPEN
    assert rows(town)[-1].as_of == date(2026, 9, 29)
    store.close()
