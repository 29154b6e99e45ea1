"""The tab 录入: branch, group and way once, then a key an item; the next ballot begins by itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.surveys import RoundView
from okr_desk.rules.ballots import WISH_LIMIT
from okr_desk.survey_terms import Channel, ItemKind
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.models.ballot_sitting import BLANK, VOID_REASONS, BallotPlace, Sitting, TypedBallot
from okr_desk.ui.widgets.ballot_grid import BallotGrid, answer_words
from okr_desk.ui.widgets.picker import Choice, Picker
from okr_desk.ui.widgets.score_sheet import Place
from okr_desk.ui.wording import sentences

GAP = "\u00a0\u00a0\u00a0 "
BLANKS = ("-", ".", "。", "－")
FULL_WIDTH = {chr(ord("０") + n): str(n) for n in range(10)}
"""Digits as an input method types them: a person need not switch it off."""


class BallotDesk(Place):
    """Takes keys while it has the focus. `typed` tells that the sitting has changed; Ctrl+Z works on `stack`."""

    typed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sitting = Sitting(0)
        self.stack = QUndoStack(self)
        self._round: RoundView | None = None
        self._names: dict[int, str] = {}
        self._is_voiding = False
        self.org = Picker(_("支部"), self)
        self.group, self.channel = QComboBox(self), QComboBox(self)
        self.legend, self.state, self.keys = QLabel(self), QLabel(self), QLabel(self)
        self.grid = BallotGrid(self)
        self.wish = QLineEdit(self)
        self._assemble()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.org.chosen.connect(lambda _key: self._placed())
        self.group.activated.connect(lambda _at: self._placed())
        self.channel.activated.connect(lambda _at: self._placed())
        self.wish.returnPressed.connect(self.end_wish)

    # What is shown

    def show_round(self, of: RoundView, branches: Sequence[OrgView], sitting: Sitting) -> None:
        """Take the ballots of a round; the choice above stays where it still can be made."""
        same = self._round is not None and self._round.id == of.id and self.sitting is sitting
        chosen = self._org_id()
        if self._round is None or _asked(self._round) != _asked(of):
            self._offer_places(of)
            self.grid.show_items([item.text for item in of.definition.levels])
        if not same:
            self.stack.clear()
        self._round, self.sitting = of, sitting
        self._names = {one.id: one.short_name for one in branches}
        last = sitting.ballots[-1].place if sitting.ballots and not same else None
        wanted = last.org_id if last is not None else chosen
        if wanted not in self._names:
            wanted = branches[0].id if branches else None
        self.org.offer([Choice(one.id, one.short_name, one.search_keys) for one in branches], wanted)
        if last is not None:
            self.group.setCurrentIndex(max(self.group.findData(last.group_id), 0))
            self.channel.setCurrentIndex(max(self.channel.findData(last.channel.value), 0))
        self.setCurrentWidget(self.content)
        self._show()

    @property
    def place(self) -> BallotPlace | None:
        """Whose ballots are typed now; None before a branch is chosen."""
        org_id = self._org_id()
        if org_id is None or self.channel.currentData() is None:
            return None
        return BallotPlace(org_id, self.group.currentData(), Channel(self.channel.currentData()))

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = FULL_WIDTH.get(event.text(), event.text())
        plain_key = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if self.place is None or self.is_empty or not plain_key:
            super().keyPressEvent(event)
        elif self._is_voiding:
            self._choose_reason(event.key(), text)
        elif event.key() == Qt.Key.Key_Backspace:
            self.step_back()
        elif event.key() == Qt.Key.Key_F2:
            self.start_wish()
        elif text in ("v", "V"):
            self._is_voiding = True
            self._show()
        elif text and (text in BLANKS or text in "123450"):
            self.type(BLANK if text in BLANKS else text)
        else:
            super().keyPressEvent(event)

    def type(self, key: str) -> None:
        """One answer; the ballot is done with its last one."""
        where = self.place
        assert where is not None
        done = self.sitting.type(key, where)
        if done is not None:
            self._add(done)
        self._show()

    def step_back(self) -> None:
        """One item back; at the first item back into the ballot just done."""
        if not self.sitting.step_back() and self.stack.canUndo():
            last = self.sitting.ballots[-1]
            self.stack.undo()
            if not last.void:
                self.sitting.current, self.sitting.wish = last.answers[:-1], last.wish
        self._show()

    def start_wish(self) -> None:
        """Type the open answer; Enter goes back to the items."""
        if not self._has_open:
            return
        self.wish.setText(self.sitting.wish_shown)
        self.wish.show()
        self.wish.setFocus()

    def end_wish(self) -> None:
        """Keep the open answer with its ballot."""
        self.sitting.say_wish(self.wish.text().strip())
        self.wish.hide()
        self.setFocus()
        self._show()

    # Inside

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        super().mousePressEvent(event)

    def put(self, ballot: TypedBallot) -> None:
        """A ballot goes on the pile: what a step does."""
        self.sitting.add(ballot)
        self._show()

    def drop(self) -> None:
        """The last ballot comes off: what Ctrl+Z does."""
        self.sitting.take_back()
        self._show()

    def saved(self, count: int) -> None:
        """The first so many ballots are on record and are no steps any more."""
        self.sitting.forget(count)
        self.stack.clear()
        for ballot in self.sitting.ballots[:]:
            self.stack.push(_Typed(self, ballot, is_on_pile=True))
        self._show()

    def _add(self, ballot: TypedBallot) -> None:
        self.stack.push(_Typed(self, ballot))

    def _choose_reason(self, key: int, text: str) -> None:
        where = self.place
        assert where is not None
        if text and text in "12345"[: len(VOID_REASONS)]:
            self._is_voiding = False
            self._add(self.sitting.void(VOID_REASONS[int(text) - 1], where))
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Escape) or text in ("v", "V"):
            self._is_voiding = False
        self._show()

    def _placed(self) -> None:
        self.setFocus()
        self._show()

    def _org_id(self) -> int | None:
        found = self.org.key
        return found if isinstance(found, int) else None

    @property
    def _has_open(self) -> bool:
        known = self._round
        return known is not None and any(item.kind is ItemKind.OPEN for item in known.definition.items)

    def _show(self) -> None:
        org_id, sitting = self._org_id(), self.sitting
        self.grid.show_state(sitting.current, sitting.tallies(org_id or 0))
        self.state.setText(self._told(org_id))
        self.legend.setText(self._legend())
        open_key = _("F2 填开放题　") if self._has_open else ""
        said = _("退格 退一题　V 作废　{open}Ctrl+Z 撤回上一份　Ctrl+S 保存　录完一份自动换下一份")
        self.keys.setText(said.format(open=open_key))
        self.typed.emit()

    def _legend(self) -> str:
        if self._is_voiding:
            reasons = GAP.join(f"<b>{n}</b>\u00a0{_(reason)}" for n, reason in enumerate(VOID_REASONS, 1))
            return _("作废原因：{reasons}（退格取消）").format(reasons=reasons)
        return GAP.join(f"<b>{key}</b>\u00a0{word}" for key, word in answer_words().items())

    def _told(self, org_id: int | None) -> str:
        sitting = self.sitting
        own = [one for one in sitting.ballots if one.place.org_id == org_id]
        void = sum(bool(one.void) for one in own)
        said = _("正在录第 {n} 份。").format(n=len(sitting.ballots) + 1)
        if not sitting.ballots:
            return said
        told = _("{org}已录 {n} 份，其中作废 {void} 份；共 {all} 份没有保存。").format(
            org=self._names.get(org_id or 0, ""), n=len(own), void=void, all=len(sitting.ballots)
        )
        pace = "" if sitting.seconds is None else _("每份 {s} 秒。").format(s=f"{sitting.seconds:.1f}")
        last = sitting.ballots[-1]
        voided = _("上一份已作废：{why}。").format(why=_(last.void)) if last.void else ""
        return sentences(said, told, pace, voided)

    def _offer_places(self, of: RoundView) -> None:
        self.group.clear()
        for group in of.definition.groups:
            self.group.addItem(group.name, group.id)
        self.group.addItem(_("不分人群"), None)
        self.channel.clear()
        for channel, _weight in of.definition.channels:
            self.channel.addItem(label(channel), channel.value)

    def _assemble(self) -> None:
        for widget, name in ((self.group, _("人群")), (self.channel, _("测评方式"))):
            widget.setAccessibleName(name)
            widget.setToolTip(name)
            widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.wish.setPlaceholderText(_("最希望解决的一件事，回车返回"))
        self.wish.setAccessibleName(_("开放题"))
        self.wish.setMaxLength(WISH_LIMIT)
        self.wish.hide()
        self.setAccessibleName(_("逐份录入答卷"))
        self.keys.setObjectName("quiet")
        for words in (self.legend, self.state, self.keys):
            words.setWordWrap(True)
            words.setMinimumWidth(theme.span(self, 10))
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        above = QHBoxLayout()
        above.setSpacing(theme.gap(0.5))
        above.addWidget(self.org)
        above.addWidget(self.group)
        above.addWidget(self.channel)
        above.addWidget(self.state, 1)
        self.layout_.addLayout(above)
        self.layout_.addWidget(self.legend)
        self.layout_.addWidget(self.grid, 1)
        self.layout_.addWidget(self.wish)
        self.layout_.addWidget(self.keys)


def _asked(of: RoundView) -> tuple[object, ...]:
    """What of a definition the choices and items come from."""
    return of.definition.id, of.definition.items, of.definition.groups, of.definition.channels


class _Typed(QUndoCommand):
    """A ballot on the pile; one that is there already when the step is made is not put there again."""

    def __init__(self, desk: BallotDesk, ballot: TypedBallot, is_on_pile: bool = False) -> None:
        super().__init__(_("录入的一份答卷"))
        self._desk, self._ballot, self._is_on_pile = desk, ballot, is_on_pile

    def redo(self) -> None:
        if self._is_on_pile:
            self._is_on_pile = False
            return
        self._desk.put(self._ballot)

    def undo(self) -> None:
        self._ballot = self._desk.sitting.ballots[-1]
        self._desk.drop()
