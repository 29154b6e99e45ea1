"""One command does all set-up: `python3 dev.py run` opens the demo, `python3 dev.py test` proves the program.

Also: `lint` (ruff and mypy), `bench` (benchmarks/), `words` (the English catalogue),
`pictures` (of the README), `lock` (versions anew).
Standard library only, because it runs before anything is installed. Whatever pip is configured to use on this
machine is used; versions and hashes come from `requirements/`.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST = (3, 11)
COMMANDS = ("run", "test", "lint", "bench", "words", "pictures", "lock")

# Shared libraries that the Qt wheels expect from the system, and the Debian packages that bring them.
DRAWING = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libbrotlidec.so.1": "libbrotli1",
}
DISPLAY = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libcups.so.2": "libcups2",
}
TOOLS = {"pdffonts": "poppler-utils"}


STEP_SECONDS = 600


@dataclass(frozen=True)
class Step:
    """One part of the main job: its Chinese title, its command, and the file or folder that must be there after it."""

    title: str
    command: tuple[str, ...]
    makes: Path


@dataclass(frozen=True)
class Install:
    """How to get Debian packages: the command that may be run now (None without rights), and the line to print."""

    command: tuple[str, ...] | None
    line: str


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code."""
    command = arguments[0] if arguments else ""
    if command not in COMMANDS:
        print(__doc__)
        return 2
    if sys.version_info < OLDEST:
        return again_with_newer_python(arguments)
    if command == "lock":
        return lock()
    shown = command == "run" and may_have_display(sys.platform, os.environ)
    lacking = prepare_system(shown, tests=command == "test")
    python = prepare_environment("run" if command == "run" else "dev")
    if python is None:
        return 1
    if command in ("run", "test", "bench", "pictures") and not draws(python, "offscreen"):
        say(f"Qt 缺少系统库，无法继续。请先执行：\n    {lacking}" if lacking else "Qt 无法启动，请查看上面的提示。")
        return 1
    return {"run": run, "test": test, "lint": lint, "bench": bench, "words": words, "pictures": pictures}[command](
        python, arguments[1:]
    )


# --- the commands -----------------------------------------------------------------------------------------------


def run(python: Path, rest: Sequence[str]) -> int:
    """Open the demo township; without a display do the main job into out/ instead."""
    if may_have_display(sys.platform, os.environ) and draws(python, ""):
        return call([python, "-m", "okr_desk.app", "--demo", *rest])
    say("没有图形显示，改为在命令行完成主要工作，结果放在 out 文件夹。")
    out = workplace() / "out"
    out.mkdir(parents=True, exist_ok=True)
    for step in headless_steps(out):
        say(f"\n▸ {step.title}")
        code = call([python, "-m", *step.command], offscreen=True, seconds=STEP_SECONDS)
        if code not in (0, 1) or not step.makes.exists():  # 1: done, but something is left for a person to decide
            say(f"这一步没有完成（退出码 {code}），请把上面的内容交给维护人员。")
            return code or 1
    say("\n已生成：")
    for path in sorted(path for path in out.rglob("*") if path.is_file() and path.stat().st_size):
        say(f"  {path.relative_to(out.parent)}  {path.stat().st_size / 1024:.0f} KB")
    return 0


def headless_steps(out: Path) -> list[Step]:
    """The main job as command lines: import, check in, print, look. What an earlier run made is cleared away."""
    file, quarter, branch = out / "青山镇示范.okr", "2026Q3", "滨河社区第一党支部"
    book, single, windows = out / "评审表_全镇.pdf", out / "评审表_滨河社区第一党支部.pdf", out / "窗口"
    for path in (file, book, single):
        path.unlink(missing_ok=True)
    shutil.rmtree(windows, ignore_errors=True)
    check_in = ("okr_desk.cli", "check-in", str(file), "--quarter", quarter, "--org", branch, "--kr", "KR2.2")
    review = ("okr_desk.cli", "review", str(file), "--quarter", quarter)
    return [
        Step("导入示范镇（青山镇 2026 年工作簿）", ("okr_desk.cli", "demo", str(file), "--fresh"), file),
        Step("登记一次进展（滨河社区第一党支部 KR2.2）", (*check_in, "--value", "92.5", "--confidence", "7"), file),
        Step("季度评审表：全镇合为一册", (*review, "--all", "--one-file", "--out", str(book)), book),
        Step("季度评审表：单个支部", (*review, "--org", branch, "--out", str(single)), single),
        Step("各页面窗口图片", ("okr_desk.app", str(file), "--screenshot", str(windows)), windows),
    ]


