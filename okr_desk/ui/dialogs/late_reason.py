"""Why something is written into a frozen quarter, asked once before an import is confirmed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from okr_desk.i18n import _
from okr_desk.ui.dialogs.adjust import Reason


def ask(parent: QWidget, count: int) -> str | None:
    """The reason for `count` lines; empty where there are none, None when the dialog was left."""
    if not count:
        return ""
    note = _("有 {n} 条要写入已冻结的季度，作为补报登记，理由随每条保留。").format(n=count)
    return Reason.ask(parent, _("写入已冻结的季度"), note, _("补报理由"), _("写入"))
