"""Change the tree of organisations. Nothing is overwritten: each change is a new dated version beside the old one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from sqlmodel import Session, col, func, or_, select

from okr_desk import pinyin
from okr_desk.errors import InputRefused, Refusal, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import today
from okr_desk.model.tables import Category, IndicatorVersion, Org, OrgVersion
from okr_desk.queries import cycles, org_lines
from okr_desk.queries import orgs as standing
from okr_desk.rules import orgs as rules
from okr_desk.rules.cycles import next_quarter_start
from okr_desk.rules.orgs import MoveDraft, OrgDraft, RenameDraft
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import permits
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.terms import OrgKind

_STATED = (
    "full_name",
    "short_name",
    "parent_id",
    "category_id",
    "full_members",
    "probationary_members",
    "groups",
    "has_committee",
    "households",
    "workers",
    "elected_on",
)


def create(session: Session, actor: Actor, draft: OrgDraft, batch_id: int | None = None) -> Outcome[int]:
    """Add an organisation with its first version; the id of the new one. Raises InputRefused, NotAllowed."""
    permits.require(session, actor, Action.EDIT_ORGS, draft.parent_id)
    rules.check(draft)
    check_place(session, draft.kind, draft.parent_id, draft.valid_from)
    _check_category(session, draft.category_id)
    check_free_name(session, draft.full_name, draft.short_name, draft.valid_from)
    if draft.kind is OrgKind.TOWNSHIP and _township(session) is not None:
        raise InputRefused(_("一个数据文件只能有一个镇党委。"), "kind")
    last = session.exec(select(func.max(Org.position))).first()
    org = Org(kind=draft.kind, position=(last or 0) + 1, founded_on=draft.valid_from, batch_id=batch_id)
    session.add(org)
    session.flush()
    session.add(_version(org.key, draft, draft.valid_from))
    session.flush()
    return Outcome(org.key, changed(Topic.ORGS), rules.notices(draft))


def revise(session: Session, actor: Actor, org_id: int, draft: OrgDraft) -> Outcome[int]:
    """State an organisation anew from `draft.valid_from` on; on the day of an existing version, correct that one.

    A change of category counts from the next quarter unless `category_at_once`; versions that begin later keep their
    own differences. Raises InputRefused, WrongState (before the end of a closed quarter), NotAllowed.
    """
    permits.require(session, actor, Action.EDIT_ORGS, org_id)
    org = live(session, org_id)
    draft = replace(draft, kind=OrgKind(org.kind))
    rules.check(draft)
    check_not_closed(session, draft.valid_from)
    before = _version_on(session, org, draft.valid_from)
    check_place(session, draft.kind, draft.parent_id, draft.valid_from, org_id)
    if draft.category_id != before.category_id:
        _check_category(session, draft.category_id)
    if (draft.full_name.strip(), draft.short_name.strip()) != (before.full_name, before.short_name):
        check_free_name(session, draft.full_name, draft.short_name, draft.valid_from, org_id)
    notices = rules.notices(draft)
    turn = next_quarter_start(draft.valid_from)
    if draft.category_id != before.category_id and not draft.category_at_once and turn > draft.valid_from:
        stayed = _put(session, before, replace(draft, category_id=before.category_id), draft.valid_from)
        following = _version_on(session, org, turn)
        moved = _put(session, following, replace(_draft_of(following, org), category_id=draft.category_id), turn)
        notices = (*notices, _("类别变更自 {day} 起生效，本季度仍按原类别评价。").format(day=turn))
        made = stayed or moved
    else:
        made = _put(session, before, draft, draft.valid_from)
    session.flush()
    return Outcome(org_id, changed(Topic.ORGS) if made else Changes(), notices)


def rename(session: Session, actor: Actor, draft: RenameDraft) -> Outcome[int]:
    """Give new names from a day on; what happened before keeps the old ones."""
    permits.require(session, actor, Action.EDIT_ORGS, draft.org_id)
    rules.check_names(draft.full_name, draft.short_name)
    now = _draft_on(session, draft.org_id, draft.on)
    return revise(
        session,
        actor,
        draft.org_id,
        replace(now, full_name=draft.full_name, short_name=draft.short_name, valid_from=draft.on, reason=draft.reason),
    )


def move(session: Session, actor: Actor, draft: MoveDraft) -> Outcome[int]:
    """Put an organisation under another from a day on. The right is needed at both places."""
    permits.require(session, actor, Action.EDIT_ORGS, draft.parent_id)
    now = _draft_on(session, draft.org_id, draft.on)
    moved = replace(now, parent_id=draft.parent_id, valid_from=draft.on, reason=draft.reason)
    return revise(session, actor, draft.org_id, moved)


def reorder(session: Session, actor: Actor, org_ids: Sequence[int]) -> Outcome[None]:
    """Keep the office's own order: the named organisations follow each other as given."""
    permits.require(session, actor, Action.EDIT_ORGS)
    rows = [live(session, org_id) for org_id in org_ids]
    for row in rows:
        permits.require(session, actor, Action.EDIT_ORGS, row.key)
    for row, place in zip(rows, sorted(row.position for row in rows), strict=True):
        row.position = place
        session.add(row)
    _separate(rows)
    return Outcome(None, changed(Topic.ORGS))


