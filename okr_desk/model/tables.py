"""Every table, imported once so that mapping and migrations see them all."""

from okr_desk.model.checkins import CheckIn, CheckInNode, Evidence, Narrative
from okr_desk.model.cycles import CalendarDay, CalendarYear, Quarter, Reopening, Year
from okr_desk.model.households import Household, HouseholdLink, HouseholdRating, HouseholdVisit
from okr_desk.model.imports import ImportBatch, ImportQuestion
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
from okr_desk.model.policy import PolicyValue
from okr_desk.model.red_lines import RedLineRule, RedLineVersion
from okr_desk.model.schemes import PointEvent, RedLineEntry, Scheme, SchemeBlock, SchemeLine, SchemeVersion
from okr_desk.model.service_hours import ServiceHours
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

__all__ = [
    "Account",
    "Adjustment",
    "Appointment",
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
    "Member",
    "MemberPoint",
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
    "PointsRule",
    "PointsScheme",
    "PolicyValue",
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
    "SurveyGroup",
    "SurveyItem",
    "SurveyPopulation",
    "SurveyRound",
    "Target",
    "Year",
]
