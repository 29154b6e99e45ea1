"""What the small registers owe on a day, and what of them leaves the program."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.exchange import export
from okr_desk.queries import cycles, projects
from okr_desk.queries.reminders import reminders
from okr_desk.register_terms import DemandAction, PartnerList, PartnerRole, PostResult
from okr_desk.rules.entered import By
from okr_desk.rules.partners import ItemDraft, MatchDraft, PartnerDraft
from okr_desk.rules.posts import CheckDraft, PostDraft
from okr_desk.rules.projects import NodeDoneDraft
from okr_desk.services import partners, posts
from okr_desk.services import projects as write
from tests.registers import moved, project, raised, registers
from tests.small_township import Small

LATE = By(reason="补登")
TODAY = date(2026, 9, 20)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """A project with one node done, two demands, two posts of which one was checked, one project of co-building."""
    made = registers(tmp_path / "镇.okr", FixedClock(TODAY))
    office, village = made.office, made.village
    with made.store.write(office) as session:
        write.register(session, office, project(village, by=LATE))
        node = projects.projects(session, 2026, [village])[0].nodes[0].id
        write.finish_node(session, office, NodeDoneDraft(node, date(2026, 7, 2)))
        for name in ("便民岗", "治安岗"):
            draft = PostDraft(village, name, "便民大厅", "李旭昇", date(2026, 7, 1))
            post = posts.hang(session, office, draft).value
        posts.check(session, office, CheckDraft(post, date(2026, 9, 1), PostResult.MET, "王玥"))
        unit = partners.join(session, office, PartnerDraft(village, "供电所", PartnerRole.LEAD, TODAY, "覃喆")).value
        ids = [
            partners.list_item(session, office, ItemDraft(village, kind, text, TODAY, key)).value
            for kind, text, key in ((PartnerList.NEED, "路灯", None), (PartnerList.RESOURCE, "电工", unit))
        ]
        partners.match(session, office, MatchDraft(ids[0], ids[1], "修路灯", TODAY, date(2026, 9, 25)))
    moved(made, office, raised(made, office), (DemandAction.START, TODAY), (DemandAction.FINISH, TODAY))
    raised(made, office, promised_on=date(2026, 10, 3), what="村口公交站没有遮雨棚，老人等车淋雨")
    return made


def test_what_a_branch_owes_overdue_first(small: Small) -> None:
    with small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        owed = [reminders(session, quarter, org_id, TODAY) for org_id in (small.village, small.school)]
    found, others = ([one for one in part if one.page in ("projects", "partners")] for part in owed)
    assert others == []
    assert [(one.said, one.button, one.due_on) for one in found] == [
        ("重点项目“红色研学路线”的节点“开工”已过计划日期", "登记完成", date(2026, 7, 15)),
        ("重点项目“红色研学路线”的节点“完工”已过计划日期", "登记完成", date(2026, 8, 31)),
        ("诉求 2026-001“三组路灯不亮”2026-09-20 已办结，还没有群众确认", "登记确认", date(2026, 9, 10)),
        ("共建项目“修路灯”快到计划完成日", "登记完成", date(2026, 9, 25)),
        ("本季还有 1 个党员先锋岗没有考评", "考评", date(2026, 9, 30)),
        ("诉求 2026-002“村口公交站没有遮雨棚，老人等车淋…”快到承诺办结日", "办理", date(2026, 10, 3)),
    ]
    assert dict(found[0].arguments)["org_id"] == small.village


def test_posts_are_asked_for_in_the_last_month_alone(small: Small) -> None:
    with small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        said = [one.said for one in reminders(session, quarter, small.village, date(2026, 8, 31))]
    assert not any("先锋岗" in one for one in said)


def test_what_leaves_the_program(small: Small) -> None:
    nodes = export.rows(small.store, "projects", "2026Q1")
    assert [(row["node"], row["weight"], row["state"], row["done"]) for row in nodes] == [
        ("立项", "20", "逾期完成", "2026-07-02")
    ]
    first = export.rows(small.store, "demands", "2026Q3")[0]
    assert (first["number"], first["asker"], first["state"], first["result"]) == (
        "2026-001",
        "覃**",
        "办结待确认",
        "已办",
    )
    found = export.rows(small.store, "posts")
    assert [(row["post"], row["holder"], row.get("result")) for row in found] == [
        ("便民岗", "李**", None), ("治安岗", "李**", "达标"),
    ]  # fmt: skip
    lines = export.rows(small.store, "partners")
    assert [row["list"] for row in lines] == ["partner", "需求", "资源", "项目"]
    assert lines[0]["contact"] == "覃*" and lines[3]["need"] == "路灯" and lines[1]["matched"] is True
    assert [row["text"] for row in export.rows(small.store, "partners", "2026Q3")] == ["修路灯"]


def test_a_branch_exports_its_own(small: Small) -> None:
    assert len(export.rows(small.store, "demands", "", small.secretary)) == 2
    assert export.rows(small.store, "demands", "", small.stranger) == []
