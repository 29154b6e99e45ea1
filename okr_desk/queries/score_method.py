"""By what a score sheet was made: scheme, rules of the lines, sources of the values, and how one counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.schemes import VersionView
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.queries.score_wording import FLAGS, PLACES
from okr_desk.rules.rule_sentences import plainly_of
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.rule_formula import formula
from okr_desk.terms import Across, BlockKind, PointsState, QuarterState, label


def scheme_text(form: ScoreForm) -> str:
    """Name and version of the scheme, and from when it counts."""
    return _("{name}，第{version}版，自第{quarter}季度起用").format(
        name=form.scheme.name, version=form.version.version, quarter=form.version.from_quarter
    )


def approval_text(version: VersionView) -> str:
    """Who drew a scheme up and who put it to use, with the day."""
    day = version.activated_on
    approved = f"{version.approved_by} {day.isoformat() if day else ''}".strip()
    return _("编制 {by}，批准 {approved}").format(by=version.by or "—", approved=approved or "—")


def rules(form: ScoreForm) -> tuple[str, ...]:
    """Each rule once, behind the codes of the lines that are scored by it, in the order of the sheet."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in form.version.lines:
        try:
            said = formula(line.rule)
        except InputRefused as refusal:
            said = plainly_of(line.rule, refusal.sentence).removesuffix(_("。"))
        found[said].append(line.code)
    return tuple(_("{codes}　{rule}。").format(codes="、".join(codes), rule=said) for said, codes in found.items())


def sources(form: ScoreForm) -> tuple[str, ...]:
    """Where the values come from and of which day they are: one sentence for each pair, and the rate of the gates."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in form.sheet.lines:
        if one.origin is not None and one.as_of is not None and one.points is not None:
            found[label(one.origin), one.as_of.isoformat()].append(one.line.code)
    said = _("{origin}（截至 {day}）：{codes}。")
    given = [said.format(origin=origin, day=day, codes="、".join(codes)) for (origin, day), codes in found.items()]
    rate = form.rate
    if rate is not None:
        said = _("{origin}（截至 {day}）：{code} {name}（判断等次门槛的满意率）{rate}%。")
        given.append(
            said.format(
                origin=label(rate.origin),
                day=rate.as_of.isoformat(),
                code=rate.code,
                name=rate.name,
                rate=plain(rate.value),
            )
        )
    return tuple(given)


def notes(form: ScoreForm) -> tuple[str, ...]:
    """What one must know to do the sums again; only what this sheet has use for."""
    return tuple(_notes(form))


def _notes(form: ScoreForm) -> Iterator[str]:
    yield from reasons(form.version)
    yield from counting(form)
    yield from _unscored(form)
    if any(block.across is Across.CUMULATIVE for block in form.version.blocks):
        yield _("全年累计的块每季计全年分值的四分之一，四季相加为全年得分。")
    yield from marks(form)
    if form.quarter.state is QuarterState.OPEN:
        yield _("本季还没有冻结，本表按打印时的数据暂计。")
    yield other_ledger()


def reasons(version: VersionView) -> Iterator[str]:
    """Why there is this version of the scheme."""
    if version.reason:
        yield _("方案第{n}版的理由：{reason}。").format(n=version.version, reason=version.reason.rstrip("。"))


def counting(form: ScoreForm) -> Iterator[str]:
    """What holds for every sum: digits, remarks on lines, thresholds, and what becomes of what does not apply."""
    rounding = _("计算和比较一律用未取整的数；除不尽的分值印 {n} 位小数，总分和得分率印 2 位小数，都是四舍五入。")
    yield rounding.format(n=PLACES)
    remarks: dict[str, list[str]] = defaultdict(list)
    for one in form.sheet.lines:
        if one.points is not None and one.note:
            remarks[one.note].append(one.line.code)
    yield from (_("{codes}：{note}").format(codes="、".join(codes), note=note) for note, codes in remarks.items())
    yield _("分档和等次的分数线含本数：正好达到分数线的，按较高的一档。")
    if PointsState.NOT_APPLICABLE in _states(form):
        yield _("“不适用”的不计分，也不计入满分，分值由同一块的其余各项按比例分担。")


def marks(form: ScoreForm) -> Iterator[str]:
    """What flags say, and when the bonus counts."""
    version = form.version
    flags = [_(words) for flag, words in FLAGS.items() if any(one.flag is flag for one in form.sheet.lines)]
    if flags:
        yield _("亮旗：{flags}。超过目标为红旗，正好达到为蓝旗，没有达到为黄旗。").format(flags=_("、").join(flags))
    if version.bonus_cap and any(block.kind is BlockKind.BONUS for block in version.blocks):
        said = _("加分合计不超过 {cap} 分；基本分的得分率不到 {least}% 的不计加分，有一票否决的不计加分。")
        yield said.format(cap=plain(version.bonus_cap), least=plain(version.bonus_from))


def other_ledger() -> str:
    """That progress towards the objectives never enters the grade."""
    return _("目标完成度是另一本账，只作参考，不计入得分和等次。")


def _states(form: ScoreForm) -> set[PointsState]:
    return {one.points.state for one in form.sheet.lines if one.points is not None}


def _unscored(form: ScoreForm) -> Iterator[str]:
    if PointsState.MISSING in _states(form):
        yield (
            _("“未报”的项目已关账，按 0 分计；按规定补报后重新计分。")
            if form.quarter.state is QuarterState.CLOSED
            else _("“未报”不等于 0：暂不计分，也暂不计入得分率的分母；关账后仍未报的按 0 分计。")
        )
    if PointsState.UNSET in _states(form):
        yield _("“未设目标”的项目还没有设定基线或目标，设定以前不计分，也不按 0 分计。")
    if any(one.points is None for one in form.sheet.lines):
        yield _("“未到期”的项目不在本季考核，本季的满分由同一块的其余各项承担。")
