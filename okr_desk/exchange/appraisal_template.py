"""Sheets to count appraisals in: with the names of the rounds that are open, or empty where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from okr_desk.appraisal_terms import ITEMS, LEVELS, PROBATIONARY, VOTERS, AppraisalKind
from okr_desk.exchange.ledger_template import Ledger, workbook
from okr_desk.exchange.sheets import SheetKind
from okr_desk.files import write_atomically
from okr_desk.i18n import _, using
from okr_desk.model.reading import Reader
from okr_desk.model.store import Store, today
from okr_desk.queries import appraisals, orgs
from okr_desk.queries.appraisals import AppraisalView
from okr_desk.terms import label

SHEETS = {
    AppraisalKind.SECRETARIES: SheetKind.SECRETARY_COUNT,
    AppraisalKind.MEMBERS: SheetKind.MEMBER_COUNT,
}
_WIDTHS = {
    "org": 18, "name": 11, "kind": 8, "voter": 9, "item": 13,
    **{level.value: 9 for of in LEVELS.values() for level in of},
    "issued": 8, "returned": 8, "void": 8, "held": 12,
}  # fmt: skip


def write(store: Store, year: int, kind: AppraisalKind, path: Path) -> Path:
    """Write the sheet of a kind with who is voted on in the open rounds of a year. Raises FileRefused."""
    with store.read() as session, using("zh_CN"):
        lines = _lines(session, year, kind)
    return write_atomically(path, sheet(kind, lines))


def sheet(kind: AppraisalKind, lines: Sequence[Mapping[str, object]] = ()) -> bytes:
    """The bytes of it, always in Chinese."""
    with using("zh_CN"):
        is_members = kind is AppraisalKind.MEMBERS
        title = _("民主评议党员计票表") if is_members else _("支部书记述职评议计票表")
        note = _(
            "注：一人一类票一行，填各档票数，没有的填 0。发出、收回、废票每类填一次即可，下面各行相同；"
            "各档之和不超过收回减废票。测评项目不填的按总体评价。已在程序里建立的测评按支部对上，还没有建立的须填测评日期。"
        )
        choices = {"item": [label(one) for one in ITEMS[kind]]}
        if is_members:
            choices["kind"] = [_("正式"), PROBATIONARY[0]]
        else:
            choices["voter"] = [label(one) for one in VOTERS[kind]]
        return workbook(Ledger(SHEETS[kind], title, note, _WIDTHS, frozenset({"held"}), choices, lines))


def _lines(session: Reader, year: int, kind: AppraisalKind) -> list[dict[str, object]]:
    names = {one.id: one.short_name for one in orgs.tree(session, today(session))}
    found = [one for one in appraisals.appraisals(session, year, kind) if one.is_open]
    return [line for of in reversed(found) for line in _of_round(of, names)]


def _of_round(of: AppraisalView, names: Mapping[int, str]) -> list[dict[str, object]]:
    """Everybody who is voted on, class by class; the ballots beside the first of each."""
    lines: list[dict[str, object]] = []
    for voter in of.voters:
        for place, person in enumerate(of.people):
            org_id = of.org_id if of.kind is AppraisalKind.MEMBERS else person.org_id
            ballots = (voter.issued, voter.returned, voter.void) if place == 0 and voter.issued else (None,) * 3
            lines.append({
                "org": names.get(org_id or 0, ""), "name": person.name, "voter": label(voter.voter),
                "kind": PROBATIONARY[0] if person.is_probationary else _("正式"), "held": of.held_on,
                **dict(zip(("issued", "returned", "void"), ballots, strict=True)),
            })  # fmt: skip
    return lines
