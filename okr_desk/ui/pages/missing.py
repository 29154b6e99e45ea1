"""A page whose file is not part of this installation: says so, the others go on working."""

from __future__ import annotations

import logging

from okr_desk.i18n import _
from okr_desk.ui.desk import Desk
from okr_desk.ui.pages.base import Page


class MissingPage(Page):
    """Stands in for a page that could not be found."""

    follows_org = follows_quarter = False

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk)
        self.title_label.setText(title)
        logging.getLogger("okr_desk").error("page %s is missing", title)

    def refresh(self) -> None:
        """There is nothing to read."""
        self._stale = False
        self.show_empty(_("本页没有随程序安装。"), _("请重新安装程序；左侧的其他页面可以照常使用。"))
