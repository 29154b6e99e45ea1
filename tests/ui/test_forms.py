"""Forms, sign-in and first start on real databases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from okr_desk.errors import InputRefused, Refusal
from okr_desk.model.store import Store
from okr_desk.rules.permissions import Actor
from okr_desk.rules.setup import TownshipDraft
from okr_desk.services import permits, setup, users
from okr_desk.settings import Settings
from okr_desk.ui import forms, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.first_run import FirstRun, NewFile, NewTownship
from okr_desk.ui.dialogs.sign_in import NewPassword, SignIn
from okr_desk.ui.opening import _create

PASSWORD = "青山依旧在2026"
Idle = Callable[[Desk], None]


class Weight(forms.FormDialog):
    def __init__(self) -> None:
        super().__init__("权重")
        self.add_row("weight", "权重", QLineEdit(), "0 到 100")

    def draft(self) -> str:
        if self.text("weight") == "坏":
            raise InputRefused("权重请填数字。", "weight")
        if self.text("weight") == "满":
            raise Refusal("合计已满。")
        return self.text("weight")


class Fact(forms.FormDialog):
    def __init__(self) -> None:
        super().__init__("事实", note="登记后随时计入，登记错的可以撤回，两者都留痕。" * 3)
        field = QPlainTextEdit()
        field.setFixedHeight(90)
        self.add_row("fact", "事实", field)

    def draft(self) -> str:
        raise InputRefused("请写明事实。", "fact")


def test_a_refusal_makes_room_for_itself(qtbot: QtBot, look: None) -> None:
    dialog = Fact()
    qtbot.addWidget(dialog)
    dialog.show()
    before = dialog.height()
    dialog.ok.click()
    QApplication.processEvents()
    field = dialog.fields["fact"]
    sentence = next(label for label in field.parentWidget().findChildren(QLabel) if label.text() == "请写明事实。")
    assert sentence.geometry().top() >= field.geometry().bottom()
    assert dialog.height() > before


def test_refusal_stands_at_its_field_and_leaves_when_mended(qtbot: QtBot, look: None) -> None:
    dialog = Weight()
    qtbot.addWidget(dialog)
    dialog.show()
    field = dialog.fields["weight"]
    assert isinstance(field, QLineEdit)
    field.setText("坏")
    dialog.ok.click()
    assert dialog.refusal == "权重请填数字。"
    assert field.property("wrong") is True
    assert dialog.result_draft is None
    field.setText("满")
    dialog.ok.click()
    assert dialog.refusal == "合计已满。"
    assert field.property("wrong") is False
    field.setText(" 40 ")
    dialog.ok.click()
    assert dialog.result_draft == "40"
    assert not dialog.isVisible()


def test_enter_accepts_and_escape_leaves(qtbot: QtBot, look: None) -> None:
    dialog = Weight()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == 0
    assert dialog.result_draft is None


def test_text_of_every_kind_of_field(qtbot: QtBot) -> None:
    plain, box, check = QPlainTextEdit("多行"), forms.choices([("甲", "a"), ("乙", "b")], "b"), QCheckBox()
    for widget in (plain, box, check):
        qtbot.addWidget(widget)
    assert [forms.text_of(widget) for widget in (plain, box, check)] == ["多行", "b", "false"]
    with pytest.raises(TypeError):
        forms.text_of(forms.QWidget())


@pytest.fixture
def office(store: Store) -> Store:
    """A township whose administrator has a password."""
    draft = TownshipDraft("青山镇", "中共青山镇委员会", "admin", "王玥", PASSWORD, 2026)
    with store.write(permits.SETUP) as session:
        setup.create_township(session, draft)
    return store


@pytest.fixture
def office_desk(bare_desk: Desk, office: Store) -> Desk:
    """Nobody signed in yet."""
    bare_desk.take_store(office)
    return bare_desk


def fill(dialog: forms.FormDialog, **texts: str) -> None:
    for name, text in texts.items():
        field = dialog.fields[name]
        assert isinstance(field, QLineEdit)
        field.setText(text)


def test_sign_in_with_wrong_and_right_password(qtbot: QtBot, office_desk: Desk, idle: Idle) -> None:
    dialog = SignIn(office_desk)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.submit()
    assert dialog.refusal == "请输入账号。"
    fill(dialog, login="admin", password="不对的密码")
    dialog.submit()
    idle(office_desk)
    assert "密码不对" in dialog.refusal
    assert dialog.actor is None
    fill(dialog, password=PASSWORD)
    dialog.submit()
    idle(office_desk)
    assert dialog.actor is not None
    assert dialog.actor.name == "王玥"
    assert office_desk.settings.last_login == "admin"


def test_many_wrong_passwords_say_how_long_to_wait(qtbot: QtBot, office_desk: Desk, idle: Idle) -> None:
    dialog = SignIn(office_desk)
    qtbot.addWidget(dialog)
    for _number in range(6):
        fill(dialog, login="admin", password="不对的密码")
        dialog.submit()
        idle(office_desk)
    assert "秒" in dialog.refusal or "分钟" in dialog.refusal


def test_own_password_is_changed(qtbot: QtBot, office_desk: Desk, office: Store, idle: Idle) -> None:
    actor: Actor = users.attempt(office, "admin", PASSWORD)
    dialog = NewPassword(office_desk, actor)
    qtbot.addWidget(dialog)
    fill(dialog, old=PASSWORD, password="另一个长密码77", again="不一样")
    dialog.submit()
    assert "不一样" in dialog.refusal
    fill(dialog, old="记错了的旧密码", again="另一个长密码77")
    dialog.submit()
    idle(office_desk)
    assert "原密码不对" in dialog.refusal
    fill(dialog, old=PASSWORD)
    dialog.submit()
    idle(office_desk)
    assert dialog.result() == dialog.DialogCode.Accepted
    assert users.attempt(office, "admin", "另一个长密码77").login == "admin"


def new_township(qtbot: QtBot, folder: Path, **texts: str) -> NewTownship:
    dialog = NewTownship(2026)
    qtbot.addWidget(dialog)
    dialog.show()
    fill(dialog, name="青山镇", admin_name="王玥", admin_login="admin", password=PASSWORD, again=PASSWORD)
    dialog.path.setText(str(folder / "青山镇2026"))
    for name, text in texts.items():
        if name == "path":
            dialog.path.setText(text)
        else:
            fill(dialog, **{name: text})
    return dialog


def test_new_township_is_founded_and_its_administrator_signed_in(qtbot: QtBot, look: None, tmp_path: Path) -> None:
    dialog = new_township(qtbot, tmp_path)
    full = dialog.fields["full_name"]
    assert isinstance(full, QLineEdit)
    assert full.text() == "中共青山镇委员会"
    dialog.submit()
    draft = dialog.result_draft
    assert isinstance(draft, NewFile)
    assert draft.path == tmp_path / "青山镇2026.okr"
    store, actor = _create(draft)
    assert actor.name == "王玥"
    assert not store.is_demo
    store.close()
    with pytest.raises(Refusal):
        _create(draft)
    assert draft.path.is_file()


@pytest.mark.parametrize(
    ("field", "texts"),
    [
        ("again", {"again": "另一个密码000"}),
        ("password", {"password": "123456", "again": "123456"}),
        ("admin_name", {"admin_name": ""}),
        ("full_name", {"name": "", "full_name": ""}),
        ("path", {"path": ""}),
    ],
)
def test_new_township_says_what_is_missing(
    qtbot: QtBot, look: None, tmp_path: Path, field: str, texts: dict[str, str]
) -> None:
    dialog = new_township(qtbot, tmp_path, **texts)
    dialog.submit()
    assert dialog.result_draft is None
    assert not dialog._sentences[field].isHidden(), dialog.refusal


def test_existing_file_is_not_overwritten(qtbot: QtBot, look: None, tmp_path: Path) -> None:
    (tmp_path / "青山镇2026.okr").write_text("别人的", "utf-8")
    dialog = new_township(qtbot, tmp_path)
    dialog.submit()
    assert "已经存在" in dialog.refusal


def test_first_start_offers_three_ways_and_the_warning(qtbot: QtBot, look: None) -> None:
    dialog = FirstRun(2026)
    qtbot.addWidget(dialog)
    dialog.show()
    assert [way.accessibleName() for way in (dialog.new, dialog.existing, dialog.demo)] == [
        "新建",
        "打开已有",
        "看示范镇",
    ]
    dialog.demo.click()
    assert dialog.wish is not None
    assert dialog.wish.demo


@pytest.mark.parametrize("size", ["standard", "huge"])
def test_a_refusal_cuts_no_advice_beside_it(qtbot: QtBot, qapp: QApplication, size: str) -> None:
    """The advice under the password was cut once a sentence stood at another field."""
    theme.apply(qapp, Settings(theme="light", text_size=size))
    dialog = NewTownship(2026)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.fields["name"].setText("青山镇")
    dialog.submit()
    assert dialog.refusal
    room = dialog.screen().availableGeometry().height()
    assert dialog.height() >= min(dialog.layout().totalHeightForWidth(dialog.width()), room)


@pytest.mark.parametrize("size", ["standard", "huge"])
def test_the_ways_to_begin_are_whole(qtbot: QtBot, qapp: QApplication, size: str) -> None:
    theme.apply(qapp, Settings(theme="light", text_size=size))
    dialog = FirstRun(2026)
    qtbot.addWidget(dialog)
    dialog.show()
    for way in (dialog.new, dialog.existing, dialog.demo):
        assert way.width() >= way.sizeHint().width() and way.height() >= way.sizeHint().height()
