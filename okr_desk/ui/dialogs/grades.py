"""How points become grades: bands, satisfaction gates and quotas, each a small table, checked while one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.grades import Grading, grading_from, grading_text
from okr_desk.scoring.grade_schemes import Gate, GradeScheme
from okr_desk.scoring.points_result import HUNDRED
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.spelling import number
from okr_desk.ui import theme
from okr_desk.ui.dialogs.fields import PairedForm
from okr_desk.ui.forms import choices, mark
from okr_desk.ui.widgets.small_table import SmallTable

OWN = ""
"""The choice that is no preset."""


class GradesDialog(PairedForm):
    """What comes back is the text that a scheme keeps (`rules.grades.grading_text`)."""

    def __init__(self, start: str, is_open: bool, parent: QWidget | None = None) -> None:
        note = _("按未取整的得分率比较，达到分数线即为该等次。满意率门槛和红线只限制等次，不改得分。")
        super().__init__(_("等次"), parent, note, accept=_("确定"))
        presets = [(_("等次（好、较好、一般、较差）"), "grades"), (_("星级（五星至无星）"), "stars"), (_("自定"), OWN)]
        self.preset = choices(presets)
        self.name = QLineEdit()
        self.bands = SmallTable([_("得分率达到（%）"), _("评为")], _("分数线"), (0,))
        self.rest, self.lowest = QLineEdit(), QLineEdit()
        self.gates = SmallTable([_("满意率低于（%）"), _("最高评为"), _("提示")], _("满意率门槛"), (0,))
        self.quotas = SmallTable([_("等次"), _("不超过（%）")], _("比例限制"), (1,))
        self.bands.show_lines(5)
        self.quotas.show_lines(5)
        self.gates.show_lines(4)
        self.add_pair("preset", _("预设"), self.preset, "name", _("名称"), self.name)
        advice = _("分数线从高到低，不到最低一条的为“其余”。超过比例只提示，由人研究调整。")
        self.add_pair("bands", _("分数线"), self.bands, "quotas", _("比例限制"), self.quotas, advice)
        self._halves["quotas"].setAlignment(Qt.AlignmentFlag.AlignTop)
        advice = _("“另设最低”只由满意率门槛或一票否决评定，例如无星；没有的不填。")
        self.add_pair("rest", _("其余"), self.rest, "lowest", _("另设最低"), self.lowest, advice)
        self.add_row("gates", _("满意率门槛"), self.gates, _("“最高评为”不填的，只作提示。"))
        self._show(start)
        self._set_open(is_open)
        room = self.screen().availableGeometry()
        self.let_scroll()
        self.resize(min(theme.span(self, 50), room.width()), min(round(theme.line_height() * 34), room.height()))
        self.preset.activated.connect(self._take_preset)
        for table in (self.bands, self.gates, self.quotas):
            table.typed.connect(self.follow)
        for line in (self.name, self.rest, self.lowest):
            line.textEdited.connect(lambda _text: self.follow())

    @classmethod
    def ask(cls, parent: QWidget, start: str, is_open: bool) -> str | None:
        """The grades as text, None when the dialog was left."""
        found: str | None = cls(start, is_open, parent).run()
        return found

    def draft(self) -> str:
        return grading_text(self._made())

    def follow(self) -> None:
        """Check what is typed, and say which preset it equals."""
        self.clear_refusals()
        try:
            key = grading_text(self._made())
        except InputRefused as refusal:
            self._say(refusal)
            key = OWN
        row = self.preset.findData(key)
        self.preset.setCurrentIndex(row if row >= 0 else self.preset.findData(OWN))

    # Inside

    def _show(self, text: str) -> None:
        made = grading_from(text)
        scheme = made.scheme
        self.name.setText(_(scheme.name))
        self.bands.set_rows([(plain(threshold), _(name)) for threshold, name in scheme.bands])
        self.rest.setText(_(scheme.rest))
        self.lowest.setText("" if scheme.lowest is None else _(scheme.lowest))
        self.gates.set_rows([(plain(one.below), _(one.highest or ""), _(one.sign)) for one in scheme.gates])
        self.quotas.set_rows([(_(name), plain(share * HUNDRED)) for name, share in made.quotas.items()])
        row = self.preset.findData(text)
        self.preset.setCurrentIndex(row if row >= 0 else self.preset.findData(OWN))

    def _set_open(self, is_open: bool) -> None:
        for widget in self.fields.values():
            widget.setEnabled(is_open)
        self.ok.setVisible(is_open)
        self.cancel.setText(_("取消") if is_open else _("关闭"))

    def _take_preset(self) -> None:
        key = str(self.preset.currentData())
        if key != OWN:
            self._show(key)
            self.clear_refusals()

    def _made(self) -> Grading:
        stored = _source_words()

        def name(text: str) -> str:
            return stored.get(text, text)

        bands = self._rows("bands", self.bands, lambda row: (_amount(row[0], _("达到")), name(row[1])))
        gates = self._rows(
            "gates", self.gates, lambda row: Gate(_amount(row[0], _("满意率")), name(row[1]) or None, name(row[2]))
        )
        quotas = self._rows("quotas", self.quotas, lambda row: (name(row[0]), _amount(row[1], _("比例")) / HUNDRED))
        if any(not one for _threshold, one in bands):
            raise InputRefused(_("请写明每条分数线评为什么等次。"), "bands")
        if not self.text("rest"):
            raise InputRefused(_("请写明其余的评为什么等次。"), "rest")
        lowest = name(self.text("lowest")) or None
        try:
            scheme = GradeScheme(
                name(self.text("name")) or _("等次"), tuple(bands), name(self.text("rest")), lowest, tuple(gates)
            )
        except InputRefused as refusal:
            raise InputRefused(refusal.sentence, "gates" if refusal.field == "grade" else refusal.field) from refusal
        made = Grading(scheme, dict(quotas))
        try:
            return grading_from(grading_text(made))
        except InputRefused as refusal:
            raise InputRefused(refusal.sentence, "quotas") from refusal

    def _rows(self, field: str, table: SmallTable, read: Callable[[tuple[str, ...]], object]) -> list:  # type: ignore[type-arg]
        try:
            return [read(row) for row in table.rows()]
        except InputRefused as refusal:
            raise InputRefused(refusal.sentence, field) from refusal

    def _say(self, refusal: InputRefused) -> None:
        sentence = self._sentences.get(refusal.field, self.whole)
        sentence.setText(refusal.sentence)
        sentence.show()
        if refusal.field in self.fields:
            mark(self.fields[refusal.field], True)


def _amount(text: str, name: str) -> Decimal:
    return number(text.rstrip("%％ "), _("“{label}”").format(label=name))


def _source_words() -> Mapping[str, str]:
    """Words of the presets as they are shown, back to the words they are kept under."""
    found = {}
    for key in ("grades", "stars"):
        scheme = grading_from(key).scheme
        for word in (scheme.name, *scheme.names, *(gate.sign for gate in scheme.gates)):
            found[_(word)] = word
    return found
