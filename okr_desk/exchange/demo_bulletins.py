"""The demo's bulletins (`resources/demo/bulletins.toml`): written from its data, one issued, one a draft."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from okr_desk import paths
from okr_desk.exchange.demo_days import on
from okr_desk.model.writing import Session
from okr_desk.queries import bulletin_wording, bulletins, cycles
from okr_desk.rules.bulletins import BulletinMode, IssueDraft, ReceiptDraft
from okr_desk.rules.permissions import Actor
from okr_desk.services import bulletins as service


def fill(session: Session, office: Actor, year: int) -> None:
    """Draft all that the file declares, and issue what has a number."""
    declared = tomllib.loads(paths.resource("demo", "bulletins.toml").read_text(encoding="utf-8"))
    for of in declared["bulletin"]:
        _write(session, office, year, of)


def _write(session: Session, office: Actor, year: int, of: Mapping[str, Any]) -> None:
    quarter = cycles.quarter(session, year, of["quarter"])
    assert quarter is not None
    mode = BulletinMode(of["mode"])
    if "document" not in of:
        service.draft(session, office, quarter.id, mode)
        return
    with on(session, of["issued_on"]):
        made = service.draft(session, office, quarter.id, mode).value
        text = bulletin_wording.generated(session, quarter, mode, day=of["issued_on"])
        service.save(session, office, made, replace(text.wording, copies=of["copies"]))
        service.issue(session, office, made, IssueDraft(of["document"], of["signed_by"], of["issued_on"]))
    with on(session, of["received_on"]):
        waiting = bulletins.view(session, made).waiting
        signed = tuple(org.id for org in waiting if org.short_name not in of["waiting"])
        service.receive(session, office, made, ReceiptDraft(signed, of["received_on"]))
