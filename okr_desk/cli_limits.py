"""What `okr-desk calc` says beside the rules of one line: what does not apply, vetoes and locks that limit a grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from okr_desk.cli_parser import Answer, printed
from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _
from okr_desk.scoring.blocks import Block, Line, block_points
from okr_desk.scoring.grade_schemes import GRADES, SCHEMES, GradeScheme
from okr_desk.scoring.grades import Grade, RedLine, RedLineKind, grade
from okr_desk.scoring.points_result import Points, check_full
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.rule_text import KIND
from okr_desk.scoring.spelling import half_width, number, pairs, quoted
from okr_desk.terms import PointsState, by_label

EXAMPLES = {
    "na": "na max=8 lines=3:3,3:na,2:na",
    "veto": "veto score=96 name=违纪违法",
    "lock": "lock score=96 highest=较好",
}
"""A row of each that works."""
_NAMES = {"na": N_("不适用"), "veto": N_("一票否决"), "lock": N_("限定等次")}
_WORDS = {"na": ("max", "lines"), "veto": ("score", "name", "document", "scheme")}
_WORDS["lock"] = (*_WORDS["veto"], "highest")
_STATES = {"na": PointsState.NOT_APPLICABLE, "missing": PointsState.MISSING}


def kind_of(word: str) -> str | None:
    """`na`, `veto` or `lock` by its word or its official name; None for anything else."""
    written = half_width(word)
    return next((kind for kind, name in _NAMES.items() if written.lower() == kind or written in (name, _(name))), None)


def answer(kind: str, words: Mapping[str, str]) -> Answer:
    """The answer to a row of words of that kind; raises InputRefused where one is unknown, missing or no number."""
    for word in words:
        if word != KIND and word not in _WORDS[kind]:
            said = _("{kind} 规则没有参数“{name}”，可写的有 {known}。")
            raise InputRefused(said.format(kind=kind, name=quoted(word), known="、".join(_WORDS[kind])), word)
    return _without(words) if kind == "na" else _limited(kind, words)


def red_lines(highest: Sequence[str], vetoes: Sequence[str], scheme: GradeScheme) -> tuple[RedLine, ...]:
    """Red lines tried out: the best grade that each lock leaves, and the names of vetoes."""
    tried = _("试算，无文号")
    return (
        *(RedLine(RedLineKind.LOCK, _("假定触碰红线"), tried, _grade_of(scheme, name)) for name in highest),
        *(RedLine(RedLineKind.VETO, name, tried) for name in vetoes),
    )


def both(found: Grade) -> dict[str, str | list[str] | None]:
    """The grade by the score alone beside the one that is left."""
    return {
        "by_score": None if found.by_score is None else _(found.by_score),
        "grade": None if found.grade is None else _(found.grade),
        "ceilings": [one.sentence for one in found.ceilings],
    }


def grade_scheme(name: str | None) -> GradeScheme:
    """A preset of grades by its word. Raises InputRefused for an unknown one."""
    if name is None:
        return GRADES
    found = SCHEMES.get(half_width(name).lower())
    if found is None:
        known = "、".join(SCHEMES)
        raise InputRefused(
            _("没有“{name}”这种等次办法，--scheme 可填 {known}。").format(name=quoted(name), known=known)
        )
    return found


def _without(words: Mapping[str, str]) -> Answer:
    maximum = number(_need("na", words, "max"), "max")
    lines = [
        _line(place, full, reached)
        for place, (full, reached) in enumerate(pairs(_need("na", words, "lines"), "lines"), 1)
    ]
    found = block_points(Block(_("整块"), maximum, tuple(lines)))
    return {"points": printed(found.total.points), "coverage": printed(found.coverage)}, tuple(found.steps)


def _line(place: int, full: str, reached: str) -> Line:
    name, maximum = _("第{n}项").format(n=place), number(full, "lines")
    check_full(maximum)
    state = _STATES.get(reached.lower()) or by_label(PointsState, reached)
    if state is not None and state is not PointsState.SCORED:
        return Line(name, Points(None, maximum, state, ()))
    points = number(reached, "lines")
    if not 0 <= points <= maximum:
        said = _("{name}得 {points} 分，超过满分 {maximum} 分或低于 0 分，请改正。")
        raise InputRefused(said.format(name=name, points=plain(points), maximum=plain(maximum)), "lines")
    return Line(name, Points(points, maximum, PointsState.SCORED, ()))


def _limited(kind: str, words: Mapping[str, str]) -> Answer:
    score, scheme = number(_need(kind, words, "score"), "score"), grade_scheme(words.get("scheme"))
    document = words.get("document") or _("试算，无文号")
    name = words.get("name") or (_("假定一票否决") if kind == "veto" else _("假定触碰红线"))
    highest = _grade_of(scheme, words["highest"]) if words.get("highest") else None
    found = grade(score, scheme, red_lines=(RedLine(RedLineKind(kind), name, document, highest),))
    return {"points": printed(score), **both(found)}, tuple(found.steps)


def _grade_of(scheme: GradeScheme, name: str) -> str:
    """A grade by the word it is kept or shown under. Raises InputRefused for one that the scheme does not have."""
    found = next((one for one in scheme.names if name in (one, _(one))), name)
    scheme.place(found)
    return found


def _need(kind: str, words: Mapping[str, str], word: str) -> str:
    if word not in words:
        said = _("缺少参数 {name}，请补上，例如：{example}").format(name=word, example=EXAMPLES[kind])
        raise InputRefused(said, word)
    return words[word]
