"""The score sheet read back from its PDF: what it says, and whether its sums can be done again from the paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from pypdf import PdfReader

from okr_desk.clock import FixedClock
from okr_desk.errors import Cancelled
from okr_desk.queries import cycles, orgs, score_forms
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.reports import quarterly_review, score_records, score_sheet, score_table, score_totals
from okr_desk.reports.outcome import Printed
from okr_desk.rules.scores import EventDraft, RedLineDraft
from okr_desk.scoring.grades import RedLineKind
from okr_desk.services import indicators, scores
from okr_desk.terms import PointsState, QuarterState
from tests.reports import pdf, samples, score_reading
from tests.reports import score_samples as made
from tests.reports.score_reading import FULL, POINTS, SAID, PaperBlock
from tests.scored_township import D, Scored, scored

AT = datetime(2026, 10, 8, 1, 32, tzinfo=UTC)
WORDS = ("未报", "未计分", "—", "未到期")


def printed(folder: Path, *forms: ScoreForm) -> Printed:
    return score_sheet.render(forms, folder / "scores.pdf", printed_at=AT, bundled_fonts=True)


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    form = made.form(red_lines=[made.red_line()], satisfaction="92.5")
    return printed(tmp_path_factory.mktemp("scores"), form).path


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Scored]:
    found = scored(tmp_path / "镇.okr", clock)
    yield found
    found.small.store.close()


def form_of(town: Scored) -> ScoreForm:
    """The village's sheet of the third quarter, as it would be printed."""
    with town.small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        (form,) = score_forms.forms(session, quarter, [orgs.view(session, town.small.village, quarter.ends_on)])
    return form


def fill(town: Scored) -> None:
    """到会率 78.5 → 2, 党费 97.2 → 1 (issue 3, point 7), 收入 7 of 8 → 7, one error → 2, the better award → 2."""
    for code, value in (("B08", "78.5"), ("B09", "97.2"), ("F07", "7")):
        town.measure(code, value)
    small = town.small
    with small.store.write(small.office) as session:
        for code, amount, fact in (("B11", 1, "预审材料漏项"), ("X03", 1, "县级推广"), ("X03", 2, "市级推广")):
            key = (small.village, town.ids[code], small.quarters[3])
            day = datetime(2026, 8, 12, tzinfo=UTC).date()
            said = EventDraft(*key, day, D(amount), fact, "青组〔2026〕8号", "联户议事" if code == "X03" else "")
            scores.record_event(session, small.office, said)


def worked_out(block: PaperBlock) -> Fraction:
    """What a block comes to by the rule that the paper gives: its full points by the points of what applies."""
    given = [line for line in block.lines if line.number(POINTS) is not None]
    applies = [line for line in block.lines if line.text(POINTS) not in ("—", "未到期")]
    full, whole = block.total.number(FULL), sum((line.number(FULL) or Fraction(0) for line in applies), Fraction(0))
    assert full is not None
    return full * sum((line.number(POINTS) or Fraction(0) for line in given), Fraction(0)) / whole


def check_block(block: PaperBlock) -> None:
    """Lines are printed with four digits, so that a sum of n of them may be out by n halves of the last."""
    shown = block.total.number(POINTS)
    if shown is None:
        assert all(line.text(POINTS) in WORDS for line in block.lines)
        return
    found = worked_out(block)
    assert abs(found - shown) <= Fraction(len(block.lines) + 1, 10_000)


# The form


def test_all_tables_fill_the_type_area() -> None:
    columns = (score_table.COLUMNS_MM, score_totals.SUMS_MM, *score_totals.RESULTS_MM)
    assert {sum(widths) for widths in (*columns, score_records.EVENTS_MM, score_records.RED_LINES_MM)} == {156}


