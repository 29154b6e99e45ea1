"""Writing what a person decided on a doubtful cell. What stood before stays, marked as superseded."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from sqlmodel import col, select

from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.model.store import now
from okr_desk.model.tables import (
    Baseline,
    CheckIn,
    KeyResult,
    KeyResultPlan,
    MeasuredValue,
    NotApplicable,
    Objective,
    OrgVersion,
    Target,
)
from okr_desk.rules.imports import NO, YES, CheckInFact, Doubt, FactKind, NumberFact
from okr_desk.rules.numbers import lowest, read_number
from okr_desk.rules.orgs import OrgDraft
from okr_desk.services import orgs
from okr_desk.services.import_values import add_what_follows, check_in_row, write_number
from okr_desk.services.import_writing import Writing
from okr_desk.terms import KrKind, OrgKind, Origin

Parts = dict[str, object]


def write_decided(writing: Writing, doubt: Doubt, text: str) -> None:
    """Write the decided value where the doubtful cell belongs: its proposal, or what a person typed instead.

    Raises Refusal when the text is no such value.
    """
    parts: Parts = json.loads(doubt.target)
    if doubt.kind is FactKind.CHECK_IN:
        _check_in(writing, doubt, parts, text)
    elif doubt.kind in (FactKind.BASELINE, FactKind.TARGET, FactKind.VALUE):
        _number(writing, doubt, parts, text)
    elif doubt.kind is FactKind.ORG:
        _org(writing, parts, text)
    else:
        _objective(writing, parts, text)


def _check_in(writing: Writing, doubt: Doubt, parts: Parts, text: str) -> None:
    org, year, code = str(parts["org"]), _whole(parts, "year"), str(parts["key_result"])
    found = writing.key_results.get((org, year, code))
    row = writing.session.get(KeyResult, found[0]) if found else None
    if found is None or row is None:
        raise Refusal(_("{org}没有登记关键结果 {code}。").format(org=org, code=code))
    kind = KrKind(row.kind)
    fact = CheckInFact(
        org=org,
        year=year,
        quarter=_whole(parts, "quarter"),
        key_result=code,
        value=None if kind in (KrKind.MILESTONE, KrKind.YES_NO) else _amount(text, row.unit),
        nodes=_nodes(text, writing.nodes.get(row.key, {})) if kind is KrKind.MILESTONE else None,
        done=_yes_no(text) if kind is KrKind.YES_NO else None,
        confidence=_whole(parts, "confidence") if "confidence" in parts else None,
        progress_note=str(parts.get("progress_note", "")),
        difficulty=str(parts.get("difficulty", "")),
        reported_by=str(parts.get("reported_by", "")),
        as_of=_day(parts, "as_of"),
        place=doubt.place,
    )
    made = check_in_row(writing, fact, row.key)
    _supersede_check_ins(writing, made)
    writing.session.add(made)
    writing.session.flush()
    add_what_follows(writing, made, fact, found[1])
    writing.session.flush()
    writing.written += 1


def _supersede_check_ins(writing: Writing, made: CheckIn) -> None:
    standing = writing.session.exec(
        select(CheckIn).where(
            CheckIn.key_result_id == made.key_result_id,
            CheckIn.quarter_id == made.quarter_id,
            col(CheckIn.superseded_at).is_(None),
        )
    ).all()
    values = writing.session.exec(
        select(MeasuredValue).where(
            col(MeasuredValue.checkin_id).in_([row.key for row in standing]),
            col(MeasuredValue.superseded_at).is_(None),
        )
    ).all()
    for row in (*standing, *values):
        row.superseded_at = now(writing.session)
        writing.session.add(row)


def _number(writing: Writing, doubt: Doubt, parts: Parts, text: str) -> None:
    org, code, year = str(parts["org"]), str(parts["indicator"]), _whole(parts, "year")
    org_id, indicator = writing.orgs.get(org), writing.stand.indicators.get(code)
    if org_id is None or indicator is None:
        raise Refusal(_("“{name}”不在组织名册或指标库中，请先登记。").format(name=org if org_id is None else code))
    quarter = _whole(parts, "quarter") if "quarter" in parts else 0
    value = _amount(text, indicator.unit)
    fact = NumberFact(
        doubt.kind, org, code, year, quarter, value, _day(parts, "as_of"), str(parts.get("source", "")), doubt.place
    )
    version = _supersede_lines(writing, fact, org_id, indicator.id)
    reason = ""
    if version > 1:
        reason = _("按导入的表核定：{workbook} {cell}").format(workbook=doubt.place.workbook, cell=doubt.place.cell)
    write_number(writing, org_id, fact, reason, version)
    writing.session.flush()


def _supersede_lines(writing: Writing, fact: NumberFact, org_id: int, indicator_id: int) -> int:
    """Mark what stands as superseded, lift a "does not apply", and give the number of the next version."""
    session = writing.session
    exempt = select(NotApplicable).where(
        NotApplicable.org_id == org_id, NotApplicable.indicator_id == indicator_id, NotApplicable.year == fact.year
    )
    for lifted in session.exec(exempt):
        session.delete(lifted)
    if fact.kind is FactKind.VALUE:
        values = select(MeasuredValue).where(
            MeasuredValue.org_id == org_id,
            MeasuredValue.indicator_id == indicator_id,
            MeasuredValue.quarter_id == writing.stand.quarters[fact.year, fact.quarter].id,
            MeasuredValue.origin == Origin.TOWNSHIP,
        )
        found: list[Baseline | Target | MeasuredValue] = [*session.exec(values)]
    else:
        table = Baseline if fact.kind is FactKind.BASELINE else Target
        lines = select(table).where(table.org_id == org_id, table.indicator_id == indicator_id, table.year == fact.year)
        found = [*session.exec(lines)]
    for row in found:
        if row.superseded_at is None:
            row.superseded_at = now(session)
            session.add(row)
    return len(found) + 1


def _org(writing: Writing, parts: Parts, text: str) -> None:
    """One fact of an organisation: corrected in the version that holds."""
    name, field = str(parts["org"]), str(parts["field"])
    org_id = writing.orgs.get(name)
    version = writing.session.exec(
        select(OrgVersion).where(OrgVersion.org_id == org_id).order_by(col(OrgVersion.valid_from).desc())
    ).first()
    if org_id is None or version is None:
        raise Refusal(_("“{name}”不在组织名册中。").format(name=name))
    said: object = text
    if field == "elected_on":
        said = _iso(text)
    elif field == "has_committee":
        said = _yes_no(text)
    elif field != "full_name":
        said = int(_amount(text, ""))
    facts = {key: getattr(version, key) for key in OrgDraft.__dataclass_fields__ if hasattr(version, key)}
    draft = OrgDraft(**(facts | {"kind": OrgKind.BRANCH, "reason": "", field: said}))
    orgs.revise(writing.session, writing.actor, org_id, draft)
    writing.written += 1


def _objective(writing: Writing, parts: Parts, text: str) -> None:
    """A field that was doubtful when an objective or key result was written: filled in now."""
    place = (str(parts.get("org", "")), _whole(parts, "year"), str(parts["key_result"]))
    field = str(parts["field"])
    row: KeyResult | Objective | None
    if place[0]:
        found = writing.key_results.get(place)
        row = writing.session.get(KeyResult, found[0]) if found else None
    else:
        row = writing.session.get(Objective, writing.objectives.get(place, 0))
    if row is None:
        raise Refusal(_("{code} 还没有登记，请在“目标”页补充。").format(code=place[2]))
    if field.startswith("plan"):
        value = Decimal(_yes_no(text)) if row_is_yes_no(row) else _amount(text, "")
        writing.session.add(KeyResultPlan(key_result_id=row.key, quarter=int(field[4:]), value=value))
    elif field == "baseline_on":
        setattr(row, field, _iso(text))
    elif field in ("weight", "baseline", "target"):
        setattr(row, field, _amount(text, ""))
    else:
        raise Refusal(_("{code} 的这一格请在“目标”页修改。").format(code=place[2]))
    writing.session.add(row)
    writing.session.flush()
    writing.written += 1


def row_is_yes_no(row: KeyResult | Objective) -> bool:
    """Whether a plan of this row is a yes or no."""
    return isinstance(row, KeyResult) and row.kind == KrKind.YES_NO


def _amount(text: str, unit: str) -> Decimal:
    """A number as decided. What is beyond the usual range may be insisted on; a share under per cent may not:
    whoever means 0.8 % writes the sign.
    """
    number = read_number(text, low=lowest(unit)).value
    is_share = unit == "%" and number is not None and 0 < abs(number) <= 1
    if number is not None and not is_share:
        return number
    reading = read_number(text, unit=unit)
    if reading.safe is None:
        raise InputRefused(reading.reason or _("请填数字。"), "value")
    return reading.safe


def _nodes(text: str, known: dict[str, int]) -> tuple[str, ...]:
    names = tuple(name for name in text.replace(",", "、").replace("，", "、").split("、") if name)
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise InputRefused(_("请填节点名称，可选：{known}。").format(known="、".join(known)), "nodes")
    return names


def _yes_no(text: str) -> bool:
    if text.strip() not in (YES, NO):
        raise InputRefused(_("应填“是”或“否”。"), "done")
    return text.strip() == YES


def _iso(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InputRefused(_("日期请写作 2026-09-28。"), "as_of") from None


def _day(parts: Parts, name: str) -> date | None:
    return date.fromisoformat(str(parts[name])) if name in parts else None


def _whole(parts: Parts, name: str) -> int:
    return int(str(parts[name]))
