"""The annexes of a bulletin as tables: grades or points by category, mass satisfaction, rectification list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries import review_marks, survey_paper_wording
from okr_desk.queries.bulletin_facts import BranchFacts, BulletinFacts, CategoryFacts
from okr_desk.queries.bulletin_text import AnnexTable, TableColumn, TableGroup
from okr_desk.rules.bulletins import BulletinMode
from okr_desk.scoring.rounding import NOTHING, half_up, plain
from okr_desk.terms import SurveyVerdict, label


def annexes(of: BulletinFacts, mode: BulletinMode) -> tuple[AnnexTable, ...]:
    """One of grades always; one of satisfaction where it was measured, one of findings where there are any."""
    found = [_distribution(of) if mode is BulletinMode.UNNAMED else _grades(of, mode)]
    if any(one.survey is not None for one in of.branches):
        found.append(_verdicts(of) if mode is BulletinMode.UNNAMED else _satisfaction(of))
    if of.findings:
        found.append(_counted(of) if mode is BulletinMode.UNNAMED else _rectification(of))
    return tuple(found)


def grade(of: BranchFacts) -> str:
    """The grade as it is published: provisional ones say so, * stands where the score is under objection."""
    said = _("不定等次") if of.grade is None else _(of.grade)
    return said + (review_marks.MARK if of.marked else "") + (_("（暂定）") if of.is_provisional else "")


def _grades(of: BulletinFacts, mode: BulletinMode) -> AnnexTable:
    is_ranked = mode is BulletinMode.RANKED
    columns = [TableColumn(_("序号"), 10), TableColumn(_("党支部"), 54, "left")]
    if is_ranked:
        columns += [TableColumn(_("总分"), 16, "decimal"), TableColumn(_("得分率\n（%）"), 17, "decimal")]
        columns.append(TableColumn(_("同类\n名次"), 13))
    columns += [TableColumn(_("等次"), 30), TableColumn(_("备注"), 24 if is_ranked else 62, "left")]
    title = _("{quarter}党支部考评得分表") if is_ranked else _("{quarter}党支部考评等次表")
    groups = tuple(TableGroup(_group(one), tuple(_rows(one, is_ranked))) for one in of.categories)
    return AnnexTable(title.format(quarter=of.quarter.label), tuple(columns), groups, _grade_notes(of, mode))


def _group(of: CategoryFacts) -> str:
    said = _("{name}（{n}个）")
    if len(of.branches) < of.least:
        said = _("{name}（{n}个；同类不足{least}个，不作比较）")
    return said.format(name=of.name, n=len(of.branches), least=of.least)


def _rows(of: CategoryFacts, is_ranked: bool) -> list[tuple[str, ...]]:
    places = of.ranked
    found = []
    for number, one in enumerate(of.branches, 1):
        mark = review_marks.MARK if one.marked else ""
        figures = (one.total_text + mark, one.percent_text.rstrip("%"), str(places.get(one.id, NOTHING)))
        found.append((str(number), one.name, *(figures if is_ranked else ()), grade(one), one.note))
    return found


def _grade_notes(of: BulletinFacts, mode: BulletinMode) -> tuple[str, ...]:
    from okr_desk.queries.bulletin_wording import notes

    found = list(notes(of, mode))
    if mode is BulletinMode.RANKED:
        said = _("只在同类之内、按未取整的得分率排名次；同类不足{n}个的不作比较，等次暂定、不定等次的不列名次。")
        found.append(said.format(n=of.least))
    else:
        found.append(_("按党组织序列排列。"))
    return tuple(found)


def _distribution(of: BulletinFacts) -> AnnexTable:
    columns = (
        TableColumn(_("类别"), 30, "left"), TableColumn(_("党支部（个）"), 24), TableColumn(_("等次（个）"), 56),
        TableColumn(_("其中暂定（个）"), 20), TableColumn(_("平均得分率（%）"), 26),
    )  # fmt: skip
    rows = tuple(
        (
            one.name,
            str(len(one.branches)),
            counts(one),
            str(sum(branch.is_provisional for branch in one.branches)),
            plain(one.mean.percent, 2) if one.mean is not None else NOTHING,
        )
        for one in of.veiled
    )
    note = _("同类不足{n}个的不作比较，不列平均得分率。").format(n=of.least)
    title = _("{quarter}党支部考评等次分布表").format(quarter=of.quarter.label)
    return AnnexTable(title, columns, (TableGroup("", rows),), (note,))


def counts(of: CategoryFacts) -> str:
    """How many have which grade: 好7、较好5."""
    told = [(_(name), len(of.of_grade(name))) for name in of.grades]
    told.append((_("不定等次"), sum(one.grade is None for one in of.branches)))
    return _("、").join(f"{name}{n}" for name, n in told if n)


def _satisfaction(of: BulletinFacts) -> AnnexTable:
    columns = (
        TableColumn(_("序号"), 11), TableColumn(_("党支部"), 42, "left"), TableColumn(_("有效\n答卷"), 14),
        TableColumn(_("得分"), 13, "decimal"), TableColumn(_("90%区间"), 23),
        TableColumn(_("满意率\n前三档\n（%）"), 19, "decimal"), TableColumn(_("满意率\n前两档\n（%）"), 14, "decimal"),
        TableColumn(_("目标"), 12, "decimal"), TableColumn(_("判定"), 18),
    )  # fmt: skip
    rows: list[tuple[str, ...]] = []
    for branch in of.branches:
        found = branch.survey
        if found is None:
            continue
        between = NOTHING if found.low is None else f"{half_up(found.low, 1)}–{half_up(found.high or found.low, 1)}"
        score = survey_paper_wording.points(found.score, found.target)
        verdict = NOTHING if found.verdict is None else label(found.verdict)
        rows.append(
            (
                str(len(rows) + 1), branch.name, str(found.answers), score, between, _share(found.rate),
                _share(found.narrow), survey_paper_wording.points(found.target), verdict,
            )
        )  # fmt: skip
    title = _("{quarter}群众满意度测评汇总表").format(quarter=of.quarter.label)
    notes = (
        _("{round}。得分按非常满意100、满意80、基本满意60、不满意30、非常不满意0计，“不了解”不计入。").format(
            round=of.round_name
        ),
        _("区间为90%置信区间；判定看区间，不看得分一个数。"),
    )
    return AnnexTable(title, columns, (TableGroup("", tuple(rows)),), notes)


def _share(value: Decimal | None) -> str:
    return survey_paper_wording.rate(value).rstrip("%")


def _verdicts(of: BulletinFacts) -> AnnexTable:
    columns = (
        TableColumn(_("类别"), 30, "left"), TableColumn(_("测评党支部（个）"), 26),
        TableColumn(_("有效答卷（份）"), 26),
        *(TableColumn(label(verdict), 18) for verdict in SurveyVerdict),
    )  # fmt: skip
    rows = []
    for category in of.veiled:
        asked = [one.survey for one in category.branches if one.survey is not None]
        counted = Counter(one.verdict for one in asked)
        figures = [str(counted[verdict]) for verdict in SurveyVerdict]
        rows.append((category.name, str(len(asked)), str(sum(one.answers for one in asked)), *figures))
    title = _("{quarter}群众满意度测评汇总表").format(quarter=of.quarter.label)
    return AnnexTable(title, columns, (TableGroup("", tuple(rows)),), (_("区间为90%置信区间；判定看区间。"),))


def _rectification(of: BulletinFacts) -> AnnexTable:
    columns = (
        TableColumn(_("序号"), 12), TableColumn(_("编号"), 26), TableColumn(_("党支部"), 36, "left"),
        TableColumn(_("问题和事实"), 70, "left"), TableColumn(_("整改要求"), 43, "left"), TableColumn(_("责任人"), 16),
        TableColumn(_("时限"), 22),
    )  # fmt: skip
    rows = [
        (
            str(number), one.number, one.org, _("：").join(part for part in (one.problem, one.fact) if part),
            one.demand, one.owner, one.due_on.isoformat(),
        )
        for number, one in enumerate(of.findings, 1)
    ]  # fmt: skip
    title = _("{quarter}整改清单").format(quarter=of.quarter.label)
    return AnnexTable(title, columns, (TableGroup("", tuple(rows)),), across=True)


def _counted(of: BulletinFacts) -> AnnexTable:
    columns = (TableColumn(_("类别"), 80, "left"), TableColumn(_("整改事项（项）"), 76))
    large = {one.name for one in of.veiled}
    counted = Counter(one.category if one.category in large else of.veiled[-1].name for one in of.findings)
    rows: Sequence[tuple[str, ...]] = [(name, str(n)) for name, n in counted.items()]
    title = _("{quarter}整改事项统计表").format(quarter=of.quarter.label)
    return AnnexTable(title, columns, (TableGroup("", tuple(rows)),))
