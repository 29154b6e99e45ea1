"""Icons from Fluent UI System Icons, coloured by role when drawn, sharp at every scale of the screens at hand."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from okr_desk import paths

_NAME, _ROLE = "okr_icon", "okr_icon_role"


def dress(target: QObject, name: str, role: str = "text") -> None:
    """Give a button or an action an icon that follows the theme."""
    target.setProperty(_NAME, name)
    target.setProperty(_ROLE, role)
    _paint(target)


def icon(name: str, role: str = "text", size: int = 20) -> QIcon:
    """An icon in the colour of a role, for places that do not stay (menus made on the spot, item data)."""
    from okr_desk.ui import theme

    made = QIcon()
    for scale in _scales():
        made.addPixmap(pixmap(name, theme.colour(role), size, scale))
        if role == "on_accent":
            made.addPixmap(pixmap(name, theme.colour("text_faint"), size, scale), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, colour: QColor, size: int, scale: float = 1.0) -> QPixmap:
    """One drawing of `size` logical pixels for a screen of `scale`."""
    made = QPixmap(round(size * scale), round(size * scale))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    draw(painter, QRectF(0, 0, made.width(), made.height()), name, colour)
    painter.end()
    made.setDevicePixelRatio(scale)
    return made


def draw(painter: QPainter, box: QRectF, name: str, colour: QColor) -> None:
    """Draw an icon into a box, as delegates do."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(_source(name).replace("<svg ", f'<svg fill="{colour.name()}" ', 1).encode())).render(
        painter, box
    )


def repaint_all(app: QApplication) -> None:
    """After a change of theme: colour every dressed button and action again."""
    for widget in app.allWidgets():
        for target in (widget, *widget.actions()):
            if target.property(_NAME):
                _paint(target)


def _paint(target: QObject) -> None:
    from okr_desk.ui import theme

    size = theme.line_height()
    target.setIcon(icon(target.property(_NAME), target.property(_ROLE), size))
    if isinstance(target, QAbstractButton):
        target.setIconSize(QSize(size, size))


def _scales() -> list[float]:
    return sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()} | {1.0})


@cache
def _source(name: str) -> str:
    return paths.resource("icons", f"{name}.svg").read_text("utf-8")