@pytest.mark.parametrize(
    "phrase",
    [
        "中共青山镇桃源村支部委员会2026年第三季度支部计分表",
        "农村百分制，第2版，自第3季度起用",
        "编制王玥，批准李建国2026-06-20",
        "评审2026-3-007",
        "党建基础·组织生活（满分10分）",
        "4×（78.5－72）÷（85－72）＝2",
        "97.2%→差2.8个百分点→扣3分（向上取整）→1分；4－3＝1",
        "党建基础合计2515",
        "维度：融合性887",
        "部分：党建基础252515",
        "加分2（上限5）",
        "得分率72.73%",
        "满意率（前三档）92.5%",
        "目标完成度63.4%（不计入等次）",
        "红线V4弄虚作假：会议照片挪用上年（青纪〔2026〕3号），不得评为“好”，最高为“较好”。",
        "2026-08-12B11发展党员程序差错预审材料漏项1青组〔2026〕8号王玥2026-08-20",
        "2026-09-01V4弄虚作假会议照片挪用上年不得评最高等次青纪〔2026〕3号王玥2026-09-05",
        "按百分点扣分：达到目标计满分，每低1个百分点扣1分，不足1个百分点按1个计（向上取整），扣完为止。",
        "镇审核（截至2026-09-28）：B08、B09、B14、B17、F07。",
        "方案第2版的理由：县里调整了分值。",
        "分档和等次的分数线含本数：正好达到分数线的，按较高的一档。",
        "适用分值占全部分值的81.25%。",
        "数据校验码3F2A-91BC-07DE",
        "打印时间2026-10-0809:32",
        "填表人：",
    ],
)
def test_the_sheet_says(usual: Path, phrase: str) -> None:
    assert phrase in pdf.squeezed(usual)


def test_every_face_is_embedded_and_the_pages_are_counted(usual: Path) -> None:
    assert pdf.unembedded(usual) == []
    pages = pdf.texts(usual)
    assert [f"第{n}页 共{len(pages)}页" in page for n, page in enumerate(pages, 1)] == [True] * len(pages)
    assert PdfReader(usual).metadata.title == "中共青山镇桃源村支部委员会2026年第三季度支部计分表"  # type: ignore[union-attr]


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="poppler-utils is a second opinion")
def test_poppler_finds_every_face_embedded(usual: Path) -> None:
    listed = subprocess.run(["pdffonts", str(usual)], capture_output=True, text=True, check=True).stdout
    lines = listed.splitlines()[2:]
    assert lines and all(re.search(r"yes yes yes", line) for line in lines)


def test_nothing_given_reads_differently_for_each_reason(usual: Path) -> None:
    lines = {line.text(2)[:3]: line for block in score_reading.blocks(usual) for line in block.lines}
    assert [(lines[code].text(6), lines[code].text(POINTS)) for code in ("X01", "B12", "B16")] == [
        ("未报", "未报"),
        ("不适用", "—"),
        ("—", "未到期"),
    ]
    assert lines["B12"].text(SAID) == "不适用：没有在职党员"
    assert (lines["B11"].text(6), lines["X03"].text(6)) == ("1笔", "2笔")


def test_a_flag_has_a_shape_and_a_word(tmp_path: Path) -> None:
    done = printed(tmp_path, made.form(made.flag_blocks()))
    (block,) = score_reading.blocks(done.path)
    assert [line.text(SAID)[:3] for line in block.lines] == ["△红旗", "□蓝旗", "▽黄旗"]
    assert "业绩亮旗（本季满分25分，为全年100分的四分之一）" in pdf.squeezed(done.path)
    assert done.missing == ()


# The sums, from the paper alone


def test_a_sheet_worked_out_by_hand_is_worked_out_again_from_its_paper(town: Scored, tmp_path: Path) -> None:
    """B08 2, B09 1, B11 2, F07 7, X03 2: 12 of 19 and 2 on top, 14÷19 = 73.68 %."""
    fill(town)
    done = printed(tmp_path, form_of(town))
    found = score_reading.blocks(done.path)
    points = {line.text(2)[:3]: line.number(POINTS) for block in found for line in block.lines}
    assert points == {"B08": 2, "B09": 1, "B11": 2, "F07": 7, "X03": 2}
    assert [block.total.sum_name for block in found] == ["基础性 小计", "融合性 小计", "加分 小计"]
    base, bonus = sum(worked_out(block) for block in found[:2]), min(worked_out(found[2]), Fraction(3))
    whole = sum(block.total.number(FULL) or 0 for block in found[:2])
    assert (base, bonus, whole) == (12, 2, 19)
    said = pdf.squeezed(done.path)
    assert f"总分{base + bonus}得分率{float((base + bonus) / whole * 100):.2f}%" in said
    assert "按得分等次一般评定等次一般" in said and "王玥2026-10-08" in said


