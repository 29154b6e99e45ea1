"""300 full review sheets, and what the bare drawing of the same marks would cost.

One run is recorded at the ReportLab canvas: every text, line, rectangle and chart path with its coordinates. The
yardstick plays the recording back on a raw canvas with the same embedded faces. Building the matplotlib figures is
timed apart and taken out of ours, because the recording holds their paths already. WeasyPrint joins when it is
installed (it is not among our dependencies): the same cells as an HTML table.
"""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.measure import Figure, seconds
from okr_desk.clock import FixedClock
from okr_desk.exchange import founding
from okr_desk.queries import cycles, orgs, reviews
from okr_desk.reports import document, figure, quarterly_review
from okr_desk.terms import OrgKind

SHEETS = 300
DRAWN = (
    *("beginText", "drawText", "drawString", "drawRightString", "drawCentredString", "setFont"),
    *("beginPath", "drawPath", "clipPath", "line", "lines", "rect", "circle", "roundRect"),
    *("setFillColorRGB", "setStrokeColorRGB", "setFillGray", "setStrokeGray", "setFillAlpha", "setStrokeAlpha"),
    *("setLineWidth", "setLineCap", "setLineJoin", "setDash", "saveState", "restoreState"),
    *("translate", "rotate", "scale", "transform", "showPage", "setPageSize"),
)
Step = tuple[str, str, tuple[Any, ...], dict[str, Any]]


def figures() -> list[Figure]:
    """Our sheets against their own recording; the figures' own time; WeasyPrint where it is installed."""
    with tempfile.TemporaryDirectory() as folder:
        sheets = _sheets(Path(folder))
        recording: list[Step] = []
        with _recorded(recording), _timed_figures():
            _print(sheets[:2], Path(folder) / "warm.pdf")
        recording.clear()
        with _recorded(recording):
            _print(sheets, Path(folder) / "recorded.pdf")
        with _timed_figures() as drawing:
            ours = seconds(lambda: _print(sheets, Path(folder) / "ours.pdf"))
        replay = seconds(lambda: _replay(recording, Path(folder) / "replay.pdf"))
        found = [
            Figure(f"{SHEETS} review sheets without building figures", ours - drawing[0], replay, "s", 4, "raw canvas"),
            Figure("building their figures, apart", drawing[0], replay, "s", None, "raw canvas"),
        ]
        other = _weasyprint(sheets, Path(folder) / "weasy.pdf")
        if other is not None:
            name = f"{SHEETS} full sheets without figures, beside bare tables of the same cells"
            found.append(Figure(name, ours - drawing[0], other, "s", 1, "WeasyPrint"))
    return found


def _sheets(folder: Path) -> list[reviews.ReviewSheet]:
    store, _report = founding.demo(folder / "demo.okr")
    with store.read() as session:
        quarter = cycles.quarter(session, founding.DEMO_YEAR, 3)
        assert quarter is not None
        of = [org for org in orgs.tree(session, quarter.ends_on) if org.kind == OrgKind.BRANCH]
        made = reviews.sheets(session, quarter, of)
    store.close()
    return [made[n % len(made)] for n in range(SHEETS)]


def _print(sheets: list[reviews.ReviewSheet], path: Path) -> None:
    quarterly_review.render(sheets, path, printed_at=FixedClock(founding.DEMO_DAY).now(), bundled_fonts=True)


@contextlib.contextmanager
def _timed_figures() -> Iterator[list[float]]:
    """Seconds spent in building figures from now on; matplotlib's drawing of them onto the page stays in ours."""
    spent = [0.0]
    plain = figure.FigureBlock.draw

    def timed(block: Any, pen: Any, x: float, top: float) -> None:
        start = time.perf_counter()
        made = block.make()
        spent[0] += time.perf_counter() - start
        figure.draw_figure(pen.canvas, pen.fonts, made, x, top - block.height)

    figure.FigureBlock.draw = timed  # type: ignore[method-assign, assignment]
    try:
        yield spent
    finally:
        figure.FigureBlock.draw = plain  # type: ignore[method-assign]


@contextlib.contextmanager
def _recorded(steps: list[Step]) -> Iterator[None]:
    """Every drawing call that reaches a canvas, with objects named so that a replay can make them again."""
    plain = document._canvas

    def recording(*words: Any) -> Any:
        canvas = plain(*words)
        for name in DRAWN:
            setattr(canvas, name, _listening(canvas, name, "canvas", steps))
        return canvas

    document._canvas = recording  # type: ignore[assignment]
    try:
        yield
    finally:
        document._canvas = plain


_deep = 0


def _listening(target: Any, name: str, owner: str, steps: list[Step]) -> Callable[..., Any]:
    """The method itself, noted down when it is called from outside the canvas."""
    method = getattr(target, name)

    def call(*words: Any, **named: Any) -> Any:
        global _deep
        if not _deep:
            steps.append((owner, name, tuple(_named(word) for word in words), named))
        _deep += 1
        try:
            made = method(*words, **named)
        finally:
            _deep -= 1
        if not _deep and name in ("beginText", "beginPath"):
            _watch(made, f"{name}{len(steps)}", steps)
        return made

    return call


def _watch(made: Any, label: str, steps: list[Step]) -> None:
    made.bench_label = label
    steps[-1] = (label, *steps[-1][1:])
    for name in ("setFont", "textOut", "textLine", "moveTo", "lineTo", "curveTo", "close", "rect", "setTextOrigin"):
        if hasattr(made, name):
            setattr(made, name, _listening(made, name, label, steps))


def _named(word: Any) -> Any:
    return ("object", word.bench_label) if hasattr(word, "bench_label") else word


def _replay(steps: list[Step], path: Path) -> None:
    """Draw the recording on a canvas of ReportLab with nothing of ours in between."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pageCompression=1, invariant=1)
    made: dict[str, Any] = {}
    for owner, name, words, named in steps:
        plain = [made[w[1]] if isinstance(w, tuple) and w and w[0] == "object" else w for w in words]
        if name in ("beginText", "beginPath"):
            made[owner] = getattr(canvas, name)(*plain, **named)
        else:
            getattr(canvas if owner == "canvas" else made[owner], name)(*plain, **named)
        if name == "showPage":
            made.clear()
    canvas.save()


def _weasyprint(sheets: list[reviews.ReviewSheet], path: Path) -> float | None:
    try:
        from weasyprint import HTML  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return None
    rows = []
    for sheet in sheets:
        cells = "".join(
            f"<tr><td>{kr.code}<td>{kr.title}<td>{kr.unit}<td>{kr.baseline}<td>{kr.target}<td>{kr.value}"
            for kr in sheet.board.key_results
        )
        rows.append(f"<h1>{sheet.board.org.full_name}</h1><table>{cells}</table><p style='break-after:page'>")
    page = "<style>@page{size:A4}td{border:.5pt solid}</style>" + "".join(rows)
    return seconds(lambda: HTML(string=page).write_pdf(str(path)))
