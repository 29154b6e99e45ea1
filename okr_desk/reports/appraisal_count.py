"""计票汇总表 of an appraisal: ballots by class, votes by person, class, item and level, scores, grades.

Where nothing was counted yet the cells stay free, so that the same sheet serves for counting by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from okr_desk.appraisal_terms import Voter
from okr_desk.i18n import _
from okr_desk.queries.appraisals import AppraisalView, PersonView
from okr_desk.queries.title_papers import AppraisalForm
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Sheet
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import A4_LANDSCAPE, MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.styles import NOTE, SIGN, SMALL, STRONG, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell, Row
from okr_desk.reports.text import fit_size
from okr_desk.scoring.rounding import exact_or, plain
from okr_desk.terms import label

WIDTH = A4_LANDSCAPE.area_width
COLUMNS = tuple(part * MM for part in (25, 14, *(7,) * 24, 18))
"""被测评人, 投票人, four levels of six items, 等次: 225 mm."""
VOTES = tuple(part * MM for part in (25, 20, 20, 20, 20, 20))
_LEAST = 5.6 * MM
_CELL = SMALL.smaller(7.5)


def sheet_of(fonts: Fonts, form: AppraisalForm) -> Sheet:
    """The count of one appraisal."""
    of = form.of
    name = _("{org}{name}计票汇总表").format(org=form.org.full_name, name=of.name)
    style = TITLE.smaller(fit_size(fonts, name, WIDTH, TITLE, 12))
    signed = _("计票人：　　　　　　　　监票人：　　　　　　　　主持人：")
    day = _("测评日期：{day}").format(day=of.held_on.isoformat())
    if of.reopened:
        day += _("　（第 {n} 版）").format(n=of.version)
    best = _("“{word}” {n} 人，最多 {most} 人").format(word=label(of.levels[0]), n=of.best, most=of.best_most)
    return Sheet(
        outline=form.org.short_name,
        blocks=[
            paragraph(fonts, name, style, WIDTH, align="centre", keep=True),
            Pair(day, best if of.is_limited else "", TABLE, WIDTH, before=3, keep=True),
            *_ballots(fonts, of),
            Lines(("",), SMALL.smaller(4), WIDTH, keep=True),
            *_people(fonts, form),
            *_notes(fonts, of),
            Pair(signed, _("年　　月　　日"), SIGN, WIDTH, before=10),
        ],
        paper=A4_LANDSCAPE,
        digest=form.digest,
        note=_("演示数据，不作评审依据") if form.is_demo else "",
    )  # fmt: skip


def _ballots(fonts: Fonts, of: AppraisalView) -> list[Block]:
    heads = centred((_("投票人"), _("权重"), _("发出"), _("收回"), _("废票"), _("有效票")))
    found: list[Block] = [table.row(fonts, VOTES, heads, TABLE_HEAD, least=_LEAST, keep=True, tinted=True)]
    for one in of.voters:
        texts = [label(one.voter), plain(one.weight)]
        numbers = (one.issued, one.returned, one.void, one.turnout.valid)
        texts += [str(number) if one.issued else "" for number in numbers]
        cells = [Cell(text, "centre") for text in texts]
        found.append(table.row(fonts, VOTES, cells, TABLE, least=_LEAST, keep=True))
    return found


def _people(fonts: Fonts, form: AppraisalForm) -> list[Block]:
    of = form.of
    over_cells = [Cell("", span=2), *(Cell(label(item), "centre", span=4) for item in of.items), Cell("")]
    over = table.row(fonts, COLUMNS, over_cells, TABLE_HEAD, least=_LEAST, keep=True, tinted=True)
    levels = [label(level) for _item in of.items for level in of.levels]
    words = centred((_("被测评人"), _("投票人"), *levels, _("等次")))
    head = table.row(fonts, COLUMNS, words, TABLE_HEAD.smaller(7), least=_LEAST, keep=True, tinted=True)
    found: list[Block] = [over, head]
    for person in of.people:
        found += _person(fonts, form, person, (over, head))
    return found


def _person(fonts: Fonts, form: AppraisalForm, person: PersonView, head: Sequence[Block]) -> list[Row]:
    of = form.of
    org = form.orgs.get(person.org_id or 0, "")
    rows = []
    for place, voter in enumerate(of.voters):
        name = person.name if place == 0 else org if place == 1 else ""
        cells = [Cell(name, "centre"), Cell(label(voter.voter), "centre"), *_votes(of, person, voter.voter)]
        grade = _grade(person) if len(of.voters) == 1 else ""
        cells.append(Cell(grade, "centre"))
        keep = place < len(of.voters) - 1 or len(of.voters) > 1
        rows.append(table.row(fonts, COLUMNS, cells, _CELL, least=_LEAST, keep=keep, head=tuple(head)))
    if len(of.voters) > 1:
        scores = [Cell(_score(person.scores[item].value), "centre", STRONG, span=4) for item in of.items]
        cells = [Cell(_("加权得分"), "centre", STRONG, span=2), *scores, Cell(_grade(person), "centre", STRONG)]
        rows.append(table.row(fonts, COLUMNS, cells, TABLE, least=_LEAST, head=tuple(head)))
    return rows


def _votes(of: AppraisalView, person: PersonView, voter: Voter) -> list[Cell]:
    found = []
    for item in of.items:
        votes = person.votes_of(voter, item)
        found += [Cell("" if votes is None else str(count), "centre") for count in votes or (0,) * len(of.levels)]
    return found


def _notes(fonts: Fonts, of: AppraisalView) -> list[Block]:
    said = [_("1. 有效票＝收回－废票；每项各档票数之和不超过有效票，漏选的不计入。")]
    if len(of.voters) > 1:
        said.append(
            _("2. 得分按好 100、较好 85、一般 70、差 50 平均，再按各类权重加权；没有有效票的一类不计入，不作零分。")
        )
    else:
        said.append(_("2. 预备党员参加评议，不定等次；“优秀”不超过评定等次人数的三分之一，舍去小数。"))
    if of.reopened:
        again = _("3. 本表为第 {n} 版：办结后重新开放，理由：{why}。")
        said.append(again.format(n=of.version, why=_("；").join(of.reopened)))
    return [
        paragraph(fonts, text, NOTE, WIDTH, before=4 if not place else 0, keep=True) for place, text in enumerate(said)
    ]


def _grade(person: PersonView) -> str:
    if person.is_probationary:
        return _("不定等次")
    return "" if person.grade is None else label(person.grade)


def _score(value: Decimal | None) -> str:
    return "" if value is None else exact_or(value, 2)