def test(python: Path, rest: Sequence[str]) -> int:
    """Style, types and all tests on two cores; `--fast` leaves style and types out. Other words go to pytest."""
    words = [word for word in rest if word != "--fast"]
    style = 0 if "--fast" in rest else lint(python, [])
    both = [] if words or (os.cpu_count() or 1) < 2 else ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    tests = call([python, "-m", "pytest", "-q", *both, *words], offscreen=True)
    if style:
        say("代码风格或类型检查没有通过，见上文。")
    return tests or style


def lint(python: Path, rest: Sequence[str]) -> int:
    """ruff (rules and layout) and mypy; `--fix` lets ruff mend what it can."""
    fix = "--fix" in rest
    codes = [
        call([python, "-m", "ruff", "check", *(["--fix"] if fix else []), "."]),
        call([python, "-m", "ruff", "format", *([] if fix else ["--check"]), "."]),
        call([python, "-m", "mypy"]),
    ]
    return max(codes)


def bench(python: Path, rest: Sequence[str]) -> int:
    """All measurements of benchmarks/, each beside its yardstick; names given select some."""
    return call([python, "-m", "benchmarks", *rest], offscreen=True)


def words(python: Path, rest: Sequence[str]) -> int:
    """Bring the English catalogue in step with the source and compile it; lists what has no translation yet."""
    return call([python, "resources/locale/catalogue.py", *rest])


def pictures(python: Path, rest: Sequence[str]) -> int:
    """Take the pictures of the README anew from the demo township."""
    return call([python, "resources/handbook/pictures/make.py", *rest], offscreen=True)


def lock() -> int:
    """Resolve all versions anew for every platform (needs `uv`) and write the hashed requirement files."""
    uv = shutil.which("uv") or str(venv_python(workplace() / ".venv").with_name("uv"))
    inputs = ["pyproject.toml", "requirements/build.in", "--constraint", "requirements/pins.txt"]
    quiet = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header", "-q"]
    for name, extra in (("run", []), ("dev", ["--extra", "dev"])):
        target = ["-p", ".".join(map(str, OLDEST)), "-o", f"requirements/{name}.txt"]
        code = call([uv, "pip", "compile", *quiet, *extra, *target, *inputs])
        if code:
            return code
    return 0


# --- the system -------------------------------------------------------------------------------------------------


def may_have_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Windows and macOS always have one; elsewhere X11 or Wayland must be named."""
    if platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def missing_packages(wanted: Mapping[str, str], present: Callable[[str], bool]) -> list[str]:
    """Packages of `wanted` (thing -> package) whose thing is not `present`, in order, each once."""
    return list(dict.fromkeys(package for thing, package in wanted.items() if not present(thing)))


def install_plan(packages: Sequence[str], *, root: bool, sudo: bool) -> Install:
    """What to run as root or with a sudo that asks nothing; otherwise only the line for somebody with rights."""
    line = " ".join(["sudo", "apt-get", "install", "-y", "--no-install-recommends", *packages])
    words = tuple(line.split())
    if root:
        return Install(words[1:], line)
    return Install(("sudo", "-n", *words[1:]) if sudo else None, line)


def prepare_system(shown: bool, *, tests: bool) -> str:
    """Install what the system lacks where that is possible. Returns the install line if something is still missing."""
    if not sys.platform.startswith("linux"):
        return ""
    libraries = {**DRAWING, **(DISPLAY if shown else {})}

    def lacking() -> list[str]:
        names = missing_packages(libraries, loads) + (missing_packages(TOOLS, installed) if tests else [])
        return names if has_ensurepip() else [*names, "python3-venv"]

    return install(lacking())


def install(packages: Sequence[str]) -> str:
    """Install Debian packages, or print the one line that does. Returns that line unless all is well."""
    if not packages:
        return ""
    if not shutil.which("apt-get"):
        say(f"缺少系统组件（按 Debian 名称）：{' '.join(packages)}。请用本系统的软件包工具安装后再试。")
        return " ".join(packages)
    root = os.geteuid() == 0
    plan = install_plan(packages, root=root, sudo=not root and sudo_asks_nothing())
    if plan.command is None:
        say(f"缺少系统组件，安装需要管理员权限。请执行：\n    {plan.line}")
        return plan.line
    say(f"安装系统组件：{' '.join(packages)}")
    update = (*plan.command[: plan.command.index("install")], "update")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (plan.command, update, plan.command):
        done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0
        if done and command is plan.command:
            return ""
    say(f"系统组件没有装上。请执行：\n    {plan.line}")
    return plan.line


def loads(library: str) -> bool:
    """Whether the dynamic linker finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def installed(tool: str) -> bool:
    """Whether a program is on the path."""
    return shutil.which(tool) is not None