@pytest.mark.parametrize(
    "form",
    [
        made.form(),
        made.form(made.flag_blocks()),
        made.form(made.many(40)),
        made.form(red_lines=[made.red_line(RedLineKind.VETO)]),
    ],
    ids=["usual", "flags", "many", "veto"],
)
def test_every_sum_on_the_paper_can_be_done_again(form: ScoreForm, tmp_path: Path) -> None:
    done = printed(tmp_path, form)
    found = score_reading.blocks(done.path)
    assert len(found) == len(form.sheet.blocks)
    written = 0
    for block in found:
        check_block(block)
        for row in (*block.lines, block.total):
            for value, shown in score_reading.sums(row.text(SAID)):
                assert abs(value - shown) <= Fraction(1, 1_000_000)
                written += 1
    assert written >= len(form.sheet.lines) / 2


def test_what_does_not_apply_is_shared_and_the_paper_says_how(town: Scored, tmp_path: Path) -> None:
    """Without 党费 (4 of 11): 11×（2＋2）÷7."""
    fill(town)
    with town.small.store.write(town.small.office) as session:
        indicators.not_applicable(session, town.small.office, town.small.village, town.ids["B09"], 2026, "没有在职党员")
    done = printed(tmp_path, form_of(town))
    block = score_reading.blocks(done.path)[0]
    check_block(block)
    assert block.total.text(POINTS) == "6.2857"
    assert (Fraction(44, 7), Fraction("6.285714")) in score_reading.sums(block.total.text(SAID))
    assert block.lines[1].text(SAID) == "不适用：没有在职党员"


def test_once_closed_what_is_missing_has_no_points_and_still_says_so(town: Scored, tmp_path: Path) -> None:
    town.measure("B08", "85")
    town.state(3, QuarterState.CLOSED)
    done = printed(tmp_path, form_of(town))
    silent = score_reading.blocks(done.path)[0].lines[1]
    assert (silent.text(6), silent.text(POINTS)) == ("未报", "0")
    assert "“未报”的项目已关账，按0分计" in pdf.squeezed(done.path)


def test_a_veto_takes_the_grade_and_leaves_the_points(town: Scored, tmp_path: Path) -> None:
    fill(town)
    small = town.small
    with small.store.write(small.office) as session:
        said = RedLineDraft(
            small.village, small.quarters[3], "V1", RedLineKind.VETO, datetime(2026, 9, 1, tzinfo=UTC).date(),
            "发生安全生产责任事故", "青安〔2026〕2号",
        )  # fmt: skip
        scores.record_red_line(session, small.office, said)
    said_ = pdf.squeezed(printed(tmp_path, form_of(town)).path)
    assert "按得分等次一般评定等次较差" in said_ and "加分0（上限3）总分12" in said_
    assert "有一票否决事项，不计加分。" in said_ and "一票否决青安〔2026〕2号" in said_


def test_a_sheet_of_which_nothing_is_due_still_prints(tmp_path: Path) -> None:
    only = made.block("创新性", [made.line("X02", "急难愁盼典型案例数", "ratio t=2", "5", made.NOT_DUE)])
    form = made.form([only])
    empty = replace(form, sheet=replace(form.sheet, sheet=None, grade=None, blocks=form.sheet.blocks))
    said = pdf.squeezed(printed(tmp_path, empty).path)
    assert "本季没有到期的计分项目。" in said and "总分—得分率—" in said


def test_what_was_measured_is_printed_with_all_its_digits(tmp_path: Path) -> None:
    """Six digits are kept; four would give other points: 4×（78.500009－72）÷13."""
    only = made.block("组织生活", [made.line("B08", "党员到会率", "linear", "4", "78.500009", ("72", "85"))])
    line = score_reading.blocks(printed(tmp_path, made.form([only])).path)[0].lines[0]
    assert line.text(6) == "78.500009"
    ((value, shown),) = score_reading.sums(line.text(SAID))
    assert abs(value - shown) <= Fraction(1, 1_000_000) and value == Fraction("6.500009") * 4 / 13


# Pages


def test_heads_are_repeated_and_no_sum_or_heading_stands_alone(tmp_path: Path) -> None:
    """Enough lengths that a page ends behind every kind of row."""
    for count in range(16, 48):
        done = printed(tmp_path, made.form(made.many(count)))
        pages = [score_reading.rows(done.path, page, page + 1) for page in range(done.pages)]
        for rows in filter(None, pages):
            assert not rows[0].sum_name, f"{count} lines: a sum begins a page without a line above it"
            assert rows[-1].is_line or rows[-1].sum_name, f"{count} lines: a block's heading ends a page"
        assert sum(row.is_line for rows in pages for row in rows) == count


def test_the_signatures_never_stand_alone_on_a_page(tmp_path: Path) -> None:
    for count in range(8, 30):
        done = printed(tmp_path, made.form(made.many(count)))
        last = pdf.texts(done.path)[-1]
        assert "填表人" in last and "目标完成度是另一本账" in last


