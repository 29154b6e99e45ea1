"""Where the window stands: whole within the screen at first, then as it was left; what the screen leaves beside it."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QSettings, QSize
from PySide6.QtWidgets import QStyle, QWidget

from okr_desk import paths
from okr_desk.ui import theme

USUAL = QSize(1366, 768)


def appear(window: QWidget) -> None:
    """Show a window at its usual size, or filling a screen too small for that."""
    room = window.screen().availableGeometry().size().shrunkBy(frame(window))
    window.resize(USUAL.boundedTo(room))
    if USUAL.boundedTo(room) == USUAL:
        window.show()
    else:
        window.showMaximized()


def restore(window: QWidget) -> bool:
    """Put a window where it was left; whether that is known."""
    kept = state().value("geometry")
    return bool(kept and window.restoreGeometry(kept))


def keep(window: QWidget) -> None:
    """Note where a window stands for the next time."""
    held = state()
    held.setValue("geometry", window.saveGeometry())
    held.sync()


def state() -> QSettings:
    """What the window remembers between two starts."""
    return QSettings(str(paths.data_folder() / "window.ini"), QSettings.Format.IniFormat)


def frame(window: QWidget) -> QMargins:
    """What the desktop puts around a window; where it says so only later, a title bar as usual."""
    window.winId()  # makes the native window, which knows its frame on most desktops
    handle = window.windowHandle()
    known = handle.frameMargins() if handle is not None else QMargins()
    return (
        QMargins(0, window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight), 0, 0) if known.isNull() else known
    )


def height_beside(widget: QWidget, lines: float) -> int:
    """The height in pixels that the screen leaves for a widget whose dialog needs so many lines of text beside it."""
    return widget.screen().availableGeometry().height() - round(theme.line_height() * lines)
