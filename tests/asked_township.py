"""The founded township with a survey in the third quarter of 2026: two villages answered, the school did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from okr_desk.queries import cycles as cycles_now
from okr_desk.queries import surveys as asked
from okr_desk.queries.surveys import DefinitionView
from okr_desk.rules.ballots import BallotDraft
from okr_desk.rules.surveys import DefinitionDraft, GroupDraft, ItemDraft, RoundDraft
from okr_desk.services import ballots, cycles, surveys
from okr_desk.survey_terms import Channel, ItemKind
from okr_desk.terms import QuarterState, Sampling, YearState
from tests.founded_township import Town, found
from tests.made_once import made_once

D = Decimal
VILLAGE, SPRING, SCHOOL = "青石村党支部", "龙泉村党支部", "中心小学党支部"
ITEMS = ("办事效率", "环境卫生", "总体评价")


@dataclass
class Surveyed:
    """The township, the definition and the round."""

    town: Town
    definition: DefinitionView
    round_id: int

    def group(self, name: str) -> int:
        """The id of a group of people."""
        return next(one.id for one in self.definition.groups if one.name == name)

    def answer(self, org: str, *answers: str, group: str = "村民", void: str = "") -> int:
        """Ballots of one sitting; the id of their batch."""
        drafts = [
            BallotDraft(self.town.ids[org], self.group(group), Channel.HOME_PAPER, one, void_reason=void)
            for one in answers
        ]
        made: int = self.town.write("admin", ballots.record_ballots, self.round_id, drafts).value
        return made


def definition_draft(**more: object) -> DefinitionDraft:
    """Three questions of five levels, the last the overall one, and the open one."""
    items = (
        *(ItemDraft(text, is_overall=text == "总体评价") for text in ITEMS),
        ItemDraft("最想解决的事", ItemKind.OPEN),
    )
    plain = {
        "year": 2026,
        "name": "群众满意度测评",
        "items": items,
        "groups": (GroupDraft("党员"), GroupDraft("村民", ("群众",))),
        "channels": ((Channel.HOME_PAPER, D(1)), (Channel.QR_CODE, D(1))),
    }
    return DefinitionDraft(**{**plain, **more})  # type: ignore[arg-type]


@made_once
def opened(path: Path) -> Town:
    """The founded township with the third quarter open."""
    town = found(path)
    year = town.read(cycles_now.years)[0]
    town.write("admin", cycles.move_year, year.id, YearState.OPEN)
    town.write("admin", cycles.move_quarter, town.quarter(3).id, QuarterState.OPEN)
    return town


@made_once
def surveyed(path: Path, sampling: Sampling = Sampling.RANDOM) -> Surveyed:
    """A definition and a round without any answer."""
    town = opened(path)
    definition_id = town.write("admin", surveys.define, definition_draft()).value
    draft = RoundDraft(
        definition_id, town.quarter(3).id, "三季度测评", date(2026, 9, 1), date(2026, 9, 30), sampling,
        is_independent=True,
    )  # fmt: skip
    round_id = town.write("admin", surveys.open_round, draft).value
    return Surveyed(town, town.read(asked.definition, definition_id), round_id)
