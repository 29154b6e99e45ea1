"""Every table as plain columns: what queries select. Rows for writing are in `model/tables.py`."""

from okr_desk.model.columns.attachments import Attachment
from okr_desk.model.columns.checkins import CheckIn, CheckInNode, Evidence, Narrative
from okr_desk.model.columns.cycles import CalendarDay, CalendarYear, Quarter, Reopening, Year
from okr_desk.model.columns.imports import ImportBatch, ImportQuestion
from okr_desk.model.columns.indicators import (
    Baseline,
    Indicator,
    IndicatorVersion,
    MeasuredValue,
    NotApplicable,
    Target,
)
from okr_desk.model.columns.objectives import Adjustment, KeyResult, KeyResultPlan, MilestoneNode, Objective
from okr_desk.model.columns.orgs import Category, Org, OrgSuccession, OrgVersion
from okr_desk.model.columns.policy import PolicyValue
from okr_desk.model.columns.red_lines import RedLineRule, RedLineVersion
from okr_desk.model.columns.schemes import (
    PointEvent,
    RedLineEntry,
    Scheme,
    SchemeBlock,
    SchemeLine,
    SchemeVersion,
)
from okr_desk.model.columns.surveys import (
    Ballot,
    BallotWithdrawal,
    CountLine,
    CountSheet,
    SurveyBatch,
    SurveyChannel,
    SurveyDefinition,
    SurveyGroup,
    SurveyItem,
    SurveyPopulation,
    SurveyRound,
)
from okr_desk.model.columns.trail import AuditEntry, Meta
from okr_desk.model.columns.users import Account, Appointment, Person, RoleGrant
from okr_desk.model.columns.worklog import WorkEntry, WorkEntryLink, WorkKind

__all__ = [
    "Account",
    "Adjustment",
    "Appointment",
    "Attachment",
    "AuditEntry",
    "Ballot",
    "BallotWithdrawal",
    "Baseline",
    "CalendarDay",
    "CalendarYear",
    "Category",
    "CheckIn",
    "CheckInNode",
    "CountLine",
    "CountSheet",
    "Evidence",
    "ImportBatch",
    "ImportQuestion",
    "Indicator",
    "IndicatorVersion",
    "KeyResult",
    "KeyResultPlan",
    "MeasuredValue",
    "Meta",
    "MilestoneNode",
    "Narrative",
    "NotApplicable",
    "Objective",
    "Org",
    "OrgSuccession",
    "OrgVersion",
    "Person",
    "PointEvent",
    "PolicyValue",
    "Quarter",
    "RedLineEntry",
    "RedLineRule",
    "RedLineVersion",
    "Reopening",
    "RoleGrant",
    "Scheme",
    "SchemeBlock",
    "SchemeLine",
    "SchemeVersion",
    "SurveyBatch",
    "SurveyChannel",
    "SurveyDefinition",
    "SurveyGroup",
    "SurveyItem",
    "SurveyPopulation",
    "SurveyRound",
    "Target",
    "WorkEntry",
    "WorkEntryLink",
    "WorkKind",
    "Year",
]
