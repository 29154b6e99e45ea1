"""The draft of a key result: the fields follow its kind, so that nobody is asked for what does not apply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from okr_desk.i18n import _
from okr_desk.queries.library import IndicatorView
from okr_desk.rules.checks import check_reason
from okr_desk.rules.objectives import (
    GUARD_DIRECTIONS,
    LINKABLE,
    MEASURED,
    NO_PLAN,
    KeyResultDraft,
    Plan,
    check_key_result,
)
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Dimension, Direction, KrKind, Nature, label
from okr_desk.ui.dialogs.fields import PairedForm, nodes, nodes_text, number, optional_number
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine

Answer = tuple[KeyResultDraft, str]
LINE = ("baseline", "baseline_on", "baseline_source")
_NO_LINE = KeyResultDraft(KrKind.YES_NO, Nature.COMMITTED, "", "", Dimension.BASIC, Decimal(0))


class KeyResultDialog(PairedForm):
    """Kind first; a linked key result shows no line of its own."""

    def __init__(
        self,
        draft: KeyResultDraft,
        indicators: Sequence[IndicatorView],
        today: date,
        *,
        is_new: bool,
        needs_reason: bool,
        parent: QWidget | None = None,
    ) -> None:
        note = ""
        if needs_reason:
            changed = _("已批准的关键结果：改动会作为“调整”印在评审表上。")
            note = _("目标已经批准：增加的关键结果会作为“调整”印在评审表上。") if is_new else changed
        super().__init__(_("新增关键结果") if is_new else _("修改关键结果"), parent, note, accept=_("保存"))
        self._draft, self._today, self._needs_reason = draft, today, needs_reason
        self._is_new = is_new
        self._indicators = {one.id: one for one in indicators}
        self._add_head(draft, indicators)
        self._add_line(draft)
        if needs_reason:
            self.add_row("reason", _("调整理由"), QLineEdit())
            for name in ("kind", "indicator_id"):
                self.fields[name].setEnabled(is_new)
        self.box("kind").currentIndexChanged.connect(self._follow)
        self.box("indicator_id").currentIndexChanged.connect(self._link)
        self.box("direction").currentIndexChanged.connect(self._follow)
        self._follow()
        self.fields["title" if is_new else "weight"].setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        draft: KeyResultDraft,
        indicators: Sequence[IndicatorView],
        today: date,
        *,
        is_new: bool,
        needs_reason: bool = False,
        refused: Exception | None = None,
    ) -> Answer | None:
        """The draft with its reason, None when the dialog was left; `refused` says why it is asked again."""
        dialog = cls(draft, indicators, today, is_new=is_new, needs_reason=needs_reason, parent=parent)
        if refused is not None:
            dialog.refuse(refused)
        found: Answer | None = dialog.run()
        return found

    def draft(self) -> Answer:
        kind = self.kind
        linked = self.indicator
        measured = kind in MEASURED and linked is None
        is_guard = kind is KrKind.GUARD_RAIL
        direction = self.direction if measured or is_guard else None
        unit = linked.unit if linked else self.text("unit")
        start = self._draft if is_guard and linked is None and kind is self._draft.kind else _NO_LINE
        has_unit = kind not in (KrKind.MILESTONE, KrKind.YES_NO)
        made = replace(
            self._draft,
            kind=kind,
            nature=Nature(self.box("nature").currentData()),
            code=self.text("code"),
            title=self.text("title"),
            dimension=Dimension(self.box("dimension").currentData()),
            weight=number(self.text("weight"), "weight", _("权重")),
            indicator_id=linked.id if linked else None,
            unit=unit if has_unit else "",
            direction=direction,
            baseline=self._amount("baseline", unit) if measured else start.baseline,
            baseline_on=self._day.day("baseline_on") if measured else start.baseline_on,
            baseline_source=self.text("baseline_source") if measured else start.baseline_source,
            target=self._amount("target", unit) if measured or (is_guard and linked is None) else None,
            upper=self._amount("upper", unit) if direction is Direction.BETWEEN else None,
            slack=self._amount("slack", unit) if direction is Direction.BETWEEN else None,
            plan=self._plan(kind, unit),
            nodes=nodes(self.text("nodes")) if kind is KrKind.MILESTONE else (),
        )
        check_key_result(made, self._today)
        if not self._needs_reason:
            return made, ""
        return made, check_reason(self.text("reason"), _("批准后的变动须写明理由。"))

    @property
    def kind(self) -> KrKind:
        """The kind chosen."""
        return KrKind(self.box("kind").currentData())

    @property
    def direction(self) -> Direction:
        """The way chosen."""
        return Direction(self.box("direction").currentData())

    @property
    def indicator(self) -> IndicatorView | None:
        """The indicator linked to, where the kind allows one."""
        return self._indicators.get(self.box("indicator_id").currentData()) if self.kind in LINKABLE else None

    # Inside

    def _add_head(self, draft: KeyResultDraft, indicators: Sequence[IndicatorView]) -> None:
        linked: list[tuple[str, object]] = [(_("（不关联，自定基线和目标）"), None)]
        linked += [(f"{one.code} {one.name}", one.id) for one in indicators]
        box = choices(linked, draft.indicator_id)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        kinds = choices([(label(kind), kind) for kind in KrKind], draft.kind)
        self.add_pair("kind", _("类型"), kinds, "code", _("编号"), QLineEdit(draft.code))
        words = _("写清由多少到多少，例如“办结率由83%提高到92%”。")
        self.add_row("title", _("关键结果"), QLineEdit(draft.title), words)
        self.add_row("indicator_id", _("关联指标"), box, _("关联后数值只填一次，基线和目标以指标为准。"))
        natures = choices([(label(one), one) for one in Nature], draft.nature)
        dimensions = choices([(label(one), one) for one in Dimension], draft.dimension)
        self.add_pair("nature", _("性质"), natures, "dimension", _("维度"), dimensions)
        weight = QLineEdit(plain(draft.weight) if draft.weight else "")
        self.add_pair("weight", _("权重"), weight, "unit", _("单位"), QLineEdit(draft.unit))

    def _add_line(self, draft: KeyResultDraft) -> None:
        ways = choices([(label(one), one) for one in Direction], draft.direction)
        self.add_pair("direction", _("方向"), ways, "target", _("目标值"), _line(draft.target))
        last_year = self._today.year - 1
        day = draft.baseline_on or date(last_year, 12, 31)
        self._day = DayLine(_("基线日期"), day, last_year, pick=True)
        self.add_pair("baseline", _("基线"), _line(draft.baseline), "baseline_on", _("基线日期"), self._day)
        source = QLineEdit(draft.baseline_source)
        source.setPlaceholderText(_("例如：2025年末统计报表"))
        self.add_row("baseline_source", _("基线来源"), source)
        self.add_pair(
            "upper", _("上限"), _line(draft.upper), "slack", _("允许偏离"), _line(draft.slack),
            _("允许偏离留空：出了区间就算没守住。"),
        )  # fmt: skip
        example = _("例如：立项20、开工30、主体完成30、验收20")
        self.add_row("nodes", _("节点和权重"), QLineEdit(nodes_text(draft.nodes)), example)
        self._quarters = [_line(value) for value in draft.plan]
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        for name, field in zip(_quarter_names(), self._quarters, strict=True):
            field.setPlaceholderText(name)
            field.setAccessibleName(name)
            layout.addWidget(field)
        self.add_row("plan", _("分期计划"), row, _("季末应达到的数；里程碑填累计百分比。"))
        due = next((n for n, value in enumerate(draft.plan, 1) if value), 4)
        pairs = [(name, number_) for number_, name in enumerate(_quarter_names(), 1)]
        self.add_row("due", _("完成时间"), choices(pairs, due))

    def _follow(self) -> None:
        """Show what the kind asks for."""
        kind, linked = self.kind, self.indicator is not None
        measured = kind in MEASURED and not linked
        guard = kind is KrKind.GUARD_RAIL
        self._offer_directions(guard)
        between = guard and self.direction is Direction.BETWEEN
        shown = {
            "indicator_id": kind in LINKABLE,
            "unit": not linked and kind not in (KrKind.MILESTONE, KrKind.YES_NO),
            "direction": measured or guard,
            "target": measured or (guard and not linked),
            "upper": between,
            "slack": between,
            "nodes": kind is KrKind.MILESTONE,
            "plan": kind in (*MEASURED, KrKind.MILESTONE),
            "due": kind in (KrKind.YES_NO, KrKind.ESTABLISH_BASELINE),
            **dict.fromkeys(LINE, measured),
        }
        for name, is_shown in shown.items():
            self.show_field(name, is_shown)
        self._halves["target"].setText(_("目标值") if not guard else _("下限") if between else _("底线"))
        self.adjustSize()

    def _offer_directions(self, guard: bool) -> None:
        box = self.box("direction")
        wanted = GUARD_DIRECTIONS if guard else (Direction.UP, Direction.DOWN)
        if [box.itemData(row) for row in range(box.count())] == list(wanted):
            return
        chosen = str(box.currentData())
        box.blockSignals(True)
        box.clear()
        for one in wanted:
            box.addItem(label(one), one)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.blockSignals(False)

    def _link(self) -> None:
        """A newly linked key result takes dimension and name of its indicator as a start."""
        linked = self.indicator
        if linked is not None and self._is_new:
            self.box("dimension").setCurrentIndex(self.box("dimension").findData(linked.dimension))
            title = self.fields["title"]
            if isinstance(title, QLineEdit) and not title.text():
                title.setText(linked.name)
        self._follow()

    def _plan(self, kind: KrKind, unit: str) -> Plan:
        if kind in (KrKind.YES_NO, KrKind.ESTABLISH_BASELINE):
            due = int(self.box("due").currentData())
            if due == 4 and self._draft.plan == NO_PLAN:
                return NO_PLAN
            first, second, third, fourth = (Decimal(1) if n >= due else None for n in range(1, 5))
            return first, second, third, fourth
        if kind is KrKind.GUARD_RAIL:
            return self._draft.plan if kind is self._draft.kind else NO_PLAN
        given = [optional_number(field.text(), "plan", _("分期计划"), unit) for field in self._quarters]
        return given[0], given[1], given[2], given[3]

    def _amount(self, name: str, unit: str) -> Decimal | None:
        return optional_number(self.text(name), name, self._labels_of(name), unit)

    def _labels_of(self, name: str) -> str:
        return self.fields[name].accessibleName()


def _line(value: Decimal | None) -> QLineEdit:
    return QLineEdit("" if value is None else plain(value))


def _quarter_names() -> tuple[str, str, str, str]:
    return _("一季度"), _("二季度"), _("三季度"), _("四季度")
