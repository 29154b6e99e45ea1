"""The versions of a document as a list that can be opened: when, who, why, and the pages of each.

Runs in the pool; nothing of the paper layer is loaded before the first page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.model.store import Reader
from okr_desk.queries import bulletins, documents, notices, orgs, policy
from okr_desk.queries.bulletins import BulletinView
from okr_desk.queries.cycles import by_id
from okr_desk.queries.followups import FindingView
from okr_desk.queries.publications import Publication
from okr_desk.queries.survey_papers import Asked
from okr_desk.reports.outcome import Printed
from okr_desk.reports.registry import by_key

Snapshots = Callable[[Reader], Sequence[object]]


@dataclass(frozen=True)
class Edition:
    """One version: its name with day and person, why it was made, and what it is printed from."""

    name: str
    told: str
    reason: str
    document: str
    snapshots: Snapshots


def make(store: Any, of: Edition, path: Path, bundled: bool) -> Printed:
    """The pages of a version as a finished file. Raises Refusal and FileRefused; then no file is left."""
    document = by_key(of.document)
    assert document is not None
    with store.read() as session:
        found = of.snapshots(session)
        own = policy.values(session)["paper.bundled_fonts"] == "true"
    return document.render(found, path, printed_at=store.clock.now(), bundled_fonts=bundled or own)


def of_notice(session: Reader, one: FindingView) -> tuple[Edition, ...]:
    """The notice of a finding in all its versions, the newest first."""
    found = [_notice(row) for row in notices.versions(session, one.number, one.org_id)]
    return tuple(reversed(found)) or (_unfrozen(one),)


def of_bulletin(session: Reader, one: BulletinView) -> tuple[Edition, ...]:
    """What was issued, each wording that was saved before, and the bulletins that it takes the place of."""
    found = [_issued(one)] if one.document else []
    for number, saved in reversed(list(enumerate(one.versions, 1))):
        told = _("{day}　{by}").format(day=f"{local(saved.recorded_at):%Y-%m-%d %H:%M}", by=saved.by)
        draft = partial(_draft, one, saved.id)
        found.append(Edition(_("第 {n} 稿").format(n=number), told, "", "bulletin", draft))
    if one.replaces_id is not None:
        found.append(_issued(bulletins.view(session, one.replaces_id)))
    return tuple(found)


# Inside


def _notice(row: Publication) -> Edition:
    name = _("第 {n} 版").format(n=row.version)
    told = _("{day}　{by}").format(day=row.published_on, by=row.by)
    return Edition(name, told, row.reason, "finding-notice", lambda session: (notices.version(session, row),))


def _unfrozen(one: FindingView) -> Edition:
    """Issued by a program that did not freeze notices: as it stands."""

    def read(session: Reader) -> Sequence[object]:
        quarter = by_id(session, one.quarter_id)
        assert quarter is not None
        of = (orgs.view(session, one.org_id, quarter.ends_on),)
        return documents.snapshots(session, "finding-notice", quarter, of, Asked(record_id=one.id))

    return Edition(_("现行"), one.issued_on.isoformat(), "", "finding-notice", read)


def _issued(one: BulletinView) -> Edition:
    told = _("{day}　{by}").format(day=one.issued_on, by=one.signed_by)
    reason = _("已撤回：{reason}").format(reason=one.withdrawn_reason) if one.withdrawn_reason else ""
    return Edition(one.document, told, reason, "bulletin", lambda session: (bulletins.paper(session, one),))


def _draft(one: BulletinView, version_id: int, session: Reader) -> Sequence[object]:
    paper = bulletins.draft_paper(session, one)
    return (replace(paper, text=bulletins.version(session, one.id, version_id)),)