def create_category(session: Session, actor: Actor, name: str) -> Outcome[int]:
    """Add a category of branches at the end."""
    permits.require(session, actor, Action.EDIT_ORGS)
    _check_category_name(session, name)
    last = session.exec(select(func.max(Category.position))).first()
    row = Category(name=name.strip(), position=(last or 0) + 1)
    session.add(row)
    session.flush()
    return Outcome(row.key, changed(Topic.ORGS))


def rename_category(session: Session, actor: Actor, category_id: int, name: str) -> Outcome[int]:
    """Give a category another name; it stays the same category, in the past and for the indicators meant for it."""
    permits.require(session, actor, Action.EDIT_ORGS)
    row = _category(session, category_id)
    if row.name == name.strip():
        return Outcome(row.key, Changes())
    _check_category_name(session, name)
    meant = _rename_in_library(session, row.name, name.strip())
    row.name = name.strip()
    session.add(row)
    session.flush()
    return Outcome(row.key, changed(Topic.ORGS, Topic.INDICATORS) if meant else changed(Topic.ORGS))


def retire_category(session: Session, actor: Actor, category_id: int) -> Outcome[int]:
    """Take a category out of use. Raises WrongState while organisations stand in it, now or from a later day on."""
    permits.require(session, actor, Action.EDIT_ORGS)
    row = _category(session, category_id)
    used = next((found.used for found in standing.categories(session) if found.id == category_id), 0)
    if used:
        sentence = _("还有 {n} 个党组织属于“{name}”，请先调整它们的类别。")
        raise WrongState(sentence.format(n=used, name=row.name))
    row.retired_on = row.retired_on or today(session)
    session.add(row)
    session.flush()
    return Outcome(row.key, changed(Topic.ORGS))


def live(session: Session, org_id: int) -> Org:
    """The row of an organisation that has not ended. Raises Refusal, WrongState."""
    row = session.get(Org, org_id)
    if row is None:
        raise Refusal(_("找不到这个党组织，请刷新后再试。"))
    if row.retired_on is not None:
        raise WrongState(_("这个党组织已于 {day} 撤销，不能再改。").format(day=row.retired_on))
    return row


def check_not_closed(session: Session, day: date) -> None:
    """Raises WrongState for a day within or before a closed quarter: nothing that was judged is judged anew."""
    closed = cycles.last_closed_day(session)
    if closed is not None and day <= closed:
        sentence = _("{day} 及以前的季度已经关账，变更日期请填在此之后。")
        raise WrongState(sentence.format(day=closed))


def check_place(session: Session, kind: OrgKind, parent_id: int | None, day: date, org_id: int | None = None) -> None:
    """Raises InputRefused when the superior is unknown, ended, of the wrong level, or lies below the organisation."""
    if parent_id is None:
        return
    parent = session.get(Org, parent_id)
    if parent is None or (parent.retired_on is not None and parent.retired_on <= day):
        raise InputRefused(_("上级党组织不存在或已撤销，请重新选择。"), "parent_id")
    rules.check_place(kind, OrgKind(parent.kind))
    if org_id is not None and org_id in org_lines.line(session, parent_id, day):
        raise InputRefused(_("上级不能是它自己或它的下级。"), "parent_id")


def check_free_name(session: Session, full_name: str, short_name: str, day: date, org_id: int | None = None) -> None:
    """Raises InputRefused when another organisation has one of these names on `day`."""
    wanted = {full_name.strip(): "full_name", short_name.strip(): "short_name"}
    rows = session.exec(
        select(OrgVersion).where(
            or_(col(OrgVersion.full_name).in_(wanted), col(OrgVersion.short_name).in_(wanted)),
            or_(col(OrgVersion.valid_to).is_(None), col(OrgVersion.valid_to) >= day),
        )
    )
    for other in rows:
        if other.org_id != org_id:
            name = other.full_name if other.full_name in wanted else other.short_name
            raise InputRefused(_("已有名为“{name}”的党组织，请核对。").format(name=name), wanted[name])


