"""群众满意度测评表: one A4 page a copy, numbered, without a name, with boxes that a hand can tick.

The numbers help to count what was given out and came back; nobody writes down who got which.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from okr_desk.i18n import _
from okr_desk.queries.survey_papers import QuestionnaireForm
from okr_desk.queries.surveys import DefinitionView
from okr_desk.reports import table, ticks
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Sheet, Writer
from okr_desk.reports.fonts import Fonts, Role
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block, Pen
from okr_desk.reports.table import Cell
from okr_desk.reports.text import Style, fit_size
from okr_desk.survey_terms import LEVELS, UNSURE, ItemKind

WIDTH = A4_PORTRAIT.area_width
COLUMNS_MM = (11, 61, *(14,) * (len(LEVELS) + 1))
"""序号 测评内容, then the levels and 不了解: 156 mm."""
WIDTHS = tuple(column * MM for column in COLUMNS_MM)
TITLE = Style(Role.TITLE, 22, 34)
"""2号, as the title of an official paper."""
_FACT = Style(Role.TEXT, 12, 20)
_ASK = Style(Role.TEXT, 11, 18)
_HEAD = Style(Role.HEAD, 10.5, 13.5)
_TICK = Style(Role.TEXT, 11, 21)
_SIZES = (
    (12.0, 14.0, 10.0),
    (12.0, 12.0, 9.0),
    (12.0, 10.5, 8.5),
    (11.0, 9.5, 8.0),
    (10.5, 8.0, 8.0),
    (9.0, 7.0, 7.5),
    (7.5, 6.5, 7.0),
)
"""Points of the items, least height of their rows and pitch of the writing lines in mm, from generous to tight."""
_WRITING_LINES = 4


_WRITER = Writer(
    title=lambda forms: _batch_title(forms),
    sheets=lambda forms: [partial(sheet_of, form=form, number=number) for form in forms for number in _numbers(form)],
    name=lambda form: (form.org.short_name, _("测评表"), _number(form.first)),
)
render, render_each = _WRITER.render, _WRITER.render_each


def sheet_of(fonts: Fonts, form: QuestionnaireForm, number: int) -> Sheet:
    """One copy."""
    return Sheet(
        outline=f"{form.org.short_name} {_number(number)}",
        blocks=_fitting(fonts, form, number),
        paper=A4_PORTRAIT,
        note=_("演示数据，不作评审依据") if form.is_demo else "",
    )


@dataclass(frozen=True)
class Ruled(Block):
    """Lines to write on, `pitch` points apart."""

    width: float
    pitch: float
    lines: int = _WRITING_LINES
    keep: bool = False
    before: float = 0

    @property
    def height(self) -> float:  # type: ignore[override]
        """Pitch times lines."""
        return self.lines * self.pitch

    def draw(self, pen: Pen, x: float, top: float) -> None:
        for number in range(1, self.lines + 1):
            pen.rule(x, top - number * self.pitch, x + self.width, top - number * self.pitch)


def _fitting(fonts: Fonts, form: QuestionnaireForm, number: int) -> list[Block]:
    """The first of the sizes at which all stands on one page; the tightest where none does."""
    found: list[Block] = []
    for sizes in _SIZES:
        found = list(_blocks(fonts, form, number, sizes))
        if sum(block.before + block.height for block in found) <= A4_PORTRAIT.area_height:
            break
    return found


def _blocks(fonts: Fonts, form: QuestionnaireForm, number: int, sizes: tuple[float, float, float]) -> Iterator[Block]:
    size, least, pitch = sizes
    definition = form.round.definition
    yield from _head(fonts, form, number)
    yield from _items(fonts, definition, size, least * MM)
    for item in definition.items:
        if item.kind is ItemKind.OPEN:
            yield paragraph(fonts, _("{question}：").format(question=item.text), _ASK, WIDTH, before=8)
            yield Ruled(WIDTH, pitch * MM)
    if definition.groups:
        yield Lines((_("您属于（限选一格）："),), _ASK, WIDTH, before=8, keep=True)
        names = [group.name for group in definition.groups]
        yield ticks.ticks(fonts, names, _TICK, WIDTH, "" if form.group is None else form.group.name)
    said = _("注：每项限选一格，在所选格内打“√”；多选或漏选的，该项不计入。")
    yield paragraph(fonts, said, Style(Role.NOTE, 10, 15), WIDTH, before=7)


def _head(fonts: Fonts, form: QuestionnaireForm, number: int) -> Iterator[Block]:
    title = _title(form)
    style = TITLE.smaller(fit_size(fonts, title, WIDTH, TITLE, 16))
    yield paragraph(fonts, title, style, WIDTH, align="centre")
    yield Pair(
        _("单位（支部）：{org}").format(org=form.org.short_name),
        _("编号：{number}（不记名）").format(number=_number(number)),
        _FACT,
        WIDTH,
        before=6,
    )
    yield Pair(
        _("季度：{quarter}").format(quarter=form.round.quarter.label),
        _("填表日期：　　　　年　　月　　日"),
        _FACT,
        WIDTH,
    )
    said = _("请按您的真实感受填写。本表不记名，编号只用于清点份数。")
    yield paragraph(fonts, said, _ASK, WIDTH, before=3)


def _items(fonts: Fonts, definition: DefinitionView, size: float, least: float) -> Iterator[Block]:
    names = (_("序号"), _("测评内容"), *(_level(name) for name in LEVELS), _level(UNSURE))
    cells = [Cell(name, "centre") for name in names]
    yield replace(table.row(fonts, WIDTHS, cells, _HEAD, least=11 * MM, keep=True, tinted=True), before=5)
    style = Style(Role.TABLE, size, size * 1.34)
    for number, item in enumerate(definition.levels, start=1):
        boxes = (ticks.cell() for _name in (*LEVELS, UNSURE))
        cells = [Cell(str(number), "centre"), Cell(item.text), *boxes]
        yield table.row(fonts, WIDTHS, cells, style, least=least)


def _level(name: str) -> str:
    """The word of a level, four characters in two lines."""
    said = _(name)
    return f"{said[:2]}\n{said[2:]}" if len(said) == len("非常满意") and not said.isascii() else said


def _title(form: QuestionnaireForm) -> str:
    return form.township + survey_name(form.round.definition)


def survey_name(definition: DefinitionView) -> str:
    """What the paper is called: the survey's own name, which ends in 表."""
    name = definition.name.strip()
    return name if name.endswith("表") else _("{name}表").format(name=name)


def _numbers(form: QuestionnaireForm) -> range:
    return range(form.first, form.first + form.copies)


def _number(number: int) -> str:
    return f"{number:03}"


def _batch_title(forms: Sequence[QuestionnaireForm]) -> str:
    if not forms:
        return _("群众满意度测评表")
    return _("{title}（{quarter}）").format(title=_title(forms[0]), quarter=forms[0].round.quarter.label)
