"""What papers of mass satisfaction are printed from, asked of a real file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, Refusal
from okr_desk.model.tables import SurveyItem
from okr_desk.queries import cycles, documents, orgs, survey_papers, surveys
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.survey_papers import Asked, Wish
from okr_desk.rules.ballots import BallotDraft, CountLineDraft, CountSheetDraft
from okr_desk.rules.surveys import DefinitionDraft, GroupDraft, ItemDraft, RoundDraft
from okr_desk.services import ballots
from okr_desk.services import surveys as service
from okr_desk.survey_terms import Channel, ItemKind
from okr_desk.terms import Sampling
from tests.small_township import Small, build


@dataclass
class Asking:
    """The small township with a round of its third quarter."""

    small: Small
    round: int
    quarter: QuarterView
    village: OrgView

    def answer(self, *answers: tuple[str, str], **more: str) -> int:
        """Store ballots (answers, wish); the id of their batch."""
        drafts = [
            BallotDraft(self.village.id, None, Channel.HOME_PAPER, keys, wish=wish, **more) for keys, wish in answers
        ]  # type: ignore[arg-type]
        with self.small.store.write(self.small.office) as session:
            return ballots.record_ballots(session, self.small.office, self.round, drafts).value

    def count(self, **more: object) -> None:
        """Store a count sheet of three ballots."""
        with self.small.store.read() as session:
            items = surveys.round_view(session, self.round).definition.levels
        plain: dict[str, object] = {
            "round_id": self.round, "org_id": self.village.id, "group_id": None, "channel": Channel.MEETING_PAPER,
            "counted_on": date(2026, 9, 28), "issued": 6, "returned": 4, "valid": 3,
            "lines": tuple(CountLineDraft(item.id, (2, 1, 0, 0, 0)) for item in items),
            "host": "王喆", "counter": "李堃", "watcher": "孙颖",
        }  # fmt: skip
        with self.small.store.write(self.small.office) as session:
            ballots.record_count_sheet(session, self.small.office, CountSheetDraft(**{**plain, **more}))  # type: ignore[arg-type]

    def paper(self, key: str, asked: Asked = survey_papers.ONE_EACH) -> object:
        """The first snapshot of a document for the village."""
        with self.small.store.read() as session:
            return documents.snapshots(session, key, self.quarter, (self.village,), asked)[0]


@pytest.fixture
def asking(tmp_path: Path, clock: FixedClock) -> Iterator[Asking]:
    small = build(tmp_path / "镇.okr", clock)
    items = (
        ItemDraft("服务态度"),
        ItemDraft("总体评价", is_overall=True),
        ItemDraft("最希望解决的一件事", ItemKind.OPEN),
    )
    draft = DefinitionDraft(
        2026,
        "群众满意度测评",
        items,
        (GroupDraft("党员", ("共产党员",)), GroupDraft("村民")),
        ((Channel.HOME_PAPER, Decimal(1)), (Channel.MEETING_PAPER, Decimal(1))),
    )
    with small.store.write(small.office) as session:
        made = service.define(session, small.office, draft).value
        said = RoundDraft(made, small.quarters[3], "三季度测评", date(2026, 9, 1), date(2026, 9, 28), Sampling.RANDOM)
        opened = service.open_round(session, small.office, said).value
    with small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        village = orgs.view(session, small.village, quarter.ends_on)
    yield Asking(small, opened, quarter, village)
    small.store.close()


def test_a_quarter_without_a_round_says_what_to_do(asking: Asking) -> None:
    with asking.small.store.read() as session:
        empty = cycles.quarter(session, 2026, 1)
        assert empty is not None and survey_papers.round_of(session, empty) is None
        assert not surveys.has_round(session, empty) and surveys.has_round(session, asking.quarter)
        for key in ("questionnaire", "count-sheet", "survey-report"):
            with pytest.raises(Refusal, match="还没有满意度测评，请先在“满意度”中新建一次测评"):
                documents.snapshots(session, key, empty, (asking.village,))


def test_questionnaires_carry_copies_number_and_group(asking: Asking) -> None:
    form = asking.paper("questionnaire", Asked(30, 31, "共产党员"))
    assert isinstance(form, survey_papers.QuestionnaireForm)
    assert (form.copies, form.first, form.org.id) == (30, 31, asking.village.id)
    assert form.group is not None and form.group.name == "党员"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Asked(0), "copies"),
        (Asked(501), "copies"),
        (Asked(1, 0), "first"),
        (Asked(2, 9999), "first"),
        (Asked(group="学生"), "group"),
    ],
)
def test_numbers_and_groups_that_cannot_be_are_refused_at_their_field(asking: Asking, asked: Asked, field: str) -> None:
    with pytest.raises(InputRefused) as refused:
        asking.paper("questionnaire", asked)
    assert refused.value.field == field


def test_a_count_sheet_is_blank_until_there_are_answers_and_when_asked(asking: Asking) -> None:
    blank = asking.paper("count-sheet")
    assert isinstance(blank, survey_papers.CountForm) and blank.result is None and blank.digest == ""
    asking.count()
    filled = asking.paper("count-sheet")
    assert isinstance(filled, survey_papers.CountForm) and filled.result is not None
    assert (filled.issued, filled.result.ballots, filled.result.returned.void) == (6, 3, 1)
    assert (filled.counted_on, filled.hosts, filled.counters, filled.watchers) == (
        date(2026, 9, 28), ("王喆",), ("李堃",), ("孙颖",),
    )  # fmt: skip
    assert len(filled.digest) == 64
    again = asking.paper("count-sheet", Asked(is_blank=True))
    assert isinstance(again, survey_papers.CountForm) and again.result is None


def test_issued_is_left_open_where_more_came_back_than_is_known(asking: Asking) -> None:
    asking.count()
    asking.answer(*[("11", "")] * 5)
    form = asking.paper("count-sheet")
    assert isinstance(form, survey_papers.CountForm) and form.issued is None


def test_wishes_are_counted_in_their_own_words_and_single_ones_are_not_told(asking: Asking) -> None:
    """Blanks and a full stop make no other wish; 无 is no wish; what one person says might tell who it is."""
    asking.answer(
        ("11", "装路灯，修村道"), ("11", " 装路灯，修村道。"), ("12", "无"), ("11", "我家门口的树"), ("22", "通公交"),
        ("22", "通公交"), ("12", "通 公交"), ("22", ""),
    )  # fmt: skip
    taken_back = asking.answer(("11", "通公交"))
    with asking.small.store.write(asking.small.office) as session:
        ballots.withdraw_batch(session, asking.small.office, taken_back, "重复录入")
    asking.answer(("--", "通公交"), void_reason="整份未作答")
    report = asking.paper("survey-report")
    assert isinstance(report, survey_papers.SurveyReport)
    assert report.wishes == (Wish("通公交", 3), Wish("装路灯，修村道", 2))
    assert report.wished == 6


def test_the_report_has_the_pages_that_were_asked_for_and_one_code(asking: Asking) -> None:
    asking.answer(("11", ""))
    with asking.small.store.read() as session:
        (alone,) = documents.snapshots(session, "survey-report", asking.quarter, ())
    named = asking.paper("survey-report")
    every = asking.paper("survey-report", Asked(with_pages=True))
    for report, pages in ((alone, ()), (named, (asking.village.id,)), (every, (asking.village.id,))):
        assert isinstance(report, survey_papers.SurveyReport) and report.pages == pages
    assert alone.digest == named.digest == every.digest  # type: ignore[attr-defined]


def test_the_latest_round_of_a_quarter_is_printed(asking: Asking) -> None:
    small = asking.small
    with small.store.write(small.office) as session:
        definition = surveys.round_view(session, asking.round).definition.id
        said = RoundDraft(definition, small.quarters[3], "补测", date(2026, 9, 20), date(2026, 9, 29), Sampling.CENSUS)
        service.open_round(session, small.office, said)
    form = asking.paper("questionnaire")
    assert isinstance(form, survey_papers.QuestionnaireForm) and form.round.name == "补测"


def test_a_round_is_printed_by_its_name(asking: Asking) -> None:
    small = asking.small
    with small.store.write(small.office) as session:
        first = surveys.round_view(session, asking.round)
        said = RoundDraft(
            first.definition.id, small.quarters[3], "补测", date(2026, 9, 20), date(2026, 9, 29), Sampling.CENSUS
        )
        service.open_round(session, small.office, said)
    for key in ("questionnaire", "count-sheet", "survey-report"):
        assert asking.paper(key, Asked(round=first.name)).round.name == first.name  # type: ignore[attr-defined]
    with pytest.raises(InputRefused, match=f"没有名为“复测”的测评；现有：{first.name}、补测"):
        asking.paper("questionnaire", Asked(round="复测"))


def test_other_wordings_do_not_change_the_code_of_a_paper(asking: Asking) -> None:
    asking.answer(("11", ""))
    before = asking.paper("survey-report")
    small = asking.small
    with small.store.write(small.office) as session:
        row = session.get(SurveyItem, surveys.round_view(session, asking.round).definition.items[0].id)
        assert row is not None
        row.aliases = "别的写法"
        session.add(row)
    after = asking.paper("survey-report")
    assert after != before and after.digest == before.digest  # type: ignore[attr-defined]
