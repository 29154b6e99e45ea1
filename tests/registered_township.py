"""The demo township's quarter with something in every small register of two branches."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from okr_desk.model.store import Store
from okr_desk.queries import cycles, orgs, projects
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.register_terms import ConfirmedBy, DemandAction, DemandSource, PartnerList, PartnerRole, PostResult
from okr_desk.rules.demands import CaseDraft, DemandDraft, ReviewDraft, StepDraft
from okr_desk.rules.entered import By
from okr_desk.rules.partners import DoneDraft, ItemDraft, MatchDraft, PartnerDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.posts import CheckDraft, PostDraft
from okr_desk.rules.projects import NodeDoneDraft, NodeDraft, NodeMoveDraft, ProjectDraft
from okr_desk.services import demand_cases, demands, partners, posts
from okr_desk.services import projects as project_services
from okr_desk.services.permits import SETUP
from okr_desk.terms import OrgKind

LATE = By(reason="补登")
ACT = DemandAction
_NODES = (("立项批复", 20, 3, 31), ("开工", 30, 7, 15), ("完工", 30, 9, 20), ("验收交付", 20, 11, 20))
_DEMANDS = (
    ("三组路灯坏了两个月，老人夜里不敢出门", "水电气路灯", DemandSource.VISIT, 9, 10,
     (ACT.START, ACT.FINISH, ACT.SATISFIED)),
    ("村口公交站没有遮雨棚", "道路出行", DemandSource.HOTLINE, 9, 20, (ACT.START, ACT.FINISH)),
    ("二组排水沟堵塞，雨后积水", "环境卫生", DemandSource.GRID, 8, 31, (ACT.START, ACT.FINISH, ACT.NOT_ACCEPTED)),
    ("村卫生室周末无人值班，看病要到镇上", "看病养老", DemandSource.COUNCIL, 10, 15, (ACT.START,)),
    ("要求调整邻村林地界线", "邻里纠纷", DemandSource.RECEPTION, 9, 5, (ACT.CANNOT,)),
    ("残疾人证换领流程不清楚", "惠民政策", DemandSource.VISIT, 10, 20, ()),
)  # fmt: skip


def fill(store: Store, actor: Actor = SETUP) -> tuple[OrgView, OrgView, QuarterView]:
    """Two branches that the demo left without registers, and the third quarter of 2026, with everything entered."""
    with store.read() as session:
        branches = [org for org in orgs.tree(session, date(2026, 9, 30)) if org.kind == OrgKind.BRANCH]
        quarter = cycles.quarter(session, 2026, 3)
    assert quarter is not None
    for org in branches[2:4]:
        _projects(store, actor, org.id)
        _demands(store, actor, org.id)
        _posts(store, actor, org.id)
        _partners(store, actor, org.id)
    return branches[2], branches[3], quarter


def _projects(store: Store, actor: Actor, org_id: int) -> None:
    nodes = tuple(NodeDraft(name, Decimal(weight), date(2026, month, day)) for name, weight, month, day in _NODES)
    start = date(2026, 1, 10)
    with store.write(actor) as session:
        first = ProjectDraft(
            org_id, "红色研学路线", "李旭昇", "建成两公里研学路线，全年接待 30 批次", start, nodes, LATE
        )
        second = ProjectDraft(org_id, "党员带富茶园", "覃喆", "新建茶园 200 亩，带动 40 户增收", start, nodes, LATE)
        project_services.register(session, actor, first)
        project_services.register(session, actor, second)
        one, two = projects.projects(session, 2026, [org_id])
        for node, day in (
            (one.nodes[0], date(2026, 3, 20)),
            (one.nodes[1], date(2026, 7, 28)),
            (two.nodes[0], date(2026, 3, 31)),
        ):
            project_services.finish_node(session, actor, NodeDoneDraft(node.id, day, "批复已到", by=LATE))
        move = NodeMoveDraft(two.nodes[1].id, date(2026, 8, 20), "雨季停工", LATE)
        project_services.move_node(session, actor, move)


def _demands(store: Store, actor: Actor, org_id: int) -> None:
    with store.write(actor) as session:
        for what, category, source, month, day, actions in _DEMANDS:
            draft = DemandDraft(
                org_id, date(2026, 7, 3), source, what, "单晓", date(2026, month, day), "覃大爷", category, LATE
            )
            key = demands.register(session, actor, draft).value
            for action in actions:
                step = StepDraft(
                    key, action, date(2026, 8, 20), "支部联系供电所更换灯具 12 盏，三天修好", ConfirmedBy.SIGNED, LATE
                )
                demands.move(session, actor, step)
            if actions and actions[-1] is ACT.SATISFIED:
                case = CaseDraft(
                    key,
                    date(2026, 9, 1),
                    "路灯亮了，心里也亮了",
                    "三组 12 盏路灯坏了两个月，晚上出门靠手电，走访时 6 户提出。",
                    "支部当晚开会认领，书记联系供电所，党员电工王玥带两人连修三天，更换灯具 12 盏。",
                    "三组主路全部亮灯，夜间摔伤由上季 2 起降为零。",
                    "覃大爷：说修就修，晚上敢出来走走了。",
                    LATE,
                )
                written = demand_cases.write(session, actor, case).value
                demand_cases.review(session, actor, ReviewDraft(written, date(2026, 9, 10), True, "与台账相符", LATE))


def _posts(store: Store, actor: Actor, org_id: int) -> None:
    with store.write(actor) as session:
        for name, place, results in (
            ("便民服务岗", "便民大厅", (PostResult.MET, PostResult.MET)),
            ("治安巡防岗", "三组路口", (PostResult.MISSED, PostResult.MISSED)),
            ("政策宣讲岗", "新时代文明实践站", (PostResult.BASIC,)),
            ("环境卫生岗", "村口广场", ()),
        ):
            draft = PostDraft(org_id, name, place, "单晓", date(2026, 4, 1), "每周到岗三次，有求必应", LATE)
            key = posts.hang(session, actor, draft).value
            for result, day in zip(results, (date(2026, 6, 20), date(2026, 9, 20)), strict=False):
                posts.check(session, actor, CheckDraft(key, day, result, "王玥", "两次抽查不在岗", LATE))


def _partners(store: Store, actor: Actor, org_id: int) -> None:
    day = date(2026, 7, 6)
    with store.write(actor) as session:
        units = [
            partners.join(session, actor, PartnerDraft(org_id, name, role, day, "覃喆", LATE)).value
            for name, role in (
                ("青山镇供电所", PartnerRole.LEAD),
                ("青山农商行", PartnerRole.BACKBONE),
                ("镇卫生院", PartnerRole.BACKBONE),
                ("茶叶合作社", PartnerRole.MEMBER),
            )
        ]
        needs, offers = [], []
        for text in ("三组路灯维修", "周末义诊", "小额贷款讲解"):
            draft = ItemDraft(org_id, PartnerList.NEED, text, day, by=LATE)
            needs.append(partners.list_item(session, actor, draft).value)
        for text, unit in (("电工两名、登高车", units[0]), ("全科医生每月一天", units[2]), ("会议室", units[3])):
            offer = ItemDraft(org_id, PartnerList.RESOURCE, text, day, unit, LATE)
            offers.append(partners.list_item(session, actor, offer).value)
        made = [
            partners.match(session, actor, MatchDraft(need, offer, text, day, date(2026, 9, 15), LATE)).value
            for need, offer, text in ((needs[0], offers[0], "党员电工修路灯"), (needs[1], offers[1], "周末义诊进村"))
        ]
        partners.finish(session, actor, DoneDraft(made[0], date(2026, 8, 20), "修好 12 盏", LATE))
