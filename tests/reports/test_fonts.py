"""The ladder of faces, character by character, and the text map of what is embedded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont

from okr_desk import paths
from okr_desk.reports import fonts
from okr_desk.reports.fonts import Role

RARE = "䶮𬱖㛃喆堃䲟𬭎𫖯㬎赟昇翀珺玥頔镕瑀𬘩𬍛㴔𠅤鿍鿎"


def bundled(name: str) -> Path:
    return paths.resource("fonts", name)


def test_every_role_prints_gb2312_and_rare_names_without_a_gap() -> None:
    loaded = fonts.load(bundled_only=True)
    common = "".join(bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFA))
    for role in Role:
        for character in common + RARE + "●▲■✓○◇□①⑤〔〕％‰～—…":
            assert loaded.glyph(role, character).text == character
    assert not loaded.missing


def test_a_character_without_a_face_becomes_a_missing_sign_and_is_reported_once() -> None:
    loaded = fonts.load(bundled_only=True)
    runs = list(loaded.runs(Role.TABLE, "甲\ue123乙\ue123"))
    assert "".join(text for _font, text in runs) == "甲〓乙〓"
    assert list(loaded.missing) == ["\ue123"]


def test_a_run_changes_face_only_where_the_face_lacks_the_character() -> None:
    loaded = fonts.load(bundled_only=True)
    runs = [(Path(font).name, text) for font, text in loaded.runs(Role.TABLE, "张龘三")]
    assert runs == [
        ("NotoSerifSC-Regular.ttf", "张"),
        ("NotoSansSC-Regular.ttf", "龘"),
        ("NotoSerifSC-Regular.ttf", "三"),
    ]


def test_office_faces_come_first_whatever_the_case_of_their_names(tmp_path: Path) -> None:
    folder = tmp_path / "fonts" / "deep"
    folder.mkdir(parents=True)
    shutil.copy(bundled("NotoSerifSC-Regular.ttf"), folder / "SIMSUN.TTF")
    loaded = fonts.load(folders=[tmp_path / "fonts"])
    assert Path(loaded.first(Role.TABLE)) == folder / "SIMSUN.TTF"
    assert "SIMSUN.TTF" in loaded.names
    assert "NotoSansSC-Bold.ttf" in loaded.names


def test_the_first_face_of_a_collection_is_used(tmp_path: Path) -> None:
    collection = TTCollection()
    collection.fonts = [TTFont(bundled(name)) for name in ("WenshuKai-Regular.ttf", "NotoSerifSC-Regular.ttf")]
    collection.save(tmp_path / "simsun.ttc")
    for face in collection.fonts:
        face.close()
    loaded = fonts.load(folders=[tmp_path])
    assert Path(loaded.first(Role.TABLE)).name == "simsun.ttc"
    assert loaded.ladders[Role.TABLE][0].face.name == b"WenshuKai-Regular"


@pytest.mark.parametrize("length", [0, 11, 300, 5_000, 200_000])
def test_a_file_that_breaks_off_is_passed_over(tmp_path: Path, length: int) -> None:
    (tmp_path / "simsun.ttf").write_bytes(bundled("WenshuKai-Regular.ttf").read_bytes()[:length])
    loaded = fonts.load(folders=[tmp_path])
    assert Path(loaded.first(Role.TABLE)).name == "NotoSerifSC-Regular.ttf"


def test_always_bundled_does_not_look_at_the_system(tmp_path: Path) -> None:
    shutil.copy(bundled("NotoSerifSC-Regular.ttf"), tmp_path / "simsun.ttf")
    loaded = fonts.load(bundled_only=True, folders=[tmp_path])
    assert "simsun.ttf" not in loaded.names


def test_a_face_that_forbids_embedding_or_is_damaged_is_passed_over(tmp_path: Path) -> None:
    face = TTFont(bundled("WenshuKai-Regular.ttf"))
    face["OS/2"].fsType = 0x0002
    face.save(tmp_path / "simsun.ttf")
    face.close()
    (tmp_path / "simhei.ttf").write_bytes(b"not a font at all")
    loaded = fonts.load(folders=[tmp_path])
    assert Path(loaded.first(Role.TABLE)).name == "NotoSerifSC-Regular.ttf"
    assert Path(loaded.first(Role.HEAD)).name == "NotoSansSC-Bold.ttf"


def test_bundled_faces_may_be_embedded_and_the_cut_does_not_bear_the_reserved_name() -> None:
    for file in paths.resource("fonts").glob("*.ttf"):
        with TTFont(file) as face:
            assert face["OS/2"].fsType == 0
            names = " ".join(str(record) for record in face["name"].names if record.nameID in (1, 3, 4, 6, 16))
            assert "LXGW" not in names and "霞鹜" not in names


def test_invisible_characters_of_pasted_text_go() -> None:
    assert fonts.clean("王\u200b喆\u202e\t李\x07堃\ufe00\r\n乙") == "王喆 李堃\n乙"
