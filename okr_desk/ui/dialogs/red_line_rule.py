"""One red line: added to a list, or given its next wording from a quarter on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.red_lines import RedLineRuleView
from okr_desk.rules.red_lines import (
    CODE_LIMIT,
    LIST_LIMIT,
    NAME_LIMIT,
    SOURCE_LIMIT,
    RedLineRuleDraft,
)
from okr_desk.scoring.grades import RedLineKind
from okr_desk.terms import QuarterState
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices


class RedLineRuleDialog(SavingDialog):
    """`start` is the red line that gets another wording, None for a new one, which then goes into `list_name`.

    `grades` are those of the scheme in front: its grades below the best are offered.
    """

    def __init__(
        self,
        desk: Desk,
        start: RedLineRuleView | None,
        lists: Sequence[str],
        grades: Sequence[str],
        quarters: Sequence[QuarterView],
        parent: QWidget | None = None,
    ) -> None:
        before = () if start is None else (start.id,)
        super().__init__(
            desk,
            _create if start is None else _new_version,
            _("新增红线") if start is None else _("修改红线 {title}").format(title=start.title),
            *before,
            parent=parent,
            note=_("得分照实保留，只限制等次。")
            if start is None
            else _("改后另存一版，从所选季度起用；已登记的仍按原来的表述。编号和清单不能改。"),
        )
        self._start = start
        self._lists = {_(name): name for name in lists}
        code, name, source = (_line(limit) for limit in (CODE_LIMIT, NAME_LIMIT, SOURCE_LIMIT))
        self.list_name = QComboBox()
        self.list_name.addItems(list(self._lists))
        self.list_name.setEditable(True)
        typed = self.list_name.lineEdit()
        assert typed is not None
        typed.setMaxLength(LIST_LIMIT + 1)
        self.kind = choices([(_("限定等次"), RedLineKind.LOCK), (_("一票否决"), RedLineKind.VETO)])
        offered = [*grades[1:], *([start.highest] if start and start.highest and start.highest not in grades else [])]
        self.highest = choices([(_("次高等次"), ""), *((_(one), one) for one in offered)])
        self.add_pair("code", _("编号"), code, "list_name", _("清单"), self.list_name)
        self.add_row("name", _("名称"), name)
        self.add_row("trigger", _("触碰情形"), _paragraph(3))
        advice = _("一票否决直接定为最低等次；“次高等次”即不得评最高等次，等次名称不同的方案都适用。")
        self.add_pair("kind", _("处理"), self.kind, "highest", _("最高评为"), self.highest, advice)
        self.add_row("source", _("依据"), source)
        self.add_row("quarter_id", _("起用季度"), choices([(one.label, one.id) for one in quarters]))
        code.setPlaceholderText(_("例如：G1"))
        name.setPlaceholderText(_("例如：主要经营指标未完成"))
        source.setPlaceholderText(_("例如：县委组织部考核办法（文号）"))
        if start is not None:
            reason = _paragraph(2)
            reason.setPlaceholderText(_("例如：县里调整了考核办法（文号）"))
            self.add_row("reason", _("理由"), reason)
            self._show(start)
        self.kind.currentIndexChanged.connect(self._follow)
        self._follow()
        self.let_scroll()
        room = self.screen().availableGeometry()
        height = theme.line_height() * (23 if start is None else 27)
        self.resize(min(theme.span(self, 38), room.width()), min(round(height), room.height()))
        self.fields["code" if start is None else "name"].setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        desk: Desk,
        start: RedLineRuleView | None,
        lists: Sequence[str],
        grades: Sequence[str],
    ) -> Any:
        """What the service gave back, None when the dialog was left."""
        quarters = coming(desk)
        if not quarters:
            desk.say(_("没有可以起用的季度，请先在“年度与季度”中建立年度。"))
            return None
        dialog = cls(desk, start, lists, grades, quarters, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> tuple[RedLineRuleDraft, int]:
        kind = RedLineKind(self.kind.currentData())
        typed = self.list_name.currentText().strip()
        made = RedLineRuleDraft(
            code=self.text("code"),
            name=self._kept("name"),
            kind=kind,
            trigger=" ".join(self._kept("trigger").split()),
            highest=self.text("highest") if kind is RedLineKind.LOCK else "",
            source=self.text("source"),
            list_name=self._lists.get(typed, typed),
            reason=self.text("reason") if self._start is not None else "",
        )
        return made, int(self.box("quarter_id").currentData())

    def _kept(self, field: str) -> str:
        """What was typed; a word of the program that was left as it is shown stays in the language it is kept in."""
        typed = self.text(field)
        stored = "" if self._start is None else str(getattr(self._start, field))
        return stored if stored and typed == _(stored) else typed

    def _show(self, start: RedLineRuleView) -> None:
        for field, words in (
            ("code", start.code),
            ("name", _(start.name)),
            ("trigger", _(start.trigger)),
            ("source", start.source),
        ):
            widget = self.fields[field]
            if isinstance(widget, QPlainTextEdit):
                widget.setPlainText(words)
            elif isinstance(widget, QLineEdit):
                widget.setText(words)
        self.list_name.setCurrentText(_(start.list_name))
        self.kind.setCurrentIndex(self.kind.findData(start.kind))
        self.highest.setCurrentIndex(self.highest.findData(start.highest))
        for field in ("code", "list_name"):
            self.fields[field].setEnabled(False)

    def _follow(self) -> None:
        self.show_field("highest", RedLineKind(self.kind.currentData()) is RedLineKind.LOCK)


def coming(desk: Desk) -> list[QuarterView]:
    """The quarters that a wording may count from: the one in front first where it is among them."""
    fitting = [one for one in desk.selection.quarters if one.state in (QuarterState.PLANNING, QuarterState.OPEN)]
    chosen = desk.selection.quarter
    return sorted(fitting, key=lambda one: (chosen is None or one.id != chosen.id, one.starts_on))


def _line(limit: int) -> QLineEdit:
    made = QLineEdit()
    made.setMaxLength(limit + 1)
    return made


def _paragraph(lines: int) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setTabChangesFocus(True)
    made.setFixedHeight(round(theme.line_height() * (lines + 0.8)))
    return made


def _create(session: Any, actor: Any, made: tuple[RedLineRuleDraft, int]) -> Any:
    return services.red_lines.create(session, actor, *made)


def _new_version(session: Any, actor: Any, rule_id: int, made: tuple[RedLineRuleDraft, int]) -> Any:
    return services.red_lines.new_version(session, actor, rule_id, *made)
