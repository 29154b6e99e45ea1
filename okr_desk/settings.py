"""What one person sets for this PC: look, text size, language, fonts, recent files. Not the office's policy."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from okr_desk import paths
from okr_desk.i18n import LANGUAGES

THEMES = ("system", "light", "dark")
TEXT_SIZES = ("standard", "large", "huge")
RECENT = 6


@dataclass(frozen=True)
class Settings:
    """Personal settings; every field has a default, unknown or broken entries of the file are passed over."""

    theme: str = "system"
    text_size: str = "standard"
    language: str = "zh_CN"
    bundled_fonts: bool = False
    recent: tuple[str, ...] = ()
    last_login: str = ""

    def opened(self, path: Path) -> Settings:
        """The same settings with `path` first among the files opened lately."""
        name = str(path)
        return replace(self, recent=(name, *(old for old in self.recent if old != name))[:RECENT])


_CHOICES = {"theme": THEMES, "text_size": TEXT_SIZES, "language": LANGUAGES}


def file() -> Path:
    """Where the personal settings lie."""
    return paths.data_folder() / "settings.json"


def load() -> Settings:
    """Read the settings; a missing or damaged file gives the defaults, never an error."""
    try:
        found = json.loads(file().read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    return _sound(found) if isinstance(found, dict) else Settings()


def save(settings: Settings) -> None:
    """Write the settings whole. Raises FileRefused when the folder cannot be written."""
    from okr_desk.files import write_atomically

    text = json.dumps(asdict(settings), ensure_ascii=False, indent=1)
    write_atomically(file(), text.encode("utf-8"))


def _sound(found: dict[str, object]) -> Settings:
    kept: dict[str, object] = {}
    for field in fields(Settings):
        value = found.get(field.name)
        if field.name == "recent":
            if isinstance(value, list):
                kept["recent"] = tuple(entry for entry in value if isinstance(entry, str))[:RECENT]
        elif isinstance(value, type(field.default)) and value in _CHOICES.get(field.name, (value,)):
            kept[field.name] = value
    return Settings(**kept)  # type: ignore[arg-type]
