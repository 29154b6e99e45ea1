"""The command line is a contract: words, exit codes, one sentence on refusal, nothing changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlmodel import col, select

from okr_desk import cli
from okr_desk.model.store import Store
from okr_desk.model.tables import CheckIn
from okr_desk.queries import orgs
from tests import scored_demo
from tests.demo_copy import demo_copy

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: object) -> tuple[int, str, str]:
        code = cli.main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def demo(demo_template: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "示范镇.okr"
    demo_copy(demo_template, copy)
    return copy


def test_usage_names_every_command(run: Run) -> None:
    code, out, _err = run("--help")
    assert code == 0
    for name, _module, _line in cli.COMMANDS:
        assert f"\n  {name} " in out


@pytest.mark.parametrize("words", [("nonsense",), ("review",), ("check-in",), ("import",), ("calc", "nonsense")])
def test_a_wrong_command_is_refused_in_chinese(run: Run, words: tuple[str, ...]) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err.strip().endswith("。") and len(err.strip().splitlines()) == 1
    assert not any(word in err for word in ("usage", "error", "required", "argument"))


def test_check_in_moves_the_key_result(run: Run, demo: Path) -> None:
    code, out, _err = run("check-in", demo, "--org", "双河村党支部", "--kr", "KR1.3", "--nodes", "立项,开工", "--json")
    assert code == 0
    said = json.loads(out)
    assert (said["raw"], said["period"]) == ("0.5", "2026Q3")
    code, out, _err = run("export", demo, "--what", "checkins", "--quarter", "2026Q3", "--json")
    mine = [row for row in json.loads(out) if row["org"] == "双河村党支部"]
    assert code == 0 and [row["kr"] for row in mine] == ["KR1.3"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--org", "没有的支部", "--kr", "KR1.1", "--value", "1"), "没有名为"),
        (("--org", "青石村党支部", "--kr", "KR9.9", "--value", "1"), "没有关键结果"),
        (("--org", "青石村党支部", "--kr", "KR2.3", "--value", "约95"), "不是数字"),
        (("--org", "青石村党支部", "--kr", "KR2.3", "--value", "nan"), "不是数字"),
        (("--org", "青石村党支部", "--kr", "KR2.3", "--value", "90", "--as-of", "2026-10-09"), "不能晚于今天"),
        (("--org", "青石村党支部", "--kr", "KR2.3", "--value", "90", "--as-of", "明天"), "不是日期"),
        (("--org", "青石村党支部", "--kr", "KR2.3", "--value", "90", "--confidence", "11"), "1 到 10"),
        (("--org", "青石村党支部", "--kr", "KR2.3", "--value", "90", "--quarter", "2026Q5"), "季度"),
        (("--org", "青石村党支部", "--kr", "KR2.3", "--value", "90", "--quarter", "2026Q2"), "理由"),
        (("--org", "青石村党支部", "--kr", "KR2.3"), "一个"),
        (("--org", "青石村党支部", "--kr", "KR1.1", "--value", "10"), "年累计"),
        (("--org", "双河村党支部", "--kr", "KR1.3", "--nodes", "剪彩"), "没有名为“剪彩”的节点"),
        (("--org", "青石村党支部", "--kr", "KR2.2", "--value", "-5"), "加 --force"),
        (("--org", "青石村党支部", "--kr", "KR2.2", "--value", "9230"), "加 --force"),
        (("--org", "青石村党支部", "--kr", "KR2.2", "--value", "0.9"), "是 0.9% 还是 90%？确实如此请加 --force。"),
        (("--org", "青石村党支部", "--kr", "KR1.4", "--value", "-1"), "不会小于 0"),
        (("--org", "青石村党支部", "--kr", "KR1.4", "--value", "-1", "--force"), "不会小于 0"),
        (("--org", "青石村党支部", "--kr", "KR2.1", "--value", "101", "--force"), "0 到 100"),
        (("--org", "青石村党支部", "--kr", "KR2.3", "--value", "90", "--quarter", "2026Q2"), "用 --reason"),
        (("--org", "青石村党支部", "--kr", "KR2.3", "--value", "90", "--basis", "口头"), "纸质、电话 或 微信"),
    ],
)
def test_a_check_in_that_cannot_be_taken_changes_nothing(
    run: Run, demo: Path, words: tuple[str, ...], sentence: str
) -> None:
    before = run("export", demo, "--what", "checkins", "--json")[1]
    code, out, err = run("check-in", demo, *words)
    assert (code, out) == (2, "")
    assert sentence in err and err.strip().endswith("。")
    assert run("export", demo, "--what", "checkins", "--json")[1] == before


@pytest.mark.parametrize(("typed", "kept"), [("101", "101"), ("0.9", "0.9"), ("-5", "-5")])
def test_what_is_unlikely_is_taken_when_insisted_on(run: Run, demo: Path, typed: str, kept: str) -> None:
    of = ("--org", "青石村党支部", "--kr", "KR2.2")
    assert run("check-in", demo, *of, "--value", typed, "--force")[0] == 0
    assert _said(run, demo, "KR2.2") == kept


def _said(run: Run, demo: Path, kr: str) -> str:
    rows = json.loads(run("export", demo, "--what", "checkins", "--quarter", "2026Q3", "--json")[1])
    return next(row["value"] for row in rows if (row["org"], row["kr"]) == ("青石村党支部", kr))


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        ((), ("", "paper")),
        (("--reported-by", "王小明", "--basis", "微信"), ("王小明", "chat")),
        (("--basis", "纸质表"), ("", "paper")),
    ],
)
def test_what_the_office_enters_for_a_branch_says_so(
    run: Run, demo: Path, more: tuple[str, ...], kept: tuple[str, str]
) -> None:
    assert run("check-in", demo, "--org", "双河村党支部", "--kr", "KR2.2", "--value", "93", *more)[0] == 0
    with Store.open(demo) as store, store.rows() as session:
        row = session.exec(select(CheckIn).order_by(col(CheckIn.id).desc())).first()
        secretary = next(o.secretary for o in orgs.tree(session, store.clock.today()) if o.short_name == "双河村党支部")
    assert row is not None and secretary
    assert (row.reported_by, row.basis) == (kept[0] or secretary, kept[1])


def test_a_branch_that_enters_for_itself_names_no_other(run: Run, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _give_password(demo, "qingshi", "liangshi-mancang-26")
    monkeypatch.setenv("OKR_DESK_PASSWORD", "liangshi-mancang-26")
    mine = ("check-in", demo, "--org", "青石村党支部", "--kr", "KR2.2", "--value", "93", "--user", "qingshi")
    code, _out, err = run(*mine, "--basis", "电话")
    assert code == 2 and "--basis" in err
    assert run(*mine)[0] == 0
    with Store.open(demo) as store, store.rows() as session:
        row = session.exec(select(CheckIn).order_by(col(CheckIn.id).desc())).first()
    assert row is not None and (row.reported_by, row.basis) == ("", "own")


def test_people_of_the_demo_need_no_password(
    run: Run, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `demo` says and the window does; somebody who is not there is still nobody."""
    monkeypatch.delenv("OKR_DESK_PASSWORD", raising=False)
    minutes = ("document", demo, "minutes", "--quarter", "2026Q3", "--out", tmp_path / "记录.pdf")
    assert run(*minutes, "--org", "青石村党支部", "--user", "qingshi")[0] == 0
    code, _out, err = run(*minutes, "--org", "东岭村党支部", "--user", "qingshi")
    assert code == 2 and "权限" in err
    code, _out, err = run("export", demo, "--what", "orgs", "--user", "meiyou", "--json")
    assert code == 2 and "没有账号" in err


