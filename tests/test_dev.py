"""The decisions of `dev.py`: what is missing, who may install it, when an environment is still good."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
_spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
assert _spec and _spec.loader
dev = importlib.util.module_from_spec(_spec)
sys.modules["dev"] = dev
_spec.loader.exec_module(dev)


def test_missing_packages_are_named_once_and_in_order() -> None:
    wanted = {"a.so": "liba", "a2.so": "liba", "b.so": "libb", "c.so": "libc"}
    assert dev.missing_packages(wanted, lambda name: name == "b.so") == ["liba", "libc"]


def test_nothing_missing_needs_no_install() -> None:
    assert dev.missing_packages(dev.DRAWING, lambda name: True) == []


def test_root_installs_without_sudo() -> None:
    plan = dev.install_plan(["libgl1"], root=True, sudo=False)
    assert plan.command == ("apt-get", "install", "-y", "--no-install-recommends", "libgl1")


def test_a_sudo_that_asks_nothing_is_used_without_a_prompt() -> None:
    plan = dev.install_plan(["libgl1"], root=False, sudo=True)
    assert plan.command is not None and plan.command[:2] == ("sudo", "-n")


def test_without_rights_one_line_is_printed_and_nothing_run() -> None:
    plan = dev.install_plan(["libgl1", "libegl1"], root=False, sudo=False)
    assert plan.command is None
    assert plan.line == "sudo apt-get install -y --no-install-recommends libgl1 libegl1"


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("win32", {}, True),
        ("darwin", {}, True),
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
    ],
)
def test_display(platform: str, environment: dict[str, str], expected: bool) -> None:
    assert dev.may_have_display(platform, environment) is expected


def test_stamp_changes_with_requirements_but_not_with_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "run.txt"
    file.write_bytes(b"a==1\nb==2\n")
    before = dev.stamp("run", [file])
    file.write_bytes(b"a==1\r\nb==2\r\n")
    assert dev.stamp("run", [file]) == before
    assert dev.stamp("dev", [file]) != before
    file.write_bytes(b"a==1\nb==3\n")
    assert dev.stamp("run", [file]) != before


def test_the_main_job_without_a_display_imports_checks_in_and_prints(tmp_path: Path) -> None:
    steps = dev.headless_steps(tmp_path)
    words = {word for step in steps for word in step.command}
    assert {"demo", "check-in", "review", "--one-file", "--screenshot"} <= words
    assert all(step.makes.parent == tmp_path for step in steps)


def test_the_main_job_starts_from_an_empty_place(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for step in dev.headless_steps(out):
        step.makes.touch() if step.makes.suffix else step.makes.mkdir()
    dev.headless_steps(out)
    assert list(out.iterdir()) == []


def test_a_program_that_does_not_end_is_stopped() -> None:
    assert (
        dev.call([sys.executable, "-c", "import threading; threading.Event().wait()"], quiet=True, seconds=0.01) == 124
    )


def test_unknown_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["dance"]) == 2
    assert "python3 dev.py run" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["run", "dev"])
def test_locked_versions_carry_hashes_and_name_no_host(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text and "--index" not in text and "--find-links" not in text
    entries = text.replace("\\\n", " ").splitlines()
    assert len(entries) > 25
    assert [line for line in entries if "==" not in line or "--hash=sha256:" not in line] == []


def test_dev_versions_include_those_of_run() -> None:
    def versions(name: str) -> set[str]:
        lines = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        return {line.split(" \\")[0] for line in lines if "==" in line}

    assert versions("run") < versions("dev")
