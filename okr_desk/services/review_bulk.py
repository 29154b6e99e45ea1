"""Many reviews at once, and many lines of one: all of it or nothing, a part at a time, so that it can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from sqlmodel import Session

from okr_desk.errors import Refusal
from okr_desk.model.store import today
from okr_desk.queries import orgs
from okr_desk.review_terms import Party
from okr_desk.rules.permissions import Actor
from okr_desk.rules.reviews import LineDraft, StepDraft
from okr_desk.services import review_scores, reviews
from okr_desk.services.outcome import Changes, Outcome
from okr_desk.services.reviews import Moved, Refused

PART = 10
"""Branches between two looks at whether somebody wants to stop: their sheets are laid out together."""
Progress = Callable[[int, int], None]


def steps(
    session: Session,
    actor: Actor,
    drafts: Sequence[StepDraft],
    *,
    progress: Progress = lambda _made, _of: None,
) -> Outcome[Moved]:
    """As `reviews.steps`, for hundreds of branches: `progress(made, of)` is told after each part.

    Raises what `reviews.steps` raises where not one of them can take the step.
    """
    count, refused, changes = 0, [], Changes()
    first: Refusal | None = None
    for start in range(0, len(drafts), PART):
        part = drafts[start : start + PART]
        try:
            made = reviews.steps(session, actor, part)
        except Refusal as refusal:  # not one of this part: each for its own reason
            first = first or refusal
            refused += _reasons(session, actor, part)
        else:
            count += made.value.count
            refused += made.value.refused
            changes = changes | made.changes
        progress(min(start + PART, len(drafts)), len(drafts))
    if not count and first is not None:
        raise first
    return Outcome(Moved(count, tuple(refused)), changes)


def set_points(
    session: Session,
    actor: Actor,
    quarter_id: int,
    org_id: int,
    lines: Sequence[LineDraft],
    wholes: Mapping[Party, Decimal | None],
) -> Outcome[int]:
    """Set several lines of a branch, and the scores of leader and peers; how many. Raises as `review_scores` does."""
    changes = Changes()
    for line in lines:
        changes = changes | review_scores.set_line(session, actor, quarter_id, org_id, line).changes
    for party, points in wholes.items():
        changes = changes | review_scores.set_whole(session, actor, quarter_id, org_id, party, points).changes
    return Outcome(len(lines) + len(wholes), changes)


def _reasons(session: Session, actor: Actor, part: Sequence[StepDraft]) -> list[Refused]:
    found = []
    for draft in part:
        try:
            reviews.steps(session, actor, [draft])
        except Refusal as refusal:
            name = orgs.view(session, draft.org_id, today(session)).short_name
            found.append(Refused(name, refusal.sentence))
    return found
