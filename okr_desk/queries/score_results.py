"""How the result of a sheet is told: total, percent and grade, whether it is provisional, what limits it."""

from __future__ import annotations

from okr_desk.i18n import _
from okr_desk.queries import review_marks
from okr_desk.queries.scores import ScoreSheet
from okr_desk.rules.grades import grading_from
from okr_desk.scoring.rounding import NOTHING, display_near, plain

TOTAL_PLACES = 2
LAST_QUARTER = 4


def total_text(sheet: ScoreSheet) -> str:
    """Base and bonus together, for reading."""
    found = sheet.sheet
    if found is None or found.total.points is None:
        return NOTHING
    return plain(found.total.points, TOTAL_PLACES) + mark(sheet)


def mark(sheet: ScoreSheet) -> str:
    """* behind a score that is under objection, wherever it is shown or printed."""
    return review_marks.MARK if sheet.under_objection else ""


def percent_text(sheet: ScoreSheet) -> str:
    """The percent for reading, never on another side of a grade's threshold than the unrounded one."""
    if sheet.sheet is None or sheet.sheet.percent is None or sheet.version is None:
        return NOTHING
    thresholds = [threshold for threshold, _name in grading_from(sheet.version.grades).scheme.bands]
    return display_near(sheet.sheet.percent, TOTAL_PLACES, thresholds) + "%" + mark(sheet)


def grade_text(sheet: ScoreSheet) -> str:
    """The grade after all limits."""
    graded = sheet.grade
    if graded is None or graded.score is None:
        return NOTHING
    return _("不定等次") if graded.grade is None else _(graded.grade)


def result(sheet: ScoreSheet) -> str:
    """Total, full points and percent together, so that nobody holds the total against the bands of the grades."""
    said = _("总分 {total}（{full}，得分率 {percent}）")
    return said.format(total=total_text(sheet), full=full(sheet), percent=percent_text(sheet))


def full(sheet: ScoreSheet) -> str:
    """The full points that apply, and how much of them has been reported where that is not all."""
    if sheet.sheet is None:
        return ""
    total = sheet.sheet.total
    whole, given = plain(total.maximum, TOTAL_PLACES), plain(total.reported, TOTAL_PLACES)
    if total.reported == total.maximum:
        return _("满分 {whole}").format(whole=whole)
    return _("已报 {given}／{whole} 分").format(given=given, whole=whole)


def open_part(sheet: ScoreSheet, last: int = LAST_QUARTER) -> str:
    """On which part a provisional grade rests, in few words; empty where it is not provisional, or there is none.

    `last` is the number of the last quarter that has begun; only the grade of a year depends on it.
    """
    made, graded = sheet.sheet, sheet.grade
    if made is None or graded is None or graded.grade is None:
        return ""
    if made.total.reported != made.total.maximum:
        return full(sheet)
    if sheet.quarter is None and last < LAST_QUARTER:
        return _("全年计到第{n}季度").format(n=last)
    return ""


def provisional(sheet: ScoreSheet, last: int = LAST_QUARTER) -> str:
    """The same as a sentence."""
    part = open_part(sheet, last)
    return _("{part}，等次暂定。").format(part=part) if part else ""


def marked_grade(sheet: ScoreSheet, last: int = LAST_QUARTER) -> str:
    """The grade after all limits; a provisional one says so."""
    said = _("{grade}（暂定）") if open_part(sheet, last) else "{grade}"
    return said.format(grade=grade_text(sheet))


def narrow_grade(sheet: ScoreSheet, last: int = LAST_QUARTER) -> str:
    """The same in two lines, for a column as narrow as that of a quarter."""
    return grade_text(sheet) + ("\n" + _("暂定") if open_part(sheet, last) else "")


def grade_steps(sheet: ScoreSheet, last: int = LAST_QUARTER) -> tuple[str, ...]:
    """How the grade came about, with every limit and the document it rests on, and whether it may still change."""
    said = provisional(sheet, last)
    told = () if sheet.grade is None else tuple(sheet.grade.steps)
    told = told if sheet.parties is None else (*sheet.parties.steps, *told)
    return (*told, said) if said else told


def withheld(sheet: ScoreSheet) -> str:
    """Why there is no grade though there are points; empty where there is one, or nothing to judge."""
    graded = sheet.grade
    return "" if graded is None or graded.score is None or graded.grade is not None else graded.steps[0]


def limits_in_short(sheet: ScoreSheet) -> tuple[str, ...]:
    """What keeps the grade below that of the percent, for a table: the gates of satisfaction, and what it would be.

    Red lines are left out; who needs them names them with their documents.
    """
    graded = sheet.grade
    if graded is None:
        return ()
    found = []
    effects = _("，").join(one.effect for one in graded.ceilings if one.effect)
    if effects:
        said = _("满意率{rate}%，{effects}")
        found.append(said.format(rate=plain(sheet.satisfaction, TOTAL_PLACES), effects=effects))
    if graded.by_score is not None and graded.grade != graded.by_score:
        found.append(_("按得分率为{grade}").format(grade=_(graded.by_score)))
    return tuple(found)
