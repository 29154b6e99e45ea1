"""A demo township whose categories have schemes, made of the indicators for which its workbooks brought values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from okr_desk.model.store import Store
from okr_desk.queries import cycles, library, orgs, schemes
from okr_desk.rules.permissions import Actor
from okr_desk.rules.schemes import BlockDraft, LineDraft, SchemeDraft
from okr_desk.rules.scores import EventDraft, RedLineDraft
from okr_desk.scoring.grades import RedLineKind
from okr_desk.services import schemes as drafting
from okr_desk.services import scores
from okr_desk.terms import Across, BlockKind, OrgKind
from tests.scored_demo import without_schemes

D = Decimal
END = date(2026, 9, 30)
OWN = {
    "农村": (("F05", "5", "linear"), ("F07", "15", "ratio")),
    "社区": (("F09", "10", "linear"), ("F10", "10", "linear")),
    "机关": (("F18", "20", "deduct each=2"),),
    "国企": (("F21", "10", "linear"), ("F23", "10", "linear")),
    "科研院所": (("F25", "20", "linear"),),
    "学校": (("F29", "20", "deduct each=5"),),
    "两新组织": (("F34", "20", "linear"),),
}
"""What each category is scored by beside the common lines: code, full points, rule."""


def score(store: Store, actor: Actor) -> None:
    """Give every category a scheme of 100 points in use from the first quarter on."""
    without_schemes(store)
    with store.write(actor) as session:
        ids = {view.code: view.id for view in library.library(session, END)}
        kinds = {one.name: one.id for one in orgs.categories(session)}
        for category, own in OWN.items():
            made = drafting.create(session, actor, kinds[category], 2026, draft(category, own, ids)).value
            drafting.activate(session, actor, schemes.scheme(session, made).versions[0].id)


def draft(category: str, own: tuple[tuple[str, str, str], ...], ids: dict[str, int]) -> SchemeDraft:
    """40 common points, 45 for what a branch is for, 15 for what it does beyond; stars for 社区, flags for 国企."""

    def lines(*given: tuple[str, str, str]) -> tuple[LineDraft, ...]:
        return tuple(LineDraft(ids[code], D(points), rule) for code, points, rule in given)

    common = lines(
        ("B08", "15", "linear"),
        ("B09", "15", "per-point rounding=ceil"),
        ("B16", "4", "ratio t=100"),
        ("B11", "6", "deduct each=2"),
    )
    work = lines(("F01", "15", "linear"), ("F02", "10", "linear"), *own)
    is_company = category == "国企"
    blocks = (
        BlockDraft("基础性", D(40), common, "党建基础" if is_company else ""),
        BlockDraft("融合性", D(45), work, "业绩亮旗" if is_company else "", flags=is_company),
        BlockDraft(
            "创新性",
            D(15),
            lines(("X01", "10", "linear"), ("X04", "5", "linear b=3 t=6")),
            "业绩亮旗" if is_company else "",
        ),
        BlockDraft("加分", D(5), lines(("X03", "5", "bonus")), kind=BlockKind.BONUS, across=Across.BEST),
    )
    return SchemeDraft(f"{category}百分制", blocks, "stars" if category == "社区" else "grades")


def happen(store: Store, actor: Actor) -> None:
    """Two events that cost points, one that earns some, and a red line, all in the third quarter."""
    with store.write(actor) as session:
        ids = {view.code: view.id for view in library.library(session, END)}
        tree = {org.short_name: org.id for org in orgs.tree(session, END) if org.kind == OrgKind.BRANCH}
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        for name, code, day, amount, fact, document in (
            ("青石村党支部", "B11", date(2026, 7, 15), "1", "发展对象预审材料漏一项", "青组〔2026〕17号"),
            ("龙泉村党支部", "B11", date(2026, 8, 20), "2", "两名积极分子考察记录不连续", "青组〔2026〕21号"),
            ("青石村党支部", "X03", date(2026, 9, 3), "3", "“联户议事”做法在全县推广", "县组〔2026〕44号"),
        ):
            key = (tree[name], ids[code], quarter.id)
            scores.record_event(session, actor, EventDraft(*key, day, D(amount), fact, document))
        where = (tree["柳湾村党支部"], quarter.id)
        said = ("会议照片挪用上年", "青纪〔2026〕3号")
        line = RedLineDraft(*where, "V4", RedLineKind.LOCK, date(2026, 9, 1), *said)
        scores.record_red_line(session, actor, line)
