"""Schemes are drafted, checked and put to use; one in use is never edited, its next version starts with a quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import Session, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now
from okr_desk.model.tables import Category, Scheme, SchemeBlock, SchemeLine, SchemeParty, SchemeVersion
from okr_desk.queries import cycles, red_lines
from okr_desk.queries import schemes as standing
from okr_desk.queries.schemes import VersionView
from okr_desk.rules import scheme_presets
from okr_desk.rules.checks import check_reason
from okr_desk.rules.grades import grading_from, grading_text
from okr_desk.rules.permissions import Action, Actor
from okr_desk.rules.red_lines import lists_text
from okr_desk.rules.scheme_presets import Preset
from okr_desk.rules.schemes import IN_FORCE, BlockDraft, LineDraft, Problem, SchemeDraft, Start, check_draft
from okr_desk.services import official, permits, scheme_starts
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.terms import QuarterState, SchemeState

_DRAWN = changed(Topic.SCHEMES)
_IN_USE = changed(Topic.SCHEMES, Topic.SCORES)


def create(
    session: Session, actor: Actor, category_id: int, year: int, draft: SchemeDraft, preset: str = ""
) -> Outcome[int]:
    """A first version for a category and year, still a draft; the id of the scheme.

    Raises InputRefused when the category has a scheme for that year, WrongState for a year that is missing or closed.
    """
    permits.require(session, actor, Action.EDIT_SCHEMES)
    official.year_state(session, year)
    check_draft(draft)
    category = session.get(Category, category_id)
    if category is None:
        raise InputRefused(_("请选择一个类别。"), "category_id")
    taken = select(Scheme.id).where(Scheme.category_id == category_id, Scheme.year == year)
    if session.exec(taken).first() is not None:
        said = _("“{category}”{year}年度已有考核方案，请在原方案上修改或另起一版。")
        raise InputRefused(said.format(category=category.name, year=year), "category_id")
    row = Scheme(category_id=category_id, year=year, name=draft.name.strip(), preset=preset)
    session.add(row)
    session.flush()
    _write(session, _version(session, actor, row.key, 1, draft), draft)
    return Outcome(row.key, _DRAWN)


def from_preset(session: Session, actor: Actor, category_id: int, year: int, key: str) -> Outcome[int]:
    """A first version drawn up like a preset; indicators that it needs and the library lacks come first, and are named.

    The id of the scheme. Raises InputRefused for an unknown preset, and as `create` does.
    """
    chosen = scheme_presets.declared().get(key)
    if chosen is None:
        raise InputRefused(_("请选择一个类别和一个预设方案。"), "key")
    return draw_up(session, actor, category_id, year, chosen)


def draw_up(session: Session, actor: Actor, category_id: int, year: int, chosen: Preset) -> Outcome[int]:
    """A first version like `chosen`, a preset of the program or one read from elsewhere."""
    permits.require(session, actor, Action.EDIT_SCHEMES)
    category = session.get(Category, category_id)
    if category is None:
        raise InputRefused(_("请选择一个类别和一个预设方案。"), "category_id")
    started = scheme_starts.like_preset(session, actor, category.name, year, chosen)
    made = create(session, actor, category_id, year, started.value, chosen.key)
    return Outcome(made.value, made.changes | started.changes, started.notices)


def from_preset_each(
    session: Session, actor: Actor, year: int, key: str, category_ids: Sequence[int]
) -> Outcome[tuple[int, ...]]:
    """One scheme for each of several categories, all drawn up like a preset; their ids.

    Raises InputRefused where no category is given, and as `from_preset` does: then none is made.
    """
    if not category_ids:
        raise InputRefused(_("请至少选择一个类别。"), "category_ids")
    made = [from_preset(session, actor, category_id, year, key) for category_id in category_ids]
    topics = Changes()
    for one in made:
        topics |= one.changes
    return Outcome(tuple(one.value for one in made), topics, tuple(said for one in made for said in one.notices))


def copy_year(session: Session, actor: Actor, from_year: int, to_year: int) -> Outcome[int]:
    """Drafts for `to_year` of what was in use at the end of `from_year`, for categories that have none; how many.

    A category without a scheme last year, or with one already, is passed over and named.
    """
    permits.require(session, actor, Action.EDIT_SCHEMES)
    made, kept = 0, []
    there = {found.category_id for found in standing.schemes(session, to_year)}
    for found in standing.schemes(session, from_year):
        last = found.in_force(4)
        if found.category_id in there or last is None:
            kept.append(found.category)
            continue
        draft = _starting(standing.draft_of(found.name, last), 1)
        create(session, actor, found.category_id, to_year, draft, found.preset)
        made += 1
    said = _("{names}没有复制：今年已有方案，或上年没有启用。").format(names=_("、").join(kept))
    return Outcome(made, _DRAWN if made else Changes(), (said,) if kept else ())


def revise(session: Session, actor: Actor, version_id: int, draft: SchemeDraft) -> Outcome[int]:
    """Write a draft anew. Raises WrongState for a version in use."""
    permits.require(session, actor, Action.EDIT_SCHEMES)
    row, scheme = _draft(session, version_id)
    check_draft(draft)
    scheme.name = draft.name.strip()
    session.add(scheme)
    for field, value in _fields(draft).items():
        setattr(row, field, value)
    session.add(row)
    _clear(session, row.key)
    _write(session, row, draft)
    return Outcome(row.key, _DRAWN)


def next_version(
    session: Session,
    actor: Actor,
    scheme_id: int,
    from_quarter: int,
    reason: str,
    start: Start = IN_FORCE,
) -> Outcome[int]:
    """A draft of the next version; the id of the version. A reason is needed.

    Made like the version in force unless `start` says otherwise; what does not fit the category is left out and named.
    """
    permits.require(session, actor, Action.EDIT_SCHEMES)
    found = standing.scheme(session, scheme_id)
    official.year_state(session, found.year)
    said = check_reason(reason, _("另起一版须写明理由，原来的版本保留备查。"))
    if found.draft is not None:
        raise WrongState(_("“{name}”已有一版正在编制，请先完成或删去。").format(name=found.name))
    last = found.in_force(from_quarter) or found.in_force(4)
    if last is None:
        raise WrongState(_("“{name}”还没有启用，请直接修改。").format(name=found.name))
    started = scheme_starts.begin(session, actor, found, last, start)
    draft = _starting(replace(started.value, name=found.name), from_quarter, said)
    check_draft(draft)
    row = _version(session, actor, scheme_id, max(one.version for one in found.versions) + 1, draft)
    _write(session, row, draft)
    return Outcome(row.key, _DRAWN | started.changes, started.notices)


def activate(session: Session, actor: Actor, version_id: int) -> Outcome[int]:
    """Put a draft to use. Raises WrongState with the first thing that keeps it from being scored: block, line, reason.

    A later version cannot start with a quarter that is frozen or closed; the first one may, as nothing was scored.
    """
    permits.require(session, actor, Action.EDIT_SCHEMES)
    row, scheme = _draft(session, version_id)
    official.year_state(session, scheme.year)
    category = session.get_one(Category, scheme.category_id)
    view = next(one for one in standing.scheme(session, scheme.key).versions if one.id == version_id)
    found = standing.check(session, scheme.year, category.name, standing.draft_of(scheme.name, view))
    stopping = next((one for one in found if one.stops), None)
    if stopping is not None:
        raise WrongState(_not_yet(view, stopping))
    strange = next(iter(red_lines.unknown_grades(session, scheme.year, view)), None)
    if strange is not None:
        said = _("还不能启用：红线“{line}”最高评为“{grade}”，本方案没有这个等次，请改红线或等次。")
        raise WrongState(said.format(line=strange.title, grade=strange.highest))
    quarter = cycles.quarter(session, scheme.year, row.from_quarter)
    if row.version > 1 and (quarter is None or quarter.state in (QuarterState.FROZEN, QuarterState.CLOSED)):
        said = _("第{n}季度已冻结，新的一版须从还没有冻结的季度起用。")
        raise WrongState(said.format(n=row.from_quarter))
    row.state, row.activated_at = SchemeState.ACTIVE.value, now(session)
    row.activated_by = official.account_of(actor)
    session.add(row)
    session.flush()
    return Outcome(row.key, _IN_USE, tuple(one.sentence for one in found))


def discard(session: Session, actor: Actor, version_id: int) -> Outcome[None]:
    """Delete a draft; with its only version the scheme goes too. Raises WrongState for a version in use."""
    permits.require(session, actor, Action.EDIT_SCHEMES)
    row, scheme = _draft(session, version_id)
    _clear(session, row.key)
    session.delete(row)
    session.flush()
    if session.exec(select(SchemeVersion.id).where(SchemeVersion.scheme_id == scheme.key)).first() is None:
        session.delete(scheme)
        session.flush()
    return Outcome(None, _DRAWN)


def _not_yet(version: VersionView, problem: Problem) -> str:
    if problem.block is None:
        return _("还不能启用：{reason}").format(reason=problem.sentence)
    block = version.blocks[problem.block].name
    if problem.line is None:
        return _("还不能启用，“{block}”：{reason}").format(block=block, reason=problem.sentence)
    said = _("还不能启用，“{block}”第 {n} 项：{reason}")
    return said.format(block=block, n=problem.line + 1, reason=problem.sentence)


def _draft(session: Session, version_id: int) -> tuple[SchemeVersion, Scheme]:
    row = session.get(SchemeVersion, version_id)
    if row is None:
        raise WrongState(_("没有找到这一版方案，请刷新后再试。"))
    if row.state != SchemeState.DRAFT:
        raise WrongState(_("这一版已经启用，不能再改。需要调整的，请另起一版，从某个季度起用。"))
    return row, session.get_one(Scheme, row.scheme_id)


def _starting(draft: SchemeDraft, quarter: int, reason: str = "") -> SchemeDraft:
    return replace(draft, from_quarter=quarter, reason=reason.strip())


def _fields(draft: SchemeDraft) -> dict[str, Any]:
    return {
        "from_quarter": draft.from_quarter,
        "grades": grading_text(grading_from(draft.grades)),
        "red_lists": lists_text(draft.red_lists),
        "bonus_cap": draft.bonus_cap,
        "bonus_from": draft.bonus_from,
        "reason": draft.reason.strip(),
    }


def _version(session: Session, actor: Actor, scheme_id: int, number: int, draft: SchemeDraft) -> SchemeVersion:
    row = SchemeVersion(
        scheme_id=scheme_id,
        version=number,
        state=SchemeState.DRAFT.value,
        account_id=official.account_of(actor),
        recorded_at=now(session),
        **_fields(draft),
    )
    session.add(row)
    session.flush()
    return row


def _write(session: Session, version: SchemeVersion, draft: SchemeDraft) -> None:
    for party, weight in draft.parties:
        session.add(SchemeParty(version_id=version.key, party=party.value, weight=weight))
    for place, block in enumerate(draft.blocks):
        row = SchemeBlock(
            version_id=version.key,
            position=place,
            name=block.name.strip(),
            part=block.part.strip(),
            kind=block.kind.value,
            maximum=block.maximum,
            across=block.across.value,
            flags=block.flags,
        )
        session.add(row)
        session.flush()
        session.add_all(_line(row.key, position, line, block) for position, line in enumerate(block.lines))
    session.flush()


def _line(block_id: int, position: int, line: LineDraft, block: BlockDraft) -> SchemeLine:
    return SchemeLine(
        block_id=block_id,
        position=position,
        indicator_id=line.indicator_id,
        second_id=line.second_id,
        maximum=line.maximum,
        rule=" ".join(line.rule.split()),
        across="" if line.across in (None, block.across) else str(line.across),
    )


def _clear(session: Session, version_id: int) -> None:
    for party in session.exec(select(SchemeParty).where(SchemeParty.version_id == version_id)).all():
        session.delete(party)
    for block in session.exec(select(SchemeBlock).where(SchemeBlock.version_id == version_id)).all():
        for line in session.exec(select(SchemeLine).where(SchemeLine.block_id == block.key)).all():
            session.delete(line)
        session.flush()
        session.delete(block)
    session.flush()
