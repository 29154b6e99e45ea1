"""Every table, imported once so that mapping and migrations see them all."""

from okr_desk.model.activities import Activity
from okr_desk.model.appraisals import Appraisal, AppraisalCount, AppraisalPerson, AppraisalVoter
from okr_desk.model.attachments import Attachment
from okr_desk.model.bulletins import Bulletin, BulletinText
from okr_desk.model.checkins import CheckIn, CheckInNode, Evidence, Narrative
from okr_desk.model.cycles import CalendarDay, CalendarYear, Quarter, Reopening, Year
from okr_desk.model.demands import CaseReview, Demand, DemandCase, DemandStep
from okr_desk.model.duties import DutyRegister, Meeting, MeetingKind, MemberReview
from okr_desk.model.followups import BranchPlan, Card, Finding, FindingStep, LookBack, PlanAcceptance
from okr_desk.model.households import Household, HouseholdLink, HouseholdRating, HouseholdVisit
from okr_desk.model.imports import ImportBatch, ImportQuestion
from okr_desk.model.incentives import Honour, HonourKind
from okr_desk.model.indicators import (
    Baseline,
    Indicator,
    IndicatorVersion,
    MeasuredValue,
    NotApplicable,
    Target,
)
from okr_desk.model.member_points import MemberPoint, PointsRule, PointsScheme
from okr_desk.model.members import Member, Reporter
from okr_desk.model.objectives import Adjustment, KeyResult, KeyResultPlan, MilestoneNode, Objective
from okr_desk.model.orgs import Category, Org, OrgSuccession, OrgVersion
from okr_desk.model.partners import Partner, PartnerItem, PartnerStep
from okr_desk.model.policy import PolicyValue
from okr_desk.model.posts import PostCheck, PostTakedown, VanguardPost
from okr_desk.model.projects import NodeStep, Project, ProjectNode
from okr_desk.model.red_lines import RedLineRule, RedLineVersion
from okr_desk.model.reviews import (
    Objection,
    ObjectionDecision,
    Publication,
    PublishedContent,
    Receipt,
    Review,
    ReviewScore,
    ReviewStep,
)
from okr_desk.model.schemes import PointEvent, RedLineEntry, Scheme, SchemeBlock, SchemeLine, SchemeParty, SchemeVersion
from okr_desk.model.service_hours import ServiceHours
from okr_desk.model.survey_caps import CapLift, SurveyEvidence
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
from okr_desk.model.titles import Title, TitleScore, TitleStep
from okr_desk.model.trail import AuditEntry, Meta
from okr_desk.model.upward import UpwardCell, UpwardForm
from okr_desk.model.users import Account, Appointment, Person, RoleGrant
from okr_desk.model.whistles import Department, Whistle, WhistleHelper, WhistleMove, WhistleRating
from okr_desk.model.worklog import WorkEntry, WorkEntryLink, WorkKind

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
