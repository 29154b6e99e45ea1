"""The command that moves reviews on, of one branch or of many with one step: review-step."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from okr_desk import cli_desk
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.review_terms import ReceiptWay, ReviewStep
from okr_desk.rules.permissions import Actor
from okr_desk.rules.reviews import BULK, StepDraft
from okr_desk.services.reviews import Moved
from okr_desk.terms import label

STEPS = tuple(step for step in ReviewStep if step not in (ReviewStep.OBJECT, ReviewStep.RECHECK))
"""Objections are entered and answered one by one, with what they rest on: in the window."""
OF_BRANCH = (ReviewStep.SUBMIT, ReviewStep.DELIVER, ReviewStep.AGREE)
_OPTIONS = {
    "by": "--by",
    "note": "--note",
    "document": "--document",
    "dated_on": "--on",
    "substitution": "--substitute",
}
"""The option that mends what a refusal speaks of, by the field of the draft."""


def prepare(_command: str, parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """Declare the options; returns what runs them."""
    cli_desk.takes_person(parser)
    cli_desk.takes_branches(parser)
    add = parser.add_argument
    add("file", help=_("数据文件（.okr）"))
    add("--quarter", default="", help=_("季度，例如 2026Q3；不写则为当前季度"))
    add("--step", required=True, choices=[step.value for step in STEPS], help=_step_help())
    add("--by", default="", help=_("办理人或签收人；不写则为支部书记、联系领导或您本人"))
    add("--note", default="", help=_("意见或理由"))
    add("--document", default="", help=_("所依据的会议或文件"))
    add("--on", help=_("会议或文件的日期，例如 2026-10-20"))
    add("--way", default="paper", choices=[way.value for way in ReceiptWay], help=_way_help())
    add("--substitute", default="", help=_("办公室只有一人时，写明由谁代行"))
    return review_step


def review_step(args: argparse.Namespace) -> int:
    """Take a step; many branches are moved together, and those that cannot be are named with the reason."""
    from okr_desk.services import review_bulk, reviews

    cli_desk.check_quarter(args.quarter)
    step = ReviewStep(args.step)
    with cli_desk.opened(args.file) as store:
        quarter = cli_desk.quarter_named(store, args.quarter)
        actor = cli_desk.person(store, args)
        of = cli_desk.branches(store, actor, args, quarter)
        if len(of) > 1 and step not in BULK:
            said = _("“{step}”要逐个支部办理，请用 --org 只写一个支部。")
            raise InputRefused(said.format(step=label(step)))
        drafts = [_draft(args, step, actor, org, quarter.id) for org in of]
        try:
            with store.write(actor) as session:
                if step in BULK:
                    moved = review_bulk.steps(session, actor, drafts).value
                else:
                    reviews.step(session, actor, drafts[0])
                    moved = Moved(1)
        except InputRefused as refusal:
            raise cli_desk.naming_option(refusal, _OPTIONS) from refusal
    kept = {one.org for one in moved.refused}
    names = [org.short_name for org in of if org.short_name not in kept]
    text = [
        _("“{step}”：已办理 {n} 个支部。").format(step=label(step), n=moved.count),
        *(f"  {name}" for name in names),
    ]
    if moved.refused:
        text.append(_("没有办理 {n} 个：").format(n=len(moved.refused)))
        text += [_("  {org}：{why}").format(org=one.org, why=one.why) for one in moved.refused]
    refused = [{"org": one.org, "why": one.why} for one in moved.refused]
    cli_desk.say(args, "\n".join(text), {"step": step.value, "moved": names, "refused": refused})
    return 1 if moved.refused else 0


def _draft(args: argparse.Namespace, step: ReviewStep, actor: Actor, org: OrgView, quarter_id: int) -> StepDraft:
    return StepDraft(
        quarter_id,
        org.id,
        step,
        by=args.by or _usual(step, actor, org),
        note=args.note,
        document=args.document,
        dated_on=None if args.on is None else cli_desk.day(args.on),
        way=ReceiptWay(args.way),
        substitution=args.substitute,
    )


def _usual(step: ReviewStep, actor: Actor, org: OrgView) -> str:
    """Whose name mostly stands under a step, as the window proposes it."""
    if step in OF_BRANCH:
        return org.secretary if actor.is_office else actor.name
    return org.liaison if step is ReviewStep.OPINE else actor.name


def _step_help() -> str:
    return _("、").join(f"{step.value} {label(step)}" for step in STEPS)


def _way_help() -> str:
    told = _("、").join(f"{way.value} {label(way)}" for way in ReceiptWay)
    return _("送达方式：{ways}").format(ways=told)
