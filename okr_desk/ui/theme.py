"""The look: Fusion with our palette, a short style sheet by role, three text sizes in points.

Light, dark or as the system; every width comes from font metrics, so large text never cuts anything.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from okr_desk import palette, paths
from okr_desk.settings import Settings
from okr_desk.ui import icons

POINTS = {"standard": (10.5, 15.0, 9.0), "large": (12.5, 17.5, 10.5), "huge": (15.0, 20.0, 12.5)}
"""Body, page title and small text in points: the only three sizes on a page."""
SYSTEM_FACES = ("Microsoft YaHei UI", "Microsoft YaHei")
BUNDLED = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
BUNDLED_FACE = "Noto Sans SC"
_THEME, _SIZE = "okr_theme", "okr_text_size"


def apply(app: QApplication, settings: Settings) -> None:
    """Put the look on the whole program; may be called again at any time, open windows follow.

    A look that is on already is left: every widget there is would be polished again.
    """
    app.setProperty(_THEME, _theme_of(app, settings.theme))
    app.setProperty(_SIZE, settings.text_size)
    face, sheet = _face(app, settings.bundled_fonts), _style_sheet()
    if app.styleSheet() == sheet and app.font() == face and app.style().objectName() == "fusion":
        return
    _made.cache_clear()
    if app.style().objectName() != "fusion":
        app.setStyle("fusion")
    app.setPalette(_qt_palette())
    app.setFont(face)
    app.setStyleSheet(sheet)
    icons.repaint_all(app)


def current() -> str:
    """The theme in use, "light" or "dark"."""
    app = QApplication.instance()
    return (app.property(_THEME) if app else None) or "light"


def colour(role: str) -> QColor:
    """The colour of a role in the theme in use."""
    return QColor(palette.colour(role, current()))


def font(kind: str = "body", bold: bool = False) -> QFont:
    """The font for "body", "title" or "small" text."""
    app = QApplication.instance()
    size = (app.property(_SIZE) if app else None) or "standard"
    return QFont(_made(size, kind, bold))


@lru_cache(maxsize=64)
def _made(size: str, kind: str, bold: bool) -> QFont:
    """Kept, because a font is asked for with every cell that is painted; `apply` begins anew."""
    made = QFont(QApplication.font())
    made.setPointSizeF(POINTS[size][("body", "title", "small").index(kind)])
    made.setBold(bold)
    return made


def span(widget: QWidget | None, characters: float) -> int:
    """A width in pixels that holds so many Chinese characters in the widget's font."""
    metrics = QFontMetrics(widget.font() if widget is not None else font())
    return round(metrics.horizontalAdvance("国") * characters)


def line_height(widget: QWidget | None = None) -> int:
    """The height of one line of text in pixels; spacing is counted in parts of it."""
    return QFontMetrics(widget.font()).height() if widget is not None else _height(font())


@lru_cache(maxsize=8)
def _height(of: QFont) -> int:
    return QFontMetrics(of).height()


def gap(parts: float = 0.5) -> int:
    """White space: a part of a line's height, so that it grows with the text."""
    return round(line_height() * parts)


def _theme_of(app: QApplication, wish: str) -> str:
    if wish in ("light", "dark"):
        return wish
    return "dark" if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def _face(app: QApplication, bundled: bool) -> QFont:
    """YaHei where the PC has it (and the person did not ask for the bundled face), else Noto Sans SC."""
    families = set(QFontDatabase.families())
    face = next((name for name in SYSTEM_FACES if name in families), "") if not bundled else ""
    if not face:
        if BUNDLED_FACE not in families:
            for name in BUNDLED:
                file = paths.resource("fonts") / name
                if file.is_file():
                    QFontDatabase.addApplicationFont(str(file))
        face = BUNDLED_FACE
    made = QFont([face, "Noto Sans CJK SC"])
    made.setPointSizeF(POINTS[app.property(_SIZE)][0])
    made.setStyleHint(QFont.StyleHint.SansSerif)
    return made


def _qt_palette() -> QPalette:
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: "window",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "field",
        QPalette.ColorRole.AlternateBase: "row_alternate",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "card",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.BrightText: "on_accent",
        QPalette.ColorRole.Highlight: "focus",
        QPalette.ColorRole.HighlightedText: "field",
        QPalette.ColorRole.Link: "link",
        QPalette.ColorRole.LinkVisited: "link",
        QPalette.ColorRole.ToolTipBase: "tooltip",
        QPalette.ColorRole.ToolTipText: "on_tooltip",
        QPalette.ColorRole.PlaceholderText: "text_quiet",
        QPalette.ColorRole.Light: "card",
        QPalette.ColorRole.Midlight: "hover",
        QPalette.ColorRole.Mid: "line_strong",
        QPalette.ColorRole.Dark: "line_strong",
        QPalette.ColorRole.Shadow: "line_strong",
        QPalette.ColorRole.Accent: "focus",
    }
    for qt_role, role in roles.items():
        made.setColor(qt_role, colour(role))
    for qt_role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, qt_role, colour("text_faint"))
    return made


def _style_sheet() -> str:
    sheet = paths.resource("themes", "desk.qss").read_text("utf-8")
    roles = palette.roles(current())
    return re.sub(r"@(\w+)", lambda found: roles[found[1]], sheet)