def test_a_batch_has_a_bookmark_a_branch_with_its_own_pages(tmp_path: Path) -> None:
    forms = [
        made.form(org=replace(samples.ORG, short_name=name), blocks=blocks)
        for name, blocks in (("甲村党支部", None), ("乙村党支部", made.flag_blocks()))
    ]
    told: list[tuple[int, int]] = []
    done = score_sheet.render(
        forms,
        tmp_path / "all.pdf",
        printed_at=AT,
        bundled_fonts=True,
        progress=lambda now, all_: told.append((now, all_)),
    )
    (first, start), (second, next_) = pdf.bookmarks(done.path)
    assert (first, start, second, told) == ("甲村党支部", 0, "乙村党支部", [(1, 2), (2, 2)])
    assert f"第1页 共{next_}页" in pdf.texts(done.path)[0]
    assert f"第1页 共{done.pages - next_}页" in pdf.texts(done.path)[next_]


def test_one_file_each_beside_the_review_sheets(tmp_path: Path) -> None:
    done = score_sheet.render_each([made.form()], tmp_path, printed_at=AT, bundled_fonts=True)
    review = quarterly_review.render_each([samples.sheet()], tmp_path, printed_at=AT, bundled_fonts=True)
    assert [one.path.name for one in (*done, *review)] == [
        "评审2026-3-007_桃源村党支部_计分表.pdf",
        "评审2026-3-007_桃源村党支部.pdf",
    ]
    with pytest.raises(Cancelled):
        score_sheet.render_each([made.form()], tmp_path, printed_at=AT, cancelled=lambda: True)


def test_the_same_sheet_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (printed(tmp_path / name, made.form()).path.read_bytes() for name in "ab")
    assert one == two


# The appendix of the review sheet


def review(folder: Path, with_scores: bool, form: ScoreForm | None) -> Printed:
    sheets = [samples.sheet(scores=form)]
    return quarterly_review.render(
        sheets, folder / "review.pdf", printed_at=AT, bundled_fonts=True, with_scores=with_scores
    )


def test_the_appendix_follows_its_review_sheet_and_counts_with_it(tmp_path: Path) -> None:
    plain, long = review(tmp_path / "a", False, made.form()), review(tmp_path / "b", True, made.form())
    pages = pdf.texts(long.path)
    assert "附表" in pages[plain.pages] and "支部计分表" in pages[plain.pages]
    assert [f"第{n}页 共{long.pages}页" in page for n, page in enumerate(pages, 1)] == [True] * long.pages
    assert "填表人" not in pages[-1] and "本附表随评审表一并签字、归档。" in "".join(pages[-1].split())
    top, below = PdfReader(long.path).outline
    assert top.title == "桃源村党支部" and [entry.title for entry in below] == ["计分附表"]  # type: ignore[union-attr]
    for block in score_reading.blocks(long.path, plain.pages):
        check_block(block)


def test_one_quiet_line_tells_the_points_and_where_they_are_worked_out(tmp_path: Path) -> None:
    line = "考核得分总分24（满分40），得分率72.73%，等次：一般。"
    assert line + "详见附表。" in pdf.squeezed(review(tmp_path / "a", True, made.form()).path)
    assert line + "详见附表（支部计分表，另行打印）。" in pdf.squeezed(review(tmp_path / "b", False, made.form()).path)


def test_without_a_scheme_nothing_changes(tmp_path: Path) -> None:
    plain = quarterly_review.render([samples.sheet()], tmp_path / "plain.pdf", printed_at=AT, bundled_fonts=True)
    assert review(tmp_path, True, None).path.read_bytes() == plain.path.read_bytes()
    assert "考核得分" not in pdf.squeezed(plain.path)


def test_points_that_a_value_cannot_be_turned_into_are_not_missing(tmp_path: Path) -> None:
    """A value stands there, the rule cannot take it: not 未报, and never 0."""
    parts = made.usual_blocks()
    first = parts[0][1][0]
    assert first.points is not None
    odd = replace(first, points=replace(first.points, points=None, state=PointsState.MISSING, steps=("还没有基线。",)))
    form = made.form([(parts[0][0], (odd, *parts[0][1][1:])), *parts[1:]])
    line = score_reading.blocks(printed(tmp_path, form).path)[0].lines[0]
    assert (line.text(6), line.text(POINTS), line.text(SAID)) == ("78.5", "未计分", "还没有基线。")