def has_ensurepip() -> bool:
    """Debian leaves `ensurepip` out of its Python until python3-venv is installed."""
    return call([sys.executable, "-c", "import ensurepip, venv"], quiet=True) == 0


def sudo_asks_nothing() -> bool:
    """Whether sudo works without a password; never asks for one."""
    return installed("sudo") and call(["sudo", "-n", "true"], quiet=True) == 0


# --- the Python environment -------------------------------------------------------------------------------------


def again_with_newer_python(arguments: Sequence[str]) -> int:
    """The default Python is too old: go on with a newer one on the path, or say what is needed."""
    for name in ("python3.13", "python3.12", "python3.11"):
        if found := shutil.which(name):
            return call([found, str(ROOT / "dev.py"), *arguments])
    say("需要 Python 3.11 或更高版本。")
    return 1


def workplace() -> Path:
    """Where .venv and out/ go: the checkout, or the user's cache folder when the checkout cannot be written."""
    if os.access(ROOT, os.W_OK):
        return ROOT
    mark = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
    return Path.home() / ".cache" / "okr_desk" / mark


def venv_python(folder: Path) -> Path:
    """The interpreter inside a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp(kind: str, files: Iterable[Path]) -> str:
    """What an environment was made from: interpreter, place and the content of the files that decide."""
    digest = hashlib.sha256(f"{sys.version}|{ROOT}|{kind}".encode())
    for path in files:
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def prepare_environment(kind: str) -> Path | None:
    """Make .venv and install the locked versions for `kind` ("run" or "dev") unless they are there. None: it failed.

    "dev" holds everything of "run" in the same versions, so a stamp of either serves "run".
    """
    folder = workplace() / ".venv"
    python, note = venv_python(folder), folder / "okr_desk.stamp"
    stamps = {
        name: stamp(name, [ROOT / "pyproject.toml", ROOT / f"requirements/{name}.txt"]) for name in ("run", "dev")
    }
    accepted = {stamps["dev"], stamps[kind]}
    healthy = python.exists() and call([python, "-c", "import pip"], quiet=True) == 0
    if healthy and note.exists() and note.read_text(encoding="utf-8") in accepted:
        return python
    if not healthy:
        say("创建 Python 环境 .venv（约占 550 MB）…")
        if call([sys.executable, "-m", "venv", "--clear", folder]):
            say("无法创建 Python 环境。Debian 系统请先安装 python3-venv。")
            return None
    say("安装锁定版本的依赖…")
    pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input"]
    # The lock is complete: pip need not resolve, and older ones would take a newer release for `coverage[toml]`.
    locked = [*pip, "--no-deps", "--require-hashes", "-r", ROOT / "requirements" / f"{kind}.txt"]
    project = [*pip, "--no-deps", "--no-build-isolation", "-e", ROOT]
    if (call(locked) and call(locked)) or call(project):  # a second try, because office networks stutter
        say("依赖没有装上，请检查网络或软件源设置后再试。")
        return None
    note.write_text(stamps[kind], encoding="utf-8")
    return python


def draws(python: Path, platform: str) -> bool:
    """Whether Qt can open on `platform` ("offscreen", or "" for the desktop's own); shows Qt's words if not."""
    probe = "import sys; from PySide6.QtWidgets import QApplication; QApplication([]); sys.stdout.flush()"
    environment = {**os.environ, **({"QT_QPA_PLATFORM": platform} if platform else {})}
    done = subprocess.run([str(python), "-c", probe], env=environment, capture_output=True, text=True, check=False)
    if done.returncode and platform:
        say(done.stderr.strip())
    return done.returncode == 0


def call(
    command: Sequence[object], *, offscreen: bool = False, quiet: bool = False, seconds: float | None = None
) -> int:
    """Run a program in the checkout and return its exit code; 124 when it takes longer than `seconds`."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    out = subprocess.DEVNULL if quiet else None
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, cwd=ROOT, env=environment, stdout=out, stderr=out, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return 124
    return done.returncode


def say(text: str) -> None:
    """Print for the person in front; a console that lacks a character shows a question mark."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
