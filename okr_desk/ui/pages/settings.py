"""设置: what this person sees, what the office has agreed, and whether the data is safe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QMessageBox, QTabWidget, QVBoxLayout, QWidget

from okr_desk.i18n import N_, _
from okr_desk.rules.permissions import Action
from okr_desk.services.outcome import Topic
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.forms import choices
from okr_desk.ui.pages.base import Page
from okr_desk.ui.status_bar import SIZE_WORDS
from okr_desk.ui.widgets.backups import Backups, when
from okr_desk.ui.widgets.policy_form import PolicyForm
from okr_desk.ui.wording import sentences

THEME_WORDS = {"system": N_("跟随系统"), "light": N_("浅色"), "dark": N_("深色")}
LANGUAGE_WORDS = {"zh_CN": "中文", "en": "English"}


class SettingsPage(Page):
    """Three tabs: this PC, the office's settings, backups."""

    title = N_("设置")
    topics = frozenset({Topic.POLICY, Topic.BACKUP})
    follows_org = follows_quarter = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        actor = desk.actor
        self.tabs = QTabWidget(self)
        self.tabs.setAccessibleName(_("设置"))
        self.tabs.tabBar().setAccessibleName(_("设置"))
        self.personal = PersonalForm(desk, self)
        self.policy = PolicyForm(desk, self)
        self.tabs.addTab(self.personal, _("本机"))
        self.tabs.addTab(self.policy, _("考核参数"))
        self.backups = Backups(desk, self) if actor is not None and actor.may(Action.BACKUP) else None
        if self.backups is not None:
            self.tabs.addTab(self.backups, _("备份"))
        self.content.addWidget(self.tabs, 1)
        self.save = self.set_accent(_("保存"), "save", self.policy.save, "Ctrl+S")
        self.save.setEnabled(False)
        self.policy.edited.connect(self._follow)
        self.tabs.currentChanged.connect(self._follow)
        self._follow()

    def query(self) -> Callable[..., Any]:
        path = self.desk.store.path if self.desk.store is not None else Path()
        return lambda session: _read(session, path)

    def show_answer(self, snapshot: tuple[dict[str, str], Any]) -> None:
        values, copies = snapshot
        self.policy.show_values(values)
        if self.backups is not None:
            self.backups.show_copies(copies)
        newest = copies[0] if copies else None
        sentence = _("还没有备份。") if newest is None else _("上次备份：{when}（已验证）。")
        changed = self.policy.differing()
        more = _("考核参数均为默认值。") if not changed else _("有 {n} 项考核参数与默认值不同。").format(n=changed)
        self.set_answer(sentences(sentence.format(when=when(newest)), more))
        self._follow()

    def can_leave(self) -> bool:
        if not self.policy.changes():
            return True
        button = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self,
            _("还没有保存"),
            _("考核参数改动还没有保存，要保存吗？"),
            button.Save | button.Discard | button.Cancel,
        )
        if answer == button.Save:
            self.policy.save()
        elif answer == button.Discard:
            self.policy.discard()
        return bool(answer != button.Cancel)

    def _follow(self) -> None:
        on_policy = self.tabs.currentWidget() is self.policy
        self.save.setVisible(on_policy and self.policy.is_editable)
        self.save.setEnabled(bool(self.policy.changes()))


class PersonalForm(QWidget):
    """Look, text size, language and fonts; takes effect at once."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        mine = desk.settings
        self.theme = choices([(_(words), key) for key, words in THEME_WORDS.items()], mine.theme)
        self.text_size = choices([(_(words), key) for key, words in SIZE_WORDS.items()], mine.text_size)
        self.language = choices([(words, key) for key, words in LANGUAGE_WORDS.items()], mine.language)
        self.fonts = QCheckBox(_("打印和显示一律使用自带字体（各台电脑打印结果相同）"), self)
        self.fonts.setChecked(mine.bundled_fonts)
        place = QLabel(str(desk.store.path) if desk.store is not None else "", self)
        place.setObjectName("quiet")
        place.setWordWrap(True)
        form = QFormLayout()
        form.setVerticalSpacing(theme.gap(0.6))
        form.setHorizontalSpacing(theme.gap(0.8))
        rows = ((_("外观"), self.theme), (_("字号"), self.text_size), (_("语言"), self.language))
        for words, box in rows:
            box.setAccessibleName(words)
            box.setMinimumWidth(theme.span(self, 9))
            label = QLabel(words, self)
            label.setBuddy(box)
            form.addRow(label, box)
        form.addRow(_("字体"), self.fonts)
        form.addRow(_("数据文件"), place)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.gap(0.8), 0, 0)
        layout.addLayout(form)
        layout.addStretch(1)
        self.theme.currentIndexChanged.connect(lambda: self._take(theme=self.theme.currentData()))
        self.text_size.currentIndexChanged.connect(lambda: self._take(text_size=self.text_size.currentData()))
        self.language.currentIndexChanged.connect(lambda: self._take(language=self.language.currentData()))
        self.fonts.toggled.connect(lambda on: self._take(bundled_fonts=on))

    def _take(self, **changes: Any) -> None:
        self._desk.change_settings(replace(self._desk.settings, **changes))


def _read(session: Any, path: Path) -> tuple[dict[str, str], Any]:
    from okr_desk.queries import backup as copies
    from okr_desk.queries import policy
    from okr_desk.services import backup

    return policy.values(session), copies.in_folder(backup.default_folder(path))
