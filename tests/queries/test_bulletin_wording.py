"""What a bulletin says of a quarter made by hand, in each of the three modes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from okr_desk.queries import bulletin_text
from okr_desk.queries.bulletin_text import BulletinText
from okr_desk.rules.bulletins import BulletinMode
from tests import bulletin_samples as made

RANKS = ("排名", "名次", "第1名", "名列", "居前", "倒数", "末位")


def of(mode: BulletinMode, part: str, **more: object) -> str:
    return str(getattr(made.text(mode, **more).wording, part))


@pytest.mark.parametrize("mode", BulletinMode)
def test_nothing_is_empty_and_every_mode_has_its_parts(mode: BulletinMode) -> None:
    text = made.text(mode)
    assert text.wording.title == "关于2026年第三季度基层党组织OKR考评情况的通报"
    assert text.wording.mark == "中共青山镇委员会文件" and text.wording.signer == "中共青山镇委员会"
    for head in ("一、总体情况", "二、主要成效", "三、存在问题", "四、下一步要求"):
        assert head in text.wording.text
    assert len(text.annexes) == 3


def test_no_name_appears_where_nobody_is_named() -> None:
    """Nor anybody's own words, which may name somebody; nor a category so small that it gives a branch away."""
    said = made.everything(made.text(BulletinMode.UNNAMED))
    for name in (*made.VILLAGES, "机关第一", "中心小学", "积分超市", "会议记录后补", "外出务工", "马一鸣", "青纪"):
        assert name not in said
    assert "学校党支部" not in said and "其余类别党支部3个" in said
    assert "1个党支部触及红线，等次已按规定限制。" in said
    assert "党员到会率：9个党支部未达目标，差距最大的实绩70%、目标85%。" in said


@pytest.mark.parametrize("mode", [BulletinMode.GRADES, BulletinMode.UNNAMED])
def test_no_word_of_rank_where_only_grades_are_given(mode: BulletinMode) -> None:
    said = made.everything(made.text(mode))
    assert not [word for word in RANKS if word in said]
    assert "96.18" not in said


def test_ranks_stand_inside_a_category_that_can_be_compared_only() -> None:
    text = made.text(BulletinMode.RANKED)
    assert (
        "同类排名居前的为青石村党支部（96.18%，第1名）、桃源村党支部（96.18%，第1名）、龙泉村党支部*（94.79%，第3名）"
        in text.wording.overall
    )
    rural, offices, _school = text.annexes[0].groups
    places = {row[1]: row[4] for row in rural.rows}
    assert places == {
        "青石村党支部": "1", "龙泉村党支部": "3", "柳湾村党支部": "—", "桃源村党支部": "1", "白鹭村党支部": "5",
        "双河村党支部": "4",
    }  # fmt: skip
    assert {row[4] for row in offices.rows} == {"—"} and "同类不足5个，不作比较" in offices.name
    assert (
        "机关党支部2个。评为“好”1个：机关第一党支部。评为“较好”1个：机关第二党支部。同类不足5个，不作比较。"
        in text.wording.overall
    )


def test_grades_are_named_in_the_order_of_the_register() -> None:
    said = of(BulletinMode.GRADES, "overall")
    assert "评为“好”3个：青石村党支部、龙泉村党支部*、桃源村党支部。" in said
    assert "评为“较好”1个：柳湾村党支部（暂定）。" in said
    assert "不定等次：中心小学党支部。" in said
    assert "评定等次8个：好4个、较好2个、一般1个、较差1个，其中1个为暂定；不定等次1个。" in said
    assert "平均得分率85.58%，比上季度提高2.08个百分点。" in said
    assert "国企类没有启用考核方案，未列入本次考评。" in said


def test_marks_are_explained_where_they_are_used() -> None:
    text = made.text(BulletinMode.GRADES)
    note = "带 * 的得分正在申辩复核，以复核结果为准。"
    assert note in text.wording.overall and note in text.annexes[0].notes
    calm = made.facts()
    unmarked = tuple(
        replace(c, branches=tuple(replace(b, marked=False, is_provisional=False) for b in c.branches))
        for c in calm.categories
    )
    said = made.everything(made.text(BulletinMode.GRADES, categories=unmarked))
    assert "*" not in said and "暂定" not in said


def test_problems_name_branch_fact_figures_and_cause() -> None:
    said = of(BulletinMode.GRADES, "problems")
    assert "党员到会率：青石村党支部（70%，目标85%，原因：外出务工党员较多）" in said
    assert "柳湾村党支部未报急难愁盼事项办结率。" in said
    assert "双河村党支部（70分，目标80分，有效答卷30份，90%区间60.2至78分）。" in said
    assert "白鹭村党支部：V4 弄虚作假，白鹭村会议记录后补（青纪〔2026〕3号）。" in said
    assert "满分10分" not in said
    assert "（70%，目标85%，得7分，满分10分，原因：外出务工党员较多）" in of(BulletinMode.RANKED, "problems")


def test_results_tell_beaten_targets_full_items_and_awards() -> None:
    said = of(BulletinMode.GRADES, "results")
    assert "矛盾纠纷化解率：9个党支部超过目标，其中" in said
    assert "考核到的党支部全部得满分的项目：矛盾纠纷化解率（9个党支部）。" in said
    assert "青石村党支部“积分超市”做法被县委组织部转发（县组发〔2026〕8号）" in said


def test_demands_have_days_by_the_calendar_or_terms_in_words() -> None:
    said = of(BulletinMode.GRADES, "demands")
    assert "于2026年10月14日前将整改措施报镇党建办，在整改清单列明的时限内整改到位" in said
    assert "可在收到本通报后5个工作日内向镇党建办书面申辩" in said
    unknown = of(BulletinMode.GRADES, "demands", reply_on=None, mend_on=None, findings=())
    assert "在收到本通报后5个工作日内将整改措施报镇党建办，按期整改到位" in unknown


def test_a_quiet_quarter_says_so() -> None:
    calm = made.facts()
    bare = tuple(
        replace(c, branches=tuple(
            replace(b, lines=(), missing=(), red_lines=(), awards=(), survey=None) for b in c.branches
        ))
        for c in calm.categories
    )  # fmt: skip
    text = made.text(BulletinMode.GRADES, categories=bare, findings=(), round_name="")
    assert text.wording.problems == "本季度没有需要通报的问题。"
    assert text.wording.results == "本季度没有超过目标或满分完成的指标。"
    assert len(text.annexes) == 1


def test_a_correction_names_what_it_takes_the_place_of() -> None:
    said = of(BulletinMode.GRADES, "introduction", corrects="青党建〔2026〕12号", correction="青石村得分有误。")
    assert said.startswith("青党建〔2026〕12号通报因青石村得分有误已经撤回，以本通报为准。")


def test_a_text_is_kept_and_read_back_as_it_was() -> None:
    text = made.text(BulletinMode.RANKED)
    read = bulletin_text.read(bulletin_text.written(text))
    assert isinstance(read, BulletinText) and read == text


def test_the_parts_become_an_official_text() -> None:
    said = made.paper().official
    assert said.paragraphs[1] == "一、总体情况" and said.dated.strip() == "年　　月　　日"
    issued = replace(made.paper(), document="青党建〔2026〕12号", issued_on=date(2026, 10, 9)).official
    assert (issued.number, issued.dated, issued.printed_on) == (
        "青党建〔2026〕12号",
        "2026年10月9日",
        "2026年10月9日印发",
    )
