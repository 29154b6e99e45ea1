"""The small township with one survey of two questions in its third quarter: what services and queries are tried on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.model.tables import Category, Org, OrgVersion
from okr_desk.queries import survey_results, surveys
from okr_desk.queries.survey_results import BranchResult
from okr_desk.rules.ballots import BallotDraft, CountLineDraft, CountSheetDraft
from okr_desk.rules.surveys import DefinitionDraft, GroupDraft, ItemDraft, PopulationDraft, RoundDraft
from okr_desk.services import ballots, indicators
from okr_desk.services import surveys as service
from okr_desk.services.permits import SETUP
from okr_desk.survey_terms import Channel, ItemKind
from okr_desk.terms import Sampling
from tests.made_once import made_once
from tests.small_township import Small, build, percent

D = Decimal
PARTY, VILLAGERS = "党员", "村民"
TWENTY = (10, 5, 3, 1, 1)
"""(10×100 + 5×80 + 3×60 + 1×30 + 0) ÷ 20 = 80.5; satisfied 18 of 20 in the wide sense, 15 of 20 in the narrow one."""


@dataclass
class Surveyed:
    """The township with its survey; `score` and `rate` are the indicators F02 and S02."""

    small: Small
    definition: int
    round: int
    groups: dict[str, int]
    score: int
    rate: int

    def ballots(self, counts: Sequence[int], org_id: int | None = None, **more: object) -> int:
        """Store ballots that say the levels so often, best first, of both questions; the id of their batch."""
        drafts = [self.ballot(str(level) * 2, org_id, **more) for level, n in enumerate(counts, 1) for _one in range(n)]
        return self.store(drafts)

    def store(self, drafts: Sequence[BallotDraft], round_id: int | None = None) -> int:
        """Store ballots as one sitting."""
        with self.small.store.write(self.small.office) as session:
            return ballots.record_ballots(session, self.small.office, round_id or self.round, drafts).value

    def ballot(self, answers: str, org_id: int | None = None, group: str = "", **more: object) -> BallotDraft:
        """One ballot of the village, of nobody in particular."""
        plain = {"channel": Channel.HOME_PAPER, **more}
        return BallotDraft(org_id or self.small.village, self.groups.get(group), answers=answers, **plain)  # type: ignore[arg-type]

    def villages(self, count: int) -> list[int]:
        """So many villages, the first one among them."""
        with self.small.store.write(SETUP) as session:
            rural = session.exec(select(Category).where(Category.name == "农村")).one()
            found = [self.small.village]
            for n in range(1, count):
                row = Org(kind="branch")
                session.add(row)
                session.flush()
                name = f"第{n}村党支部"
                session.add(
                    OrgVersion(
                        org_id=row.key, valid_from=date(2025, 1, 1), full_name=name, short_name=name,
                        parent_id=self.small.township, category_id=rural.key,
                    )
                )  # fmt: skip
                found.append(row.key)
        return found

    def sheet(self, counts: Sequence[int], unsure: int = 0, blank: int = 0, **more: object) -> CountSheetDraft:
        """A count sheet of the village with the same answers to both questions."""
        valid = sum(counts) + unsure + blank
        plain: dict[str, object] = {
            "round_id": self.round, "org_id": self.small.village, "group_id": None, "channel": Channel.MEETING_PAPER,
            "counted_on": date(2026, 9, 28), "issued": valid + 5, "returned": valid + 2, "valid": valid,
        }  # fmt: skip
        with self.small.store.read() as session:
            items = surveys.definition(session, self.definition).levels
        lines = tuple(CountLineDraft(item.id, tuple(counts), unsure, blank) for item in items)
        return CountSheetDraft(**{**plain, "lines": lines, **more})  # type: ignore[arg-type]

    def populations(self, *drafts: PopulationDraft) -> None:
        """Say how many people there are and how many were asked."""
        with self.small.store.write(self.small.office) as session:
            service.set_populations(session, self.small.office, self.round, drafts)

    def result(self, org_id: int | None = None, round_id: int | None = None) -> BranchResult:
        """What the round says of the village."""
        wanted = org_id or self.small.village
        with self.small.store.read() as session:
            found = survey_results.results(session, round_id or self.round)
        return next(one for one in found.branches if one.org.id == wanted)


def definition(**more: object) -> DefinitionDraft:
    """Two questions and an open one, two groups, paper and phone that weigh the same."""
    plain: dict[str, object] = {
        "year": 2026, "name": "群众满意度测评",
        "items": (
            ItemDraft("服务态度"), ItemDraft("总体评价", is_overall=True),
            ItemDraft("最希望解决的一件事", ItemKind.OPEN),
        ),
        "groups": (GroupDraft(PARTY), GroupDraft(VILLAGERS)),
        "channels": (
            (Channel.HOME_PAPER, D(1)), (Channel.MEETING_PAPER, D(1)), (Channel.PHONE, D(1)),
        ),
    }  # fmt: skip
    return DefinitionDraft(**{**plain, **more})  # type: ignore[arg-type]


def a_round(definition_id: int, quarter_id: int, number: int = 3, **more: object) -> RoundDraft:
    """A random sample in the last month of a quarter, collected by others."""
    plain: dict[str, object] = {
        "name": f"{number}季度测评", "starts_on": date(2026, 3 * number, 1), "ends_on": date(2026, 3 * number, 28),
        "sampling": Sampling.RANDOM, "is_independent": True,
    }  # fmt: skip
    return RoundDraft(definition_id, quarter_id, **{**plain, **more})  # type: ignore[arg-type]


@made_once
def surveyed(path: Path, clock: FixedClock, **more: object) -> Surveyed:
    """Make the township with the survey, open for answers."""
    small = build(path, clock)
    with small.store.write(SETUP) as session:
        score = indicators.create(session, SETUP, percent("F02", "群众满意度", unit="分")).value
        rate = indicators.create(session, SETUP, percent("S02", "群众满意率")).value
    with small.store.write(small.office) as session:
        made = service.define(session, small.office, definition(**more)).value
        opened = service.open_round(session, small.office, a_round(made, small.quarters[3])).value
    with small.store.read() as session:
        groups = {group.name: group.id for group in surveys.definition(session, made).groups}
    return Surveyed(small, made, opened, groups, score, rate)
