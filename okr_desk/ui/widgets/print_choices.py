"""What is to be printed: which document, which branches, how many copies."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSettings, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from okr_desk import paths
from okr_desk.i18n import _
from okr_desk.queries.survey_papers import COPIES_MOST, NUMBER_MOST, Asked
from okr_desk.reports import registry
from okr_desk.reports.registry import Document
from okr_desk.ui import theme
from okr_desk.ui.models.paper import Offer
from okr_desk.ui.widgets.branch_ticks import BranchTicks

MOST_COPIES = 99
ROWS = 6
"""Rows of documents in sight; more scroll, so that branches and ticks below stay where they are."""
_WITH_SCORES = "reports/with_scores"


class PrintChoices(QScrollArea):
    """A narrow column; with very large text it scrolls. `changed`: other pages are wanted than before."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds = QButtonGroup(self)
        self.occasion = QComboBox(self)
        self.occasion.setAccessibleName(_("场合"))
        self._offer: Offer | None = None
        self.radios: dict[str, QRadioButton] = {}
        self.ticks, self.copies = BranchTicks(self), QSpinBox(self)
        self.one_each = QCheckBox(_("每个支部存一个文件"), self)
        self.scores = QCheckBox(_("附计分表"), self)
        self.scores.setChecked(self._state().value(_WITH_SCORES) == "true")
        self.switch = QCheckBox(self)
        self.only = QCheckBox(_("只印选定的一件"), self)
        self._record = ("", 0)
        self.numbered, self.first_number = QSpinBox(self), QSpinBox(self)
        self.round, self.group = QComboBox(self), QComboBox(self)
        self._groups: dict[str, tuple[str, ...]] = {}
        self.whole = QLabel(_("本表包括全镇所有支部，不用勾选。"), self)
        self.refusal = QLabel(self)
        self.documents, self.papers = QGridLayout(), QScrollArea(self)
        self._office_copies: int | None = None
        self._has_scores = False
        self._assemble()

        self.occasion.activated.connect(self._occasion_chosen)
        self.kinds.buttonClicked.connect(lambda _button: self.choose(self.document.key))
        self.ticks.changed.connect(self.changed)
        self.scores.toggled.connect(self._scores_toggled)
        self.switch.toggled.connect(self.changed)
        self.only.toggled.connect(self.changed)
        self.ticks.changed.connect(self._leave_the_one)
        self.numbered.valueChanged.connect(self.changed)
        self.first_number.valueChanged.connect(self.changed)
        self.round.currentIndexChanged.connect(self._round_chosen)
        self.group.currentIndexChanged.connect(self.changed)
        self._follow_document()

    @property
    def document(self) -> Document:
        """The document chosen."""
        return registry.DOCUMENTS[max(0, self.kinds.checkedId())]

    @property
    def with_scores(self) -> bool:
        """Whether the points are wanted behind the document."""
        return self.document.takes_scores and self._has_scores and self.scores.isChecked()

    @property
    def asked(self) -> Asked:
        """How papers of mass satisfaction are wanted; each document knows the part that is about it."""
        switched = bool(self.document.switch) and self.switch.isChecked()
        return Asked(
            self.numbered.value() if self.document.numbered else 1,
            self.first_number.value() if self.document.numbered else 1,
            is_blank=switched and self.document.per_branch,
            with_pages=switched and not self.document.per_branch,
            group=str(self.group.currentData() or "") if self.document.numbered else "",
            round=str(self.round.currentData() or "") if self.document.of_surveys else "",
            in_full=switched and self.document.per_branch,
            record_id=self._record[1] if self.only.isVisibleTo(self) and self.only.isChecked() else 0,
        )

    def choose(self, key: str, record_id: int = 0) -> None:
        """Take a document, of one event or whistle alone where it is named; its number of copies comes with it."""
        if key in self.radios:
            self._record = (key, record_id)
            self._show_occasion(registry.occasion_of(key))
            with QSignalBlocker(self.only):
                self.only.setChecked(record_id != 0)
            self.radios[key].setChecked(True)
            self.papers.ensureWidgetVisible(self.radios[key])
            with QSignalBlocker(self.switch):
                self.switch.setChecked(False)  # what it switched belonged to another document
            self._follow_document()
            self._default_copies()
            self.changed.emit()

    def _leave_the_one(self) -> None:
        """Other branches were ticked: the one event is no longer what is meant."""
        self._record = ("", 0)
        self._follow_document()

    def show_offer(self, offer: Offer, ticked: tuple[int, ...]) -> None:
        """What this person can print for a quarter."""
        first = self._office_copies is None
        self._office_copies = offer.copies
        self._has_scores = offer.has_scores
        self._offer = offer
        for document in registry.DOCUMENTS:
            radio, why = self.radios[document.key], offer.refusals.get(document.key, "")
            radio.setEnabled(not why)
            radio.setToolTip(why)
        self._offer_occasions(offer)
        self._offer_rounds(offer)
        self._leave_what_cannot_be(offer)
        self._show_occasion(registry.occasion_of(self.document.key))
        self._follow_document()
        self.ticks.show_branches(offer.branches, ticked)
        if first:
            self._default_copies()

    def _offer_occasions(self, offer: Offer) -> None:
        """The occasions that have a document for this person."""
        with QSignalBlocker(self.occasion):
            self.occasion.clear()
            for place, (name, keys) in enumerate(registry.OCCASIONS):
                if any(_is_offered(one, offer) for one in registry.DOCUMENTS if one.key in keys):
                    self.occasion.addItem(_(name), place)

    def _show_occasion(self, place: int) -> None:
        """Its documents, and why one of them would be blank."""
        with QSignalBlocker(self.occasion):
            self.occasion.setCurrentIndex(max(0, self.occasion.findData(place)))
        keys = registry.OCCASIONS[place][1]
        offer = self._offer
        for document in registry.DOCUMENTS:
            is_offered = offer is None or _is_offered(document, offer)
            self.radios[document.key].setVisible(is_offered and document.key in keys)
        self._place_documents()
        shown = [one.key for one in registry.DOCUMENTS if not self.radios[one.key].isHidden()]
        whys = {} if offer is None else offer.refusals
        self.refusal.setText(next((whys[key] for key in shown if key in whys), ""))
        self.refusal.setVisible(bool(self.refusal.text()))

    def _occasion_chosen(self) -> None:
        """Another occasion: the first of its documents that can be printed is taken."""
        place = int(self.occasion.currentData())
        self._show_occasion(place)
        shown = [one.key for one in registry.DOCUMENTS if not self.radios[one.key].isHidden()]
        able = [key for key in shown if self.radios[key].isEnabled()]
        if able:
            self.choose(able[0])

    def _offer_rounds(self, offer: Offer) -> None:
        """The surveys of the quarter, the latest chosen unless another one was."""
        self._groups = dict(offer.rounds)
        names = [name for name, _groups in reversed(offer.rounds)]
        if names != [self.round.itemData(at) for at in range(self.round.count())]:
            before = self.round.currentData()
            with QSignalBlocker(self.round):
                _fill(self.round, [(name, name) for name in names], before)
        self._offer_groups()

    def _offer_groups(self) -> None:
        """The groups that the survey chosen asks; none is named unless one is picked."""
        groups = self._groups.get(str(self.round.currentData() or ""), ())
        with QSignalBlocker(self.group):
            _fill(self.group, [(_("不指定"), ""), *((name, name) for name in groups)], self.group.currentData())

    def _round_chosen(self) -> None:
        self._offer_groups()
        self._follow_document()
        self.changed.emit()

    def _leave_what_cannot_be(self, offer: Offer) -> None:
        """From a document that is not offered, or would be blank, to the first that can be printed."""
        offered = [one for one in registry.DOCUMENTS if _is_offered(one, offer)]
        able = [one for one in offered if one.key not in offer.refusals]
        if self.document not in (able or offered):
            self.radios[(able or offered)[0].key].setChecked(True)

    def _place_documents(self) -> None:
        """Two columns where the names leave room for them; no more rows than `ROWS` in sight."""
        shown = [radio for radio in self.radios.values() if not radio.isHidden()]
        widest = max(radio.sizeHint().width() for radio in shown)
        columns = 2 if 2 * widest + self.documents.horizontalSpacing() <= self.width() else 1
        rows = -(-len(shown) // columns)
        for number, radio in enumerate(shown):
            self.documents.addWidget(radio, number % rows, number // rows)
        line = shown[0].sizeHint().height() + self.documents.verticalSpacing()
        self.papers.setFixedHeight(min(rows, ROWS) * line + theme.gap(0.2))

    def _default_copies(self) -> None:
        own = self.document.copies
        self.copies.setValue(own if own == 1 or self._office_copies is None else self._office_copies)

    def _follow_document(self) -> None:
        per_branch = self.document.per_branch
        for widget in (self.ticks, self.one_each):
            widget.setVisible(per_branch)
        self.whole.setVisible(not per_branch)
        self.scores.setVisible(self.document.takes_scores and self._has_scores)
        self.numbers.setVisible(self.document.numbered)
        form = self.surveys.layout()
        assert isinstance(form, QFormLayout)
        form.setRowVisible(self.round, self.document.of_surveys and self.round.count() > 1)
        form.setRowVisible(self.group, self.document.numbered and self.group.count() > 1)
        self.surveys.setVisible(self.document.of_surveys and (self.round.count() > 1 or self.document.numbered))
        self.print_copies.setVisible(not self.document.numbered)
        self.only.setVisible(self._record[1] != 0 and self._record[0] == self.document.key)
        self.switch.setVisible(bool(self.document.switch))
        self.switch.setText(_(self.document.switch) if self.document.switch else "")

    def _scores_toggled(self, wanted: bool) -> None:
        """Kept for the next time, on this PC."""
        self._state().setValue(_WITH_SCORES, "true" if wanted else "false")
        self.changed.emit()

    def _state(self) -> QSettings:
        return QSettings(str(paths.data_folder() / "window.ini"), QSettings.Format.IniFormat)

    def _assemble(self) -> None:
        place = QWidget(self)
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(0.3))
        column.addWidget(_heading(_("文书")))
        column.addWidget(self.occasion)
        papers = QWidget(self.papers)
        for number, document in enumerate(registry.DOCUMENTS):
            radio = QRadioButton(document.title, papers)
            self.kinds.addButton(radio, number)
            self.radios[document.key] = radio
        self.radios[registry.DOCUMENTS[0].key].setChecked(True)
        for document in registry.DOCUMENTS:
            self.radios[document.key].setVisible(registry.occasion_of(document.key) == 0)
        self.documents.setHorizontalSpacing(theme.gap(0.2))
        self.documents.setVerticalSpacing(theme.gap(0.15))
        self.documents.setContentsMargins(0, 0, 0, 0)
        papers.setLayout(self.documents)
        self.papers.setWidget(papers)
        self.papers.setWidgetResizable(True)
        self.papers.setFrameShape(QFrame.Shape.NoFrame)
        self.papers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.papers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.papers.viewport().setAutoFillBackground(False)
        papers.setAutoFillBackground(False)  # set by setWidget
        column.addWidget(self.papers)
        self.refusal.setObjectName("quiet")
        self.refusal.setWordWrap(True)
        column.addWidget(self.refusal)
        self.numbers = _fields(
            place, ((_("每支部份数"), self.numbered, COPIES_MOST), (_("起始编号"), self.first_number, NUMBER_MOST))
        )
        column.addWidget(self.numbers)
        self.surveys = _rows(place, ((_("测评"), self.round), (_("发给人群"), self.group)))
        column.addWidget(self.surveys)
        column.addWidget(self.switch)
        column.addWidget(self.only)
        column.addSpacing(theme.gap(0.2))
        column.addWidget(_heading(_("支部")))
        column.addWidget(self.ticks, 1)
        self.whole.setObjectName("quiet")
        self.whole.setWordWrap(True)
        self.whole.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.whole, 1)
        self.print_copies = _fields(place, ((_("份数"), self.copies, MOST_COPIES),))
        copies = QHBoxLayout()
        copies.addWidget(self.print_copies)
        copies.addStretch(1)
        copies.addWidget(self.scores)
        column.addLayout(copies)
        column.addWidget(self.one_each)
        self.setFixedWidth(theme.span(self, 20))
        self._place_documents()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(place)
        place.setAutoFillBackground(False)  # set by setWidget


