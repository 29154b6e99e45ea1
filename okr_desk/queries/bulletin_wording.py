"""The wording of a bulletin from what is known of the quarter, in three modes; nothing in it is invented."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import bulletin_annexes, bulletin_reading, frozen, review_marks
from okr_desk.queries.bulletin_facts import BulletinFacts, CategoryFacts
from okr_desk.queries.bulletin_problems import problems
from okr_desk.queries.bulletin_results import results
from okr_desk.queries.bulletin_text import BulletinText, written
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.official_text import official_date
from okr_desk.rules.bulletins import BulletinMode, Wording
from okr_desk.scoring.rounding import percent, plain
from okr_desk.terms import SurveyVerdict, label

_FIRST_PLACES = 3
"""Places that are named in the text; all of them stand in the annex."""


def generated(
    session: Reader,
    quarter: QuarterView,
    mode: BulletinMode,
    *,
    marked: frozenset[int] | None = None,
    corrects: str = "",
    correction: str = "",
    day: date | None = None,
) -> BulletinText:
    """A bulletin of a quarter from the data of today. `corrects`: the number of the one that it takes the place of.

    `day`: from when its terms run, today where none is given.

    Raises Refusal where no category has a scheme in force.
    """
    found = bulletin_reading.facts(session, quarter, marked, day)
    found = replace(found, corrects=corrects, correction=correction)
    made = BulletinText(
        mode, wording(found, mode), bulletin_annexes.annexes(found, mode), today(session), is_demo=found.is_demo
    )
    timeless = replace(made.wording, introduction="", demands="")  # their dates move on day by day
    source = replace(made, wording=timeless, drawn_on=quarter.ends_on)
    return replace(made, source=frozen.seal(written(source).encode()))


def wording(of: BulletinFacts, mode: BulletinMode) -> Wording:
    """All parts in a mode."""
    return Wording(
        mark=_("{issuer}文件").format(issuer=of.issuer),
        title=_("关于{quarter}基层党组织OKR考评情况的通报").format(quarter=of.quarter.label),
        addressees=_("各党支部："),
        introduction=_introduction(of),
        overall="\n".join(_overall(of, mode)),
        results="\n".join(results(of, mode)),
        problems="\n".join(problems(of, mode)),
        demands="\n".join(_demands(of, mode)),
        signer=of.issuer,
        copies="",
        printed_by=_("{township}党建工作办公室").format(township=of.township),
    )


def span(quarter: QuarterView) -> str:
    """From when to when a quarter runs, in days without the year."""
    days = (quarter.starts_on, quarter.ends_on)
    first, last = (_("{m}月{d}日").format(m=day.month, d=day.day) for day in days)
    return _("{first}至{last}").format(first=first, last=last)


def _introduction(of: BulletinFacts) -> str:
    said = _(
        "按照年度基层党组织目标与关键结果（OKR）考评安排，镇党建办依据各类党支部考核评分办法，对{quarter}（{span}）全镇{n}个"
        "党支部的目标完成、计分和群众满意度情况进行了考评，数据截至{day}。现将有关情况通报如下。"
    ).format(quarter=of.quarter.label, span=span(of.quarter), n=len(of.branches), day=official_date(of.as_of))
    if not of.corrects:
        return said
    first = _("{number}通报因{reason}已经撤回，以本通报为准。")
    return first.format(number=of.corrects, reason=of.correction.rstrip("。")) + said


# 一、总体情况


def _overall(of: BulletinFacts, mode: BulletinMode) -> list[str]:
    found = [whole(of)]
    told = of.veiled if mode is BulletinMode.UNNAMED else of.categories
    for number, category in enumerate(told, 1):
        found.append(f"{second_level(number)}{_category(category, mode)}")
    if of.round_name:
        found.append(f"{second_level(len(told) + 1)}{_satisfaction(of)}")
    note = "".join(notes(of, mode))
    return [*found, _("注：{note}").format(note=note)] if note else found


def second_level(number: int) -> str:
    """（一） to （十九）."""
    digits = "一二三四五六七八九十"
    said = digits[number - 1] if number <= len(digits) else "十" + digits[number - len(digits) - 1]
    return f"（{said}）"


def whole(of: BulletinFacts) -> str:
    """The township as a whole: how many of which kind, grades, means."""
    kinds = _("、").join(_("{name}{n}个").format(name=one.name, n=len(one.branches)) for one in of.categories)
    said = [_("参加考评的党支部{n}个，其中{kinds}。").format(n=len(of.branches), kinds=kinds)]
    said.append(_grades_sentence(of))
    if of.mean is not None:
        means = _("平均得分率{mean}%").format(mean=plain(of.mean.percent, 2))
        if of.before is not None:
            means += _("，{change}").format(change=_change(of.mean.percent - of.before.percent))
        said.append(_("{means}。").format(means=means))
    made = [one.progress for one in of.branches if one.progress is not None]
    if made:
        mean = sum(made, Decimal(0)) / len(made)
        said.append(_("目标完成度（OKR台账，不计入等次）平均{mean}。").format(mean=percent(mean)))
    if of.unscored:
        bare = _("{names}类没有启用考核方案，未列入本次考评。")
        said.append(bare.format(names=_("、").join(of.unscored)))
    return "".join(said)


def _grades_sentence(of: BulletinFacts) -> str:
    given = Counter(one.grade for one in of.branches if one.grade is not None)
    order = list(dict.fromkeys(grade for category in of.categories for grade in category.grades))
    told = _("、").join(_("{grade}{n}个").format(grade=_(name), n=given[name]) for name in order if given[name])
    said = _("评定等次{n}个：{told}").format(n=sum(given.values()), told=told) if given else _("没有评定等次的党支部")
    open_ = sum(one.is_provisional for one in of.branches)
    without = len(of.branches) - sum(given.values())
    if open_:
        said += _("，其中{n}个为暂定").format(n=open_)
    if without:
        said += _("；不定等次{n}个").format(n=without)
    return said + _("。")


def _change(points: Decimal) -> str:
    shown = plain(abs(points), 2)
    if shown == "0":
        return _("与上季度持平")
    said = _("比上季度提高{n}个百分点") if points > 0 else _("比上季度降低{n}个百分点")
    return said.format(n=shown)


def _category(of: CategoryFacts, mode: BulletinMode) -> str:
    told = _("、").join(
        _("{grade}{n}个").format(grade=_(grade), n=len(of.of_grade(grade))) for grade in of.grades if of.of_grade(grade)
    )
    said = [_("{name}党支部{n}个。").format(name=of.name, n=len(of.branches))]
    if mode is BulletinMode.UNNAMED:
        said.append(_("{told}。").format(told=told) if told else _("没有评定等次。"))
    else:
        said += [_named(of, grade) for grade in of.grades if of.of_grade(grade)]
        without = [one.said for one in of.branches if one.grade is None]
        if without:
            said.append(_("不定等次：{names}。").format(names=_("、").join(without)))
    if of.mean is not None:
        said.append(_("同类平均得分率{mean}%。").format(mean=plain(of.mean.percent, 2)))
    else:
        said.append(_("同类不足{n}个，不作比较。").format(n=of.least))
    if mode is BulletinMode.RANKED:
        said.append(_first_places(of))
    return "".join(said)


def _named(of: CategoryFacts, grade: str) -> str:
    names = _("、").join(one.said + (_("（暂定）") if one.is_provisional else "") for one in of.of_grade(grade))
    return _("评为“{grade}”{n}个：{names}。").format(grade=_(grade), n=len(of.of_grade(grade)), names=names)


def _first_places(of: CategoryFacts) -> str:
    """The first places of a category that can be compared; nothing for one that cannot."""
    places = of.ranked
    first = [one for one in of.branches if places.get(one.id, _FIRST_PLACES + 1) <= _FIRST_PLACES]
    if not first:
        return ""
    first.sort(key=lambda one: places[one.id])
    told = _("、").join(
        _("{name}（{percent}，第{place}名）").format(name=one.said, percent=one.percent_text, place=places[one.id])
        for one in first
    )
    return _("同类排名居前的为{told}，全部名次见附件1。").format(told=told)


def _satisfaction(of: BulletinFacts) -> str:
    asked = [one.survey for one in of.branches if one.survey is not None]
    verdicts = Counter(one.verdict for one in asked if one.verdict is not None)
    told = _("、").join(
        _("{verdict}{n}个").format(verdict=label(v), n=verdicts[v]) for v in SurveyVerdict if verdicts[v]
    )
    said = _("群众满意度。测评党支部{n}个，有效答卷{answers}份").format(
        n=len(asked), answers=sum(one.answers for one in asked)
    )
    if told:
        said += _("；对照目标{told}").format(told=told)
    return said + _("（按90%区间判定，样本不足的不下结论）。")


def notes(of: BulletinFacts, mode: BulletinMode) -> tuple[str, ...]:
    """What marks mean, where there are any."""
    found = []
    if mode is not BulletinMode.UNNAMED and any(one.marked for one in of.branches):
        found.append(review_marks.explained())
    if any(one.is_provisional for one in of.branches):
        found.append(_("“暂定”的尚有项目未报，补报后重新计算。"))
    return tuple(found)


# 四、下一步要求


def _demands(of: BulletinFacts, mode: BulletinMode) -> list[str]:
    who = _("各党支部") if mode is BulletinMode.UNNAMED else _("有关党支部")
    found = [
        _(
            "逐项整改。对照本通报指出的问题，{who}要查明原因、明确责任人，{reply}将整改措施报镇党建办，{mend}整改到位；"
            "整改情况由镇党建办逐项核实、逐项销号，并向群众反馈。"
        ).format(who=who, reply=_by(of.reply_on, of.reply_days), mend=_mended(of))
    ]
    if any(one.missing for one in of.branches):
        found.append(
            _("补报数据。未按期报送的项目，{reply}补报并书面说明原因；逾期不报的，按考核评分办法计分。").format(
                reply=_by(of.reply_on, of.reply_days)
            )
        )
    if any(one.survey and one.survey.verdict is SurveyVerdict.MISSED for one in of.branches):
        found.append(_("回应群众。满意度未达目标的，要就群众反映集中的事项开展回访，回访情况列入下季度目标。"))
    found.append(
        _(
            "听取意见。对考评结果有异议的，可在收到本通报后{n}个工作日内向镇党建办书面申辩，由未参加评分的人员复核。"
        ).format(n=of.objection_days)
    )
    found.append(_("减轻负担。各党支部不为本通报另行开会、另行报送材料，不以留痕代替实绩。"))
    return [f"{number}. {said}" for number, said in enumerate(found, 1)]


def _by(day: date | None, days: int) -> str:
    if day is not None:
        return _("于{day}前").format(day=official_date(day))
    return _("在收到本通报后{n}个工作日内").format(n=days)


def _mended(of: BulletinFacts) -> str:
    return _("在整改清单列明的时限内") if of.findings else (_by(of.mend_on, 0) if of.mend_on else _("按期"))
