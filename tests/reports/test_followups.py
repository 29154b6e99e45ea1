"""Notice, register, card and plan are read back: what they say, how many pages, and that the seal's space is free."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from okr_desk.followup_terms import CardColour, FindingKind
from okr_desk.reports import branch_plan, card_notice, finding_notice, finding_register
from okr_desk.reports.outcome import Printed
from tests.reports import pdf
from tests.reports.followup_samples import LATE, PLAN, card, finding, paper

AT = datetime(2026, 10, 8, tzinfo=UTC)


def printed(module: object, of: object, path: Path) -> Printed:
    done: Printed = module.render([of], path / "a.pdf", printed_at=AT, bundled_fonts=True)  # type: ignore[attr-defined]
    assert done.missing == () and pdf.unembedded(done.path) == []
    return done


def test_a_notice_is_one_sheet_with_its_first_day_and_its_receipt(tmp_path: Path) -> None:
    done = printed(finding_notice, paper("finding-notice"), tmp_path)
    first, second = ("".join(text.split()) for text in pdf.texts(done.path))
    for words in (
        "青山镇整改通知书", "整改2026-3-001", "2026年9月1日", "经季评发现", "应开3次，实开2次，扣1分", "《方案》B02",
        "补开并学习工作条例", "限期", "2026年10月16日", "王玥", "签收人：李旭昇", "2026年9月2日",
        "发出单位（盖章）：青山镇党建办", "验收人与整改责任人不是同一人",
    ):  # fmt: skip
        assert words in first, words
    assert "2026年10月20日" not in first  # what was put off later is not what this paper said
    assert "签收人：年月日" in second and [title for title, _page in pdf.bookmarks(done.path)][1].startswith("整改2026")


def test_what_is_put_right_at_once_is_asked_for_at_once(tmp_path: Path) -> None:
    of = paper("finding-notice")
    now = replace(of, notices=(replace(of.notices[0], kind=FindingKind.IMMEDIATE),))
    assert "请立即整改，并于2026年10月16日前报整改结果" in pdf.squeezed(printed(finding_notice, now, tmp_path).path)


def test_a_long_notice_still_is_one_page(tmp_path: Path) -> None:
    of = paper("finding-notice")
    long = replace(of.notices[0], fact="应开未开，" * 60, clause="第一条" * 66, demand="逐项整改，" * 60)
    assert printed(finding_notice, replace(of, notices=(long,)), tmp_path).pages == 1


def test_the_register_says_the_whole_way_and_the_light_as_a_word(tmp_path: Path) -> None:
    done = printed(finding_register, paper("finding-register"), tmp_path)
    said = pdf.squeezed(done.path)
    for words in (
        "2026年第三季度整改台账", "共2件，已销号1件，逾期1件", "季评", "补开支委会", "董玥", "2026-10-20",
        "原2026-10-16", "会议记录齐全", "基本认可", "李喆", "2026-09-09", "2026-10-06", "已销号", "红灯", "逾期41",
        "验收人不是整改责任人本人",
    ):  # fmt: skip
        assert words in said, words
    assert done.pages == 1


def test_a_long_register_has_its_heads_on_every_page(tmp_path: Path) -> None:
    many = tuple(replace(LATE, id=n, number=f"整改2026-3-{n:03}") for n in range(1, 40))
    done = printed(finding_register, paper("finding-register", findings=many), tmp_path)
    assert done.pages > 2 and all("包联" in text for text in pdf.texts(done.path)[:-1])


@pytest.mark.parametrize(
    ("colour", "words"),
    [
        (CardColour.YELLOW, ("青山镇提醒谈话通知", "黄牌2026-3-001", "出具黄牌", "提醒谈话；下发整改通知书")),
        (CardColour.RED, ("青山镇约谈通知", "红牌2026-3-001", "建议本季等次不高于“一般”", "计分不因此改动")),
    ],
)
def test_a_card_says_its_causes_and_leaves_room_for_the_talk(
    colour: CardColour, words: tuple[str, ...], tmp_path: Path
) -> None:
    done = printed(card_notice, paper("card-notice", cards=(card(colour),)), tmp_path)
    said = pdf.squeezed(done.path)
    for one in (*words, "季度得分58.5，低于60分", "逾期41天，超过30天", "董玥", "2026年10月9日", "谈话要点"):
        assert one in said, one
    assert done.pages == 1


def test_a_plan_has_its_stages_and_its_tests(tmp_path: Path) -> None:
    done = printed(branch_plan, paper("branch-plan"), tmp_path)
    said = pdf.squeezed(done.path)
    for words in (
        "“一支部一策”整顿计划", "班子不健全，集体经济薄弱", "方志远", "许砚", "2026-10-01", "2026-10-31", "2026-11-30",
        "69.5", "不通过", "赵明", "不低于70分", "不超过50%", "镇党委意见（盖章）",
    ):  # fmt: skip
        assert words in said, words
    assert done.pages == 1
    long = replace(PLAN, ailment="病灶" * 110, remedy="处方" * 110, duties="责任" * 110, within=("任务" * 60,) * 3)
    assert printed(branch_plan, paper("branch-plan", plans=(long,)), tmp_path).pages <= 2


def test_each_branch_has_its_own_file(tmp_path: Path) -> None:
    for key, module in (("finding-notice", finding_notice), ("finding-register", finding_register),
                        ("card-notice", card_notice), ("branch-plan", branch_plan)):  # fmt: skip
        (tmp_path / key).mkdir()
        made = module.render_each([paper(key)], tmp_path / key, printed_at=AT, bundled_fonts=True)
        assert len(made) == 1 and made[0].pages >= 1


def test_the_sample_is_of_its_day() -> None:
    assert finding().issued_on == date(2026, 9, 1)
