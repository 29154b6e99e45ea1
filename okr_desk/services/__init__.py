"""The write side: one function a use case, `(session, actor, draft) -> Outcome`. Services never commit."""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okr_desk.services import adjustments as adjustments
    from okr_desk.services import appraisals as appraisals
    from okr_desk.services import approvals as approvals
    from okr_desk.services import attachments as attachments
    from okr_desk.services import backup as backup
    from okr_desk.services import ballots as ballots
    from okr_desk.services import branch_plans as branch_plans
    from okr_desk.services import bulletins as bulletins
    from okr_desk.services import cards as cards
    from okr_desk.services import carry_over as carry_over
    from okr_desk.services import checkins as checkins
    from okr_desk.services import cycles as cycles
    from okr_desk.services import demand_cases as demand_cases
    from okr_desk.services import demands as demands
    from okr_desk.services import departments as departments
    from okr_desk.services import duties as duties
    from okr_desk.services import duty_registers as duty_registers
    from okr_desk.services import followups as followups
    from okr_desk.services import honours as honours
    from okr_desk.services import imports as imports
    from okr_desk.services import indicators as indicators
    from okr_desk.services import new_year as new_year
    from okr_desk.services import objections as objections
    from okr_desk.services import objectives as objectives
    from okr_desk.services import orgs as orgs
    from okr_desk.services import partners as partners
    from okr_desk.services import policy as policy
    from okr_desk.services import posts as posts
    from okr_desk.services import projects as projects
    from okr_desk.services import red_lines as red_lines
    from okr_desk.services import reopenings as reopenings
    from okr_desk.services import review_bulk as review_bulk
    from okr_desk.services import reviews as reviews
    from okr_desk.services import schemes as schemes
    from okr_desk.services import scores as scores
    from okr_desk.services import successions as successions
    from okr_desk.services import surveys as surveys
    from okr_desk.services import titles as titles
    from okr_desk.services import upward as upward
    from okr_desk.services import users as users
    from okr_desk.services import usual_lines as usual_lines
    from okr_desk.services import whistles as whistles
    from okr_desk.services import worklog as worklog
    from okr_desk.services import worklog_kinds as worklog_kinds


def __getattr__(name: str) -> ModuleType:
    """`services.checkins` loads the word when it is first used: mapped rows take longer than a window to open."""
    if name.startswith("_"):
        raise AttributeError(name)
    return import_module(f"{__name__}.{name}")
