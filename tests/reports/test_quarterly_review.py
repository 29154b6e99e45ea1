"""The review sheet read back from its PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from okr_desk.errors import Cancelled, FileRefused
from okr_desk.queries.reviews import SurveySays
from okr_desk.reports import quarterly_review, review_head, review_table, review_totals, signatures
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import MM
from okr_desk.terms import ApprovalState, EntryBasis, QuarterState, SurveyChange, SurveyVerdict
from tests.reports import pdf, samples

AT = datetime(2026, 10, 8, 1, 32, tzinfo=UTC)


def printed(folder: Path, *sheets: samples.ReviewSheet) -> Printed:
    return quarterly_review.render(sheets, folder / "sheet.pdf", printed_at=AT, bundled_fonts=True)


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return printed(tmp_path_factory.mktemp("usual"), samples.sheet()).path


def test_the_columns_are_those_of_the_form() -> None:
    assert review_table.COLUMNS_MM == (8, 12, 44, 11, 13, 14, 14, 14, 13, 13)
    assert sum(review_table.COLUMNS_MM) == sum(review_head.COLUMNS_MM) == 156


def test_a_usual_branch_takes_two_pages_and_says_so(usual: Path) -> None:
    first, second = pdf.texts(usual)
    assert "第1页 共2页" in first and "第2页 共2页" in second


def test_every_face_is_embedded_as_a_subset(usual: Path) -> None:
    assert pdf.unembedded(usual) == []


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="poppler-utils is a second opinion")
def test_poppler_finds_every_face_embedded(usual: Path) -> None:
    listed = subprocess.run(["pdffonts", str(usual)], capture_output=True, text=True, check=True).stdout
    lines = listed.splitlines()[2:]
    assert lines and all(re.search(r"yes yes yes", line) for line in lines)


@pytest.mark.parametrize(
    "phrase",
    [
        "中共青山镇桃源村支部委员会",
        "2026年第三季度目标与关键结果评审表",
        "王喆",
        "李堃",
        "农村",
        "正式32预备1",
        "评审2026-3-007",
        "O1壮大集体经济，带动群众增收（权重50）",
        "村集体经营性收入",
        "万元",
        "61.4",
        "67.7",
        "63.4",
        "建成粮食烘干中心并投入使用",
        "立项、开工、主体完成",
        "未报/75",
        "■滞后",
        "○待报",
        "分维度小计",
        "加权完成度（非得分）",
        "本季87.3分；基线86.1分；目标92分；上季87分",
        "图1各关键结果完成度",
        "图2全年加权完成度与应达",
        "2.3信访积案存量",
        "主要做法",
        "每月15日集中办理群众诉求",
        "上级新转办2件历史遗留案件",
        "O1的关键结果权重合计120，不是100，已按比例折算。",
        "①支部自评意见",
        "②联系领导意见",
        "③镇党建办审核意见",
        "④镇党委意见（盖章）",
        "⑤支部确认",
        "□无异议",
        "□申辩",
        "本表一式两份",
        "数据校验码3F2A-91BC-07DE",
        "打印时间2026-10-0809:32",
    ],
)
def test_the_sheet_says_in_text_that_can_be_copied(usual: Path, phrase: str) -> None:
    assert phrase in pdf.squeezed(usual)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is a second opinion")
def test_poppler_reads_the_same(usual: Path) -> None:
    done = subprocess.run(["pdftotext", str(usual), "-"], capture_output=True, text=True, check=True)
    said = "".join(done.stdout.split())
    for phrase in ("王喆", "村集体经营性收入", "63.4", "第2页共2页", "三季度", "58%"):
        assert phrase in said


def test_the_file_names_itself_in_chinese(usual: Path) -> None:
    reader = PdfReader(usual)
    assert reader.metadata is not None
    assert reader.metadata.title == "中共青山镇桃源村支部委员会2026年第三季度目标与关键结果评审表"
    assert reader.root_object["/Lang"] == "zh-CN"
    assert str(reader.metadata["/CreationDate"]).startswith("D:20261008093200")


def test_rare_characters_come_back_as_they_were_typed(tmp_path: Path) -> None:
    org = replace(samples.ORG, secretary="张䶮", liaison="赵𬱖", full_name="中共青山镇㴔𠅤村支部委员会")
    done = printed(tmp_path, samples.sheet(org=org))
    said = pdf.squeezed(done.path)
    assert "张䶮" in said and "赵𬱖" in said and "㴔𠅤村" in said
    assert done.missing == ()


def test_pdfium_reads_rare_characters_too(tmp_path: Path) -> None:
    done = printed(tmp_path, samples.sheet(org=replace(samples.ORG, secretary="张䶮", liaison="赵𬱖")))
    document = PdfDocument(done.path)
    page = document[0]
    words = page.get_textpage()
    said = words.get_text_bounded()
    words.close()
    page.close()
    document.close()
    assert "张䶮" in said and "赵𬱖" in said


def test_a_character_that_no_face_has_is_marked_and_reported(tmp_path: Path) -> None:
    org = replace(samples.ORG, secretary="王\ue123")
    done = printed(tmp_path, samples.sheet(org=org))
    assert "王〓" in pdf.squeezed(done.path)
    assert done.missing == ("\ue123",)


def test_the_same_snapshot_gives_the_same_bytes(tmp_path: Path) -> None:
    one = printed(tmp_path / "a", samples.sheet()).path.read_bytes()
    two = printed(tmp_path / "b", samples.sheet()).path.read_bytes()
    assert one == two


def test_markup_and_formulas_in_user_text_are_printed_as_typed(tmp_path: Path) -> None:
    nasty = "a<b>c</b> & <img src='file:///etc/passwd'/> 下降$\\frac{a$"
    objectives = samples.usual_objectives()
    first = objectives[0].key_results[0]
    changed = replace(objectives[0], key_results=(replace(first, title=nasty), *objectives[0].key_results[1:]))
    done = printed(tmp_path, samples.sheet((changed, *objectives[1:])))
    assert "a<b>c</b>&<imgsrc='file:///etc/passwd'/>下降$\\frac{a$" in pdf.squeezed(done.path)
    assert all("/Annots" not in page for page in PdfReader(done.path).pages)


def test_a_long_remark_becomes_a_note_in_full(tmp_path: Path) -> None:
    remark = "".join(f"第{n}户已走访并登记诉求；" for n in range(60))[:600]
    objectives = samples.usual_objectives()
    first = objectives[0].key_results[0]
    assert first.current is not None
    long = replace(first, current=replace(first.current, progress_note=remark))
    changed = replace(objectives[0], key_results=(long, *objectives[0].key_results[1:]))
    done = printed(tmp_path, samples.sheet((changed, *objectives[1:])))
    said = re.sub(r"数据校验码.{14}第\d页共\d页打印时间.{15}", "", pdf.squeezed(done.path))
    assert "注1（1.1）：第0户" in said
    for n in range(46):
        assert f"第{n}户已走访并登记诉求" in said
    assert done.pages <= 3


def test_a_long_title_and_a_long_narrative_lose_nothing(tmp_path: Path) -> None:
    title = "".join(f"{n:03}" for n in range(700))
    story = "".join(f"{n:04}，" for n in range(1200))
    objectives = samples.usual_objectives()
    first = objectives[0].key_results[0]
    changed = replace(objectives[0], key_results=(replace(first, title=title), *objectives[0].key_results[1:]))
    narrative = replace(samples.sheet().narrative, problems=story)
    done = printed(tmp_path, samples.sheet((changed, *objectives[1:]), narrative=narrative))
    said = re.sub(r"数据校验码.{14}第\d页共\d页打印时间.{15}", "", pdf.squeezed(done.path))
    for n in range(1200):
        assert f"{n:04}，" in said
    for n in range(700):
        assert f"{n:03}" in said
    assert "⑤支部确认" in said


def test_forty_key_results_repeat_the_head_and_keep_rows_together(tmp_path: Path) -> None:
    done = printed(tmp_path, samples.sheet(samples.many(40)))
    pages = pdf.texts(done.path)
    table_pages = [page for page in pages if "第1个关键结果" in page]
    assert len(table_pages) >= 2
    for page in table_pages:
        squeezed = "".join(page.split())
        assert "序号维度关键结果单位基线" in squeezed
        own = re.findall(r"(\d)\.(\d)(?:基础性|融合性|创新性)第", squeezed)
        assert own and own[0][1] in "1234", "a single last row stands on a new page"
    said = pdf.squeezed(done.path)
    for objective in range(1, 9):
        assert f"O{objective}第{objective}个目标" in said
    assert f"共{done.pages}页" in said


def test_values_that_are_missing_or_do_not_apply_say_so(tmp_path: Path) -> None:
    objectives = samples.usual_objectives()
    first, second, *rest = objectives[0].key_results
    changed = replace(
        objectives[0],
        key_results=(replace(first, baseline=None, target=None), replace(second, applies=False), *rest),
    )
    said = pdf.squeezed(printed(tmp_path, samples.sheet((changed, *objectives[1:]))).path)
    assert "未建立" in said and "未定" in said and "不适用" in said and "未报" in said


def test_a_key_result_that_was_stopped_says_so_with_day_and_reason_and_keeps_its_figures(tmp_path: Path) -> None:
    objectives = samples.usual_objectives()
    first, *rest = objectives[0].key_results
    stopped = replace(
        first,
        state=ApprovalState.STOPPED,
        applies=False,
        stopped_on=date(2026, 7, 1),
        stop_reason="镇里收回厂房。",
    )
    changed = replace(objectives[0], key_results=(stopped, *rest))
    said = pdf.squeezed(printed(tmp_path, samples.sheet((changed, *objectives[1:]))).path)
    assert "不适用" not in said and "61.467.766中止" in said
    assert "注1（1.1）：2026-07-01起中止：镇里收回厂房；中止前本季实绩63.4。" in said


def test_a_branch_that_reported_nothing_has_no_mean_of_nothing(tmp_path: Path) -> None:
    silent = samples.objective(
        "O1", "目标", "100", (samples.metric("KR1.1", "指标", "%", ("1", "9", "5"), (None, None, None)),)
    )
    sheet = samples.sheet((silent,), satisfaction=replace(samples.sheet().satisfaction, value=None))
    said = pdf.squeezed(printed(tmp_path, sheet).path)
    assert "完成度未报" in said and "加权完成度（非得分）未报" in said
    assert "本季未报；基线86.1分" in said and "样本未录入" not in said


def test_an_entry_made_by_the_office_is_named(tmp_path: Path) -> None:
    objectives = samples.usual_objectives()
    first = objectives[0].key_results[0]
    assert first.current is not None
    entry = replace(first.current, basis=EntryBasis.PHONE, is_late=True)
    changed = replace(objectives[0], key_results=(replace(first, current=entry), *objectives[0].key_results[1:]))
    said = pdf.squeezed(printed(tmp_path, samples.sheet((changed, *objectives[1:]))).path)
    assert "补报代录" in said and "代录：1.1由镇党建办代录，填报人张䶮，依据电话。" in said


def test_an_empty_branch_still_has_a_sheet_to_sign(tmp_path: Path) -> None:
    org = replace(samples.ORG, secretary="", liaison="", full_members=None)
    sheet = samples.sheet((), org, satisfaction=None, trend=(), adjustments=(), missing=(), notices=())
    said = pdf.squeezed(printed(tmp_path, sheet).path)
    assert "本季没有已批准的目标与关键结果。" in said
    assert "（空缺）" in said and "正式未填" in said and "没有调整" in said
    assert "图1" not in said and "⑤支部确认" in said


def test_what_silence_counts_depends_on_whether_the_quarter_is_closed(tmp_path: Path) -> None:
    open_sheet = samples.sheet()
    closed = replace(open_sheet.board.quarter, state=QuarterState.CLOSED)
    closed_sheet = replace(open_sheet, board=replace(open_sheet.board, quarter=closed))
    assert "未报不等于0，暂不计入汇总。" in pdf.squeezed(printed(tmp_path / "a", open_sheet).path)
    assert "本季已关账，汇总时按0计。" in pdf.squeezed(printed(tmp_path / "b", closed_sheet).path)


def test_coverage_is_told_where_it_is_not_whole() -> None:
    sheet = samples.sheet()
    assert review_totals.coverage(sheet) == ["适用权重占100%，已报权重占90%。"]
    whole = replace(sheet, board=replace(sheet.board, rollup=replace(sheet.board.rollup, reported=Decimal(1))))
    assert review_totals.coverage(whole) == []
    little = replace(sheet.board.rollup, coverage=Decimal("0.69"))
    (said,) = review_totals.coverage(replace(sheet, board=replace(sheet.board, rollup=little)))
    assert said.endswith("适用权重不足 70%，不定等次、不排名。")


def test_a_total_of_a_part_says_on_what_it_rests() -> None:
    """Seven of eight reported, nine tenths of the weight; whole, silent and closed sheets have nothing to add."""
    sheet = samples.sheet()
    assert re.fullmatch(r"\d+%（已报 7／8 项，权重 90%）", review_totals.whole(sheet))
    full = tuple(replace(total, reported=total.count) for total in sheet.dimensions)
    assert re.fullmatch(r"\d+%", review_totals.whole(replace(sheet, dimensions=full)))
    closed = replace(sheet.board, quarter=replace(sheet.board.quarter, state=QuarterState.CLOSED))
    assert re.fullmatch(r"\d+%", review_totals.whole(replace(sheet, board=closed)))


def test_a_year_cumulative_measure_is_named_because_its_baseline_is_not_its_start(tmp_path: Path) -> None:
    objectives = samples.usual_objectives()
    first, *rest = objectives[0].key_results
    changed = replace(objectives[0], key_results=(replace(first, year_to_date=True), *rest))
    said = pdf.squeezed(printed(tmp_path, samples.sheet((changed, *objectives[1:]))).path)
    assert "1.1年累计指标每年从0起算，基线按0计。" in said
    assert review_totals.cumulative(rest) == []


def test_a_very_long_name_takes_a_second_line(tmp_path: Path) -> None:
    name = "中共青山镇" + "联合" * 20 + "支部委员会"
    done = printed(tmp_path, samples.sheet(org=replace(samples.ORG, full_name=name)))
    assert name in pdf.squeezed(done.path)


def test_a_sheet_of_a_quarter_that_was_opened_again_says_that_earlier_prints_are_void(tmp_path: Path) -> None:
    sentence = "本季于2026-10-20经王玥申请、朱丽华同意重新开放：录错。此前打印的评审表作废。"
    assert sentence in pdf.squeezed(printed(tmp_path, samples.sheet(voided=(sentence,))).path)


def test_a_demo_sheet_says_so(tmp_path: Path) -> None:
    assert "演示数据" in pdf.squeezed(printed(tmp_path, samples.sheet(is_demo=True)).path)


@pytest.mark.parametrize(
    ("survey", "said"),
    [
        (SurveySays(Decimal("0.9"), None, "C"), "90%置信区间 82.1～91.2；证据等级 C"),
        (
            SurveySays(Decimal("0.95"), Decimal("0.5996"), "B", SurveyVerdict.OPEN, SurveyChange.UNCONFIRMED),
            "95%置信区间 82.1～91.2；满意率 59.9%；结论：无法判定；较上次测评：变化不能确认；证据等级 B",
        ),
        (
            SurveySays(Decimal("0.9"), None, "C", round_name="第二次测评"),
            "取自“第二次测评”；90%置信区间 82.1～91.2；证据等级 C",
        ),
    ],
)
def test_satisfaction_from_a_counted_round_says_what_it_rests_on(survey: SurveySays, said: str) -> None:
    found = replace(samples.sheet().satisfaction, n=63, low=Decimal("82.14"), high=Decimal("91.2"), survey=survey)
    assert review_totals.satisfaction_text(found).endswith("有效票 n＝63；" + said)


def test_rounds_that_were_not_counted_are_named() -> None:
    found = replace(samples.sheet().satisfaction, n=None, survey=None, rounds_waiting="三季度测评、补测")
    assert "本季测评（三季度测评、补测）尚未计入，本数不取自测评" in review_totals.satisfaction_text(found)


def test_only_the_township_keeps_the_space_of_a_seal() -> None:
    made = signatures.opinions(samples.ORG, 156 * MM)
    heights = {one.name[0]: round(one.height / MM, 3) for one in (*made.left, *made.right)}
    assert heights == {"①": 25, "②": 25, "③": 25, "④": 54, "⑤": 25}
    assert signatures.SEAL_WIDTH >= 50 * MM and signatures.SEAL_HEIGHT >= 45 * MM


def test_the_seal_s_space_is_free_of_print(usual: Path) -> None:
    """45 mm over the whole width of block ④: no character of the page begins inside or reaches in."""
    found: list[tuple[str, float, float]] = []

    def visit(text: str, _cm: list[float], tm: list[float], *_rest: object) -> None:
        if text.strip():
            found.append((text.strip(), tm[4], tm[5]))

    PdfReader(usual).pages[1].extract_text(visitor_text=visit)
    name = next(y for text, _x, y in found if "④镇党委意见" in text)
    right, hanging, standing = (210 - 26) * MM, 0.14 * 9, 0.86 * 9.5  # what characters take below and above their line
    below = name - hanging - 45 * MM
    inside = [text for text, x, y in found if right - 78 * MM <= x <= right and below - standing < y < name - hanging]
    assert inside == []


def test_every_date_stands_at_the_right_edge_of_its_block() -> None:
    made = signatures.opinions(samples.ORG, 156 * MM)
    for one in (*made.left, *made.right):
        assert [left for left, _right in one.lines if "年　　月　　日" in left] == []
        assert [right for _left, right in one.lines if right] == ["年　　月　　日"]


def test_a_batch_has_bookmarks_and_counts_pages_per_sheet(tmp_path: Path) -> None:
    sheets = [
        samples.sheet(org=replace(samples.ORG, short_name="甲村党支部")),
        samples.sheet(samples.many(40), replace(samples.ORG, short_name="乙村党支部")),
        samples.sheet(org=replace(samples.ORG, short_name="丙村党支部")),
    ]
    told: list[tuple[int, int]] = []
    done = quarterly_review.render(
        sheets,
        tmp_path / "all.pdf",
        printed_at=AT,
        bundled_fonts=True,
        progress=lambda now, all_: told.append((now, all_)),
    )
    assert told == [(1, 3), (2, 3), (3, 3)]
    middle = done.pages - 4
    assert pdf.bookmarks(done.path) == [("甲村党支部", 0), ("乙村党支部", 2), ("丙村党支部", 2 + middle)]
    pages = pdf.texts(done.path)
    assert "第1页 共2页" in pages[0] and f"第1页 共{middle}页" in pages[2] and "第2页 共2页" in pages[-1]
    assert (done.sheets, done.pages) == (3, len(pages))


def test_cancelling_leaves_no_file_and_keeps_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "all.pdf"
    path.write_bytes(b"old")
    asked = iter((False, True))
    with pytest.raises(Cancelled):
        quarterly_review.render(
            [samples.sheet()] * 3, path, printed_at=AT, bundled_fonts=True, cancelled=lambda: next(asked)
        )
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["all.pdf"]


def test_one_file_each_with_safe_names(tmp_path: Path) -> None:
    org = replace(samples.ORG, short_name="../桃源:村\u202e党支部")
    out = tmp_path / "out"
    done = quarterly_review.render_each(
        [samples.sheet(org=org), samples.sheet(org=org)], out, printed_at=AT, bundled_fonts=True
    )
    names = sorted(one.path.name for one in done)
    assert names == ["评审2026-3-007_桃源村党支部.pdf", "评审2026-3-007_桃源村党支部_2.pdf"]
    assert sorted(file.name for file in out.iterdir()) == names


def test_cancelling_one_file_each_says_how_many_are_done(tmp_path: Path) -> None:
    asked = iter((False, True))
    with pytest.raises(Cancelled, match="已生成 1 份"):
        quarterly_review.render_each(
            [samples.sheet()] * 3,
            tmp_path / "out",
            printed_at=AT,
            bundled_fonts=True,
            cancelled=lambda: next(asked),
        )
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_a_target_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sheet.pdf").mkdir()
    with pytest.raises(FileRefused):
        printed(tmp_path, samples.sheet())
