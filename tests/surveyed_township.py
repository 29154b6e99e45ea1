"""A founded township with a survey of two questions in its third quarter, for tests of imports and their screens."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from okr_desk.queries import cycles as cycles_now
from okr_desk.rules.surveys import DefinitionDraft, GroupDraft, ItemDraft, RoundDraft
from okr_desk.services import cycles, surveys
from okr_desk.survey_terms import Channel, ItemKind
from okr_desk.terms import QuarterState, Sampling, YearState
from tests.founded_township import Town, found
from tests.made_once import made_once

ITEMS = (
    ItemDraft("环境卫生"),
    ItemDraft("党支部工作", is_overall=True),
    ItemDraft("最希望解决的一件事", ItemKind.OPEN),
)
DEFINITION = DefinitionDraft(
    2026, "群众满意度测评", ITEMS, (GroupDraft("党员"), GroupDraft("村民", ("群众",))), ((Channel.QR_CODE, Decimal(1)),)
)


@made_once
def surveyed(path: Path) -> tuple[Town, int]:
    """The township with its third quarter open, and the id of a round of September."""
    town = found(path)
    year = town.read(cycles_now.years)[0]
    town.write("admin", cycles.move_year, year.id, YearState.OPEN)
    town.write("admin", cycles.move_quarter, town.quarter(3).id, QuarterState.OPEN)
    definition = town.write("admin", surveys.define, DEFINITION).value
    draft = RoundDraft(
        definition, town.quarter(3).id, "三季度测评", date(2026, 9, 1), date(2026, 9, 30), Sampling.CONVENIENCE
    )
    return town, town.write("admin", surveys.open_round, draft).value
