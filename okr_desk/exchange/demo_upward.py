"""The demo's county form (`resources/demo`), kept and mapped by its own words as the office would."""

from __future__ import annotations

from datetime import date

from okr_desk import paths
from okr_desk.exchange import upward
from okr_desk.model.store import Store
from okr_desk.queries import upward_catalogue
from okr_desk.rules import upward_labels
from okr_desk.rules.permissions import Actor
from okr_desk.services import upward as service

FILE = "青山县基层党建季度报表.xlsx"
NAME = "基层党建季度报表"


def fill(store: Store, office: Actor, year: int, day: date) -> None:
    """Keep the form, and map what its words speak for."""
    draft = upward.draft(paths.resource("demo", FILE), NAME)
    with store.write(office) as session:
        form_id = service.keep(session, office, draft).value
        known, branches = upward_catalogue.figures(session, year), upward_catalogue.branch_names(session, day)
        found = upward_labels.proposals(draft.book, known, (), branches)
        service.map_cells(session, office, form_id, draft.book, [one.draft for one in found])
