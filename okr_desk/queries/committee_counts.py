"""What the working paper makes of B15: committee members who did something in the quarter, of all (article, 挂名委员).

Whoever an entry names in 责任人 did it; who is on the committee, the list of members says. A branch whose list names no
committee member, or whose entries of the quarter name nobody at all, gives nothing: missing is not zero.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import bindparam, func, select

from okr_desk.i18n import N_, _, using
from okr_desk.model.columns import WorkEntry
from okr_desk.model.reading import Reader
from okr_desk.queries import members
from okr_desk.queries.counting import Counted, Source, share
from okr_desk.queries.objectives import QuarterView

CODE = "B15"
_BETWEEN = re.compile(r"[、，,；;/／|\s和及与]+")
_TITLES = re.compile(
    r"等.*$|（[^（）]*）$|\([^()]*\)$|党?支部|第一书记|副?书记|(?:组织|宣传|纪检|统战|群团|青年|妇女|保密)?委员|支委|副?主任|同志"
)


def counted(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> Mapping[tuple[int, str], Counted]:
    """B15 of branches that have both a committee and entries with names."""
    committee = members.committee(session, org_ids, quarter.ends_on)
    if not committee:
        return {}
    within = {"orgs": list(committee), "quarter": quarter.id}
    newest: dict[int, date] = {}
    texts: dict[int, set[str]] = defaultdict(set)
    for org_id, who, done_on in session.execute(_NAMED, within).all():
        texts[org_id].add(who)
        newest[org_id] = max(done_on, newest.get(org_id, done_on))
    named = {
        org_id: set[str]().union(*(people(who, committee[org_id]) for who in told)) for org_id, told in texts.items()
    }
    with using("zh_CN"):
        said = _("支委会委员 {total} 人，本季底单有任务记录 {n} 人")
        return {
            (org_id, CODE): Counted(
                share(len(named[org_id]), len(committee[org_id])),
                day,
                said.format(total=len(committee[org_id]), n=len(named[org_id])),
            )
            for org_id, day in newest.items()
        }


_NAMED = (
    select(WorkEntry.org_id, WorkEntry.who, func.max(WorkEntry.done_on))
    .where(
        WorkEntry.org_id.in_(bindparam("orgs", expanding=True)),
        WorkEntry.withdrawn_at.is_(None),
        WorkEntry.quarter_id == bindparam("quarter"),
        WorkEntry.who != "",
    )
    .group_by(WorkEntry.org_id, WorkEntry.who)
)
"""Built once: every entry asks it."""


def people(who: str, names: Sequence[str]) -> set[str]:
    """Those of `names` who stand in a text like 组织委员王玥、李旭昇等3人; 李明 does not stand in 李明华."""
    parts = {part for raw in (_BETWEEN.split(who), [who]) for part in raw}
    bare = {form for part in parts for form in (part, _TITLES.sub("", part))}
    return {name for name in names if name in bare}


SOURCE = Source(N_("工作底单"), (CODE,), counted)
