"""The draft of an objective; after approval with the reason of the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from okr_desk.i18n import _
from okr_desk.queries.objective_drafts import AlignChoice
from okr_desk.rules.checks import check_reason
from okr_desk.rules.objectives import ObjectiveDraft, check_objective
from okr_desk.scoring.rounding import plain
from okr_desk.ui.dialogs.fields import number
from okr_desk.ui.forms import FormDialog, choices

Answer = tuple[ObjectiveDraft, str]


class ObjectiveDialog(FormDialog):
    """Code, words, weight, which objective above it serves, who leads."""

    def __init__(
        self,
        draft: ObjectiveDraft,
        above: Sequence[AlignChoice],
        *,
        is_new: bool,
        needs_reason: bool,
        parent: QWidget | None = None,
    ) -> None:
        note = _("已批准的目标：改动会作为“调整”印在评审表上。") if needs_reason else ""
        super().__init__(_("新增目标") if is_new else _("修改目标"), parent, note, accept=_("保存"))
        self._draft, self._needs_reason = draft, needs_reason
        offered: list[tuple[str, object]] = [(_("（不对应）"), None)]
        offered += [(f"{one.org_name} {one.code} {one.title}", one.id) for one in above]
        aligned = choices(offered, draft.aligned_to_id)
        aligned.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.add_row("code", _("编号"), QLineEdit(draft.code))
        self.add_row("title", _("目标"), QLineEdit(draft.title), _("一句话写清要办成什么事，不写数字。"))
        self.add_row("weight", _("权重"), QLineEdit(plain(draft.weight) if draft.weight else ""))
        self.add_row("aligned_to_id", _("对应上级目标"), aligned)
        self.add_row("leader", _("责任人"), QLineEdit(draft.leader))
        if needs_reason:
            self.add_row("reason", _("调整理由"), QLineEdit())
        self.fields["title"].setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        draft: ObjectiveDraft,
        above: Sequence[AlignChoice],
        *,
        is_new: bool,
        needs_reason: bool = False,
        refused: Exception | None = None,
    ) -> Answer | None:
        """The draft with its reason, None when the dialog was left; `refused` says why it is asked again."""
        dialog = cls(draft, above, is_new=is_new, needs_reason=needs_reason, parent=parent)
        if refused is not None:
            dialog.refuse(refused)
        found: Answer | None = dialog.run()
        return found

    def draft(self) -> Answer:
        aligned = self.fields["aligned_to_id"]
        assert isinstance(aligned, QComboBox)
        made = replace(
            self._draft,
            code=self.text("code"),
            title=self.text("title"),
            weight=number(self.text("weight"), "weight", _("权重")),
            aligned_to_id=aligned.currentData(),
            leader=self.text("leader"),
        )
        check_objective(made)
        if not self._needs_reason:
            return made, ""
        return made, check_reason(self.text("reason"), _("批准后的变动须写明理由。"))
