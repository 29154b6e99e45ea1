"""What the cells of the check-in table say: the unsaved entry over what is stored, in words."""

from __future__ import annotations

from okr_desk.i18n import _
from okr_desk.queries.checkins import FillRow
from okr_desk.queries.objectives import ReadingView
from okr_desk.queries.wording import target_text, value_text
from okr_desk.rules import entries
from okr_desk.rules.entries import Typed
from okr_desk.scoring.rounding import plain
from okr_desk.terms import KrKind, Origin, label
from okr_desk.ui.models.check_in_drafts import Entry


def value(it: FillRow, entry: Entry) -> str:
    """The quarter's value as the row stands now; where another origin's counts, that one too."""
    if entry.typed is not None:
        return _typed(entry.typed, len(it.view.nodes))
    if it.own_value is not None:
        current = it.view.current
        if not it.is_given or current is None or it.view.value == it.own_value:
            return plain(it.own_value)
        return _("{own} · 采用{origin} {value}").format(
            own=plain(it.own_value), origin=label(current.origin), value=it.view.value_text
        )
    if it.view.kind is KrKind.MILESTONE and it.view.current is not None:
        return _count(sum(node.done for node in it.view.nodes), len(it.view.nodes))
    return value_text(it.view)


def value_to_edit(it: FillRow, entry: Entry) -> str:
    """The text to start editing the value with: as it was typed, nodes as their number."""
    if entry.typed is not None:
        return entry.typed.text
    if it.view.kind is KrKind.MILESTONE:
        done = [node.name for node in it.view.nodes if node.done]
        return entries.node_text(done, [node.name for node in it.view.nodes]) if it.is_reported_here else ""
    return value(it, entry) if it.own_value is None else plain(it.own_value)


def previous(it: FillRow) -> str:
    """The value of the quarter before; kinds without a number leave it empty."""
    nothing = it.view.previous is None and it.view.kind in (KrKind.MILESTONE, KrKind.YES_NO)
    return "" if nothing else plain(it.view.previous)


def confidence(it: FillRow, entry: Entry) -> str:
    """Confidence, 1 to 10."""
    said = _said(it)
    found = entry.confidence if entry.confidence is not None else (said.confidence if said else None)
    return "" if found is None else str(found)


def note(it: FillRow, entry: Entry) -> str:
    """What was done."""
    said = _said(it)
    return entry.note if entry.note is not None else (said.progress_note if said else "")


def difficulty(it: FillRow, entry: Entry) -> str:
    """What stands in the way."""
    said = _said(it)
    return entry.difficulty if entry.difficulty is not None else (said.difficulty if said else "")


def evidence(it: FillRow, entry: Entry) -> str:
    """How many files, empty for none."""
    return str(len(it.evidence) + len(entry.evidence) or "")


def about_value(it: FillRow, entry: Entry) -> str:
    """The tooltip of the value: what is open, what counts instead, which nodes there are."""
    nodes = "\n".join(f"{n} {node.name}" for n, node in enumerate(it.view.nodes, 1))
    return entry.question or it.view.conflict or nodes or _given(it)


def about(it: FillRow, entry: Entry, is_open: bool) -> str:
    """One line on a row: how to fill it in, where it starts and leads, who said what last."""
    given = it.view.conflict.rstrip("。") or _given(it)
    parts = (_as_read(it, entry), given, tally(it), _way(it, is_open), _last(it))
    return _("；").join(part for part in parts if part)


def tally(it: FillRow) -> str:
    """What the working paper has come to for this key result, said beside the field and never written into it."""
    if it.tally is None:
        return ""
    said = _("工作底单累计 {value}{unit}（{n} 条，至 {day}）")
    return said.format(value=plain(it.tally.value), unit=it.view.unit, n=it.tally.entries, day=it.tally.as_of)


def tally_to_take(it: FillRow, entry: Entry) -> str:
    """The tally as text for the field; empty where there is none, or where the field says so already."""
    if it.tally is None:
        return ""
    stands = entry.typed.value if entry.typed is not None else it.own_value
    return "" if stands == it.tally.value else plain(it.tally.value)


def _as_read(it: FillRow, entry: Entry) -> str:
    if entry.typed is None or not entry.typed.note:
        return ""
    return _("“{text}”读作 {value}（{note}）").format(
        text=entry.typed.text.strip(), value=value(it, entry), note=entry.typed.note
    )


def _given(it: FillRow) -> str:
    if not it.is_given or it.view.current is None:
        return ""
    if it.view.kind is KrKind.SATISFACTION and it.view.current.origin is Origin.COMPUTED:
        return _("取自测评 {value}，不需要填报；支部自报另行保留").format(value=it.view.value_text)
    return _("{origin}已填 {value}，以其为准；支部自报另行保留").format(
        origin=label(it.view.current.origin), value=it.view.value_text
    )


def _way(it: FillRow, is_open: bool) -> str:
    view = it.view
    if view.kind is KrKind.MILESTONE:
        nodes = _("、").join(f"{n} {node.name}" for n, node in enumerate(view.nodes, 1))
        said = _("填完成到第几个节点（空格可勾选）：{nodes}") if is_open else _("节点：{nodes}")
        return said.format(nodes=nodes)
    if view.kind is KrKind.YES_NO:
        return _("填 1 或“是”、0 或“否”（空格可切换）") if is_open else ""
    if view.baseline is None:
        return ""
    return _("基线 {baseline}{unit}（{source}），年度目标 {target}").format(
        baseline=plain(view.baseline),
        unit=view.unit,
        source=view.baseline_source,
        target=target_text(view) or _("未定"),
    )


def _last(it: FillRow) -> str:
    said = _said(it)
    if said is None or not said.reported_by:
        return ""
    late = _("，补报") if said.is_late else ""
    return _("{who} {day} 填报{late}").format(who=said.reported_by, day=said.recorded_on, late=late)


def _said(it: FillRow) -> ReadingView | None:
    return it.view.current if it.is_reported_here else None


def _typed(typed: Typed, nodes: int) -> str:
    if not typed.is_answer:
        return typed.text
    if typed.nodes is not None:
        return _count(len(typed.nodes), nodes)
    if typed.done is not None:
        return _("是") if typed.done else _("否")
    return plain(typed.value)


def _count(done: int, nodes: int) -> str:
    return _("{done} / {n} 个").format(done=done, n=nodes)
