"""Honours on a real database: quotas, grades, documents, and places that become free again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.queries import honours as queries
from okr_desk.queries.honours import KindView
from okr_desk.rules.honours import HonourDraft, KindDraft
from okr_desk.services import honours
from okr_desk.services.outcome import Topic
from tests.small_titles import Titled, titled

KIND = KindDraft(2026, "先进基层党组织", quota=Decimal("0.25"), most=5)


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Titled]:
    made = titled(tmp_path / "小镇.okr", clock)
    made.good()
    yield made
    made.small.store.close()


def kind(town: Titled, draft: KindDraft = KIND) -> int:
    with town.small.store.write(town.small.office) as session:
        return honours.create_kind(session, town.small.office, draft).value


def give(town: Titled, kind_id: int, org_id: int, **more: object) -> int:
    draft = HonourDraft(kind_id, org_id, date(2026, 7, 1), "青党〔2026〕12号")
    with town.small.store.write(town.small.office) as session:
        outcome = honours.give(session, town.small.office, replace(draft, **more))  # type: ignore[arg-type]
    assert outcome.changes.topics == {Topic.INCENTIVES} and outcome.changes.orgs == {org_id}
    return outcome.value


def shown(town: Titled, place: int = 0) -> KindView:
    with town.small.store.read() as session:
        return queries.kinds(session, 2026)[place]


def test_a_quota_of_the_branches(town: Titled) -> None:
    """A quarter of four branches is one place; who has it is said."""
    made = kind(town)
    assert (shown(town).places, shown(town).left, shown(town).why) == (1, 1, "4 个支部的 25%，名额 5 个")
    first = give(town, made, town.small.village)
    with pytest.raises(InputRefused) as refused:
        give(town, made, town.hill)
    assert refused.value.sentence.endswith("已授予 1 个：青石村党支部，不能再授。")
    with town.small.store.write(town.small.office) as session:
        honours.withdraw(session, town.small.office, first, "授错支部")
    give(town, made, town.hill)
    assert [one.whose for one in shown(town).given] == ["云岭村党支部"] and shown(town).left == 0


def test_the_grade_it_takes(town: Titled) -> None:
    made = kind(town, replace(KIND, least_grade="较好", quota=None))
    give(town, made, town.small.village)
    with pytest.raises(InputRefused) as refused:
        give(town, made, town.small.school)
    assert "还没有年度等次" in refused.value.sentence


def test_persons_and_branches(town: Titled) -> None:
    made = kind(town, KindDraft(2026, "优秀党务工作者", of_person=True))
    with pytest.raises(InputRefused):
        give(town, made, town.small.village)
    give(town, made, town.small.village, person="李旭昇")
    give(town, made, town.small.village, person="贺岚")
    with pytest.raises(InputRefused) as twice:
        give(town, made, town.small.village, person="李旭昇 ")
    assert twice.value.sentence == "“优秀党务工作者”已经授予过，请不要重复登记。"
    with pytest.raises(InputRefused):
        give(town, made, town.small.township, person="王玥")
    with town.small.store.read() as session:
        assert queries.kinds(session, 2026, [town.hill])[0].given == ()


def test_kinds_change_and_are_retired(town: Titled) -> None:
    made = kind(town)
    with pytest.raises(InputRefused):
        kind(town)
    give(town, made, town.small.village)
    office = town.small.office
    with town.small.store.write(office) as session:
        none = honours.change_kind(session, office, made, replace(KIND, quota=Decimal("0.1"))).notices
    assert none == ("“先进基层党组织”已授予 1 个，多于现在的 0 个；已授予的不变，请研究。",)
    with pytest.raises(InputRefused), town.small.store.write(office) as session:
        honours.change_kind(session, office, made, replace(KIND, of_person=True))
    with town.small.store.write(office) as session:
        honours.change_kind(session, office, made, replace(KIND, is_retired=True))
    with pytest.raises(WrongState):
        give(town, made, town.hill)
    with pytest.raises(WrongState):
        give(town, 99, town.hill)


def test_only_the_office(town: Titled) -> None:
    with pytest.raises(NotAllowed), town.small.store.write(town.small.secretary) as session:
        honours.create_kind(session, town.small.secretary, KIND)
