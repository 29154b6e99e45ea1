"""Lines of member points that stand, as a workbook would say them: a file that is read again adds none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import select

from okr_desk.model.columns import Member, MemberPoint
from okr_desk.model.reading import Reader
from okr_desk.rules.imports import FactKind, entry_identity
from okr_desk.scoring.rounding import plain


def standing(session: Reader, short: Mapping[int, str]) -> Iterator[str]:
    """The identity of each entry; a deduction is written with or without its sign, so it has both."""
    rows = session.execute(
        select(
            Member.name,
            MemberPoint.org_id,
            MemberPoint.happened_on,
            MemberPoint.matter,
            MemberPoint.points,
            MemberPoint.note,
        )
        .select_from(MemberPoint.TABLE)
        .join(Member.TABLE, Member.id == MemberPoint.member_id)
        .where(MemberPoint.withdrawn_at.is_(None))
    )
    for row in rows:
        if row.org_id not in short:
            continue
        for points in {row.points, abs(row.points)}:
            fields = {"name": row.name, "matter": row.matter, "points": plain(points), "note": row.note}
            yield entry_identity(FactKind.MEMBER_POINTS, short[row.org_id], row.happened_on, fields)
