"""The demo township with its 892 answers of the third quarter taken in: what a whole round is tried on."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from python_calamine import CalamineWorkbook

from okr_desk import paths
from okr_desk.model.store import Store
from okr_desk.queries import cycles, orgs, surveys, users
from okr_desk.rules.ballots import BallotDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.surveys import DefinitionDraft, GroupDraft, ItemDraft, RoundDraft
from okr_desk.services import ballots
from okr_desk.services import surveys as service
from okr_desk.services.ballots import BallotRow, BatchDraft
from okr_desk.survey_terms import Channel, ItemKind
from okr_desk.terms import OrgKind, Sampling

FILE = "06_满意度_问卷星按文本_2026Q3.xlsx"
_GROUPS = ("党员", "村民", "居民", "村民代表", "居民代表", "职工", "服务对象", "家长", "教师")
_KEYS = {"非常满意": "1", "满意": "2", "基本满意": "3", "不太满意": "4", "不满意": "5", "不了解": "0", "(空)": "-"}


def office_of(store: Store) -> Actor:
    """The administrator of the demo."""
    with store.read() as session:
        found = users.by_login(session, "admin", store.clock.today())
    return Actor(found.id, found.login, found.name, found.grants)


def take_in(store: Store) -> int:
    """Define the survey as the file asks it and store its ballots, where the demo has none; the id of the round."""
    with store.read() as session:
        standing = [one.id for one in surveys.rounds(session, 2026) if one.ballots]
    if standing:
        return standing[-1]
    office = office_of(store)
    table = CalamineWorkbook.from_path(str(paths.resource("demo", "青山镇_2026", FILE))).get_sheet_by_index(0)
    head, *rows = table.to_python()
    asked = [str(cell).split("、", 1)[1] for cell in head[7:13]]
    items = tuple(ItemDraft(text, is_overall=text == asked[-1]) for text in asked)
    draft = DefinitionDraft(
        2026, "群众满意度测评", (*items, ItemDraft("最希望解决的一件事", ItemKind.OPEN)),
        tuple(GroupDraft(name) for name in _GROUPS), ((Channel.QR_CODE, Decimal(1)),),
    )  # fmt: skip
    with store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        branches = {
            org.short_name.replace("党支部", ""): org.id
            for org in orgs.tree(session, quarter.ends_on)
            if org.kind == OrgKind.BRANCH
        }
    with store.write(office) as session:
        asked_id = service.define(session, office, draft).value
        made = service.open_round(
            session, office,
            RoundDraft(asked_id, quarter.id, "三季度测评", date(2026, 9, 1), date(2026, 9, 30), Sampling.CONVENIENCE),
        ).value  # fmt: skip
    with store.read() as session:
        groups = {group.name: group.id for group in surveys.definition(session, asked_id).groups}
    taken = tuple(_ballot(row, branches, groups) for row in rows)
    with store.write(office) as session:
        ballots.record_batch(session, office, BatchDraft(made, FILE, "6" * 64, len(rows), taken))
    return made


def _ballot(row: list[object], branches: dict[str, int], groups: dict[str, int]) -> BallotRow:
    answers = "".join(_KEYS[str(cell)] for cell in row[7:13])
    at = datetime.fromisoformat(str(row[1]).replace("/", "-"))
    org_id = branches[str(row[6]).replace("党支部", "")]
    draft = BallotDraft(org_id, groups[str(row[13])], Channel.QR_CODE, answers, answered_on=at.date())
    return BallotRow(draft, at.hour * 60 + at.minute, int(str(row[2]).removesuffix("秒")))
