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
    BACKUP = "backup"


@dataclass(frozen=True)
class Changes:
    """The topics touched by one write; empty when nothing changed."""

    topics: frozenset[Topic] = frozenset()

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.topics | other.topics)

    def __bool__(self) -> bool:
        return bool(self.topics)


def changed(*topics: Topic) -> Changes:
    """`changed(Topic.CHECKINS, Topic.OBJECTIVES)`."""
    return Changes(frozenset(topics))


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """The result of one use case. `notices` are sentences the user should read (weights normalised, late entry)."""

    value: T
    changes: Changes
    notices: tuple[str, ...] = ()
