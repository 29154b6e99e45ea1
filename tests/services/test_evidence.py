"""Evidence goes with every copy, once, and comes back with it; what is missing or altered is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk import cli
from okr_desk.clock import FixedClock
from okr_desk.errors import FileRefused
from okr_desk.model.store import Store
from okr_desk.queries import backup as copies
from okr_desk.queries import evidence as stored
from okr_desk.rules.checkins import CheckInDraft
from okr_desk.services import backup, checkins, evidence
from okr_desk.services.permits import SETUP
from tests.filled_township import Filled, fill

NOW = datetime(2026, 10, 8, 1, 32, tzinfo=UTC)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Filled]:
    """A township whose village has attached two pictures to its rate in the third quarter."""
    made = fill(tmp_path / "镇.okr")
    attach(made, "会场.jpg", b"\xff\xd8\xff one")
    attach(made, "签到.jpg", b"\xff\xd8\xff two")
    yield made
    made.small.store.close()


def attach(town: Filled, name: str, content: bytes) -> None:
    """One more picture on the village's rate."""
    path = town.small.store.path.parent / name
    path.write_bytes(content)
    draft = CheckInDraft(town.rate, town.small.quarters[3], value=Decimal(70))
    with town.small.store.write(town.small.secretary) as session:
        evidence.attach(session, checkins.record(session, town.small.secretary, draft).value, path)
    path.unlink()


def files_in(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}


def take(town: Filled, to: Path, days: int = 0) -> copies.Backup:
    """A copy."""
    return backup.take(town.small.store.path, to, NOW + timedelta(days=days), backup.MANUAL)


def test_copies_share_one_store_of_evidence_and_list_it(town: Filled, tmp_path: Path) -> None:
    own = files_in(stored.folder_of(town.small.store.path))
    first, second = take(town, tmp_path / "c"), take(town, tmp_path / "c", 1)
    assert files_in(tmp_path / "c" / "佐证") == own and len(own) == 2
    assert first.is_whole and second.is_whole and first.lacking == ()
    told = json.loads(copies.manifest_path(second.path).read_text(encoding="utf-8"))
    assert {one["sha256"] for one in told["evidence"]} == set(own)
    assert [one["name"] for one in told["evidence"]] == ["会场.jpg", "签到.jpg"]
    assert copies.in_folder(tmp_path / "c") == (second, first)
    assert "含佐证材料 2 件" in copies.in_words(first)


def test_the_same_content_is_kept_once(town: Filled, tmp_path: Path) -> None:
    draft = CheckInDraft(town.income, town.small.quarters[3], value=Decimal(30))
    again = tmp_path / "同一张.jpg"
    again.write_bytes(b"\xff\xd8\xff one")
    with town.small.store.write(town.small.secretary) as session:
        evidence.attach(session, checkins.record(session, town.small.secretary, draft).value, again)
    assert len(take(town, tmp_path / "c").evidence or ()) == 2


def test_restored_under_a_new_name_the_evidence_is_there(town: Filled, tmp_path: Path, clock: FixedClock) -> None:
    made, own = take(town, tmp_path / "u盘" / "年底.okr"), files_in(stored.folder_of(town.small.store.path))
    fresh = tmp_path / "新机" / "青山.okr"
    fresh.parent.mkdir()
    assert backup.restore(made.path, fresh, SETUP, clock) is None
    assert files_in(stored.folder_of(fresh)) == own
    assert sorted(path.name for path in fresh.parent.iterdir()) == ["青山.okr", "青山.okr.佐证"]
    with Store.open(fresh) as store, store.read() as session:
        assert copies.evidence_in_words(session) == ("佐证材料 2 件，齐全。", [])


def test_what_the_old_file_had_stays_with_the_old_file(town: Filled, tmp_path: Path, clock: FixedClock) -> None:
    database = town.small.store.path
    made, before = take(town, tmp_path / "c"), files_in(stored.folder_of(database))
    for mark in before:
        (stored.folder_of(database) / mark).write_bytes(b"altered")
    town.small.store.close()
    aside = backup.restore(made.path, database, SETUP, clock)
    assert aside is not None
    assert files_in(stored.folder_of(database)) == before
    assert set(files_in(stored.folder_of(aside)).values()) == {b"altered"}


