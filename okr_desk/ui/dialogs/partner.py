"""A need and a resource become a project; a project is done; a partner leaves; a sign comes down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.partners import ItemView, PartnerView
from okr_desk.queries.posts import PostView
from okr_desk.rules.entered import By
from okr_desk.rules.partners import DoneDraft, EndDraft, MatchDraft
from okr_desk.rules.posts import TakedownDraft
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.entered_by import add_by, by_of
from okr_desk.ui.dialogs.project import text_field
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.widgets.day_line import DayLine


class MatchDialog(SavingDialog):
    """What the project is called, when it was agreed, and by when it is to be done."""

    def __init__(
        self, desk: Desk, org: OrgView, need: ItemView, resource: ItemView, parent: QWidget | None = None
    ) -> None:
        note = _("需求“{need}”，由{unit}以“{resource}”对接。").format(
            need=need.text, unit=resource.partner, resource=resource.text
        )
        super().__init__(desk, services.partners.match, _("对接成项目"), parent=parent, note=note, accept=_("对接"))
        self._need, self._resource = need, resource
        today = desk.selection.entry_day
        self.agreed = DayLine(_("商定日期"), today, today.year)
        self.planned = DayLine(_("计划完成日"), None, today.year)
        self.add_row("text", _("项目"), QLineEdit(need.text))
        self.add_pair("agreed_on", _("商定日期"), self.agreed, "planned_on", _("计划完成日"), self.planned)
        add_by(self, desk, org)
        self.planned.setFocus()

    @classmethod
    def ask(
        cls, parent: QWidget, desk: Desk, org: OrgView, need: ItemView, resource: ItemView
    ) -> tuple[Any, Any] | None:
        """What the service gave back with the draft, or None when the dialog was left."""
        dialog = cls(desk, org, need, resource, parent)
        dialog.exec()
        return dialog.saved

    def draft(self) -> MatchDraft:
        return MatchDraft(
            self._need.id,
            self._resource.id,
            self.text("text"),
            self.agreed.day("agreed_on"),
            self.planned.day("planned_on"),
            by_of(self),
        )


class DayDialog(SavingDialog):
    """A day and a sentence: `field` names what the sentence is in the draft that `make` builds."""

    def __init__(
        self,
        desk: Desk,
        org: OrgView,
        service: Callable[..., Any],
        words: tuple[str, str, str],
        field: tuple[str, str],
        make: Callable[[date, str, By], Any],
        parent: QWidget | None = None,
    ) -> None:
        title, note, day_words = words
        super().__init__(desk, service, title, parent=parent, note=note, accept=_("登记"))
        self._make, self._field = make, field[0]
        self.day = DayLine(day_words, desk.selection.entry_day, desk.clock.today().year)
        self.add_row("on", day_words, self.day)
        self.add_row(field[0], field[1], text_field("", 2.6))
        add_by(self, desk, org)
        self.fields[field[0]].setFocus()

    def draft(self) -> Any:
        return self._make(self.day.day("on"), self.text(self._field), by_of(self))


def ask_done(parent: QWidget, desk: Desk, org: OrgView, item: ItemView) -> tuple[Any, Any] | None:
    """A project was done."""
    words = (_("共建项目办结"), _("项目“{text}”。").format(text=item.text), _("完成日期"))
    return _asked(
        DayDialog(
            desk,
            org,
            services.partners.finish,
            words,
            ("result", _("成效")),
            lambda day, text, by: DoneDraft(item.id, day, text, by),
            parent,
        )
    )


def ask_end(parent: QWidget, desk: Desk, org: OrgView, unit: PartnerView) -> tuple[Any, Any] | None:
    """A partner leaves."""
    words = (_("退出共建"), _("“{name}”退出以后，原有清单照样保留。").format(name=unit.name), _("退出日期"))
    return _asked(
        DayDialog(
            desk,
            org,
            services.partners.leave,
            words,
            ("cause", _("退出原因")),
            lambda day, text, by: EndDraft(unit.id, day, text, by),
            parent,
        )
    )


def ask_takedown(parent: QWidget, desk: Desk, org: OrgView, post: PostView) -> tuple[Any, Any] | None:
    """A sign comes down."""
    note = _("岗位“{name}”，责任党员{holder}。以往的考评照样计入所在季度。").format(name=post.name, holder=post.holder)
    return _asked(
        DayDialog(
            desk,
            org,
            services.posts.take_down,
            (_("摘牌"), note, _("摘牌日期")),
            ("cause", _("摘牌原因")),
            lambda day, text, by: TakedownDraft(post.id, day, text, by),
            parent,
        )
    )


def _asked(dialog: DayDialog) -> tuple[Any, Any] | None:
    dialog.exec()
    return dialog.saved
