"""Everything that keeps a scheme from being scored, or deserves a look: each with its place and a plain sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules import rule_direction
from okr_desk.rules.grades import grading_from
from okr_desk.rules.rule_sentences import plainly_of
from okr_desk.rules.schemes import MANY, TOO_MANY, BlockDraft, BranchLine, Known, LineDraft, Problem, SchemeDraft
from okr_desk.rules.usual_rule import tried
from okr_desk.scoring.blocks import check_sum
from okr_desk.scoring.line_rule import Needs, line_rule, needs, typed
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.sheet import LARGE_BONUS
from okr_desk.terms import BlockKind, RuleKind

NAMED = 3
"""How many branches a sentence names; more are counted."""


def problems(draft: SchemeDraft, category: str, known: Mapping[int, Known]) -> tuple[Problem, ...]:
    """Everything that one would stumble over when scoring by this draft, in the order of the sheet."""
    found = [*_whole(draft), *_repeated(draft, known)]
    for place, block in enumerate(draft.blocks):
        found += _block(draft, place, block)
        if block.kind is BlockKind.BONUS:
            found += _bonus(draft, place, block, known)
        for row, line in enumerate(block.lines):
            found += (replace(one, block=place, line=row) for one in _line(line, category, known))
    return tuple(sorted(found, key=lambda one: (one.block or 0, -1 if one.line is None else one.line)))


def _whole(draft: SchemeDraft) -> Iterator[Problem]:
    if not any(block.kind is BlockKind.BASE for block in draft.blocks):
        yield Problem(_("评分表还没有内容，请至少设一块。"))
    if len(draft.lines) > TOO_MANY:
        yield Problem(_("共 {n} 项指标，超过 {most} 项，请精简。").format(n=len(draft.lines), most=TOO_MANY))
    elif len(draft.lines) > MANY:
        said = _("共 {n} 项指标，超过 {most} 项，考核不宜太细太繁琐。")
        yield Problem(said.format(n=len(draft.lines), most=MANY), stops=False)
    if draft.bonus_cap > LARGE_BONUS and any(block.kind is BlockKind.BONUS for block in draft.blocks):
        yield Problem(_("加分上限超过 10 分，请确认。"), stops=False)
    try:
        grading_from(draft.grades)
    except InputRefused as refusal:
        yield Problem(refusal.sentence)


def _repeated(draft: SchemeDraft, known: Mapping[int, Known]) -> Iterator[Problem]:
    counted = Counter(line.indicator_id for line in draft.lines)
    for place, block in enumerate(draft.blocks):
        for row, line in enumerate(block.lines):
            if counted[line.indicator_id] > 1:
                yield Problem(_("“{name}”在表中出现了不止一次。").format(name=_name(line, known)), place, row)


def _block(draft: SchemeDraft, place: int, block: BlockDraft) -> Iterator[Problem]:
    if [other.name for other in draft.blocks].count(block.name) > 1:
        yield Problem(_("有两块都叫“{name}”，请改一个名称。").format(name=block.name), place)
    if not block.lines:
        yield Problem(_("“{name}”还没有指标。").format(name=block.name), place)
    elif block.kind is BlockKind.BASE:
        try:
            check_sum(block.name, block.maximum, [line.maximum for line in block.lines])
        except InputRefused as refusal:
            yield Problem(refusal.sentence, place)


def _bonus(draft: SchemeDraft, place: int, block: BlockDraft, known: Mapping[int, Known]) -> Iterator[Problem]:
    """Extra points that the cap of the scheme could never let count."""
    cap = draft.bonus_cap
    if cap == 0:
        said = _("方案的加分上限是 0 分，“{name}”里的加分都不会计入。请在“方案设置”中填写上限，或删去这一块。")
        yield Problem(said.format(name=block.name), place)
        return
    if block.maximum > cap:
        said = _(
            "“{name}”最多 {points} 分，方案的加分上限只有 {cap} 分。"
            "请把这一块改为不超过 {cap} 分，或在“方案设置”中提高上限。"
        )
        yield Problem(said.format(name=block.name, points=plain(block.maximum), cap=plain(cap)), place)
    for row, line in enumerate(block.lines):
        if line.maximum > cap:
            said = _("“{name}”最多加 {points} 分，方案的加分上限只有 {cap} 分。请改小，或在“方案设置”中提高上限。")
            names = {"name": _name(line, known), "points": plain(line.maximum), "cap": plain(cap)}
            yield Problem(said.format(**names), place, row)


def _line(line: LineDraft, category: str, known: Mapping[int, Known]) -> Iterator[Problem]:
    """What is wrong with one line; its place is added by who asks."""
    meaning = known.get(line.indicator_id)
    if meaning is None:
        yield Problem(_("没有这个指标，请从指标库中另选。"))
        return
    name = _name(line, known)
    if meaning.is_retired:
        yield Problem(_("“{name}”已停用，请换一个指标。").format(name=name))
    yield from _scope(name, category, meaning)
    if line.maximum == 0:
        yield Problem(_("“{name}”是 0 分，请填分值，或删去这一项。").format(name=name))
        return
    try:
        wanted = needs(line.rule)
        if line.rule.split()[0] == RuleKind.DUAL.value and line.second_id is None:
            yield Problem(_("“{name}”按场次和满意度计分，请选择满意度指标。").format(name=name))
        if not (wanted.baseline or wanted.target):
            rule_direction.check(line_rule(line.rule, line.maximum, None, None), meaning.direction)
            return
    except InputRefused as refusal:
        yield _refused(name, line, refusal.sentence)
        return
    yield from _branches(line, name, meaning, wanted)


def _scope(name: str, category: str, meaning: Known) -> Iterator[Problem]:
    """A line that no branch of the category could earn."""
    if meaning.categories and category not in meaning.categories:
        said = _("“{name}”用于{categories}，不用于“{category}”。请删去，或先在指标库中改它的适用类别。")
        categories = _("、").join(meaning.categories)
        yield Problem(said.format(name=name, categories=categories, category=category))
    elif meaning.exempt and not meaning.branches:
        said = _("“{name}”对“{category}”的 {n} 个支部都标为不适用，请删去，或先恢复适用。")
        yield Problem(said.format(name=name, category=category, n=meaning.exempt))


def _branches(line: LineDraft, name: str, meaning: Known, wanted: Needs) -> Iterator[Problem]:
    """The rule tried with the line of every branch: the same refusal is said once, with who it concerns."""
    wanting = tuple(one for one in meaning.branches if _lacks(one, wanted))
    refused: dict[str, list[str]] = {}
    for one in meaning.branches:
        if one in wanting:
            continue
        try:
            rule_direction.check(line_rule(line.rule, line.maximum, one.baseline, one.target), meaning.direction)
        except InputRefused as refusal:
            refused.setdefault(refusal.sentence, []).append(one.org)
    if len(wanting) == len(meaning.branches):
        yield from _untried(line, name, meaning, wanted)
    for reason, orgs in refused.items():
        yield _refused(name, line, reason, orgs)
    if wanting:
        yield _missing(name, wanting, wanted, len(meaning.branches))


def _untried(line: LineDraft, name: str, meaning: Known, wanted: Needs) -> Iterator[Problem]:
    """What is wrong with a rule whatever the branches will have."""
    try:
        own = tried(wanted, *typed(line.rule), meaning.direction)
        rule_direction.check(line_rule(line.rule, line.maximum, *own), meaning.direction)
    except InputRefused as refusal:
        yield _refused(name, line, refusal.sentence)


def _missing(name: str, wanting: Sequence[BranchLine], wanted: Needs, of: int) -> Problem:
    """Who has no line that the rule asks for; where nobody has, no points could come of it."""
    orgs = tuple(one.org for one in wanting)
    lacking = []
    if wanted.baseline and any(one.baseline is None for one in wanting):
        lacking.append(_("基线"))
    if wanted.target and any(one.target is None for one in wanting):
        lacking.append(_("目标值"))
    what = _("和").join(lacking)
    if len(orgs) == of:
        said = _("“{name}”要用支部自己的{what}，{n} 个支部都还没有设，请先补齐。")
        return Problem(said.format(name=name, what=what, n=of), orgs=orgs, lacks=True)
    said = _("“{name}”有 {n} 个支部还没有{what}，设定以前这一项不计分：{orgs}。")
    return Problem(said.format(name=name, n=len(orgs), what=what, orgs=named(orgs)), stops=False, orgs=orgs, lacks=True)


def _lacks(one: BranchLine, wanted: Needs) -> bool:
    return (wanted.baseline and one.baseline is None) or (wanted.target and one.target is None)


def _refused(name: str, line: LineDraft, reason: str, orgs: Sequence[str] = ()) -> Problem:
    names = {"name": name, "reason": plainly_of(line.rule, reason)}
    if not orgs:
        return Problem(_("“{name}”：{reason}").format(**names))
    return Problem(_("“{name}”：{reason}（{orgs}）").format(**names, orgs=named(orgs)), orgs=tuple(orgs))


def named(orgs: Sequence[str]) -> str:
    """Some names of branches, and how many there are where these are not all."""
    names = _("、").join(orgs[:NAMED])
    return names if len(orgs) <= NAMED else _("{names}等{n}个支部").format(names=names, n=len(orgs))


def _name(line: LineDraft, known: Mapping[int, Known]) -> str:
    meaning = known.get(line.indicator_id)
    return plain(Decimal(line.indicator_id)) if meaning is None else f"{meaning.code} {meaning.name}"
