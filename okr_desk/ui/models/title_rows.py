"""Titles, appraisals, honours, coefficients and candidates as cards and rows of tables."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from okr_desk import pinyin
from okr_desk.i18n import _
from okr_desk.queries.appraisals import AppraisalView, PersonView
from okr_desk.queries.candidates import CandidateLine
from okr_desk.queries.coefficients import CoefficientLine
from okr_desk.queries.honours import HonourView, KindView
from okr_desk.queries.standings import Standing
from okr_desk.queries.title_board import GROUPS, TitleBoard
from okr_desk.queries.titles import TitleView
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import display_near, half_up, plain
from okr_desk.terms import Status, label
from okr_desk.title_terms import TitleState
from okr_desk.ui.models.rows import Column
from okr_desk.ui.widgets.card_board import Card
from okr_desk.ui.widgets.delegates import BarValue

PLACES = 2
COEFFICIENT_PLACES = 4
GRADES = (Decimal(60), Decimal(80), Decimal(90))
"""Usual thresholds: a score just below one never reads as the threshold itself."""


@dataclass(frozen=True)
class PersonRow:
    """Somebody who is voted on, with the branch by name."""

    person: PersonView
    org: str


@dataclass(frozen=True)
class CandidateRow:
    """A line of the list with its place: candidates first, then those near it."""

    line: CandidateLine
    place: int


def cards(of: TitleBoard) -> dict[str, list[Card]]:
    """The cards of the board by column."""
    return {group.value: [_card(of, one) for one in of.column(group)] for group in GROUPS}


def columns_of_board() -> dict[str, str]:
    """The names of the columns by key."""
    return {group.value: _(name) for group, (name, _states) in GROUPS.items()}


def points(value: Decimal | None) -> str:
    """A mark or score with up to two decimals."""
    return "" if value is None else display_near(value, PLACES, GRADES)


def person_rows(of: AppraisalView, board: TitleBoard) -> list[PersonRow]:
    """Those who are voted on, in the order of the ballot."""
    names = {one.id: one.short_name for one in board.branches}
    return [PersonRow(one, names.get(one.org_id or 0, one.post)) for one in of.people]


def person_columns() -> tuple[Column, ...]:
    """The columns of those who are voted on."""
    return (
        Column(_("姓名"), lambda row: row.person.name, keys=lambda row: pinyin.keys(row.person.name), width=5.4),
        Column(_("支部或职务"), lambda row: row.org, keys=lambda row: pinyin.keys(row.org), width=7, stretch=True),
        Column(_("得分"), lambda row: points(row.person.score.value), sort=lambda row: row.person.score.value,
               look="number", width=4.6, explained=lambda row: _if_there(row.person.score)),
        Column(_("票数建议"), advised_text, head=_("建议"), width=3.8),
        Column(_("等次"), grade_text, width=5.2, tooltip=lambda row: row.person.grade_reason),
    )  # fmt: skip


def advised_text(row: PersonRow) -> str:
    """The grade that the votes suggest."""
    return "" if row.person.advised is None else label(row.person.advised)


def grade_text(row: PersonRow) -> str:
    """The grade, or that a probationary member gets none."""
    if row.person.is_probationary:
        return _("预备")
    return "" if row.person.grade is None else label(row.person.grade)


def kind_columns() -> tuple[Column, ...]:
    """The columns of kinds of honours; the bar is how many of the places are taken."""
    return (
        Column(_("荣誉"), lambda one: one.name, keys=lambda one: pinyin.keys(one.name), width=10, stretch=True),
        Column(_("授予"), lambda one: _("个人") if one.of_person else _("支部"), width=4),
        Column(_("名额"), _taken, sort=lambda one: len(one.given), look="bar", value=quota_bar, width=15),
        Column(_("名额依据"), lambda one: one.why or _("不限"), width=17),
        Column(_("最低等次"), lambda one: _(one.least_grade) if one.least_grade else _("不要求"), width=6),
        Column(_("状态"), lambda one: _("停用") if one.is_retired else _("在用"), width=4),
    )


def honour_columns() -> tuple[Column, ...]:
    """The columns of honours that were given."""
    return (
        Column(_("荣誉"), lambda one: one.kind, width=10),
        Column(_("支部"), lambda one: one.org, keys=lambda one: pinyin.keys(one.org), width=11),
        Column(_("姓名"), lambda one: one.person, keys=lambda one: pinyin.keys(one.person), width=5),
        Column(_("授予日期"), lambda one: one.given_on.isoformat(), sort=lambda one: one.given_on, width=7),
        Column(_("依据文号"), lambda one: one.document, width=10, stretch=True),
        Column(_("登记"), lambda one: one.entry.told, width=11, hidden=True),
    )


def honour_rows(of: TitleBoard) -> list[HonourView]:
    """All that was given in the year, by kind."""
    return [one for kind in of.kinds for one in kind.given]


def quota_bar(one: KindView) -> BarValue:
    """How many of the places are taken; a kind without limit has an empty bar with its number."""
    if one.places is None:
        return BarValue(Decimal(0), None, Status.DUE, _taken(one))
    share = Decimal(len(one.given)) / one.places if one.places else Decimal(1)
    return BarValue(share, None, Status.DONE if share < 1 else Status.WATCH, _taken(one))


def coefficient_columns() -> tuple[Column, ...]:
    """The columns of suggestions; each explains itself."""
    return (
        Column(_("支部"), lambda one: one.org.short_name, keys=lambda one: one.org.search_keys, width=12, stretch=True),
        Column(_("类别"), lambda one: one.org.category, width=6),
        Column(_("书记"), lambda one: one.org.secretary, keys=lambda one: pinyin.keys(one.org.secretary), width=5),
        Column(_("得分率（%）"), lambda one: points(one.score), sort=lambda one: one.score, look="number",
               head=_("得分率"), width=5.4),
        Column(_("等次"), lambda one: _(one.grade) if one.grade else "—", width=4.4),
        Column(_("建议系数"), coefficient_text, sort=lambda one: one.coefficient.value, look="number", width=6,
               explained=lambda one: one.coefficient),
    )  # fmt: skip


def coefficient_text(one: CoefficientLine) -> str:
    """Four decimals; a dash where there is nothing to suggest from."""
    value = one.coefficient.value
    return "—" if value is None else format(half_up(value, COEFFICIENT_PLACES), "f")


def candidate_rows(of: TitleBoard) -> list[CandidateRow]:
    """Candidates, then those near it, then the others."""
    rows = [CandidateRow(one, 0 if one.is_candidate else 1 if one.is_near else 2) for one in of.candidates.lines]
    return sorted(rows, key=lambda row: row.place)


def candidate_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(_("书记"), lambda row: row.line.org.secretary,
               keys=lambda row: pinyin.keys(row.line.org.secretary), width=5),
        Column(_("支部"), lambda row: row.line.org.short_name, keys=lambda row: row.line.org.search_keys, width=11),
        Column(_("结论"), lambda row: _VERDICTS[row.place](), sort=lambda row: row.place, width=5),
        Column(_("上一年度"), lambda row: _grade(row.line.years[0]), width=8.4),
        Column(_("本年度"), lambda row: _grade(row.line.years[1]), width=8.4),
        Column(_("还差什么"), lambda row: _("；").join(row.line.lacking), width=14, stretch=True,
               tooltip=lambda row: "\n".join(row.line.lacking)),
    )  # fmt: skip


_VERDICTS = (lambda: _("符合"), lambda: _("接近"), lambda: _("不符合"))


def _card(of: TitleBoard, one: TitleView) -> Card:
    org = of.org(one.org_id)
    facts = of.facts.get(one.org_id, ())
    lacking = [fact.said for fact in facts if not fact.met]
    total = _("总分 {n}").format(n=points(one.total.value)) if one.total.value is not None else ""
    early = one.state in (TitleState.APPLIED, TitleState.QUALIFIED, TitleState.GRANTED)
    words = [label(one.state), total, lacking[0] if early and lacking else ""]
    day = "" if one.last is None else f"{one.last.on:%m-%d}　{label(one.last.step)}"
    if one.year != of.quarter.year:
        day = _("{year}年度").format(year=one.year) + f"　{day}"
    who = "" if org is None else " · ".join(text for text in (org.category, org.secretary) if text)
    name = "" if org is None else org.short_name
    return Card(one.id, day, name, who, " · ".join(word for word in words if word), early and bool(lacking))


def _taken(one: KindView) -> str:
    if one.places is None:
        return _("已授 {n}").format(n=len(one.given))
    return _("{n} / {most}").format(n=len(one.given), most=one.places)


def _grade(of: Standing | None) -> str:
    return "—" if of is None else of.grade_text


def _if_there(explained: Explained) -> Explained | None:
    return explained if explained.value is not None else None


def share_text(value: Decimal | None) -> str:
    """A share as percent is typed: 20."""
    return "" if value is None else plain(value * 100)
