"""The page 整改 in one answer: findings of the quarter with all that are open, their chains, plans, committees."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from okr_desk.followup_terms import FindingState, ItemLight
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import branch_plans, followup_cards, followup_feedback, followup_rules, followups, idle_committee
from okr_desk.queries.branch_plans import PlanView
from okr_desk.queries.followup_cards import CardView
from okr_desk.queries.followup_feedback import Told
from okr_desk.queries.followups import FindingView
from okr_desk.queries.idle_committee import CommitteeView
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.rules.branch_plans import ExitLimits
from okr_desk.rules.followup_limits import FollowupLimits
from okr_desk.terms import label


@dataclass(frozen=True)
class Link:
    """One chain of a finding: whether it is closed, and in words where it stands."""

    done: bool
    words: str


@dataclass(frozen=True)
class Chains:
    """The loop of one finding, shown until it is written off: 反馈, 激励, 整改 (article, 沙滩流水不到头)."""

    finding: FindingView
    feedback: Link
    incentive: Link
    rectified: Link

    @property
    def is_closed(self) -> bool:
        """Whether nothing of the three is open."""
        return self.feedback.done and self.incentive.done and self.rectified.done


@dataclass(frozen=True)
class FollowupBoard:
    """`findings` newest first, withdrawn ones among them; `orgs` are the branches shown.

    `is_alone`: one person only may check, so that a substitute is recorded.
    """

    quarter: QuarterView
    today: date
    orgs: tuple[OrgView, ...]
    findings: tuple[FindingView, ...]
    chains: tuple[Chains, ...]
    cards: tuple[CardView, ...]
    plans: tuple[PlanView, ...]
    committees: tuple[CommitteeView, ...]
    limits: FollowupLimits
    exit: ExitLimits
    is_alone: bool = False

    @property
    def open(self) -> tuple[FindingView, ...]:
        """Findings that are not written off."""
        return tuple(one for one in self.findings if one.is_open)

    @property
    def late(self) -> tuple[FindingView, ...]:
        """Those behind their day, the latest first."""
        return tuple(sorted((one for one in self.open if one.late), key=lambda one: -one.late))

    @property
    def owed(self) -> tuple[FindingView, ...]:
        """Open findings whose next step is the branch's own: to sign, to plan, to put right and report."""
        return tuple(one for one in self.open if one.state is not FindingState.TO_CHECK and not one.is_asked)

    def of_state(self, state: FindingState) -> tuple[FindingView, ...]:
        """Findings in a state."""
        return tuple(one for one in self.findings if one.state is state and not one.withdrawn)

    def of_light(self, light: ItemLight) -> tuple[FindingView, ...]:
        """Open findings with this light."""
        return tuple(one for one in self.open if one.light is light)


def board(
    session: Reader, quarter: QuarterView, orgs: Sequence[OrgView], org_ids: Collection[int] | None = None
) -> FollowupBoard:
    """`org_ids`: the branches whose findings are shown; None: the whole township."""
    every = followups.findings(session, org_ids=org_ids, with_withdrawn=True)
    shown = [one for one in every if one.quarter_id == quarter.id or (one.is_open and one.found_on <= quarter.ends_on)]
    held = followup_cards.cards(session, org_ids, quarter.year)
    told = followup_feedback.told(session, [one for one in shown if not one.withdrawn])
    return FollowupBoard(
        quarter=quarter,
        today=today(session),
        orgs=tuple(orgs),
        findings=tuple(reversed(shown)),
        chains=tuple(chains(one, held, told.get(one.id, ())) for one in reversed(shown) if not one.withdrawn),
        cards=held,
        plans=branch_plans.plans(session, org_ids),
        committees=idle_committee.committees(session, quarter, orgs),
        limits=followup_rules.limits(session),
        exit=followup_rules.exit_limits(session),
        is_alone=len(followup_rules.checkers(session)) < 2,
    )


def chains(of: FindingView, held: Sequence[CardView], told: Sequence[Told] = ()) -> Chains:
    """The three chains of a finding; `held` are the cards of its year, `told` the documents that told the branch."""
    return Chains(of, _feedback(of, told), _incentive(of, held), _rectified(of))


def missing(of: FindingView) -> str:
    """What is still lacking until the finding is written off, in words; "" for one that is."""
    if not of.is_open:
        return ""
    if of.receipt is None:
        return _("还没有签收")
    if of.state is FindingState.RELAPSED:
        return _("反弹后还没有重新制定措施")
    if of.state is FindingState.NOT_STARTED:
        return _("还没有整改措施")
    if of.state is FindingState.TO_CHECK:
        return _("等镇党建办验收")
    return _("等镇党建办答复延期") if of.is_asked else _("还没有提请验收")


def _feedback(of: FindingView, told: Sequence[Told]) -> Link:
    """The documents by themselves, then what somebody typed; closed once the notice is signed for."""
    said = [one.words for one in told]
    if of.feedback:
        said.append(of.feedback)
    return Link(of.receipt is not None, _("；").join(said))


def _incentive(of: FindingView, held: Sequence[CardView]) -> Link:
    own = [
        one for one in held if one.org_id == of.org_id and (one.quarter_id == of.quarter_id or of.number in one.causes)
    ]
    said = [_("{number}{state}").format(number=one.number, state="" if one.stands else _("（已解除）")) for one in own]
    if of.incentive:
        said.append(of.incentive)
    return Link(bool(said), _("；").join(said) or _("没有登记"))


def _rectified(of: FindingView) -> Link:
    step = of.written_off
    if step is not None:
        words = _("{day} 销号，验收人{name}").format(day=f"{step.on:%m-%d}", name=step.by)
        if of.looks:
            words += _("；{day} 回头看").format(day=f"{of.looks[-1].on:%m-%d}")
        return Link(True, words)
    late = _("，逾期 {n} 天").format(n=of.late) if of.late else ""
    return Link(False, f"{label(of.state)}，{missing(of)}{late}")
