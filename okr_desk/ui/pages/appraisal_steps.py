"""What is done with a round of 述职评议 or 民主评议: set up, count, grade, close, open again, take back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QMessageBox, QWidget

from okr_desk import services
from okr_desk.appraisal_terms import PROBATIONARY, AppraisalKind, Level
from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.queries import incentive_rules, members
from okr_desk.queries.appraisals import AppraisalView, PersonView, review_draft
from okr_desk.queries.title_board import TitleBoard
from okr_desk.rules.appraisals import GradeDraft
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.appraisal import AppraisalDialog, GradeDialog, HeldDialog
from okr_desk.ui.widgets.appraisal_tab import AppraisalTab
from okr_desk.ui.wording import sentences


class AppraisalSteps:
    """The actions of both tabs; `widget` is what dialogs stand over."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        self._desk, self._widget = desk, widget

    def act(self, of: TitleBoard, tab: AppraisalTab, name: str, may: bool) -> None:
        """An action by its name, with the round and the person in front; without the right only looking is left."""
        view, person = tab.view, tab.person
        if name == "create":
            chosen = self._desk.selection.org
            self.create(of, tab.kind, chosen.id if chosen else None)
        elif view is None or not may:
            return
        elif name == "grade" and person is not None and not person.is_probationary:
            self.grade(view, person)
        elif name in ("day", "rest", "close", "reopen", "record", "withdraw"):
            steps: dict[str, Callable[[AppraisalView], None]] = {
                "day": self.change_day,
                "rest": self.grade_rest,
                "close": self.close,
                "reopen": self.reopen,
                "record": self.record,
                "withdraw": self.withdraw,
            }
            steps[name](view)

    def create(self, of: TitleBoard, kind: AppraisalKind, org_id: int | None) -> None:
        """Set up a round: who is voted on is proposed from the register."""
        is_members = kind is AppraisalKind.MEMBERS
        places = of.orgs if is_members else tuple(one for one in (of.township,) if one is not None)

        def ask(found: tuple[dict[int, str], dict[object, object]]) -> None:
            people, weights = found
            made = AppraisalDialog.ask(
                self._widget,
                self._desk,
                kind,
                of.quarter.year,
                places=places,
                people=people,
                weights=weights,
                branches=of.branches,
                org_id=org_id,
            )
            if made is not None:
                self._desk.say(_("已建立。会前可在“报表”印测评票，会后在这里录入票数。"))

        def read(session: object) -> object:
            weights = incentive_rules.voter_weights(session, kind)  # type: ignore[arg-type]
            return _proposed(session, of, kind), weights

        self._desk.tasks.read(read, done=ask, owner=self._widget)

    def save(self, tab: AppraisalTab) -> None:
        """Save what was typed into the grids."""
        if tab.sheet is not None and tab.sheet.is_typed:
            self._desk.tasks.write(
                services.appraisals.save_counts,
                tab.sheet.draft(),
                done=lambda made: self._counted(tab, made.value),
                owner=self._widget,
            )

    def change_day(self, of: AppraisalView) -> None:
        """The meeting is put off, or was on another day."""
        if HeldDialog.ask(self._widget, self._desk, of) is not None:
            self._desk.say(_("测评日期已改。"))

    def grade(self, of: AppraisalView, person: PersonView) -> None:
        """Decide the grade of one person."""
        if of.is_open and GradeDialog.ask(self._widget, self._desk, of, person) is not None:
            self._desk.say(_("{name}的等次已保存。").format(name=person.name))

    def grade_rest(self, of: AppraisalView) -> None:
        """Decide the grades that are open: as the votes suggest, or 合格 for members."""
        drafts = [
            GradeDraft(one.id, Level.QUALIFIED if of.kind is AppraisalKind.MEMBERS else one.advised)
            for one in of.graded
            if one.grade is None and (of.kind is AppraisalKind.MEMBERS or one.advised is not None)
        ]
        if not drafts:
            self._desk.say(_("没有可以定的：都已定等次，或还没有计票。"))
            return
        self._desk.tasks.write(
            services.appraisals.decide_all,
            drafts,
            done=lambda made: self._desk.say(_("已定 {n} 人的等次。").format(n=made.value)),
            owner=self._widget,
        )

    def close(self, of: AppraisalView) -> None:
        """Close a round after a question: counts and grades do not change any more."""
        said = _("办结以后“{name}”的票数和等次不再改动。").format(name=of.name)
        if of.kind is AppraisalKind.MEMBERS:
            said += _("参评人数和各等次人数同时记入组织生活，不用再录。")
        asked = said + _("要办结吗？")
        if QMessageBox.question(self._widget, _("等次办结"), asked) == QMessageBox.StandardButton.Yes:
            self._close(of)

    def reopen(self, of: AppraisalView) -> None:
        """Open a closed round again, with the reason that its count will print."""
        note = _("“{name}”的票数和等次可以再改；理由留存备查，并印在计票汇总表上。改好后请再次办结。")
        reason = Reason.ask(self._widget, _("重新开放"), note.format(name=of.name), _("理由"), _("重新开放"))
        if reason is not None:
            self._desk.tasks.write(
                services.appraisals.reopen,
                of.id,
                reason,
                done=lambda _made: self._desk.say(_("已重新开放，改好后请再次办结。")),
                owner=self._widget,
            )

    def record(self, of: AppraisalView) -> None:
        """Write the yearly record of the branch from it, where it was taken back or the count was closed long ago."""

        def ask(reason: str) -> tuple[Any, ...]:
            return services.duty_registers.record_review, replace(review_draft(of), reason=reason)

        self._with_reason(ask, _("记入组织生活"), _("已记入“组织生活”的民主评议登记。"))

    def withdraw(self, of: AppraisalView) -> None:
        """Take a whole round back, with the reason."""
        note = _("“{name}”整次撤回，票数和等次不再计入；原记录和理由留存备查。").format(name=of.name)
        reason = Reason.ask(self._widget, _("撤回测评"), note, _("理由"), _("撤回"))
        if reason is not None:
            self._desk.tasks.write(
                services.appraisals.withdraw, of.id, reason, done=lambda _made: self._gone(), owner=self._widget
            )

    # Inside

    def _close(self, of: AppraisalView) -> None:
        self._with_reason(lambda reason: (services.appraisals.close, of.id, reason), _("等次办结"), _("等次已办结。"))

    def _with_reason(self, call: Callable[[str], tuple[Any, ...]], title: str, words: str, reason: str = "") -> None:
        """Write what `call` gives for a reason; a frozen quarter asks for one, and it is tried again with it."""

        def failed(error: Exception) -> None:
            if not (isinstance(error, InputRefused) and error.field == "reason"):
                self._desk.refuse(error if isinstance(error, Refusal) else Refusal(_("没有保存成功，请重试。")))
                return
            given = Reason.ask(self._widget, title, error.sentence, _("补报理由"), title)
            if given is not None:
                self._with_reason(call, title, words, given)

        def done(made: Any) -> None:
            self._desk.say(sentences(words, *made.notices))

        service, *args = call(reason)
        self._desk.tasks.write(service, *args, done=done, failed=failed, owner=self._widget)

    def _counted(self, tab: AppraisalTab, touched: int) -> None:
        tab.saved()
        self._desk.say(_("计票已保存，改动 {n} 处。").format(n=touched))

    def _gone(self) -> None:
        self._desk.say(_("已撤回。"))


def _proposed(session: object, of: TitleBoard, kind: AppraisalKind) -> dict[int, str]:
    """What stands in the field of people: secretaries with their branch, or the members of each branch."""
    if kind is AppraisalKind.SECRETARIES:
        lines = [f"{one.secretary} {one.short_name}" for one in of.branches if one.secretary]
        return {} if of.township is None else {of.township.id: "\n".join(lines)}
    found: dict[int, list[str]] = {}
    for one in members.members(session, [org.id for org in of.orgs], of.day):  # type: ignore[arg-type]
        is_probationary = one.kind.value == "probationary"
        found.setdefault(one.org_id, []).append(f"{one.name} {PROBATIONARY[0]}" if is_probationary else one.name)
    return {org_id: "\n".join(names) for org_id, names in found.items()}