def test_a_restore_that_fails_leaves_the_evidence_where_it_was(
    town: Filled, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = town.small.store.path
    made, before = take(town, tmp_path / "c"), files_in(stored.folder_of(database))
    town.small.store.close()
    rename = Path.rename

    def held(self: Path, target: Path) -> Path:
        if self.name.startswith(".恢复中") and target == database:
            raise PermissionError
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(FileRefused):
        backup.restore(made.path, database, SETUP, clock)
    monkeypatch.undo()
    assert files_in(stored.folder_of(database)) == before
    assert sorted(p.name for p in tmp_path.iterdir() if "恢复" in p.name) == []


def test_missing_evidence_does_not_keep_the_figures_from_being_saved_but_is_named(town: Filled, tmp_path: Path) -> None:
    (lost, _kept) = files_in(stored.folder_of(town.small.store.path))
    (stored.folder_of(town.small.store.path) / lost).unlink()
    made = take(town, tmp_path / "c")
    assert made.is_whole and [piece.sha256 for piece in made.lacking] == [lost]
    said = copies.in_words(made)
    assert "含佐证材料 1 件" in said and "有 1 件佐证材料缺失或被改动" in said and ".jpg" in said
    assert copies.in_folder(tmp_path / "c")[0].lacking == made.lacking


def test_a_piece_that_the_store_of_copies_still_has_is_not_lost(
    town: Filled, tmp_path: Path, clock: FixedClock
) -> None:
    take(town, tmp_path / "c")
    mark = next(iter(files_in(stored.folder_of(town.small.store.path))))
    (stored.folder_of(town.small.store.path) / mark).unlink()
    made = take(town, tmp_path / "c", 1)
    assert made.lacking == ()
    town.small.store.close()
    backup.restore(made.path, town.small.store.path, SETUP, clock)
    assert mark in files_in(stored.folder_of(town.small.store.path))


def test_a_piece_that_was_altered_in_the_store_is_found_and_renewed_by_the_next_copy(
    town: Filled, tmp_path: Path
) -> None:
    made = take(town, tmp_path / "c")
    mark = made.evidence[0].sha256 if made.evidence else ""
    (tmp_path / "c" / "佐证" / mark).write_bytes(b"\xff\xd8\xff ONE")
    assert made.is_unchanged and not made.is_whole and [piece.sha256 for piece in made.lost] == [mark]
    take(town, tmp_path / "c", 1)
    assert made.is_whole


def test_figures_come_back_although_a_piece_is_lost(town: Filled, tmp_path: Path, clock: FixedClock) -> None:
    made = take(town, tmp_path / "c")
    (tmp_path / "c" / "佐证" / made.evidence[1].sha256).unlink()  # type: ignore[index]
    fresh = tmp_path / "新.okr"
    backup.restore(made.path, fresh, SETUP, clock)
    with Store.open(fresh) as store, store.read() as session:
        sentence, lost = copies.evidence_in_words(session)
    assert len(lost) == 1 and "青石村" in lost[0] and "“签到.jpg”文件缺失" in lost[0] and lost[0] in sentence


def test_thinning_takes_only_the_evidence_that_no_copy_needs(town: Filled, tmp_path: Path) -> None:
    """Six copies of one day, five of which stay: a piece that only the first had goes, the other stays."""
    folder = tmp_path / "c"
    first = take(town, folder)
    gone, kept = first.evidence or ()
    for minutes in range(1, 5):
        made = backup.take(town.small.store.path, folder, NOW + timedelta(minutes=minutes), backup.MANUAL)
        copies.manifest_path(made.path).write_bytes(copies.manifest(replace(made, evidence=(kept,))))
    made = backup.take(town.small.store.path, tmp_path / "d", NOW + timedelta(minutes=5), backup.MANUAL)
    sixth = replace(made, path=made.path.rename(folder / made.path.name), number=6, evidence=(kept,))
    copies.manifest_path(sixth.path).write_bytes(copies.manifest(sixth))
    assert set(files_in(folder / "佐证")) == {gone.sha256, kept.sha256}
    backup._thin(folder, first.epoch)
    assert not first.path.exists() and len(copies.in_folder(folder)) == 5
    assert set(files_in(folder / "佐证")) == {kept.sha256}


def test_thinning_touches_no_evidence_while_an_older_copy_does_not_say_what_it_needs(
    town: Filled, tmp_path: Path
) -> None:
    folder = tmp_path / "c"
    made = [take(town, folder) for _again in range(2)]
    copies.manifest_path(made[1].path).write_bytes(copies.manifest(replace(made[1], evidence=None)))
    made[0].path.unlink()
    backup._thin_evidence(folder, made[:1], copies.in_folder(folder))
    assert len(files_in(folder / "佐证")) == 2


def test_the_doctor_names_what_is_missing_and_what_was_altered(
    town: Filled, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = town.small.store.path
    assert cli.main(["doctor", str(path)]) == 0
    assert "佐证材料 2 件，齐全。" in capsys.readouterr().out
    one, two = files_in(stored.folder_of(path))
    (stored.folder_of(path) / one).unlink()
    (stored.folder_of(path) / two).write_bytes(b"else")
    assert cli.main(["doctor", str(path)]) == 1
    said = capsys.readouterr().out
    assert "文件缺失" in said and "内容被改动" in said and "会场.jpg" in said and "签到.jpg" in said


def test_the_doctor_finds_the_evidence_of_a_copy_where_it_lies(
    town: Filled, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["doctor", str(take(town, tmp_path / "c").path)]) == 0
    assert "佐证材料 2 件，齐全。" in capsys.readouterr().out
