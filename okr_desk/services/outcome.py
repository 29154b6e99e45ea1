"""What a service gives back: the value, and which topics changed so that screens can decide for themselves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Topic(StrEnum):
    """Kinds of things that a write may touch."""

    ORGS = "orgs"
    USERS = "users"
    CYCLES = "cycles"
    INDICATORS = "indicators"
    OBJECTIVES = "objectives"
    CHECKINS = "checkins"
    IMPORTS = "imports"
    POLICY = "policy"
    SCHEMES = "schemes"
    SCORES = "scores"
    SURVEYS = "surveys"
    ACTIVITIES = "activities"
    DUTIES = "duties"
    WORKLOG = "worklog"
    PROJECTS = "projects"
    DEMANDS = "demands"
    HOUSEHOLDS = "households"
    MEMBERS = "members"
    WHISTLES = "whistles"
    POSTS = "posts"
    PARTNERS = "partners"
    REVIEWS = "reviews"
    OBJECTIONS = "objections"
    BULLETINS = "bulletins"
    FOLLOWUPS = "followups"
    INCENTIVES = "incentives"
    TITLES = "titles"
    APPRAISALS = "appraisals"
    UPWARD = "upward"
    BACKUP = "backup"


DAILY = frozenset(
    {
        Topic.ACTIVITIES,
        Topic.DUTIES,
        Topic.WORKLOG,
        Topic.PROJECTS,
        Topic.DEMANDS,
        Topic.HOUSEHOLDS,
        Topic.MEMBERS,
        Topic.WHISTLES,
        Topic.POSTS,
        Topic.PARTNERS,
    }
)
"""The words of daily work."""


@dataclass(frozen=True)
class Changes:
    """The topics touched by one write; empty when nothing changed.

    `orgs` are the organisations whose figures changed, so that a screen of hundreds reads only those again; None: any
    may be concerned.
    """

    topics: frozenset[Topic] = frozenset()
    orgs: frozenset[int] | None = None

    def of(self, *org_ids: int) -> Changes:
        """The same, of these organisations alone."""
        return Changes(self.topics, frozenset(org_ids))

    def __or__(self, other: Changes) -> Changes:
        if not (self and other):
            return self or other
        known = None if self.orgs is None or other.orgs is None else self.orgs | other.orgs
        return Changes(self.topics | other.topics, known)

    def __bool__(self) -> bool:
        return bool(self.topics)


def changed(*topics: Topic) -> Changes:
    """`changed(Topic.CHECKINS, Topic.OBJECTIVES)`, of any organisation; `.of(org_id)` names whose."""
    return Changes(frozenset(topics))


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """The result of one use case. `notices` are sentences the user should read (weights normalised, late entry)."""

    value: T
    changes: Changes
    notices: tuple[str, ...] = ()
