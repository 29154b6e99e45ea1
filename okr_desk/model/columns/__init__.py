"""Every table as plain columns: what queries select. Rows for writing are in `model/tables.py`."""

from okr_desk.model.columns.activities import Activity
from okr_desk.model.columns.attachments import Attachment
from okr_desk.model.columns.checkins import CheckIn, CheckInNode, Evidence, Narrative
from okr_desk.model.columns.cycles import CalendarDay, CalendarYear, Quarter, Reopening, Year
from okr_desk.model.columns.demands import CaseReview, Demand, DemandCase, DemandStep
from okr_desk.model.columns.duties import DutyRegister, Meeting, MeetingKind, MemberReview
from okr_desk.model.columns.households import Household, HouseholdLink, HouseholdRating, HouseholdVisit
from okr_desk.model.columns.imports import ImportBatch, ImportQuestion
from okr_desk.model.columns.indicators import (
    Baseline,
    Indicator,
    IndicatorVersion,
    MeasuredValue,
    NotApplicable,
    Target,
)
from okr_desk.model.columns.member_points import MemberPoint, PointsRule, PointsScheme
from okr_desk.model.columns.members import Member, Reporter
from okr_desk.model.columns.objectives import Adjustment, KeyResult, KeyResultPlan, MilestoneNode, Objective
from okr_desk.model.columns.orgs import Category, Org, OrgSuccession, OrgVersion
from okr_desk.model.columns.partners import Partner, PartnerItem, PartnerStep
from okr_desk.model.columns.policy import PolicyValue
from okr_desk.model.columns.posts import PostCheck, PostTakedown, VanguardPost
from okr_desk.model.columns.projects import NodeStep, Project, ProjectNode
from okr_desk.model.columns.red_lines import RedLineRule, RedLineVersion
from okr_desk.model.columns.schemes import (
    PointEvent,
    RedLineEntry,
    Scheme,
    SchemeBlock,
    SchemeLine,
    SchemeVersion,
)
from okr_desk.model.columns.service_hours import ServiceHours
from okr_desk.model.columns.survey_caps import CapLift, SurveyEvidence
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
from okr_desk.model.columns.whistles import Department, Whistle, WhistleHelper, WhistleMove, WhistleRating
from okr_desk.model.columns.worklog import WorkEntry, WorkEntryLink, WorkKind

__all__ = [
    "Account",
    "Activity",
    "Adjustment",
    "Appointment",
    "Attachment",
    "AuditEntry",
    "Ballot",
    "BallotWithdrawal",
    "Baseline",
    "CalendarDay",
    "CalendarYear",
    "CapLift",
    "CaseReview",
    "Category",
    "CheckIn",
    "CheckInNode",
    "CountLine",
    "CountSheet",
    "Demand",
    "DemandCase",
    "DemandStep",
    "Department",
    "DutyRegister",
    "Evidence",
    "Household",
    "HouseholdLink",
    "HouseholdRating",
    "HouseholdVisit",
    "ImportBatch",
    "ImportQuestion",
    "Indicator",
    "IndicatorVersion",
    "KeyResult",
    "KeyResultPlan",
    "MeasuredValue",
    "Meeting",
    "MeetingKind",
    "Member",
    "MemberPoint",
    "MemberReview",
    "Meta",
    "MilestoneNode",
    "Narrative",
    "NodeStep",
    "NotApplicable",
    "Objective",
    "Org",
    "OrgSuccession",
    "OrgVersion",
    "Partner",
    "PartnerItem",
    "PartnerStep",
    "Person",
    "PointEvent",
    "PointsRule",
    "PointsScheme",
    "PolicyValue",
    "PostCheck",
    "PostTakedown",
    "Project",
    "ProjectNode",
    "Quarter",
    "RedLineEntry",
    "RedLineRule",
    "RedLineVersion",
    "Reopening",
    "Reporter",
    "RoleGrant",
    "Scheme",
    "SchemeBlock",
    "SchemeLine",
    "SchemeVersion",
    "ServiceHours",
    "SurveyBatch",
    "SurveyChannel",
    "SurveyDefinition",
    "SurveyEvidence",
    "SurveyGroup",
    "SurveyItem",
    "SurveyPopulation",
    "SurveyRound",
    "Target",
    "VanguardPost",
    "Whistle",
    "WhistleHelper",
    "WhistleMove",
    "WhistleRating",
    "WorkEntry",
    "WorkEntryLink",
    "WorkKind",
    "Year",
]
