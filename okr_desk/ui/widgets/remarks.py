"""One thing said on a key result: what, when, by whom, with files that open."""

from __future__ import annotations

import html
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries.conversation import Remark
from okr_desk.queries.evidence import Kept
from okr_desk.ui import theme


def remark_widget(remark: Remark, open_file: Callable[[Kept], object]) -> QWidget:
    """A remark as lines of text; each file of evidence is a link that `open_file` follows."""
    place = QFrame()
    head = QLabel(f"<b>{_escaped(remark.said)}</b>　{_escaped(_when(remark))}")
    head.setWordWrap(True)
    head.setTextFormat(Qt.TextFormat.RichText)
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.gap(0.1))
    column.addWidget(head)
    notes = [part for part in (remark.note, _difficulty(remark)) if part]
    for text in notes:
        column.addWidget(_line(text))
    if remark.evidence:
        column.addWidget(_files(remark, open_file))
    who = _line(_who(remark))
    who.setFont(theme.font("small"))
    who.setObjectName("quiet")
    column.addWidget(who)
    if remark.is_past:
        head.setObjectName("quiet")
    return place


def _line(text: str) -> QLabel:
    line = QLabel(text)
    line.setWordWrap(True)
    line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    line.setTextFormat(Qt.TextFormat.PlainText)
    return line


def _files(remark: Remark, open_file: Callable[[Kept], object]) -> QLabel:
    names = _("、").join(f'<a href="{n}">{_escaped(kept.name)}</a>' for n, kept in enumerate(remark.evidence))
    line = QLabel(_("佐证：{names}").format(names=names))
    line.setObjectName("evidence")
    line.setWordWrap(True)
    line.setTextFormat(Qt.TextFormat.RichText)
    line.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    line.linkActivated.connect(lambda place: open_file(remark.evidence[int(place)]))
    return line


def _when(remark: Remark) -> str:
    if remark.quarter is None:
        return f"{remark.at:%Y-%m-%d}"
    name = (_("一季度"), _("二季度"), _("三季度"), _("四季度"))[remark.quarter - 1]
    marks = [name]
    if remark.confidence is not None:
        marks.append(_("信心 {n}").format(n=remark.confidence))
    if remark.is_late:
        marks.append(_("补报"))
    if remark.was_withdrawn:
        marks.append(_("已撤回"))
    elif remark.is_past:
        marks.append(_("已更正"))
    return " · ".join(marks)


def _who(remark: Remark) -> str:
    day = _("截至 {day}").format(day=remark.as_of) if remark.as_of and remark.quarter is not None else ""
    recorded = _("{at} 录入").format(at=f"{remark.at:%m-%d %H:%M}")
    return " · ".join(part for part in (remark.source, remark.by, day, recorded) if part)


def _difficulty(remark: Remark) -> str:
    return _("困难：{text}").format(text=remark.difficulty) if remark.difficulty else ""


def _escaped(text: str) -> str:
    return html.escape(text)
