"""The report of a round read back: its sentences, its tables in the order of the register, its figures, its caution."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from okr_desk.queries import survey_report_wording as wording
from okr_desk.queries.survey_counts import ItemCounts
from okr_desk.queries.survey_papers import SurveyReport
from okr_desk.queries.survey_quadrant import Quadrant, Quadrants
from okr_desk.queries.survey_results import BranchResult
from okr_desk.queries.survey_rolling import Rolling
from okr_desk.reports import survey_branch_page, survey_report, survey_tables
from okr_desk.reports.outcome import Printed
from okr_desk.scoring.likert import VALUES, likert
from okr_desk.scoring.signals import Findings, Signal, SignalKind
from okr_desk.scoring.verdicts import judge_score
from okr_desk.terms import SurveyVerdict
from tests.reports import pdf, samples
from tests.reports import survey_samples as made

AT = datetime(2026, 10, 8, 1, 32, tzinfo=UTC)


def printed(folder: Path, report: SurveyReport) -> Printed:
    return survey_report.render([report], folder / "r.pdf", printed_at=AT, bundled_fonts=True)


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    few = made.branch(ItemCounts((9, 2, 1, 0, 0)), org=made.org(2))
    low = made.branch(ItemCounts((2, 5, 8, 12, 9)), org=made.org(3), before=made.USUAL)
    report = made.report((made.branch(before=made.BEFORE), few, low, made.silent(made.org(4, category="社区"))))
    return printed(tmp_path_factory.mktemp("report"), replace(report, pages=(samples.ORG.id,))).path


def test_the_tables_fill_the_type_area() -> None:
    columns = (
        survey_tables.BRANCHES_MM,
        survey_tables.GROUPS_MM,
        survey_tables.WISHES_MM,
        survey_tables.TOGETHER_MM,
        survey_tables.FIELDS_MM,
    )
    pages = (survey_branch_page.FACTS_MM, survey_branch_page.ITEMS_MM, survey_branch_page.GROUPS_MM)
    assert {sum(widths) for widths in (*columns, *pages)} == {156}


@pytest.mark.parametrize(
    "phrase",
    [
        "青山镇2026年第三季度群众满意度测评报告",
        "本次测评（三季度测评）依据2026年《群众满意度测评》第1版，于2026年9月1日至2026年9月30日开展",
        "设五级选项题6道、开放题1道，测评方式为入户纸质。",
        "测评对象为随机抽样，抽样人：镇党建办；收集人：第三方调查员（不是被测评支部）。",
        "共测评4个支部，收回有效答卷94份，作废3份，发出224份。",
        "没有有效答卷的支部：第4村党支部。",
        "4个支部中，达成0个、未达成1个、无法判定1个、不予判定1个、未设目标或没有答卷1个。",
        "未达成的支部：第3村党支部。",
        "与2026年第三季度“二季度测评”相比，提升1个（桃源村党支部）、下降1个（第3村党支部）、变化不能确认0个",
        "表1各支部满意度测评结果（按名册顺序，不排名；得分单位：分）",
        "农村（3个支部）",
        "社区（1个支部）",
        "图1各支部得分、90%区间与目标（分，按名册顺序）",
        "图2各题答案构成（%，全部答卷合计；右侧为满意率（宽）和计入份数）",
        "表2各类人群的总体评价",
        "9份答卷填写了开放题。",
        "1路灯5",
        "2村道破损修补2",
        "只有一人提到的不列出",
        "90%置信水平的双侧威尔逊区间",
        "有效样本量m＝n×p（1－p）÷s²",
        "m乘以（N－1）÷（N－n）",
        "“无法判定”是正常结果",
        "青山镇党建工作办公室",
        "数据校验码3F2A-91BC-07DE",
    ],
)
def test_it_says(phrase: str, usual: Path) -> None:
    assert phrase in pdf.squeezed(usual)


def test_faces_are_embedded_and_the_branch_has_its_bookmark_and_one_page(usual: Path) -> None:
    assert pdf.unembedded(usual) == []
    (_first, start), (name, page) = pdf.bookmarks(usual)
    assert (start, name, page) == (0, "桃源村党支部", len(PdfReader(usual).pages) - 1)


def test_a_branch_is_printed_with_score_interval_rates_grade_target_verdict_and_change(usual: Path) -> None:
    """87.27 of 44 answers among 241 people; evidence A: random, known, 82.1 % came back, collected by others."""
    said = pdf.squeezed(usual)
    assert re.search(r"1桃源村党支部4682\.1%87\.3\d\d\.\d～\d\d\.\d100\.0%88\.6%A85\.0无法判定提升（＋\d+\.\d）", said)


def test_no_signature_stands_alone_on_a_page(usual: Path, tmp_path: Path) -> None:
    for path in (usual, printed(tmp_path, made.report(made.many(7))).path):
        (page,) = [text for text in pdf.texts(path) if "党建工作办公室" in text]
        assert "本表按名册顺序排列" in "".join(page.split())


def test_few_answers_are_not_judged_and_no_answers_say_so(usual: Path) -> None:
    said = pdf.squeezed(usual)
    assert re.search(r"2第2村党支部12.*?D85\.0不予判定", said)
    assert "4第4村党支部0———D85.0无答卷—" in said


def test_there_is_no_ranking_and_nobody_is_called_a_liar(usual: Path) -> None:
    said = pdf.squeezed(usual)
    for word in ("造假", "作假", "虚假", "名次", "第一名", "倒数"):
        assert word not in said
    assert "不排名" in said


def test_the_page_of_a_branch_lets_the_score_be_done_again(usual: Path) -> None:
    said = "".join(pdf.texts(usual)[-1].split())
    for phrase in (
        "2026年第三季度满意度测算表",
        "6总体评价21185001187.3100.0%",
        "（100×21＋80×18＋60×5＋30×0＋0×0）÷44≈87.272727",
        "按241人校正",
        "置信水平90%",
        "与上一次比较",
        "证据等级A",
        "党员未登记未登记464487.3100.0%",
    ):
        assert phrase in said


def test_without_answers_targets_groups_and_wishes_it_still_prints(tmp_path: Path) -> None:
    of = made.a_round(made.definition(groups=(), wish=""), drawn_by="", collected_by="", is_independent=False)
    one = replace(made.branch(ItemCounts(), None, of=of, population=None, invited=None), returned=made.Returned())
    done = printed(tmp_path, made.report((one,), of, wishes=(), wished=0, pages=(samples.ORG.id,)))
    said = pdf.squeezed(done.path)
    assert "抽样人：未登记；收集人：未登记（未声明独立于被测评支部）" in said
    assert "没有有效答卷的支部：桃源村党支部。" in said and "无答卷" in said
    assert "登记了发放数的支部0个" in said
    assert "最希望解决" not in said and "表2" not in said


def test_no_branch_at_all(tmp_path: Path) -> None:
    assert "共测评0个支部" in pdf.squeezed(printed(tmp_path, made.report((), wishes=(), wished=0)).path)


def test_an_open_question_that_nobody_answered(tmp_path: Path) -> None:
    nobody = pdf.squeezed(printed(tmp_path, made.report(wishes=(), wished=0)).path)
    assert "没有答卷填写开放题。" in nobody
    single = pdf.squeezed(printed(tmp_path, made.report(wishes=(), wished=3)).path)
    assert "没有两人以上用同样的话提到的事" in single


def test_rare_characters_are_printed(tmp_path: Path) -> None:
    one = made.branch(org=made.org(5, "𬱖堃村党支部"))
    done = printed(tmp_path, made.report((one,), pages=(105,)))
    assert done.missing == ()
    assert "𬱖堃村党支部" in pdf.squeezed(done.path)


def test_three_hundred_branches(tmp_path: Path) -> None:
    done = printed(tmp_path, made.report(made.many(300)))
    said = pdf.squeezed(done.path)
    assert "图1各支部得分、90%区间与目标（分，按名册顺序）（9/9）" in said
    assert done.sheets == 1 and done.pages < 40
    numbers = [int(number) for number in re.findall(r"(\d+)第\1村党支部", said)]
    assert numbers == list(range(1, 301))
    assert "等" in said and "…" not in wording.names(made.many(20))


def test_a_group_of_few_shows_no_figures_that_tell_who_it_is(tmp_path: Path) -> None:
    one = made.branch()
    few = made.ItemCounts((1, 0, 0, 0, 3))
    groups = (*one.groups, replace(one.groups[0], group=made.GROUPS[1], ballots=4, overall=few))
    said = pdf.squeezed(printed(tmp_path, made.report((replace(one, groups=groups),), pages=(samples.ORG.id,))).path)
    assert "村民4少于5份——0" in said and "村民未登记未登记44少于5份—" in said


# Words


def test_many_names_are_cut_short_with_their_number() -> None:
    said = wording.names(made.many(20))
    assert said.startswith("第1村党支部、第2村党支部") and said.endswith("第12村党支部等20个")


def test_the_sentences_count_every_branch_once() -> None:
    report = made.report(made.many(60))
    said = wording.found(report)[0]
    counts = [int(number) for number in re.findall(r"(\d+)个", said)]
    assert counts[0] == 60 == sum(counts[1:])
    assert sum(one.judgement is not None for one in report.branches) == sum(counts[1 : 1 + len(SurveyVerdict)])


def test_the_pooled_items_are_the_sums_of_the_branches() -> None:
    report = made.report((made.branch(), made.branch(org=made.org(2))))
    assert wording.pooled(report)[0] == ItemCounts((42, 36, 10, 0, 0), 2, 2)


def test_best_and_worst_question_leave_out_the_overall_one() -> None:
    one = made.branch()
    items = (*one.items[:3], ItemCounts((0, 0, 0, 0, 44)), *one.items[4:5], ItemCounts((0, 0, 0, 0, 50)))
    said = wording.found(made.report((replace(one, items=items),)))[-1]
    assert "最低的是“环境卫生”（0.0%）" in said and "总体评价" not in said


def checked(*kinds: SignalKind) -> BranchResult:
    signals = tuple(Signal(kind, Decimal(1), Decimal(5), "…") for kind in kinds)
    return replace(made.branch(), findings=Findings("桃源村党支部", signals, (), ()))


def test_a_branch_is_asked_to_check_only_with_two_signals() -> None:
    both = made.report((checked(SignalKind.ALL_BEST, SignalKind.DUPLICATED),))
    rule, said = wording.honesty(both)
    assert said == "桃源村党支部：全部选最好一档的答卷占比；答卷两两完全相同的比率。请核查。"
    assert "不是结论" in rule and "造假" not in rule + said
    single = made.report((checked(SignalKind.ALL_BEST),))
    assert wording.honesty(single)[1:] == ("本次没有需要请支部核查的情况。",)
    assert wording.honesty(made.report()) == ()


def test_channels_that_weigh_differently_are_named() -> None:
    channels = ((made.Channel.HOME_PAPER, Decimal("0.7")), (made.Channel.ON_SITE, Decimal("0.3")))
    report = made.report(of=made.a_round(made.definition(channels=channels)))
    assert any("各测评方式的权重：入户纸质 0.7、现场扫码 0.3。" in text for text in wording.method(report))


def test_four_quarters_together_stand_in_the_report_and_are_told_from_the_quarter(tmp_path: Path) -> None:
    one = made.branch()
    of = Rolling(
        (made.a_round(name="二季度测评"), made.a_round()), (40, 44), 84, one.overall, likert((40, 40, 4, 0, 0), VALUES),
        likert((40, 40, 4, 0, 0), VALUES).score, None, Decimal(85), judge_score((40, 40, 4, 0, 0), Decimal(85), VALUES),
    )  # fmt: skip
    done = printed(tmp_path, made.report((one,), rolling={samples.ORG.id: of}, pages=(samples.ORG.id,)))
    said = pdf.squeezed(done.path)
    for phrase in (
        "五、变化和近四个季度合计",
        "不是本季度的判定，不计入本季度的指标",
        "表3近四个季度合计（不是本季度的判定；得分单位：分）",
        "桃源村党支部2026年3、3季度84",
        "本季没有结论、合计达成的支部：桃源村党支部。",
        "说的是四个季度，不是本季度的判定",
        "合计作答84合计结论达成",
        "近四个季度合计（不是本季度的判定）",
        "表4最希望解决的事",
    ):
        assert phrase in said, phrase


def test_activities_beside_satisfaction_are_drawn_from_five_of_a_kind(tmp_path: Path) -> None:
    places = ("双高", "多而无感", "少而精", "双低", "双高")
    points = [
        Quadrant(made.org(at), Decimal(at) / 5, Decimal(90 - at) / 100, place) for at, place in enumerate(places, 1)
    ]
    cuts = (Decimal("0.6"), Decimal("0.87"))
    few = Quadrants("社区", cuts, (Quadrant(made.org(9), Decimal(1), Decimal("0.9"), ""),), 5)
    of = (Quadrants("农村", cuts, tuple(points), 5), few)
    said = pdf.squeezed(printed(tmp_path, made.report(quadrants=of)).path)
    for phrase in (
        "五、活动与满意度",
        "农村：双高2个（第1村党支部、第5村党支部）、少而精1个（第3村党支部）、多而无感1个（第2村党支部）",
        "社区：同类不足5个，不作比较。",
        "图3农村支部活动与满意度（虚线为同类平均）",
        "第2村党支部农村40.0%88.0多而无感",
        "以同类支部各自的平均数分界",
    ):
        assert phrase in said, phrase
    assert "图4" not in said


def test_changes_are_drawn_where_there_are_any(usual: Path) -> None:
    said = pdf.squeezed(usual)
    assert "图3与上一次测评相比的得分变化" in said and "近四个季度合计（不是" not in said