@pytest.mark.parametrize("name", [name for name, module, _line in cli.COMMANDS if module != "cli_calc"])
def test_the_help_of_a_command_explains_everything_one_may_write(run: Run, name: str) -> None:
    code, out, err = run(name, "--help")
    head, *lines = out.splitlines()
    assert (code, err) == (0, "") and head.startswith(name)
    assert len(lines) >= 3
    for line in lines:
        written, _gap, meaning = line.strip().partition("  ")
        assert written and meaning.strip(), line
    assert name != "check-in" or {"--as-of", "--reason", "--basis", "--no"} <= {line.split()[0] for line in lines}


def test_a_second_import_changes_nothing(run: Run, demo: Path, tmp_path: Path) -> None:
    from okr_desk import paths

    report = tmp_path / "R.json"
    head = run("audit", "verify", demo, "--json")[1]
    code, _out, _err = run("import", demo, paths.resource("demo", "青山镇_2026"), "--yes-safe", "--report", report)
    said = json.loads(report.read_text(encoding="utf-8"))
    assert code == 1
    assert said["taken"] == 0 and said["unchanged"] > 1500
    assert set(said["missing"]) == {"双河村党支部", "朝阳社区第二党支部"}
    assert said["duplicate"] == ["东岭村党支部"]
    assert run("audit", "verify", demo, "--json")[1] == head


