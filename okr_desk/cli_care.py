"""Commands that take care of the data: backup, restore, audit verify, doctor, migrate."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from okr_desk import __version__, cli_desk, paths
from okr_desk.clock import SystemClock
from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.model import audit, audit_check, engine, migrate
from okr_desk.model.store import Store
from okr_desk.queries import backup as copies
from okr_desk.rules.permissions import Actor


def prepare(command: str, parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """Declare the options of a command; returns what runs it."""
    cli_desk.takes_person(parser)
    if command == "audit":
        parser.add_argument("word", choices=["verify"], help=_("写 verify：核对操作记录"))
    if command == "restore":
        parser.add_argument("backup", help=_("备份文件"))
    parser.add_argument("file", nargs="?" if command == "doctor" else None, help=_("数据文件（.okr）"))
    if command == "backup":
        parser.add_argument("--to", required=True, help=_("备份到哪个文件或文件夹"))
    return {
        "backup": backup, "restore": restore, "audit": verify, "doctor": doctor, "migrate": bring_up,
    }[command]  # fmt: skip


def backup(args: argparse.Namespace) -> int:
    """A verified copy."""
    from okr_desk.services import backup as service

    with cli_desk.opened(args.file) as store:
        made = service.make(store, cli_desk.person(store, args), Path(args.to))
    facts = {
        "file": str(made.path),
        "sha256": made.sha256,
        "evidence": len(made.evidence or ()),
        "evidence_lacking": [piece.name for piece in made.lacking],
    }
    cli_desk.say(args, _("已备份并验证：{file}").format(file=made.path) + "\n" + copies.in_words(made), facts)
    return 0


def restore(args: argparse.Namespace) -> int:
    """Put a verified backup in the place of a database; what stood there is kept beside it."""
    from okr_desk.services import backup as service

    if not args.file:
        raise InputRefused(_("请写：okr-desk restore 备份文件 数据文件"))
    actor = _known_to_backup(Path(args.backup), args)
    kept = service.restore(Path(args.backup), Path(args.file), actor, SystemClock())
    text = _("已恢复：{file}").format(file=args.file)
    if kept is not None:
        text += "\n" + _("原来的数据保留在：{file}").format(file=kept)
    with Store(Path(args.file)) as store, store.read() as session:  # an older schema waits for its first opening
        words, lost = copies.evidence_in_words(session)
    cli_desk.say(
        args,
        f"{text}\n{words}",
        {"file": args.file, "kept": None if kept is None else str(kept), "evidence_lost": lost},
    )
    return 0


def _known_to_backup(backup: Path, args: argparse.Namespace) -> Actor:
    """Who acts, asked of a copy: a backup is never migrated, and no wrong password is noted in it."""
    engine.facts(backup)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copyfile(backup, Path(folder) / backup.name))
        with cli_desk.opened(str(copy)) as store:
            return cli_desk.person(store, args)


def verify(args: argparse.Namespace) -> int:
    """Check the audit trail and the tables against it, and print its head."""
    with cli_desk.opened(args.file) as store, store.read() as session:
        fault, head = audit_check.first_fault(session), audit.head(session)
    if fault is not None:
        raise Refusal(_("{fault}数据可能被改动。请保留原文件并从备份核对。").format(fault=fault))
    cli_desk.say(args, _("操作记录完整，校验码 {head}。").format(head=head[:16]), {"ok": True, "head": head})
    return 0


def doctor(args: argparse.Namespace) -> int:
    """What is in order and what is not: program, resources, fonts, and the database when one is named."""
    from okr_desk.reports import fonts

    lines = [_("程序版本 {version}").format(version=__version__), _("资源目录 {path}").format(path=paths.resources())]
    faces = fonts.load().names
    lines.append(_("打印所用字体：{names}").format(names="、".join(faces)))
    facts: dict[str, object] = {"version": __version__, "fonts": list(faces)}
    if args.file:
        application, version = engine.facts(Path(args.file))
        with Store.open(Path(args.file)) as store, store.read() as session:
            fault = audit_check.first_fault(session)
            words, lost = copies.evidence_in_words(session)
        facts |= {"application_id": application, "schema": version, "integrity": "ok", "audit_ok": fault is None}
        facts["evidence_lost"] = lost
        lines.append(_("数据库结构完好，结构版本 {n}。").format(n=version))
        lines.append(
            _("操作记录完整，数据与记录一致。")
            if fault is None
            else _("{fault}数据可能被改动。请保留原文件并从备份核对。").format(fault=fault)
        )
        lines.append(words)
        cli_desk.say(args, "\n".join(lines), facts)
        return 0 if fault is None and not lost else 1
    cli_desk.say(args, "\n".join(lines), facts)
    return 0


def bring_up(args: argparse.Namespace) -> int:
    """Migrate an older database; a verified copy is made first."""
    application, version = engine.facts(Path(args.file))
    if application != engine.APPLICATION_ID or version > engine.SCHEMA_VERSION:
        Store.open(Path(args.file)).close()
    if version == engine.SCHEMA_VERSION:
        cli_desk.say(args, _("已经是最新结构，不需要升级。"), {"schema": version, "copy": None})
        return 0
    copy = migrate.upgrade(Path(args.file))
    cli_desk.say(
        args,
        _("已升级到结构版本 {n}，升级前的副本：{file}").format(n=engine.SCHEMA_VERSION, file=copy),
        {"schema": engine.SCHEMA_VERSION, "copy": str(copy)},
    )
    return 0
