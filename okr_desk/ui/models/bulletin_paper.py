"""What the preview of a bulletin asks of the paper layer: the pages of what is typed, or of what was published."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from okr_desk.queries import bulletins, policy
from okr_desk.queries.bulletins import BulletinView
from okr_desk.reports.outcome import Printed
from okr_desk.rules.bulletins import BulletinState, IssueDraft, Wording


def make(store: Any, of: BulletinView, wording: Wording, typed: IssueDraft, path: Path, bundled: bool) -> Printed:
    """The PDF of a bulletin. A draft as it is typed, number and all; an issued one as it was published."""
    from okr_desk.reports import bulletin

    with store.read() as session:
        paper = bulletins.paper(session, of)
        own = policy.values(session)["paper.bundled_fonts"] == "true"
    if of.state is BulletinState.DRAFT:
        text = replace(paper.text, wording=wording)
        paper = replace(paper, text=text, document=typed.document.strip(), issued_on=typed.issued_on)
    return bulletin.render([paper], path, printed_at=store.clock.now(), bundled_fonts=bundled or own)
