"""Every use case without a window: `okr-desk` alone opens the program, everything else prints plain text.

Exit codes: 0 done; 1 done, but something needs a person; 2 refused, one sentence on standard error says why and
what to do, and nothing was changed.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence

from okr_desk import cli_calc, i18n
from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import N_, _

_LONE = re.compile("[\ud800-\udfff]")
"""What a terminal of another encoding hands over for bytes that are no character."""

Run = Callable[[argparse.Namespace], int]

COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("new", "cli_data", N_("new 文件 --township 名称 --admin 账号        新建数据库")),
    ("demo", "cli_data", N_("demo [文件] [--fresh]                       建立示范镇")),
    ("import", "cli_data", N_("import 文件 路径… [--dry-run] [--yes-safe] [--report R.json]  导入工作簿或文件夹")),
    ("export", "cli_data", N_("export 文件 --what 内容 [--quarter 2026Q3] --json 或 --xlsx 输出  导出")),
    (
        "check-in",
        "cli_checkins",
        N_("check-in 文件 --org 支部 --kr KR1.1 (--value V | --nodes A,B | --yes)  更新一项进度"),
    ),
    (
        "review",
        "cli_paper",
        N_("review 文件 --quarter 2026Q3 (--org 支部… | --all) --out 路径 [--one-file]  季度评审表"),
    ),
    (
        "review-step",
        "cli_reviews",
        N_("review-step 文件 --quarter 2026Q3 --step deliver (--org 支部… | --all)  办理评审的一步"),
    ),
    (
        "bulletin",
        "cli_bulletins",
        N_("bulletin 文件 --quarter 2026Q3 (--draft | --text | --issue --number 字号 …)  起草、签发季度通报"),
    ),
    ("document", "cli_paper", N_("document --list；document 文件 名称 …       其他文书")),
    (
        "upward",
        "cli_upward",
        N_("upward 文件 (--list | --figures | --add 表.xlsx | --map '表!C5=数' | --fill) [--form 名称]  县里的上报表"),
    ),
    ("backup", "cli_care", N_("backup 文件 --to 路径                       备份")),
    ("restore", "cli_care", N_("restore 备份 文件                           从备份恢复")),
    ("audit", "cli_care", N_("audit verify 文件                           核对操作记录")),
    ("doctor", "cli_care", N_("doctor [文件]                               检查数据和本机环境")),
    ("migrate", "cli_care", N_("migrate 文件                                升级旧版数据（先备份）")),
    ("calc", "cli_calc", N_("calc progress|checkpoints|pace|rollup|rule|grade|activity …  计算一个数，附步骤")),
)
"""Each command, the module that does it, and its line of help."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    _plain_text_output()
    if not words or words[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    try:
        if _LONE.search("".join(words)):
            raise InputRefused(_("命令里有无法识别的字符。请检查输入法和终端的编码。"))
        return _run(words)
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 2
    except SystemExit as leaving:
        return int(leaving.code or 0)
    except KeyboardInterrupt:
        print(_("已停止，没有保存未完成的内容。"), file=sys.stderr)
        return 2


def usage() -> str:
    """All commands, one a line."""
    lines = [_("用法：okr-desk 命令 …（不带命令则打开窗口）"), *("  " + _(line) for _name, _module, line in COMMANDS)]
    lines.append(_("多数命令可加 --json 供程序读取；--user 账号，密码取自环境变量 OKR_DESK_PASSWORD 或现场输入。"))
    return "\n".join(lines)


def _run(words: list[str]) -> int:
    known = {name: module for name, module, _line in COMMANDS}
    if words[0] not in known:
        raise Refusal(_("没有“{word}”这个命令。请用 okr-desk --help 查看全部命令。").format(word=words[0]))
    if words[0] == "calc":
        return cli_calc.main(words)
    from importlib import import_module

    module = import_module(f"okr_desk.{known[words[0]]}")
    parser = cli_calc.Parser(prog=f"okr-desk {words[0]}", add_help=False, allow_abbrev=False)
    run: Run = module.prepare(words[0], parser)
    if any(word in ("-h", "--help") for word in words[1:]):
        print(next(_(line) for name, _module, line in COMMANDS if name == words[0]))
        print(parser.explained())
        return 0
    args = parser.parse_args(words[1:])
    with i18n.using(i18n.language()):
        return run(args)


def _plain_text_output() -> None:
    """Chinese text on consoles that are not UTF-8 must not end in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
