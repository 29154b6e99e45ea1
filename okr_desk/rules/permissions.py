"""Who may do what: one table of actions and roles, denied by default.

Services ask `services.permits`; screens only hide what the same table refuses, for comfort.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from okr_desk.terms import Role, label


class Action(StrEnum):
    """Everything a person can be allowed to do."""

    VIEW = "view"
    RECORD_CHECKIN = "record_checkin"
    RECORD_AFTER_FREEZE = "record_after_freeze"
    EDIT_OBJECTIVES = "edit_objectives"
    SUBMIT_OBJECTIVES = "submit_objectives"
    APPROVE_OBJECTIVES = "approve_objectives"
    EDIT_INDICATORS = "edit_indicators"
    EDIT_BASELINES = "edit_baselines"
    RECORD_VALUES = "record_values"
    EDIT_SCHEMES = "edit_schemes"
    RECORD_POINTS = "record_points"
    EDIT_SURVEYS = "edit_surveys"
    RECORD_BALLOTS = "record_ballots"
    RECORD_DAILY = "record_daily"
    CHECK_DAILY = "check_daily"
    SUBMIT_REVIEW = "submit_review"
    OBJECT = "object"
    CHECK_REVIEW = "check_review"
    DECIDE_REVIEW = "decide_review"
    ISSUE_BULLETINS = "issue_bulletins"
    SIGN_BULLETINS = "sign_bulletins"
    ANSWER_FINDINGS = "answer_findings"
    CHECK_FINDINGS = "check_findings"
    EDIT_INCENTIVES = "edit_incentives"
    APPLY_TITLES = "apply_titles"
    DECIDE_TITLES = "decide_titles"
    EDIT_APPRAISALS = "edit_appraisals"
    APPRAISE_MEMBERS = "appraise_members"
    EDIT_ORGS = "edit_orgs"
    EDIT_USERS = "edit_users"
    MOVE_CYCLES = "move_cycles"
    EDIT_CALENDAR = "edit_calendar"
    IMPORT = "import"
    EXPORT = "export"
    EDIT_UPWARD = "edit_upward"
    EDIT_POLICY = "edit_policy"
    BACKUP = "backup"
    RESTORE = "restore"


_OFFICE = frozenset({Role.ADMINISTRATOR, Role.TOWNSHIP_OFFICIAL})
_ADMIN = frozenset({Role.ADMINISTRATOR})

ALLOWED: dict[Action, frozenset[Role]] = {
    Action.VIEW: frozenset(Role),
    Action.RECORD_CHECKIN: _OFFICE | {Role.BRANCH_SECRETARY, Role.BRANCH_RECORDER},
    Action.RECORD_AFTER_FREEZE: _OFFICE,
    Action.EDIT_OBJECTIVES: _OFFICE | {Role.BRANCH_SECRETARY},
    Action.SUBMIT_OBJECTIVES: _OFFICE | {Role.BRANCH_SECRETARY},
    Action.APPROVE_OBJECTIVES: _OFFICE,
    Action.EDIT_INDICATORS: _OFFICE,
    Action.EDIT_BASELINES: _OFFICE,
    Action.RECORD_VALUES: _OFFICE,
    Action.EDIT_SCHEMES: _OFFICE,
    Action.RECORD_POINTS: _OFFICE,
    Action.EDIT_SURVEYS: _OFFICE,
    Action.RECORD_BALLOTS: _OFFICE,
    Action.RECORD_DAILY: _OFFICE | {Role.BRANCH_SECRETARY, Role.BRANCH_RECORDER},
    Action.CHECK_DAILY: _OFFICE,
    Action.SUBMIT_REVIEW: _OFFICE | {Role.BRANCH_SECRETARY},
    Action.OBJECT: _OFFICE | {Role.BRANCH_SECRETARY},
    Action.CHECK_REVIEW: _OFFICE,
    Action.DECIDE_REVIEW: _OFFICE,
    Action.ISSUE_BULLETINS: _OFFICE,
    Action.SIGN_BULLETINS: _OFFICE | {Role.BRANCH_SECRETARY},
    Action.ANSWER_FINDINGS: _OFFICE | {Role.BRANCH_SECRETARY},
    Action.CHECK_FINDINGS: _OFFICE,
    Action.EDIT_INCENTIVES: _OFFICE,
    Action.APPLY_TITLES: _OFFICE | {Role.BRANCH_SECRETARY},
    Action.DECIDE_TITLES: _OFFICE,
    Action.EDIT_APPRAISALS: _OFFICE,
    Action.APPRAISE_MEMBERS: _OFFICE | {Role.BRANCH_SECRETARY},
    Action.EDIT_ORGS: _OFFICE,
    Action.EDIT_USERS: _ADMIN,
    Action.MOVE_CYCLES: _OFFICE,
    Action.EDIT_CALENDAR: _OFFICE,
    Action.IMPORT: _OFFICE,
    Action.EXPORT: frozenset(Role),
    Action.EDIT_UPWARD: _OFFICE,
    Action.EDIT_POLICY: _ADMIN,
    Action.BACKUP: _OFFICE,
    Action.RESTORE: _ADMIN,
}


@dataclass(frozen=True)
class GrantHeld:
    """A role within an organisation, with or without what lies below it, between two dates (ends included)."""

    id: int
    role: Role
    org_id: int
    includes_below: bool
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the grant is in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Actor:
    """The person acting: an account with its grants. `grants` are those known at sign-in; services ask again."""

    account_id: int
    login: str
    name: str
    grants: tuple[GrantHeld, ...]

    def may(self, action: Action, line: Sequence[int] | None = None, day: date | None = None) -> bool:
        """Whether some grant allows `action` on the organisation whose line (itself, parent, … root) is `line`.

        Without a line: whether the action is allowed anywhere. Used by screens to hide what would be refused.
        """
        return grant_for(self.grants, action, line, day) is not None

    @property
    def role_label(self) -> str:
        """The highest role held, as people read it."""
        return label(min((g.role for g in self.grants), key=list(Role).index, default=Role.VIEWER))

    @property
    def is_office(self) -> bool:
        """Whether the person works for the township office."""
        return any(grant.role in _OFFICE for grant in self.grants)


def grant_for(
    grants: Sequence[GrantHeld], action: Action, line: Sequence[int] | None, day: date | None = None
) -> GrantHeld | None:
    """The first grant that allows `action` on an organisation; None means denied.

    `line` is the organisation's id followed by the ids above it; None asks for any organisation at all.
    """
    for grant in grants:
        if grant.role not in ALLOWED[action] or (day is not None and not grant.holds_on(day)):
            continue
        if line is None or grant.org_id == line[0] or (grant.includes_below and grant.org_id in line):
            return grant
    return None