def _put(session: Session, before: OrgVersion, draft: OrgDraft, day: date) -> bool:
    """Make what `draft` says hold from `day` on; whether anything is different from before."""
    old, new = {name: getattr(before, name) for name in _STATED}, _facts(draft)
    different = {name for name in _STATED if old[name] != new[name]}
    if not different:
        return False
    if before.valid_from == day:
        session.add(_state(before, new, draft.reason))
    else:
        end, before.valid_to = before.valid_to, day - timedelta(days=1)
        session.add(before)
        session.add(_version(before.org_id, draft, day, end))
    for later in session.exec(
        select(OrgVersion).where(OrgVersion.org_id == before.org_id, col(OrgVersion.valid_from) > day)
    ):
        kept = {name: new[name] for name in different if getattr(later, name) == old[name]}
        session.add(_state(later, kept, ""))
    session.flush()
    return True


def _version(org_id: int, draft: OrgDraft, day: date, end: date | None = None) -> OrgVersion:
    row = OrgVersion(org_id=org_id, valid_from=day, valid_to=end, full_name="", short_name="")
    return _state(row, _facts(draft), draft.reason)


def _state(row: OrgVersion, facts: dict[str, object], reason: str) -> OrgVersion:
    for name, fact in facts.items():
        setattr(row, name, fact)
    row.search_keys = pinyin.keys(row.short_name)
    row.reason = reason.strip() or row.reason
    return row


def _facts(draft: OrgDraft) -> dict[str, object]:
    facts: dict[str, object] = {name: getattr(draft, name) for name in _STATED}
    return facts | {"full_name": draft.full_name.strip(), "short_name": draft.short_name.strip()}


def _draft_on(session: Session, org_id: int, day: date) -> OrgDraft:
    org = live(session, org_id)
    return _draft_of(_version_on(session, org, day), org)


def _draft_of(version: OrgVersion, org: Org) -> OrgDraft:
    facts = {name: getattr(version, name) for name in _STATED}
    return OrgDraft(kind=OrgKind(org.kind), valid_from=version.valid_from, **facts)


def _version_on(session: Session, org: Org, day: date) -> OrgVersion:
    rows = session.exec(
        select(OrgVersion)
        .where(OrgVersion.org_id == org.key, col(OrgVersion.valid_from) <= day)
        .order_by(col(OrgVersion.valid_from).desc())
    )
    row = rows.first()
    if row is None:
        sentence = _("变更日期早于这个党组织的成立日期（{day}），请核对。")
        raise InputRefused(sentence.format(day=org.founded_on), "valid_from")
    return row


def _township(session: Session) -> int | None:
    return session.exec(select(Org.id).where(Org.kind == OrgKind.TOWNSHIP)).first()


def _separate(rows: Sequence[Org]) -> None:
    """Positions that were equal become different, so that an order once given stays."""
    for earlier, later in pairwise(rows):
        if later.position <= earlier.position:
            later.position = earlier.position + 1


def _category(session: Session, category_id: int) -> Category:
    row = session.get(Category, category_id)
    if row is None:
        raise Refusal(_("找不到这个类别，请刷新后再试。"))
    return row


def _rename_in_library(session: Session, old: str, new: str) -> bool:
    """Indicators say by name for which categories they are meant; whether any was."""
    meant = [
        row
        for row in session.exec(select(IndicatorVersion).where(col(IndicatorVersion.categories).contains(old)))
        if old in row.categories.split(",")
    ]
    for row in meant:
        row.categories = ",".join(new if name == old else name for name in row.categories.split(","))
        session.add(row)
    return bool(meant)


def _check_category(session: Session, category_id: int | None) -> None:
    if category_id is not None and _category(session, category_id).retired_on is not None:
        raise InputRefused(_("这个类别已停用，请选择其他类别。"), "category_id")


def _check_category_name(session: Session, name: str) -> None:
    rules.check_category(name)
    same = [row for row in session.exec(select(Category)) if row.name == name.strip()]
    if same and same[0].retired_on is not None:
        raise InputRefused(_("“{name}”是已停用的类别，请换一个名称。").format(name=name.strip()), "name")
    if same:
        raise InputRefused(_("已有类别“{name}”。").format(name=name.strip()), "name")
