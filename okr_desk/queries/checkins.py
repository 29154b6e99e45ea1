"""The table of one branch to fill in for a quarter: what is asked, what it is measured by, what was said before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from okr_desk.i18n import _
from okr_desk.model.columns import CheckIn, Evidence, KeyResult, Narrative, Objective
from okr_desk.model.reading import Reader
from okr_desk.model.store import today as today_of
from okr_desk.queries import board as boards
from okr_desk.queries import cycles, orgs, policy, scored, users, worklog_key_results
from okr_desk.queries import facts as stored
from okr_desk.queries.evidence import Kept
from okr_desk.queries.objectives import KeyResultView, NodeView, OrgView, QuarterView
from okr_desk.queries.scored import Yardstick
from okr_desk.queries.worklog_key_results import Tally
from okr_desk.scoring.pace import Pace
from okr_desk.scoring.progress import Progress
from okr_desk.terms import ApprovalState, EntryBasis, Origin, QuarterState


@dataclass(frozen=True)
class NarrativeView:
    """What the branch wrote on its quarter."""

    practice: str = ""
    problems: str = ""
    next_quarter: str = ""


@dataclass(frozen=True)
class FillRow:
    """One key result to fill in. `evidence` are the files kept with the quarter's statement.

    `checkin_id` is the branch's own statement of the quarter, also when another origin's value counts instead of it.
    `tally`: what entries of the working paper have come to for a key result without an indicator, a proposal.
    """

    view: KeyResultView
    objective_code: str
    objective_title: str
    yardstick: Yardstick
    is_owed: bool
    evidence: tuple[Kept, ...] = ()
    checkin_id: int | None = None
    own_value: Decimal | None = None
    tally: Tally | None = None

    @property
    def is_fillable(self) -> bool:
        """Whether anything may be stated on it: approved, not stopped, and it applies to the branch."""
        return self.view.state is ApprovalState.APPROVED and self.view.applies

    @property
    def is_reported_here(self) -> bool:
        """Whether the quarter itself has a statement or a value (not one that stays done from before)."""
        current = self.view.current
        return current is not None and current.quarter == self.yardstick.at.quarter.number

    @property
    def is_given(self) -> bool:
        """Whether the value that counts comes from somebody else than the branch."""
        current = self.view.current
        return self.is_reported_here and current is not None and current.origin is not Origin.BRANCH

    def judge(self, value: Decimal | None, done: bool | None, nodes: Sequence[str] | None) -> tuple[Progress, Pace]:
        """Progress and pace as they would be with this statement; `nodes` are the names of the nodes done."""
        marked = tuple(NodeView(n.id, n.name, n.weight, n.name in (nodes or ())) for n in self.view.nodes)
        return self.yardstick.judge(value, done, marked)


@dataclass(frozen=True)
class FillSheet:
    """Everything the check-in table of one branch shows."""

    org: OrgView
    quarter: QuarterView
    today: date
    rows: tuple[FillRow, ...]
    narrative: NarrativeView
    reopened: str
    reported_by: str
    basis: EntryBasis
    evidence_limit: int
    returned: tuple[str, ...] = ()
    """Codes of the objectives that the township sent back to be mended."""

    @property
    def as_of(self) -> date:
        """The usual data date: the end of the quarter, or today while it runs."""
        return min(self.today, self.quarter.ends_on)

    @property
    def days_left(self) -> int:
        """Calendar days to the last day on which a report is in time; negative once it has passed."""
        return (self.quarter.due_on - self.today).days

    @property
    def owed(self) -> tuple[FillRow, ...]:
        """What the quarter owes a report on."""
        return tuple(row for row in self.rows if row.is_owed)

    @property
    def missing(self) -> tuple[FillRow, ...]:
        """What is owed and not reported, most urgent first: no value at all, then the heaviest."""
        waiting = [row for row in self.owed if not row.view.is_reported]
        return tuple(sorted(waiting, key=lambda row: (-row.view.share, row.view.code)))

    @property
    def is_reopened(self) -> bool:
        """Whether a frozen quarter is open again for this branch; `reopened` says by whom and why."""
        return bool(self.reopened)

    @property
    def is_open_to_branch(self) -> bool:
        """Whether the branch itself may still state something."""
        return self.quarter.state is QuarterState.OPEN or self.is_reopened

    def is_open_to(self, is_office: bool) -> bool:
        """Whether a person may state something here; the office also after the freeze, with a reason."""
        if self.quarter.state is QuarterState.PLANNING:
            return False
        return self.is_open_to_branch or is_office


def sheet(session: Reader, org_id: int, quarter: QuarterView) -> FillSheet:
    """The table of one branch, scored once. Raises Refusal when the organisation does not exist."""
    org = orgs.view(session, org_id, min(today_of(session), quarter.ends_on))
    found, moments = boards.look(session, [quarter], [org])
    at = moments[quarter.number]
    board = boards.scored_board(org, found, at)
    files = _evidence(session, org_id, quarter.id)
    said_by, basis = _last_entry(session, org_id)
    again = cycles.in_force(session, quarter.id, org_id)
    tallies = worklog_key_results.tallies(session, [org_id], quarter)
    rows = tuple(
        _row(view, objective.code, objective.title, found, at, files, tallies.get(view.id))
        for objective in board.objectives
        for view in objective.key_results
        if view.state is not ApprovalState.STOPPED
    )
    return FillSheet(
        org=org,
        quarter=quarter,
        today=today_of(session),
        rows=rows,
        narrative=_narrative(session, org_id, quarter.id),
        reopened="" if again is None else again.told(users.names(session)),
        reported_by=said_by,
        basis=basis,
        evidence_limit=policy.integer(session, "report.evidence_limit"),
        returned=tuple(o.code for o in board.objectives if o.state is ApprovalState.RETURNED),
    )


def _row(
    view: KeyResultView,
    code: str,
    title: str,
    found: stored.YearFacts,
    at: scored.Moment,
    files: dict[int, tuple[Kept, ...]],
    tally: Tally | None,
) -> FillRow:
    fact = next(row for rows in found.key_results.values() for row in rows if row.id == view.id)
    mine = found.checkins.get((view.id, at.quarter.id), [])
    return FillRow(
        view=view,
        objective_code=code,
        objective_title=title,
        yardstick=scored.yardstick(fact, found, at),
        is_owed=view.is_owed,
        evidence=files.get(view.id, ()),
        checkin_id=mine[-1].id if mine else None,
        own_value=mine[-1].value if mine else None,
        tally=tally,
    )


def _evidence(session: Reader, org_id: int, quarter_id: int) -> dict[int, tuple[Kept, ...]]:
    rows = session.execute(
        select(CheckIn.key_result_id, Evidence.sha256, Evidence.display_name)
        .join(CheckIn.TABLE, CheckIn.id == Evidence.checkin_id)
        .join(KeyResult.TABLE, KeyResult.id == CheckIn.key_result_id)
        .join(Objective.TABLE, Objective.id == KeyResult.objective_id)
        .where(Objective.org_id == org_id, CheckIn.quarter_id == quarter_id, ~CheckIn.withdrawn)
        .order_by(Evidence.id)
    )
    found: dict[int, dict[str, Kept]] = defaultdict(dict)
    for key_result_id, digest, name in rows:
        found[key_result_id].setdefault(digest, Kept(digest, name))
    return {key: tuple(names.values()) for key, names in found.items()}


def _narrative(session: Reader, org_id: int, quarter_id: int) -> NarrativeView:
    row = session.execute(
        select(*Narrative.ALL)
        .where(Narrative.org_id == org_id, Narrative.quarter_id == quarter_id)
        .order_by(Narrative.version.desc())
    ).first()
    return NarrativeView() if row is None else NarrativeView(row.practice, row.problems, row.next_quarter)


def _last_entry(session: Reader, org_id: int) -> tuple[str, EntryBasis]:
    """Who reported, and on what, the last time the office entered for this branch."""
    row = session.execute(
        select(CheckIn.reported_by, CheckIn.basis)
        .join(KeyResult.TABLE, KeyResult.id == CheckIn.key_result_id)
        .join(Objective.TABLE, Objective.id == KeyResult.objective_id)
        .where(Objective.org_id == org_id, CheckIn.basis.in_([b for b in EntryBasis if b is not EntryBasis.OWN]))
        .order_by(CheckIn.id.desc())
    ).first()
    return ("", EntryBasis.PAPER) if row is None else (row.reported_by, EntryBasis(row.basis))


def first_waiting(session: Reader, org_ids: Sequence[int], quarter: QuarterView) -> int | None:
    """The first of these organisations that still owes a report for the quarter, None when all have reported."""
    day = min(today_of(session), quarter.ends_on)
    by_id = {org.id: org for org in orgs.tree(session, day)}
    of = [by_id[org_id] for org_id in org_ids if org_id in by_id]
    for org_id, board in boards.boards(session, quarter, of).items():
        if any(kr.is_owed and not kr.is_reported for kr in board.key_results):
            return org_id
    return None


def who_may(sheet: FillSheet, is_office: bool) -> str:
    """Who may still state what where not everything is open, in one sentence; empty where all is open."""
    if sheet.quarter.state is QuarterState.PLANNING:
        return _("本季度还没有开放填报，由镇党建办在“年度与季度”中开放。")
    if sheet.is_open_to_branch:
        waiting = sum(row.view.state is not ApprovalState.APPROVED for row in sheet.rows)
        return _reopened(sheet) + (
            _("有 {n} 项关键结果还没有批准，批准后才能填报。").format(n=waiting) if waiting else ""
        )
    if is_office:
        return _("本季度已冻结。镇党建办可以补报或更正，须写明理由，原数保留并标记“补报”。")
    return _("本季度已冻结，支部不能再填报。确需更正，请报镇党建办补报或重新开放。")


def _reopened(sheet: FillSheet) -> str:
    if sheet.quarter.state is not QuarterState.FROZEN or not sheet.is_reopened:
        return ""
    sentence = _("本季度已冻结，{told}。支部可以填报，到镇党建办结束开放为止；改动后请重新打印评审表，此前打印的作废。")
    return sentence.format(told=sheet.reopened)
