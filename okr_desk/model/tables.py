"""Every table, imported once so that mapping and migrations see them all."""

from okr_desk.model.attachments import Attachment
from okr_desk.model.checkins import CheckIn, CheckInNode, Evidence, Narrative
from okr_desk.model.cycles import CalendarDay, CalendarYear, Quarter, Reopening, Year
from okr_desk.model.imports import ImportBatch, ImportQuestion
from okr_desk.model.indicators import (
    Baseline,
    Indicator,
    IndicatorVersion,
    MeasuredValue,
    NotApplicable,
    Target,
)
from okr_desk.model.objectives import Adjustment, KeyResult, KeyResultPlan, MilestoneNode, Objective
from okr_desk.model.orgs import Category, Org, OrgSuccession, OrgVersion
from okr_desk.model.policy import PolicyValue
from okr_desk.model.red_lines import RedLineRule, RedLineVersion
from okr_desk.model.schemes import PointEvent, RedLineEntry, Scheme, SchemeBlock, SchemeLine, SchemeVersion
from okr_desk.model.surveys import (
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
from okr_desk.model.trail import AuditEntry, Meta
from okr_desk.model.users import Account, Appointment, Person, RoleGrant
from okr_desk.model.worklog import WorkEntry, WorkEntryLink, WorkKind

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
