"""The four papers read back: who is named, who is masked, what the sums are, where a seal has room."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import Refusal
from okr_desk.queries import documents, orgs
from okr_desk.queries.survey_papers import Asked
from okr_desk.reports import registry
from okr_desk.rules.households import RatingDraft
from okr_desk.rules.member_points import PointsDraft
from okr_desk.rules.members import ReporterDraft
from okr_desk.rules.service_hours import HoursDraft
from okr_desk.services import household_ratings, member_points, members, service_hours
from tests.membered_township import Membered, membered
from tests.reports.pdf import texts


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Membered:
    made = membered(tmp_path / "镇.okr", clock)
    first, second = made.list_households("李旭昇", ("3组2号", "3组12号"))
    for month in (7, 8, 9):
        made.visit(first, month, month)
    made.visit(second, 7, 3, 17)
    made.write(household_ratings.rate, RatingDraft(made.ids["李旭昇"], 2026, 2, Decimal(90), Decimal(80)))
    made.write(member_points.record, PointsDraft(made.ids["王玥"], date(2026, 8, 1), "J2"))
    made.write(member_points.record, PointsDraft(made.ids["欧阳修"], date(2026, 8, 2), "K1", note="北坡棚屋"))
    made.write(service_hours.record, HoursDraft(
        made.small.village, date(2026, 7, 11), Decimal("2.5"), None, "周正", "县医院", "义诊"))  # fmt: skip
    made.write(members.report, [ReporterDraft(made.small.village, "吴越", "县供电公司", date(2026, 3, 1))])
    return made


def printed(town: Membered, tmp_path: Path, key: str, in_full: bool = False) -> list[str]:
    """The text of each page without blanks."""
    with town.small.store.read() as session:
        org = orgs.view(session, town.small.village, date(2026, 9, 30))
        snapshots = documents.snapshots(session, key, town.quarter(), [org], Asked(in_full=in_full))
    document = registry.by_key(key)
    assert document is not None and document.render_each is not None
    path = tmp_path / f"{key}.pdf"
    made = document.render(snapshots, path, printed_at=town.small.store.clock.now(), bundled_fonts=True)
    assert made.missing == ()
    return ["".join(text.split()) for text in texts(path)]


def test_a_card_masks_the_heads_unless_the_branch_prints_for_itself(town: Membered, tmp_path: Path) -> None:
    (page,) = printed(town, tmp_path, "household-card")
    assert "青石村党支部党员联户卡（2026年第三季度）" in page
    assert "李旭昇" in page and "半年评分85" in page
    assert "3组2号张*普通户7日8日9日" in page and "3、17日" in page
    assert "张三" not in page and "已隐去" in page
    (own,) = printed(town, tmp_path, "household-card", in_full=True)
    assert "3组12号张三" in own and "供支部自用" in own


def test_the_register_has_every_household_and_the_sums(town: Membered, tmp_path: Path) -> None:
    (page,) = printed(town, tmp_path, "visit-register")
    assert page.index("3组2号") < page.index("3组12号")
    assert "走访户数／应走访户数2／21／21／21" in page
    assert "登记2户，有党员联系2户，逐月都走访到1户" in page
    assert "张三" not in page


def test_the_list_names_members_and_tells_reasons_only_when_asked(town: Membered, tmp_path: Path) -> None:
    (page,) = printed(town, tmp_path, "points-list")
    assert "1王玥正式党员20102" in page
    assert "4欧阳修预备党员第二网格04060" in page
    assert "违章搭建" not in page and "北坡棚屋" not in page and "公示5天" in page
    (full,) = printed(town, tmp_path, "points-list", in_full=True)
    assert "08-02违章搭建，未按时限自行拆除－40" in full and "预备党员低于85分" in full
    assert "不公示" in full and "公示5天" not in full


def test_a_service_card_is_a_sheet_for_each_employer(town: Membered, tmp_path: Path) -> None:
    first, second = printed(town, tmp_path, "service-card")
    assert "县医院党组织：你单位党员周正同志2026年第三季度到青石村党支部报到服务情况如下" in first
    assert "12026-07-11义诊2.5" in first and "按进度应达37.5小时" in first and "未达标，差35小时" in first
    assert "接受报到的党组织（盖章）" in first and "第1页共1页" in first
    assert "县供电公司党组织" in second and "本季没有服务记录" in second


def test_what_would_be_blank_is_refused_with_what_to_do(town: Membered) -> None:
    with town.small.store.read() as session:
        school = [orgs.view(session, town.small.school, date(2026, 9, 30))]
        for key, said in (
            ("household-card", "还没有登记联系户"),
            ("points-list", "还没有登记党员"),
            ("service-card", "还没有报到党员"),
        ):
            with pytest.raises(Refusal, match=said):
                documents.snapshots(session, key, town.quarter(), school)
