"""Names on paper that leaves the branch: the family name, then a star for each further character (domain 8.5)."""

from __future__ import annotations

import re

_NAMES = (
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 司空 夏侯 轩辕 端木 独孤 "
    "南宫 西门 百里 东郭 呼延 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 亓官 "
    "司寇 子车 颛孙 巫马 公西 漆雕 乐正 壤驷 公良 拓跋 夹谷 宰父 谷梁 段干 公羊 赫连 闻人 完颜 "
    "纳兰 第五 梁丘 左丘 东门 南门 公输 公仪 歌舒 叱干 "
)
_COMPOUND = frozenset(_NAMES.split())
"""Family names of two characters."""
_REMARK = re.compile(r"[(（\[【].*$")
_STAR = "*"


def masked(name: str) -> str:
    """李旭昇 → 李**, 欧阳修 → 欧阳*; a remark in brackets behind the name goes, a single character stays."""
    bare = "".join(_REMARK.sub("", name).split())
    shown = 2 if len(bare) > 2 and bare[:2] in _COMPOUND else 1
    return bare[:shown] + _STAR * (len(bare) - shown)