def test_an_import_into_a_frozen_quarter_needs_a_reason(run: Run, demo: Path, tmp_path: Path) -> None:
    form = _form(demo, tmp_path, quarter=1, value=61)
    before = run("export", demo, "--what", "checkins", "--json")[1]
    for more in (("--dry-run",), ()):
        code, out, _err = run("import", demo, form, *more)
        assert code == 1 and "2026年第一季度已冻结" in out and "--reason" in out
        assert run("export", demo, "--what", "checkins", "--json")[1] == before
    code, out, _err = run("import", demo, form, "--reason", "一季度漏报", "--json")
    said = json.loads(out)
    assert (said["taken"], said["refused"], said["next_steps"]) == (1, [], [])
    with Store.open(demo) as store, store.rows() as session:
        row = session.exec(select(CheckIn).order_by(col(CheckIn.id).desc())).first()
    assert row is not None and (row.is_late, row.late_reason) == (True, "一季度漏报")


def test_a_form_that_comes_back_blank_is_said(run: Run, demo: Path, tmp_path: Path) -> None:
    code, out, _err = run("import", demo, _form(demo, tmp_path, quarter=3, org="双河村党支部"))
    assert code == 1 and "双河村党支部的填报表是空表，按未报处理。" in out
    assert "还没有报：双河村党支部、朝阳社区第二党支部" in out


def _form(demo: Path, folder: Path, *, quarter: int, org: str = "青石村党支部", value: int | None = None) -> Path:
    """The form that the office sends to a branch, with one value filled in or none."""
    import openpyxl

    from okr_desk.exchange import templates
    from okr_desk.queries import board as boards

    with Store.open(demo) as store, store.read() as session:
        branch = next(o for o in orgs.tree(session, store.clock.today()) if o.short_name == org)
        board = boards.board(session, branch.id, 2026, quarter)
    path = templates.write(folder / f"{org}.xlsx", board)
    if value is not None:
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        heads = {str(cell.value): cell.column for cell in sheet[3]}
        row = next(n for n in range(4, 20) if "办结率" in "".join(str(c.value) for c in sheet[n]))
        sheet.cell(row, next(column for head, column in heads.items() if "本季实绩" in head)).value = value
        book.save(path)
    return path


def test_review_of_one_branch_and_of_all(run: Run, demo: Path, tmp_path: Path) -> None:
    one = tmp_path / "一份.pdf"
    assert run("review", demo, "--quarter", "2026Q3", "--org", "青石村党支部", "--out", one)[0] == 0
    assert one.read_bytes().startswith(b"%PDF")
    code, out, _err = run("review", demo, "--quarter", "2026Q3", "--all", "--out", tmp_path / "全部.pdf", "--json")
    assert code == 1
    said = json.loads(out)
    assert said["sheets"] == 29 and "双河村党支部" in said["late"]


