"""The program from outside, as a stranger tries it: wrong words, wrong files, the wrong order."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from okr_desk import cli, paths
from tests.demo_copy import demo_copy

Run = Callable[..., tuple[int, str, str]]
PASSWORD = "liangshi-mancang-26"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("OKR_DESK_PASSWORD", PASSWORD)

    def call(*words: object) -> tuple[int, str, str]:
        code = cli.main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def demo(demo_template: Path, tmp_path: Path) -> Path:
    return demo_copy(demo_template, tmp_path / "示范镇.okr")


@pytest.fixture
def township(run: Run, tmp_path: Path) -> Path:
    """A township of its own, without a branch yet."""
    path = tmp_path / "青山镇.okr"
    assert run("new", path, "--township", "青山镇", "--admin", "admin", "--year", "2026")[0] == 0
    return path


def sample(start: str) -> Path:
    """The demo's workbook whose name begins with `start`."""
    return next(paths.resource("demo", "青山镇_2026").glob(f"{start}*"))


@pytest.mark.parametrize(
    "words",
    [
        ("export", "{db}", "--what", "orgs", "--xlsx", "{db}"),
        ("import", "{db}", "{sheet}", "--report", "{db}"),
        ("document", "{db}", "summary", "--quarter", "2026Q3", "--out", "{db}"),
        ("backup", "{db}", "--to", "{other}"),
    ],
)
def test_no_output_is_ever_written_over_a_database(
    run: Run, demo: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    other = Path(shutil.copyfile(demo, tmp_path / "别的镇.okr"))
    before = other.read_bytes()
    named = {"db": demo, "other": other, "sheet": sample("01")}
    code, out, err = run(*(word.format(**named) for word in words))
    assert (code, out) == (2, "") and "不能覆盖" in err
    assert other.read_bytes() == before
    assert run("audit", "verify", demo)[0] == 0


def test_a_backup_of_the_same_name_is_renewed(run: Run, demo: Path, tmp_path: Path) -> None:
    for _time in range(2):
        assert run("backup", demo, "--to", tmp_path / "副本.okr")[0] == 0


def test_restoring_leaves_nothing_behind(run: Run, demo: Path, tmp_path: Path) -> None:
    assert run("backup", demo, "--to", tmp_path / "副本.okr")[0] == 0
    assert run("restore", tmp_path / "副本.okr", demo)[0] == 0
    assert not [file.name for file in tmp_path.iterdir() if "恢复中" in file.name]


def test_what_is_missing_is_named_in_chinese(run: Run) -> None:
    assert "缺少 文件、--township、--admin，" in run("new")[2]
    assert "缺少 文件、路径，" in run("import")[2]
    assert "没有“a, b”这个词" in run("audit", "a, b", "x.okr")[2]


def test_all_branches_or_some_not_both(run: Run, demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "表.pdf"
    code, out, err = run("review", demo, "--org", "青石村党支部", "--all", "--out", target)
    assert (code, out) == (2, "") and "只能写一个" in err and not target.exists()
    said = run("review", demo, "--org", "青石村党支部", "青石村", "--out", tmp_path / "各", "--json")[1]
    assert json.loads(said)["sheets"] == 1


def test_rows_of_unknown_branches_are_told(run: Run, township: Path) -> None:
    code, out, _err = run("import", township, sample("04_季度实绩_2026Q1"), "--user", "admin")
    assert code == 1
    assert "“青石村党支部”不在组织名册中" in out and "另有 24 处" in out


def test_lines_of_registers_wait_for_their_branches(run: Run, township: Path) -> None:
    """Without the roster each line is sent back with its row; together with it all of them come in."""
    code, out, _err = run("import", township, sample("08"), "--user", "admin")
    assert code == 1 and "吹哨 B3：“双河村党支部”不在组织名册中" in out
    assert run("import", township, sample("08"), sample("01"), "--user", "admin")[0] == 0
    assert len(json.loads(run("export", township, "--what", "whistles", "--user", "admin", "--json")[1])) == 46


def test_a_folder_of_unknown_branches_names_the_real_reason(run: Run, township: Path) -> None:
    code, out, err = run("import", township, sample("07"), "--user", "admin")
    assert (code, out) == (2, "") and "临时文件" not in err


@pytest.mark.parametrize("value", ["1_000", "٣", "95%", "1,000", "1e400", "9999999999999", "-inf", "", "0x10"])
def test_only_figures_are_numbers(run: Run, demo: Path, value: str) -> None:
    code, out, err = run("check-in", demo, "--org", "青石村党支部", "--kr", "KR1.6", "--value", value)
    assert (code, out) == (2, "") and err.strip().endswith("。")


def test_figures_of_a_chinese_keyboard_are_numbers(run: Run, demo: Path) -> None:
    words = ("--org", "青石村党支部", "--kr", "kr1.6", "--value", "７２．５")
    assert run("check-in", demo, *words)[0] == 0
    rows = json.loads(run("export", demo, "--what", "checkins", "--quarter", "2026Q3")[1])
    assert [row["value"] for row in rows if (row["org"], row["kr"]) == ("青石村党支部", "KR1.6")] == ["72.5"]


def test_confidence_is_a_whole_number(run: Run, demo: Path) -> None:
    code, _out, err = run(
        "check-in", demo, "--org", "青石村党支部", "--kr", "KR1.6", "--value", "72", "--confidence", "5.5"
    )
    assert code == 2 and "1 到 10 的整数" in err


@pytest.mark.parametrize(
    ("nodes", "raw"), [("立项、开工", "0.5"), ("立项,立项", "0.2"), ("立项，开工，主体完成", "0.8"), ("未启动", "0")]
)
def test_nodes_as_people_write_them(run: Run, demo: Path, nodes: str, raw: str) -> None:
    words = ("--org", "青石村党支部", "--kr", "KR1.3", "--nodes", nodes, "--json")
    assert json.loads(run("check-in", demo, *words)[1])["raw"] == raw


def test_no_node_is_never_a_silent_zero(run: Run, demo: Path) -> None:
    code, _out, err = run("check-in", demo, "--org", "青石村党支部", "--kr", "KR1.3", "--nodes", " ")
    assert code == 2 and "未启动" in err


def test_bytes_that_are_no_character_are_refused(run: Run, demo: Path) -> None:
    words = ("--org", "青石村党支部", "--kr", "KR1.6", "--value", "72", "--note", "a\udcff")
    code, out, err = run("check-in", demo, *words)
    assert (code, out) == (2, "") and "无法识别的字符" in err


def test_a_statement_that_is_not_the_value_that_counts_says_so(run: Run, demo: Path) -> None:
    code, out, _err = run("check-in", demo, "--org", "青石村党支部", "--kr", "KR2.1", "--value", "88")
    assert code == 0 and "采用镇审核 87.3，另有支部自报 88" in out


def test_an_organisation_without_key_results_has_nothing_to_fill_in(run: Run, demo: Path) -> None:
    code, _out, err = run("check-in", demo, "--org", "滨河社区党总支", "--kr", "KR1.1", "--value", "1")
    assert code == 2 and "没有关键结果" in err


def edited(source: Path, target: Path, changes: dict[str, object]) -> Path:
    """A copy of a workbook with some cells of its first sheet changed."""
    from openpyxl import load_workbook

    book = load_workbook(source)
    for cell, value in changes.items():
        book.worksheets[0][cell] = value
    book.save(target)
    return target


@pytest.mark.parametrize(
    ("book", "cell", "value", "told"),
    [
        ("02", "O6", 3, "KR1.4"),  # target of a key result without indicator
        ("02", "L6", 2, "KR1.4"),  # its baseline
        ("02", "T3", 50, "KR1.1"),  # the third quarter's plan
        ("02", "G5", "产业路硬化2.3公里：立项10、开工40、主体完成30、验收20", "KR1.3"),  # weights of nodes
        ("02", "E3", "T2", "O1"),  # the township's objective above
        ("01", "G3", "王五", "书记"),
        ("01", "H3", "王五", "联系领导"),
        ("01", "E3", "社区", "类别"),
        ("01", "F3", "中共青山镇滨河社区总支部委员会", "上级党组织"),
    ],
)
def test_a_line_that_differs_is_told_and_changes_nothing(
    run: Run, demo: Path, tmp_path: Path, book: str, cell: str, value: object, told: str
) -> None:
    words = ("export", demo, "--what", "key-results" if book == "02" else "orgs")
    before = run(*words)[1]
    changed = edited(sample(book), tmp_path / "改.xlsx", {cell: value})
    code, out, _err = run("import", demo, changed)
    assert code == 1
    assert any("没有采用" in line and told in line for line in out.splitlines())
    assert run(*words)[1] == before


def test_the_townships_objectives_may_come_last(run: Run, township: Path) -> None:
    person = ("--user", "admin")
    assert run("import", township, sample("01"), *person)[0] == 0
    code, out, _err = run("import", township, sample("02"), *person)
    assert code == 1 and "镇级目标 T1 还没有登记" in out
    assert run("import", township, sample("00"), *person)[0] == 0
    again = json.loads(run("import", township, sample("02"), *person, "--json")[1])
    assert (again["taken"], again["lost"]) == (87, 0)
    third = json.loads(run("import", township, sample("02"), *person, "--json")[1])
    assert (third["taken"], third["lost"]) == (0, 0)


def test_nothing_takes_the_place_of_a_database_in_use(
    run: Run, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3
    from contextlib import closing

    from okr_desk.model import engine

    assert run("backup", demo, "--to", tmp_path / "副本.okr")[0] == 0
    quick = [(name, "50", 50) if name == "busy_timeout" else (name, *rest) for name, *rest in engine._PRAGMAS]
    monkeypatch.setattr(engine, "_PRAGMAS", tuple(quick))
    before = demo.read_bytes()
    with closing(sqlite3.connect(demo, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        code, out, err = run("restore", tmp_path / "副本.okr", demo)
    assert (code, out) == (2, "") and "占用" in err
    assert demo.read_bytes() == before and not list(tmp_path.glob("*恢复前*"))


@pytest.mark.parametrize("words", [("new", "--township", "青山镇", "--admin", "admin"), ("demo",)])
@pytest.mark.parametrize("pages", [30, 600])
def test_a_full_disk_leaves_no_half_database(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], pages: int
) -> None:
    from okr_desk.model import engine

    full = ("max_page_count", str(pages), pages)  # SQLite itself says then that the disk is full
    monkeypatch.setattr(engine, "_PRAGMAS", (*engine._PRAGMAS, full))
    path = tmp_path / "满.okr"
    code, out, err = run(words[0], path, *words[1:])
    if (words[0], pages) == ("new", 600):
        assert code == 0  # an empty township fits
        return
    assert (code, out) == (2, "") and "磁盘空间不足" in err
    assert not list(tmp_path.glob("满*"))


def test_a_damaged_schema_is_refused_in_one_sentence(run: Run, demo: Path) -> None:
    content = demo.read_bytes()
    at = content.index(b"STRICT")
    demo.write_bytes(content[: at + 4] + b"\xbc" + content[at + 5 :])
    code, out, err = run("export", demo, "--what", "orgs")
    assert (code, out) == (2, "") and "损坏" in err


def test_a_trial_import_needs_the_right_to_import(run: Run, demo: Path) -> None:
    from okr_desk.model.store import Store
    from okr_desk.queries import users as standing
    from okr_desk.services import users

    with Store.open(demo) as store:
        day = store.clock.today()
        with store.read() as session:
            office = standing.by_login(session, "admin", day)
            viewer = standing.by_login(session, "chakan", day)
            assert office is not None and viewer is not None
            admin = standing.actor(session, office.id, day)
        assert admin is not None
        with store.write(admin) as session:
            users.reset_password(session, admin, viewer.id, PASSWORD)
    code, out, err = run("import", demo, sample("01"), "--dry-run", "--user", "chakan")
    assert (code, out) == (2, "") and "没有权限" in err


@pytest.mark.parametrize(("cell", "word"), [("I3", "挑戰"), ("K3", "朝上")])
def test_a_nature_or_direction_that_is_not_known_is_not_guessed(
    run: Run, township: Path, tmp_path: Path, cell: str, word: str
) -> None:
    person = ("--user", "admin")
    assert run("import", township, sample("01"), sample("00"), *person)[0] == 0
    code, out, _err = run("import", township, edited(sample("02"), tmp_path / "改.xlsx", {cell: word}), *person)
    assert code == 1 and f"“{word}”不认识" in out
    rows = json.loads(run("export", township, "--what", "key-results", *person)[1])
    assert not [row for row in rows if (row["org"], row["kr"]) == ("青石村党支部", "KR1.1")]


def test_a_report_that_cannot_be_written_is_refused_before_the_import(run: Run, township: Path, tmp_path: Path) -> None:
    for place in (tmp_path, township, township / "R.json"):
        code, out, err = run("import", township, sample("01"), "--user", "admin", "--report", place)
        assert (code, out) == (2, "") and err.strip().endswith("。")
    assert json.loads(run("export", township, "--what", "orgs", "--user", "admin")[1]) == []


def test_a_quarter_of_no_year_is_not_an_empty_answer(run: Run, demo: Path) -> None:
    code, out, err = run("export", demo, "--what", "values", "--quarter", "2031Q1")
    assert (code, out) == (2, "") and "2031Q1" in err
