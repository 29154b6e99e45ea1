"""The English catalogue is complete, exact and compiled; what is marked for translation can be translated."""

from __future__ import annotations

import ast
import gettext
import importlib.util
import re
import string
from pathlib import Path

import pytest

from okr_desk import i18n

ROOT = Path(__file__).resolve().parents[1]
_spec = importlib.util.spec_from_file_location("catalogue", ROOT / "resources/locale/catalogue.py")
assert _spec and _spec.loader
catalogue = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(catalogue)

CHINESE = re.compile(r"[\u3400-\u9fff]")
# Not words of ours: stems of typeface files on disk, the demo's file, the language in its own language.
FACTS = ("方正小标宋", "仿宋_gb2312", "方正仿宋", "方正黑体", "楷体_gb2312", "青山镇示范.okr", "中文")
# Proper names that stay Chinese in English, because people look for these very words on paper and on screen.
STAY = ("仿宋", "小标宋", "楷体", "黑体")


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    """Source text -> English."""
    return {str(message.id): str(message.string) for message in catalogue.read() if message.id}


def placeholders(text: str) -> set[str]:
    """The names inside braces."""
    return {name for _before, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def test_every_marked_text_stands_in_the_catalogue(english: dict[str, str]) -> None:
    assert sorted(set(catalogue.strings(ROOT)) - set(english)) == []


def test_nothing_stale_stands_in_the_catalogue(english: dict[str, str]) -> None:
    assert sorted(set(english) - set(catalogue.strings(ROOT))) == []


def test_every_text_has_its_english(english: dict[str, str]) -> None:
    assert [text for text, translated in english.items() if not translated] == []


def test_english_has_the_same_placeholders(english: dict[str, str]) -> None:
    translated = {text: word for text, word in english.items() if word}
    assert [text for text, word in translated.items() if placeholders(text) != placeholders(word)] == []


def test_english_holds_no_chinese(english: dict[str, str]) -> None:
    def left_over(word: str) -> bool:
        for name in STAY:
            word = word.replace(name, "")
        return bool(CHINESE.search(word))

    assert [word for word in english.values() if left_over(word)] == []


def test_the_compiled_catalogue_is_that_of_the_po_file(english: dict[str, str]) -> None:
    compiled = gettext.translation("okr_desk", ROOT / "resources/locale", languages=["en"])
    translated = {text: word for text, word in english.items() if word}
    assert {text: compiled.gettext(text) for text in translated} == translated
    messages = compiled._catalog  # type: ignore[attr-defined]
    assert {text for text in messages if text} == set(translated)


def test_only_plain_text_is_marked() -> None:
    """`_()` gets a literal or a name that carries a marked text; an f-string or a sum is never in the catalogue."""
    wrong = []
    for path in sorted((ROOT / "okr_desk").rglob("*.py")):
        for argument in catalogue.marked(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(argument, ast.JoinedStr | ast.BinOp):
                wrong.append(f"{path.relative_to(ROOT)}:{argument.lineno}")
    assert wrong == []


def test_chinese_in_the_code_is_marked_for_translation() -> None:
    """In ui/ every Chinese literal goes through `_()` or `N_()`; a single character is a glyph to measure with."""
    wrong = []
    for path in sorted((ROOT / "okr_desk/ui").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        marked = {id(argument) for argument in catalogue.marked(tree)}
        documentation = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        wrong += [
            f"{path.relative_to(ROOT)}:{node.lineno} {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and len(node.value) > 1
            and node.value not in FACTS
            and CHINESE.search(node.value)
            and id(node) not in marked | documentation
        ]
    assert wrong == []


def test_extraction_sees_both_marks_and_joined_literals(tmp_path: Path) -> None:
    (tmp_path / "okr_desk").mkdir()
    (tmp_path / "resources").mkdir()
    (tmp_path / "okr_desk/a.py").write_text('_("一" "二")\nN_("三")\n_(later)\nother("四")\n', encoding="utf-8")
    (tmp_path / "resources/policy.toml").write_text('[[setting]]\nkey = "k"\nlabel = "标签"\n', encoding="utf-8")
    assert set(catalogue.strings(tmp_path)) == {"一二", "三", "标签"}


def test_updating_keeps_translations_and_drops_what_is_gone() -> None:
    old = catalogue.updated(catalogue.Catalog(locale="en"), {"旧": ["a.py"], "留": ["a.py"]})
    old.get("留").string = "kept"
    new = catalogue.updated(old, {"留": ["a.py"], "新": ["b.py"]})
    assert {message.id: message.string for message in new if message.id} == {"留": "kept", "新": ""}


def test_switching_to_english_and_back() -> None:
    with i18n.using("en"):
        assert i18n.language() == "en"
    assert i18n.language() == "zh_CN" and i18n._("第X页") == "第X页"


def test_one_thread_speaks_for_itself() -> None:
    """What a service keeps in Chinese must not turn the window Chinese while it writes."""
    import threading

    inside, done, heard = threading.Event(), threading.Event(), []

    def write() -> None:
        with i18n.using("zh_CN"):
            inside.set()
            done.wait(5)
            heard.append(i18n.language())

    with i18n.using("en"):
        before = i18n.language()
    i18n.use("en")
    thread = threading.Thread(target=write)
    thread.start()
    inside.wait(5)
    heard.append(i18n.language())
    done.set()
    thread.join()
    assert (before, heard) == ("en", ["en", "zh_CN"])