def test_documents_are_listed_and_printed(run: Run, demo: Path, tmp_path: Path) -> None:
    code, out, _err = run("document", "--list")
    keys = [line.split()[0] for line in out.splitlines()]
    assert code == 0 and {"review", "summary", "scores", "year-sheet", "score-summary"} <= set(keys)
    target = tmp_path / "汇总.pdf"
    assert run("document", demo, "summary", "--quarter", "2026Q3", "--out", target)[0] == 0
    assert target.read_bytes().startswith(b"%PDF")


@pytest.fixture
def scored(demo: Path) -> Path:
    """The demo with a scheme for its villages."""
    with Store.open(demo) as store:
        scored_demo.put_to_use(store)
    return demo


@pytest.mark.parametrize(
    "words",
    [
        ("document", "review", "--quarter", "2026Q9"),
        ("document", "review-sheet", "--quarter", "2026Q9"),
        ("document", "scores", "--quarter", "2031Q1", "--all"),
        ("review", "--quarter", "2026Q9", "--all"),
        ("review", "--quarter", "2031Q1", "--all"),
    ],
)
def test_a_wrong_quarter_is_said_before_what_else_is_missing(run: Run, demo: Path, words: tuple[str, ...]) -> None:
    command, *more = words
    code, out, err = run(command, demo, *more)
    assert (code, out) == (2, "") and f"没有“{words[words.index('--quarter') + 1]}”这个季度" in err
    assert "--out" not in err and "--list" not in err


def test_a_quarter_that_has_not_begun_is_not_printed(run: Run, scored: Path, tmp_path: Path) -> None:
    """Its sheets would be blank; the year that has begun has its sheet."""
    for words in (("review",), ("document", "review"), ("document", "summary"), ("document", "score-summary")):
        command, *key = words
        to = tmp_path / "无.pdf"
        every = () if "summary" in words[-1] else ("--all",)
        code, out, err = run(command, scored, *key, "--quarter", "2026Q4", *every, "--out", to)
        assert (code, out) == (2, "") and "2026年第四季度还没有开始，没有可以打印的内容" in err and not to.exists()
    year = tmp_path / "年.pdf"
    words = ("document", scored, "year-sheet", "--quarter", "2026Q4", "--org", "青石村党支部", "--out", year)
    assert run(*words)[0] == 0 and year.exists()


def test_the_points_follow_the_review_sheet_where_that_is_asked_for(run: Run, scored: Path, tmp_path: Path) -> None:
    plain, long = tmp_path / "一.pdf", tmp_path / "二.pdf"
    words = ("review", scored, "--quarter", "2026Q3", "--org", "青石村党支部")
    assert run(*words, "--out", plain)[0] == 0
    assert run(*words, "--out", long, "--scores")[0] == 0
    more = len(PdfReader(long).pages) - len(PdfReader(plain).pages)
    assert more >= 1
    code, out, _err = run(*words, "机关第一党支部", "--out", tmp_path / "三.pdf", "--scores", "--json")
    assert (code, json.loads(out)["without_scores"]) == (1, ["机关第一党支部"])


def test_score_sheets_in_one_file_or_one_each(run: Run, scored: Path, tmp_path: Path) -> None:
    words = ("document", scored, "scores", "--quarter", "2026Q3", "--org", "青石村党支部", "龙泉村党支部")
    one, each = tmp_path / "计分.pdf", tmp_path / "各"
    assert run(*words, "--out", one)[0] == 0 and len(PdfReader(one).outline) == 2
    assert run(*words, "--out", each)[0] == 0
    assert sorted(file.name for file in each.iterdir()) == [
        "评审2026-3-001_青石村党支部_计分表.pdf",
        "评审2026-3-002_龙泉村党支部_计分表.pdf",
    ]
    whole = tmp_path / "全"
    code, out, _err = run("document", scored, "scores", "--all", "--out", whole, "--one-file", "--json")
    said = json.loads(out)
    assert (code, [file.name for file in whole.iterdir()]) == (1, ["2026年第三季度支部计分表.pdf"])
    assert "机关第一党支部" in said["without_scores"] and said["pages"] == len(PdfReader(said["file"]).pages)


