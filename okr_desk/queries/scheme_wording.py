"""How a scheme is put into words for those who are scored by it: the same on paper and in a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _
from okr_desk.queries import score_method
from okr_desk.queries.scheme_papers import SchemePaper
from okr_desk.queries.schemes import BlockView, LineView
from okr_desk.rules.grades import Grading, grading_from
from okr_desk.rules.indicators import EVIDENCE_MOST
from okr_desk.rules.rule_sentences import plainly_of
from okr_desk.scoring.rounding import percent, plain
from okr_desk.scoring.rule_formula import formula
from okr_desk.terms import Across, BlockKind, label

HEADS = (
    N_("序号"), N_("指标"), N_("单位"), N_("分值"), N_("计分规则"), N_("年度计法"), N_("考核依据"),
)  # fmt: skip
_YEAR = {
    Across.AVERAGE: N_("平均：年度分为各季得分的平均"),
    Across.CUMULATIVE: N_("累计：每季计全年分值的四分之一，四季相加为全年得分"),
    Across.LAST: N_("末次：年度分取最后一次得分"),
    Across.BEST: N_("最好：年度分取最好的一次得分"),
}


@dataclass(frozen=True)
class Section:
    """A numbered part of the terms below the table."""

    title: str
    said: tuple[str, ...]


def title(paper: SchemePaper) -> str:
    """What the document is called."""
    said = (
        _("{township}{year}年度{category}党支部考核评分办法（征求意见稿）")
        if paper.is_draft
        else _("{township}{year}年度{category}党支部考核评分办法")
    )
    return said.format(township=paper.township, year=paper.year, category=paper.category)


def facts(paper: SchemePaper) -> tuple[tuple[str, str, str, str], ...]:
    """Which version this is: two names with their texts a row."""
    version = paper.version
    counts = _("第{n}版，自第{quarter}季度起用").format(n=version.version, quarter=version.from_quarter)
    state = _("{counts}（草稿，未启用）").format(counts=counts) if paper.is_draft else counts
    approved = score_method.approval_text(version)
    full = _("{points} 分，另加分不超过 {cap} 分") if _bonuses(paper) else _("{points} 分")
    amounts = full.format(points=plain(version.maximum), cap=plain(version.bonus_cap))
    return (
        (_("方案名称"), paper.name, _("适用类别"), paper.category),
        (_("版本"), state, _("满分"), amounts),
        (_("编制批准"), approved, _("指标数"), _("{n} 项").format(n=len(version.lines))),
    )


def blocks(paper: SchemePaper) -> list[BlockView]:
    """The blocks as they are read: what makes the full points first, extra points behind their sum."""
    return sorted(paper.version.blocks, key=lambda one: one.kind is BlockKind.BONUS)


def heading(block: BlockView) -> str:
    """The row above the lines of a block."""
    name = f"{block.part} · {block.name}" if block.part and block.part != block.name else block.name
    kind = _("加分，最多 {points} 分") if block.kind is BlockKind.BONUS else _("满分 {points} 分")
    said = _("{name}（{points}；年度取{way}）").format(
        name=name, points=kind.format(points=plain(block.maximum)), way=label(block.across)
    )
    return said + (_("，亮旗") if block.flags else "")


def rule(paper: SchemePaper, line: LineView) -> str:
    """The sum that anybody can do again."""
    try:
        said = formula(line.rule)
    except InputRefused as refusal:
        return plainly_of(line.rule, refusal.sentence)
    second = paper.indicators.get(line.second_id or 0)
    return said if second is None else _("{said}；满意度取“{name}”").format(said=said, name=second.name)


def evidence(paper: SchemePaper, line: LineView) -> str:
    """From which records the number comes, and what a branch hands in."""
    view = paper.indicators[line.indicator_id]
    said = [_("按{records}统计").format(records=view.computed_from)] if view.computed_from else []
    if view.evidence:
        limit = view.evidence_limit
        said.append(
            view.evidence if limit == EVIDENCE_MOST else _("{what}（限{n}份）").format(what=view.evidence, n=limit)
        )
    return _("；").join(said) or "—"


def sections(paper: SchemePaper) -> tuple[Section, ...]:
    """Everything that stands below the table; a part without content is left out."""
    grading = grading_from(paper.version.grades)
    found = (
        Section(_("计分和年度计法"), tuple(_counting(paper))),
        Section(_("加分"), tuple(_bonus(paper))),
        Section(_("等次"), (*_bands(grading), *_gates(grading), *_quotas(grading))),
        Section(_("红线事项"), tuple(_red_lines(paper))),
        Section(_("不适用和未报"), _exempt()),
        Section(_("依据"), tuple(_sources(paper))),
    )
    return tuple(one for one in found if one.said)


def _counting(paper: SchemePaper) -> Iterator[str]:
    yield _("基线、目标值按各支部本年度核定的数；计算和比较一律用未取整的数，分数线含本数。")
    ways = {line.across for line in paper.version.lines} | {block.across for block in paper.version.blocks}
    yield _("年度计法：{ways}。").format(ways=_("；").join(_(_YEAR[way]) for way in Across if way in ways))
    yield _("每项指标每季佐证材料不超过 {n} 份，能从系统取数的不再另要材料。").format(n=EVIDENCE_MOST)
    if any(block.flags for block in paper.version.blocks):
        yield _("亮旗的各项：超过目标为红旗，正好达到为蓝旗，没有达到为黄旗。")


def _bonus(paper: SchemePaper) -> Iterator[str]:
    version = paper.version
    if _bonuses(paper):
        said = _("加分合计不超过 {cap} 分；基本分的得分率不到 {least}% 的不计加分，有一票否决的不计加分。")
        yield said.format(cap=plain(version.bonus_cap), least=plain(version.bonus_from))


def _bonuses(paper: SchemePaper) -> bool:
    return any(block.kind is BlockKind.BONUS for block in paper.version.blocks)


def _bands(grading: Grading) -> Iterator[str]:
    """Half-open bands: the threshold belongs to the better side."""
    scheme = grading.scheme
    parts = [_("{least}% 及以上为“{name}”").format(least=plain(scheme.bands[0][0]), name=_(scheme.bands[0][1]))]
    for (above, _name), (least, name) in pairwise(scheme.bands):
        said = _("{least}% 至不足 {above}% 为“{name}”")
        parts.append(said.format(least=plain(least), above=plain(above), name=_(name)))
    last = plain(scheme.bands[-1][0])
    parts.append(_("不足 {above}% 为“{name}”").format(above=last, name=_(scheme.rest)))
    yield _("按得分率定等次：{bands}。").format(bands=_("，").join(parts))


def _gates(grading: Grading) -> Iterator[str]:
    said = []
    for gate in sorted(grading.scheme.gates, key=lambda one: -one.below):
        if gate.highest is None:
            words = _("低于 {below}% 的，{sign}").format(below=plain(gate.below), sign=_(gate.sign))
        else:
            words = _("低于 {below}% 的，最高评为“{name}”").format(below=plain(gate.below), name=_(gate.highest))
        said.append(words.removesuffix(_("。")))
    if said:
        yield _("群众满意率（前三档）：{gates}。").format(gates=_("；").join(said))


def _quotas(grading: Grading) -> Iterator[str]:
    said = [
        _("“{name}”不超过 {share}").format(name=_(name), share=percent(share)) for name, share in grading.quotas.items()
    ]
    if said:
        yield _("同类支部中{quotas}；超过的，由镇党委研究确定。").format(quotas=_("，").join(said))


def _red_lines(paper: SchemePaper) -> Iterator[str]:
    for one in paper.red_lines:
        said = _("{code} {name}：{trigger}。{effect}。")
        trigger = one.trigger.rstrip("。")
        yield said.format(code=one.code, name=one.name, trigger=trigger, effect=one.effect)
    if paper.red_lines:
        yield _("红线事项登记须有文号；只限制等次，不改得分。")


def _exempt() -> tuple[str, ...]:
    return (
        _(
            "经镇党建办确认不适用的项目不计分，也不计入满分，分值由同一块的其余各项按比例分担；适用分值不足七成的，不定等次。"
        ),
        _("季度没有关账时，未报的项目暂不计分；关账后仍未报的按 0 分计，按规定补报后重新计分。"),
        _("目标完成度是另一本账，只作参考，不计入得分和等次。"),
    )


def _sources(paper: SchemePaper) -> Iterator[str]:
    if paper.source:
        yield _("本办法参照：{source}。").format(source=paper.source.rstrip("。"))
    yield from score_method.reasons(paper.version)
