"""What tables begin with, in a new database and after the migration that brought them: rows, so the trail knows them.

A migration imports nothing of the program and cannot write the trail; this runs behind the last one, as the program
is today.
"""

from datetime import date

from sqlalchemy import Connection
from sqlmodel import Session, col, func, select

from okr_desk.clock import SystemClock
from okr_desk.model import audit
from okr_desk.model.red_lines import RedLineRule, wording
from okr_desk.model.schemes import Scheme, SchemeVersion
from okr_desk.model.store import now
from okr_desk.model.tables import Year
from okr_desk.model.writing import Rows
from okr_desk.rules import red_lines, scheme_presets


def red_lines_begin(session: Session, first: date) -> int:
    """Add the red lines of the seed whose codes are not there, counting from `first` on; how many."""
    known = set(session.exec(select(RedLineRule.code)))
    last = session.exec(select(func.max(RedLineRule.position))).one()
    fresh = [draft for draft in red_lines.seed() if draft.code not in known]
    for position, draft in enumerate(fresh, 0 if last is None else last + 1):
        row = RedLineRule(code=draft.code, list_name=draft.list_name, position=position)
        session.add(row)
        session.flush()
        session.add(wording(draft, row.key, 1, first, now(session)))
    session.flush()
    return len(fresh)


def fill(connection: Connection, before: int) -> None:
    """Fill in what the tables that are newer than the schema `before` begin with, within the caller's transaction."""
    if before >= 3:
        return
    with Rows(connection, {"clock": SystemClock()}) as session:
        first = session.exec(select(Year.number).order_by(col(Year.number)).limit(1)).first()
        if first is None:
            return
        audit.watch(session)
        red_lines_begin(session, date(first, 1, 1))
        _keep_lists(session)
        session.flush()
        audit.write_pending(session)


def _keep_lists(session: Session) -> None:
    """Schemes that stand already keep the red lines that their presets had."""
    presets = scheme_presets.declared()
    for version, scheme in session.exec(
        select(SchemeVersion, Scheme).join(Scheme, col(Scheme.id) == SchemeVersion.scheme_id)
    ):
        preset = presets.get(scheme.preset)
        version.red_lists = red_lines.lists_text(preset.red_lists if preset else (red_lines.COMMON,))
        session.add(version)