def test_score_sheets_as_a_workbook(run: Run, scored: Path, tmp_path: Path) -> None:
    target = tmp_path / "计分.xlsx"
    words = ("document", scored, "scores", "--quarter", "2026Q3")
    assert run(*words, "--org", "青石村党支部", "--out", target)[0] == 0
    assert load_workbook(target).sheetnames == ["青石村党支部"]
    code, out, err = run("document", scored, "summary", "--quarter", "2026Q3", "--out", tmp_path / "汇总.xlsx")
    assert (code, out) == (2, "") and "不能存为电子表格" in err
    assert not (tmp_path / "汇总.xlsx").exists()


def test_the_year_sheet_as_paper_and_as_a_workbook(run: Run, scored: Path, tmp_path: Path) -> None:
    """The year of a quarter, or the year itself; who has no scheme is named."""
    words = ("document", scored, "year-sheet", "--org", "青石村党支部")
    paper, book = tmp_path / "年.pdf", tmp_path / "年.xlsx"
    assert run(*words, "--quarter", "2026Q3", "--out", paper)[0] == 0
    assert "2026年度支部计分表" in "".join(PdfReader(paper).pages[0].extract_text().split())
    assert run(*words, "--year", "2026", "--out", book)[0] == 0
    assert load_workbook(book).sheetnames == ["青石村党支部"]
    code, out, _err = run(*words, "机关第一党支部", "--out", tmp_path / "全", "--one-file", "--json")
    assert (code, json.loads(out)["without_scores"]) == (1, ["机关第一党支部"])
    assert [file.name for file in (tmp_path / "全").iterdir()] == ["2026年支部年度计分表.pdf"]


@pytest.mark.parametrize(
    ("key", "more", "sentence"),
    [
        ("year-sheet", ("--year", "2031"), "没有2031年这个年度"),
        ("year-sheet", ("--year", "2026", "--quarter", "2026Q3"), "不能和 --quarter 同时写"),
        ("scores", ("--year", "2026"), "--year 只用于年度文书"),
    ],
)
def test_a_year_that_cannot_be_meant_is_refused(
    run: Run, scored: Path, tmp_path: Path, key: str, more: tuple[str, ...], sentence: str
) -> None:
    target = tmp_path / "无.pdf"
    code, out, err = run("document", scored, key, "--org", "青石村党支部", *more, "--out", target)
    assert (code, out) == (2, "") and sentence in err and not target.exists()


def test_the_summary_of_points_and_what_it_says_without_a_scheme(run: Run, scored: Path, tmp_path: Path) -> None:
    target = tmp_path / "计分汇总.pdf"
    assert run("document", scored, "score-summary", "--quarter", "2026Q3", "--out", target)[0] == 0
    assert "农村（12个支部）" in "".join(PdfReader(target).pages[0].extract_text().split())
    for key, words in (("scores", ("--org", "机关第一党支部")), ("scores", ("--org", "供电所党支部"))):
        code, out, err = run("document", scored, key, "--quarter", "2026Q3", *words, "--out", tmp_path / "无.pdf")
        assert (code, out) == (2, "") and "没有启用的考核方案" in err and "请先" in err
    assert not (tmp_path / "无.pdf").exists()


def test_the_scheme_is_printed_and_written_as_a_workbook(run: Run, scored: Path, tmp_path: Path) -> None:
    words = ("document", scored, "scheme", "--quarter", "2026Q3")
    code, out, _err = run(*words, "--out", tmp_path / "办法.pdf")
    assert code == 0 and "已生成" in out
    assert "2026年度农村党支部考核评分办法" in "".join(PdfReader(tmp_path / "办法.pdf").pages[0].extract_text().split())
    assert run(*words, "--org", "青石村党支部", "--out", tmp_path / "办法.xlsx")[0] == 0
    assert load_workbook(tmp_path / "办法.xlsx").sheetnames == ["农村"]
    code, out, err = run(*words, "--org", "机关第一党支部", "--out", tmp_path / "无.pdf")
    assert (code, out) == (2, "") and "没有办法可印，请先在“考核方案”中启用" in err