def _is_offered(document: Document, offer: Offer) -> bool:
    """Whether this person can print a document now: one of points needs a scheme, one of the township the right to."""
    return (offer.has_scores or not document.of_scores) and (offer.is_township or document.per_branch)


def _rows(place: QWidget, fields: Sequence[tuple[str, QComboBox]]) -> QWidget:
    """Words and the choice beside them, one under the other; a long choice is cut, not the column."""
    made = QWidget(place)
    rows = QFormLayout(made)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setVerticalSpacing(theme.gap(0.2))
    for words, field in fields:
        field.setAccessibleName(words)
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field.setMinimumContentsLength(6)
        rows.addRow(words, field)
    return made


def _fill(field: QComboBox, pairs: Sequence[tuple[str, str]], chosen: object) -> None:
    """Other choices; what was chosen stays chosen where it is still there."""
    field.clear()
    for words, value in pairs:
        field.addItem(words, value)
        field.setItemData(field.count() - 1, words, Qt.ItemDataRole.ToolTipRole)
    field.setCurrentIndex(max(0, field.findData(chosen)))


def _fields(place: QWidget, fields: Sequence[tuple[str, QSpinBox, int]]) -> QWidget:
    """Words and the number they ask for, from 1 to a most, one under the other."""
    made = QWidget(place)
    rows = QFormLayout(made)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setVerticalSpacing(theme.gap(0.2))
    for words, field, most in fields:
        field.setRange(1, most)
        field.setAccessibleName(words)
        field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        rows.addRow(words, field)
    return made


def _heading(words: str) -> QLabel:
    label = QLabel(words)
    label.setFont(theme.font("body", bold=True))
    return label
