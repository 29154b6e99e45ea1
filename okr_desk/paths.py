"""Where things lie: resources (beside the package or inside the wheel) and the user's own folders."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
APP = "okr_desk"


def resources() -> Path:
    """The folder `resources/`: at the top of a checkout, inside the package once installed."""
    for folder in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("resources")


def resource(*parts: str) -> Path:
    """One file or folder under `resources/`."""
    return resources().joinpath(*parts)


def data_folder() -> Path:
    """The user's data folder, created on demand; `OKR_DESK_HOME` overrides it (portable use, tests)."""
    return _made(_home("data"))


def cache_folder() -> Path:
    """Things that may be lost: font caches, previews."""
    return _made(_home("cache"))


def log_folder() -> Path:
    """Log files."""
    return _made(_home("log"))


def _home(kind: str) -> Path:
    own = os.environ.get("OKR_DESK_HOME")
    if own:
        return Path(own) / kind
    import platformdirs

    folders = {
        "data": platformdirs.user_data_path,
        "cache": platformdirs.user_cache_path,
        "log": platformdirs.user_log_path,
    }
    return folders[kind](APP, appauthor=False)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
