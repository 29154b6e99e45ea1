"""What the page 考核方案 says: the answer, a category's state, rules and blocks in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _
from okr_desk.queries.scheme_board import CategoryScheme, SchemeBoard
from okr_desk.queries.schemes import VersionView
from okr_desk.rules.schemes import MANY, Aims, BlockDraft, BranchLine, Known, LineDraft
from okr_desk.scoring.rounding import percent, plain
from okr_desk.scoring.rule_wording import wording
from okr_desk.terms import BlockKind, Dimension, SchemeState, Status, label

NAMED = 2
"""Categories of one kind that the answer names; more are counted."""
TARGET_SHAPE: Mapping[Dimension, Decimal] = {
    Dimension.BASIC: Decimal("0.60"),
    Dimension.FUSION: Decimal("0.25"),
    Dimension.INNOVATION: Decimal("0.15"),
}
"""The shares that a hundred-point sheet aims at. Source: domain 1.4."""
QUARTERS = {1: N_("第一季度"), 2: N_("第二季度"), 3: N_("第三季度"), 4: N_("第四季度")}
SHORT_QUARTERS = {1: N_("一季度"), 2: N_("二季度"), 3: N_("三季度"), 4: N_("四季度")}


def answer(board: SchemeBoard, live: Mapping[int, int]) -> str:
    """The sentence of the page. `live` are problems that stop a draft as it is typed now, by category."""
    used = [row for row in board.rows if row.in_use is not None]
    if not board.rows:
        return ""
    if not any(row.scheme for row in board.rows):
        return _("{year}年还没有考核方案。").format(year=board.year)
    waiting = _waiting(board.rows, live)
    if len(used) == len(board.rows):
        said = _("{year}年{n}类支部的考核方案都已启用").format(year=board.year, n=len(used))
    else:
        said = _("{year}年{n}类支部中{used}类已启用").format(year=board.year, n=len(board.rows), used=len(used))
    return _("，").join([said, *waiting]) + _("。")


def state(row: CategoryScheme, live: Mapping[int, int]) -> tuple[Status, str]:
    """The shape and the word for where a category stands."""
    draft = row.draft
    if row.scheme is None:
        return Status.NOT_STARTED, _("没有方案")
    if draft is None:
        return Status.DONE, _("已启用")
    stops = live.get(row.category.id, row.stopping)
    if stops:
        return Status.WATCH, _("{n} 处要改").format(n=stops)
    return Status.DUE, _("可以启用")


def card(row: CategoryScheme, live: Mapping[int, int]) -> tuple[str, str, str, str]:
    """What a category's card says beside its name: full points, state, from when, version with the scheme."""
    version, word = row.draft or row.in_use, state(row, live)[1]
    if row.scheme is None or version is None:
        return "", word, "", ""
    quarter = _(SHORT_QUARTERS[version.from_quarter])
    return (
        _("{points} 分").format(points=plain(version.maximum)),
        word,
        _("{quarter}起").format(quarter=quarter),
        _("第{n}版 {name}").format(n=version.version, name=row.scheme.name),
    )


def version_name(name: str, version: VersionView) -> str:
    """A version as it is picked: scheme, number, state."""
    word = label(version.state)
    if version.state is SchemeState.ACTIVE and version.activated_on is not None:
        word = _("{day}启用").format(day=version.activated_on)
    return _("{name} · 第{n}版 · {state}").format(name=name, n=version.version, state=word)


def shape(found: Aims) -> str:
    """The shares of the dimensions beside what is aimed at, and how many indicators."""
    shares = _("，").join(
        _("{dimension} {share}").format(dimension=label(one), share=percent(found.shares[one])) for one in Dimension
    )
    said = _("{shares}（参考 60/25/15）　共 {n} 项指标").format(shares=shares, n=found.indicators)
    if found.indicators > MANY:
        said += _("，超过 {most} 项").format(most=MANY)
    return said


def rule(line: LineDraft, known: Mapping[int, Known]) -> str:
    """The rule of a line; baseline and target as numbers where all branches have the same."""
    meaning = known.get(line.indicator_id)
    starts, aims = common(() if meaning is None else meaning.branches)
    try:
        return wording(line.rule, line.maximum, starts, aims)
    except InputRefused:
        return _("规则看不明白，请重新选择")


def common(branches: Sequence[BranchLine]) -> tuple[Decimal | None, Decimal | None]:
    """Baseline and target where all branches agree, None where they differ."""
    starts, aims = {one.baseline for one in branches}, {one.target for one in branches}
    return next(iter(starts), None) if len(starts) == 1 else None, next(iter(aims), None) if len(aims) == 1 else None


def indicator(line: LineDraft, known: Mapping[int, Known]) -> str:
    """Code and name."""
    meaning = known.get(line.indicator_id)
    return _("（没有这个指标）") if meaning is None else f"{meaning.code} {meaning.name}"


def block(one: BlockDraft) -> str:
    """What a block is besides its points: part, bonus, flags."""
    said = [one.part] if one.part else []
    if one.kind is BlockKind.BONUS:
        said.append(_("加分，不计入满分"))
    if one.flags:
        said.append(_("亮旗"))
    return " · ".join(said)


def total(one: BlockDraft) -> str:
    """The sum of the lines, and how far it is from the block's full points."""
    found = sum((line.maximum for line in one.lines), Decimal(0))
    apart = found - one.maximum
    if one.kind is BlockKind.BONUS or apart == 0:
        return plain(found)
    said = _("{found}（多 {apart}）") if apart > 0 else _("{found}（差 {apart}）")
    return said.format(found=plain(found), apart=plain(abs(apart)))


def _waiting(rows: Sequence[CategoryScheme], live: Mapping[int, int]) -> list[str]:
    """What is left to do, by kind; few categories are named, many are counted."""
    stopped = [(row, live.get(row.category.id, row.stopping)) for row in rows if row.draft is not None]
    broken = [(row, n) for row, n in stopped if n]
    ready = [row for row, n in stopped if not n]
    missing = [row for row in rows if row.scheme is None]
    said = []
    if len(broken) > NAMED:
        said.append(_("{n}类还有要改的地方").format(n=len(broken)))
    else:
        said += [_("“{name}”还有{n}处要改").format(name=row.category.name, n=n) for row, n in broken]
    for found, one, many in (
        (ready, _("“{name}”可以启用"), _("{n}类可以启用")),
        (missing, _("“{name}”还没有方案"), _("{n}类还没有方案")),
    ):
        if len(found) > NAMED:
            said.append(many.format(n=len(found)))
        else:
            said += [one.format(name=row.category.name) for row in found]
    return said
