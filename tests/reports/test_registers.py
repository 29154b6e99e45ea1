"""The papers of the small registers read back: what they say, names masked, a case a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from okr_desk.errors import Refusal
from okr_desk.model.store import Store
from okr_desk.queries import documents
from okr_desk.queries.demands import Postponement
from okr_desk.queries.register_papers import KEYS
from okr_desk.reports import registry
from tests.registered_township import fill
from tests.reports import pdf, register_samples

AT = datetime(2026, 10, 8, tzinfo=UTC)


def printed(key: str, papers: list[object], path: Path) -> list[str]:
    """The text of every page, without line breaks."""
    document = registry.by_key(key)
    assert document is not None
    done = document.render(papers, path / "a.pdf", printed_at=AT, bundled_fonts=True)
    assert done.missing == ()
    return ["".join(text.split()) for text in pdf.texts(done.path)]


def test_the_nodes_with_their_old_dates_and_what_is_late(tmp_path: Path) -> None:
    said = printed("project-nodes", [register_samples.paper("")], tmp_path)[0]
    assert "年初至本季末应完成节点3个，已完成2个，其中逾期完成1个；按权重完成率62.5%。" in said
    assert "由2026-07-15调整为2026-08-20：雨季停工" in said
    for word in ("已完成", "逾期完成", "已逾期", "未到期"):
        assert word in said


def test_the_list_of_demands_has_nobody_by_name(tmp_path: Path) -> None:
    said = printed("demand-list", [register_samples.paper("")], tmp_path)[0]
    assert "覃**" in said and "2026-08-20群众满意（签认）" in said
    assert "承诺办结日在本季的4件，到季末群众本人确认满意1件。" in said


def test_a_case_fills_one_page_and_each_has_its_own(tmp_path: Path) -> None:
    paper = register_samples.paper("")
    second = replace(register_samples.CASE, id=2, title="遮雨棚搭好了", review=None)
    pages = printed("typical-cases", [replace(paper, cases=(register_samples.CASE, second))], tmp_path)
    assert len(pages) == 2
    assert "镇党建办复核意见：有效与台账相符" in pages[0] and "遮雨棚搭好了" in pages[1]


def test_contacts_are_masked_and_a_day_put_off_stands_beside_the_first(tmp_path: Path) -> None:
    paper = register_samples.paper("")
    lists = printed("partner-lists", [paper], tmp_path)[0]
    contacts = [unit.contact for unit in paper.partners if len(unit.contact) > 1]
    assert contacts and not any(contact in lists for contact in contacts)
    first = paper.demands[0]
    moved = Postponement(1, first.promised_on, date(2026, 10, 20), "排期在十月", first.entry)
    late = replace(first, promised_on=moved.after, postponed=(moved,))
    said = printed("demand-list", [replace(paper, demands=(late,))], tmp_path)[0]
    assert f"2026-10-20原{first.promised_on}" in said
    assert f"由{first.promised_on}延期到2026-10-20：排期在十月。" in said


def test_a_post_that_was_not_checked_has_room_to_tick(tmp_path: Path) -> None:
    said = printed("post-checks", [register_samples.paper("")], tmp_path)[0]
    assert "□达标□基本达标□不达标" in said and "建议摘牌：便民服务岗2。" in said
    assert "未考评1个，不计入达标率" in said


def test_the_three_lists(tmp_path: Path) -> None:
    said = printed("partner-lists", [register_samples.paper("")], tmp_path)[0]
    places = [said.index(name) for name in ("一、共建单位", "二、需求清单", "三、资源清单", "四、项目清单")]
    assert places == sorted(places) and "三组路灯维修／电工两名" in said


@pytest.mark.parametrize("key", KEYS)
def test_papers_come_from_the_register(key: str, demo_store: Store, tmp_path: Path) -> None:
    first, second, quarter = fill(demo_store)
    with demo_store.read() as session:
        papers = documents.snapshots(session, key, quarter, (first, second))
    pages = printed(key, list(papers), tmp_path)
    assert len(papers) == 2 and len({paper.digest for paper in papers}) == 2  # type: ignore[attr-defined]
    assert first.full_name in pages[0] and all("演示数据" in page for page in pages)


def test_without_a_case_there_is_nothing_to_print(demo_store: Store) -> None:
    first, _second, quarter = fill(demo_store)
    with demo_store.read() as session:
        from okr_desk.queries import orgs

        other = orgs.tree(session, date(2026, 9, 30))[8]
        assert other.id != first.id
        with pytest.raises(Refusal, match="还没有典型案例"):
            documents.snapshots(session, "typical-cases", quarter, (other,))
