"""Whether what a workbook says is what stands: a line that differs must be told, never counted as the same."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.model.reading import Facts
from okr_desk.queries.import_standing import Standing
from okr_desk.rules.imports import FactKind, KeyResultFact, NumberFact, ObjectiveFact, OrgFact
from okr_desk.terms import Post, label


def of_org(fact: OrgFact, org_id: int, version: Facts, stand: Standing) -> Iterator[tuple[str, str, str]]:
    """What a roster line states otherwise and an import does not change: what it is, what stands, what is said.

    Somebody who held the post before is no difference: an old roster does not put a predecessor back.
    """
    stands = stand.categories.get(version.category_id or 0, "")
    if fact.category and fact.category != stands:
        yield _("类别"), stands, fact.category
    full = {one.full_name: known for known, one in stand.orgs.values()}
    above = full.get(fact.parent) or (stand.township_id if fact.parent in stand.township_names else None)
    if above is not None and above != version.parent_id:
        names = {known: one.full_name for known, one in stand.orgs.values()}
        yield _("上级党组织"), names.get(version.parent_id or 0, ""), fact.parent
    for post, said in ((Post.SECRETARY, fact.secretary), (Post.LIAISON_LEADER, fact.liaison)):
        held = stand.held.get((org_id, post.value), frozenset())
        if said and said not in held:
            yield label(post), _("、").join(sorted(held)), said


def same_alignment(fact: ObjectiveFact, old: Facts, above: Facts | None) -> bool:
    """Whether an objective hangs where the workbook puts it; one that says nothing changes nothing."""
    return not fact.aligned or (above is not None and old.aligned_to_id == above.id)


def same_key_result(fact: KeyResultFact, old: Facts, linked: str, stand: Standing) -> bool:
    """Whether a key result stands as the workbook states it, plan and nodes included; a blank cell states nothing.

    Baseline, target and unit of a linked one are its indicator's and are compared there.
    """
    said = (fact.title, fact.kind.value, fact.nature.value, fact.weight)
    if said != (old.title, old.kind, old.nature, old.weight):
        return False
    if (fact.indicator if fact.indicator in stand.indicators else "") != linked:
        return False
    plan = stand.plans.get(old.id, {})
    if any(value is not None and plan.get(quarter) != value for quarter, value in enumerate(fact.plan, 1)):
        return False
    if fact.nodes and dict(fact.nodes) != stand.shares.get(old.id, {}):
        return False
    if linked:
        return True
    numbers = ((fact.baseline, old.baseline), (fact.target, old.target))
    return (not fact.unit or fact.unit == old.unit) and all(value is None or value == now for value, now in numbers)


def uncountable(fact: NumberFact, value: Decimal, stand: Standing) -> str:
    """Why a satisfaction figure cannot come from the answers of its quarter; empty where it can (methods A8 "GRIM")."""
    found = stand.answers.get((fact.org, fact.year, fact.quarter))
    if found is None or fact.kind is not FactKind.VALUE:
        return ""
    return found.doubt(fact.indicator, stand.indicators[fact.indicator].unit, value).removesuffix(_("。"))
