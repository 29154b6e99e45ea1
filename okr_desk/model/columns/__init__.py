"""Every table as plain columns: what queries select. Rows for writing are in `model/tables.py`."""

from okr_desk.model.columns.activities import Activity
from okr_desk.model.columns.appraisals import Appraisal, AppraisalCount, AppraisalPerson, AppraisalVoter
from okr_desk.model.columns.attachments import Attachment
from okr_desk.model.columns.bulletins import Bulletin, BulletinText
from okr_desk.model.columns.checkins import CheckIn, CheckInNode, Evidence, Narrative
from okr_desk.model.columns.cycles import CalendarDay, CalendarYear, Quarter, Reopening, Year
from okr_desk.model.columns.demands import CaseReview, Demand, DemandCase, DemandStep
from okr_desk.model.columns.duties import DutyRegister, Meeting, MeetingKind, MemberReview
from okr_desk.model.columns.followups import BranchPlan, Card, Finding, FindingStep, LookBack, PlanAcceptance
from okr_desk.model.columns.households import Household, HouseholdLink, HouseholdRating, HouseholdVisit
from okr_desk.model.columns.imports import ImportBatch, ImportQuestion
from okr_desk.model.columns.incentives import Honour, HonourKind
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
from okr_desk.model.columns.reviews import (
    Objection,
    ObjectionDecision,
    Publication,
    PublishedContent,
    Receipt,
    Review,
    ReviewScore,
    ReviewStep,
)
from okr_desk.model.columns.schemes import (
    PointEvent,
    RedLineEntry,
    Scheme,
    SchemeBlock,
    SchemeLine,
    SchemeParty,
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
from okr_desk.model.columns.titles import Title, TitleScore, TitleStep
from okr_desk.model.columns.trail import AuditEntry, Meta
from okr_desk.model.columns.upward import UpwardCell, UpwardForm
from okr_desk.model.columns.users import Account, Appointment, Person, RoleGrant
from okr_desk.model.columns.whistles import Department, Whistle, WhistleHelper, WhistleMove, WhistleRating
from okr_desk.model.columns.worklog import WorkEntry, WorkEntryLink, WorkKind

__all__ = [
    "Account",
    "Activity",
    "Adjustment",
    "Appointment",
    "Appraisal",
    "AppraisalCount",
    "AppraisalPerson",
    "AppraisalVoter",
    "Attachment",
    "AuditEntry",
    "Ballot",
    "BallotWithdrawal",
    "Baseline",
    "BranchPlan",
    "Bulletin",
    "BulletinText",
    "CalendarDay",
    "CalendarYear",
    "CapLift",
    "Card",
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
    "Finding",
    "FindingStep",
    "Honour",
    "HonourKind",
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
    "LookBack",
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
    "Objection",
    "ObjectionDecision",
    "Objective",
    "Org",
    "OrgSuccession",
    "OrgVersion",
    "Partner",
    "PartnerItem",
    "PartnerStep",
    "Person",
    "PlanAcceptance",
    "PointEvent",
    "PointsRule",
    "PointsScheme",
    "PolicyValue",
    "PostCheck",
    "PostTakedown",
    "Project",
    "ProjectNode",
    "Publication",
    "PublishedContent",
    "Quarter",
    "Receipt",
    "RedLineEntry",
    "RedLineRule",
    "RedLineVersion",
    "Reopening",
    "Reporter",
    "Review",
    "ReviewScore",
    "ReviewStep",
    "RoleGrant",
    "Scheme",
    "SchemeBlock",
    "SchemeLine",
    "SchemeParty",
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
    "Title",
    "TitleScore",
    "TitleStep",
    "UpwardCell",
    "UpwardForm",
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