def test_a_new_township_needs_its_password(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "河口镇.okr"
    monkeypatch.setenv("OKR_DESK_PASSWORD", "12345678")
    code, _out, err = run("new", path, "--township", "河口镇", "--admin", "zhang")
    assert code == 2 and "密码" in err and not path.exists()
    monkeypatch.setenv("OKR_DESK_PASSWORD", "liangshi-mancang-26")
    assert run("new", path, "--township", "河口镇", "--admin", "zhang", "--year", "2026")[0] == 0
    assert json.loads(run("export", path, "--what", "orgs", "--user", "zhang", "--json")[1]) == []
    monkeypatch.setenv("OKR_DESK_PASSWORD", "cuo-le-de-mima")
    code, out, err = run("export", path, "--what", "orgs", "--user", "zhang", "--json")
    assert (code, out) == (2, "") and "密码" in err


@pytest.mark.parametrize("kind", ["text", "missing", "foreign"])
def test_a_file_that_is_not_ours_is_refused(run: Run, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "别的.okr"
    if kind == "text":
        path.write_text("不是数据库" * 200, encoding="utf-8")
    if kind == "foreign":
        import sqlite3
        from contextlib import closing

        with closing(sqlite3.connect(path)) as raw:
            raw.execute("CREATE TABLE t (x)")
    before = path.read_bytes() if path.exists() else None
    code, out, err = run("export", path, "--what", "orgs", "--json")
    assert (code, out) == (2, "") and err.strip().endswith("。")
    assert (path.read_bytes() if path.exists() else None) == before


@pytest.mark.parametrize("more", [(), ("--fresh",)])
def test_demo_never_replaces_real_data(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    path = tmp_path / "真的.okr"
    monkeypatch.setenv("OKR_DESK_PASSWORD", "liangshi-mancang-26")
    assert run("new", path, "--township", "河口镇", "--admin", "zhang", "--year", "2026")[0] == 0
    before = path.read_bytes()
    code, out, err = run("demo", path, *more)
    assert (code, out) == (2, "") and "不会覆盖" in err
    assert path.read_bytes() == before


def test_a_secretary_prints_only_the_own_branch(
    run: Run, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _give_password(demo, "qingshi", "liangshi-mancang-26")
    monkeypatch.setenv("OKR_DESK_PASSWORD", "liangshi-mancang-26")
    person = ("--user", "qingshi", "--quarter", "2026Q3")
    mine, other = tmp_path / "本支部.pdf", tmp_path / "别的.pdf"
    assert run("review", demo, "--org", "青石村党支部", "--out", mine, *person)[0] == 0
    code, out, err = run("review", demo, "--org", "东岭村党支部", "--out", other, *person)
    assert (code, out) == (2, "") and "权限" in err and not other.exists()
    assert json.loads(run("review", demo, "--all", "--out", other, "--json", *person)[1])["sheets"] == 1
    code, out, err = run("document", demo, "summary", "--out", tmp_path / "汇总.pdf", *person)
    assert (code, out) == (2, "") and "权限" in err


def _give_password(path: Path, login: str, password: str) -> None:
    """The office gives an account its password."""
    from okr_desk.queries import users as standing
    from okr_desk.services import users

    with Store.open(path) as store:
        with store.read() as session:
            admin = standing.actor(
                session, standing.by_login(session, "admin", store.clock.today()).id, store.clock.today()
            )
            account = standing.by_login(session, login, store.clock.today())
        assert admin is not None and account is not None
        with store.write(admin) as session:
            users.reset_password(session, admin, account.id, password)
