"""Imports: the names that the reader of workbooks needs, the list of imports, the questions that wait."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from okr_desk.model.columns import Account, ImportBatch, ImportQuestion, Org, OrgVersion, Person
from okr_desk.model.reading import Reader
from okr_desk.queries.import_standing import doubt_of, standing
from okr_desk.queries.import_undo import obstacle
from okr_desk.rules.imports import Doubt, Known, KnownIndicator, KnownKeyResult, OrgName
from okr_desk.terms import KrKind, OrgKind


@dataclass(frozen=True)
class QuestionView:
    """A doubtful cell as it waits for a decision."""

    id: int
    batch_id: int
    doubt: Doubt
    decision: str
    decided_at: datetime | None


@dataclass(frozen=True)
class BatchView:
    """One import for the list: when, who, which files, how much; `can_undo` while nothing stands in the way."""

    id: int
    at: datetime
    by: str
    files: tuple[str, ...]
    written: int
    unchanged: int
    open_questions: int
    undone_at: datetime | None
    can_undo: bool


def known(session: Reader) -> Known:
    """The names and definitions that the reader of workbooks needs."""
    stand = standing(session)
    township = next(iter(sorted(stand.township_names, key=len)), "")
    former = _former_names(session)
    uids = {row.id: row.uid for row in session.execute(select(Org.id, Org.uid))}
    return Known(
        township=bare_township(township),
        orgs=tuple(
            OrgName(
                short,
                version.full_name,
                stand.kinds[short] == OrgKind.GENERAL_BRANCH,
                former.get(org_id, ()),
                uids.get(org_id, ""),
            )
            for short, (org_id, version) in stand.orgs.items()
        ),
        indicators=tuple(KnownIndicator(i.code, i.name, i.unit) for i in stand.indicators.values()),
        key_results=tuple(
            KnownKeyResult(
                org,
                year,
                code,
                row.title,
                KrKind(row.kind),
                row.unit,
                tuple(stand.nodes.get(row.id, {})),
                row.uid,
            )
            for (org, year, code), row in stand.key_results.items()
        ),
    )


def open_questions(session: Reader) -> tuple[QuestionView, ...]:
    """Doubtful cells that still wait, in the order of workbooks and cells."""
    rows = session.execute(
        select(*ImportQuestion.ALL)
        .join(ImportBatch.TABLE, ImportBatch.id == ImportQuestion.batch_id)
        .where(ImportQuestion.decision == "", ImportBatch.undone_at.is_(None))
        .order_by(ImportQuestion.workbook, ImportQuestion.sheet, ImportQuestion.id)
    )
    return tuple(QuestionView(row.id, row.batch_id, doubt_of(row), row.decision, row.decided_at) for row in rows)


def batches(session: Reader) -> tuple[BatchView, ...]:
    """All imports, the newest first."""
    waiting: dict[int, int] = defaultdict(int)
    for question in open_questions(session):
        waiting[question.batch_id] += 1
    rows = session.execute(
        select(*ImportBatch.ALL, Person.name)
        .select_from(ImportBatch.TABLE)
        .join(Account.TABLE, Account.id == ImportBatch.account_id)
        .join(Person.TABLE, Person.id == Account.person_id)
        .order_by(ImportBatch.id.desc())
    )
    return tuple(
        BatchView(
            row.id,
            row.at,
            row.name,
            tuple(json.loads(row.files)),
            row.written,
            row.unchanged,
            waiting[row.id],
            row.undone_at,
            row.undone_at is None and not obstacle(session, row.id, row.at),
        )
        for row in rows
    )


def bare_township(name: str) -> str:
    """青山镇 from 中共青山镇委员会, 青山镇党委 or 青山镇."""
    found = re.match(r"(?:中国共产党|中共)?(.+?(?:镇|乡|街道|苏木))", name)
    return found.group(1) if found else name


def _former_names(session: Reader) -> dict[int, tuple[str, ...]]:
    names: dict[int, set[str]] = defaultdict(set)
    for row in session.execute(select(*OrgVersion.ALL).where(OrgVersion.valid_to.is_not(None))):
        names[row.org_id] |= {row.full_name, row.short_name}
    return {org_id: tuple(sorted(found)) for org_id, found in names.items()}
