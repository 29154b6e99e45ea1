"""What a rule refuses, said without the words of the command line: an office fills in fields, not `lo=2`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _, language
from okr_desk.rules.rule_filling import form_of
from okr_desk.rules.rule_forms import FORMS, RuleForm
from okr_desk.terms import RuleKind, label

_PLAIN = {
    "满分 max 不能为负数，请改正。": N_("分值不能为负数，请改正。"),
    "方向 direction 只能填 up（越高越好）或 down（越低越好）。": N_("方向只能选上升或下降。"),
    "目标 t 与基线 b 相同，无法计分。请改用 range 规则，或另填底线值。": N_(
        "目标与基线相同，无法计分。请改用“区间计分”，或另填基线。"
    ),
    "目标 t 为 0 时没有比例可算，请改用 deduct 规则按次扣分。": N_("目标为 0 时没有比例可算，请改用“按次扣分”。"),
    "比例计分的目标 t 须大于 0，请改正。": N_("比例计分的目标须大于 0，请改正。"),
    "区间的下限 a 大于上限 b，请对调或改正。": N_("满分下限大于满分上限，请对调或改正。"),
    "计 0 分的界限 lo 须小于 a，hi 须大于 b，请改正。": N_("计 0 分的界限须在满分区间之外，请改正。"),
    "cap 是满分的倍数，须大于 0、不超过 10，例如 1 或 1.2。": N_("最高倍数须大于 0、不超过 10，例如 1 或 1.2。"),
    "分档 bands 没有内容，请按“达到:分值”填写，例如 95:10,90:8。": N_("分档还没有内容，请至少填一档。"),
    "分档 bands 有两档的界限相同，请只留一档。": N_("有两档的界限相同，请只留一档。"),
    "名次表 table 没有内容，请从第 1 名起填写各名次的分值。": N_("请从第 1 名起填写各名次的分值。"),
    "名次表 table 里后面的名次分值更高，请从第 1 名起依次填写。": N_("后面的名次分值更高，请从第 1 名起依次填写。"),
    "名次 place 须是从 1 起的整数，请改正。": N_("名次须是从 1 起的整数，请改正。"),
    "每次扣几分 each 没有填写，请补上。": N_("“每次扣分”没有填写，请补上。"),
    "扣分上限 cap 的个数须与 each 相同，请改正。": N_("“最多扣分”的个数须与“每次扣分”相同，请改正。"),
    "次数 count 的个数须与 each 相同，请改正。": N_("次数的个数须与“每次扣分”相同，请改正。"),
    "应办场次 N 须大于 0，请改正。": N_("应办场次须大于 0，请改正。"),
    "活动的权重 weight 须大于 0、小于 1，例如 0.4。": N_("场次所占比重须大于 0、小于 1，例如 0.4。"),
    "各档票的分值 values 没有填写，请补上，例如 100,85,70,50。": N_("各档票的分值没有填写，请补上。"),
    "票数 counts 与分值 values 的个数不同，请逐档对应填写。": N_("票数与分值的个数不同，请逐档对应填写。"),
    "票数 counts 须是整数，请改正。": N_("票数须是整数，请改正。"),
    "折点至少要有两个，例如 60:0,90:10。": N_("折点至少要有两个。"),
    "折点里有不能用的数字，请改正 points。": N_("折点里有不能用的数字，请改正。"),
    "折点的数值须从小到大或从大到小依次排列，不能重复，请改正 points。": N_(
        "折点的数值须从小到大或从大到小依次排列，不能重复。"
    ),
    "折点的分值不能有升有降；两头低、中间高的请改用 range 规则。": N_(
        "折点的分值不能有升有降；两头低、中间高的请改用“区间计分”。"
    ),
}
"""Sentences of `scoring`, with what an office reads in their place."""

_MISSING = N_("缺少参数 {name}，请补上，例如：{example}")
_UNKNOWN_WORD = N_("{kind} 规则没有参数“{name}”，可写的有 {known}。")
_UNKNOWN_KIND = N_("没有“{kind}”这种规则，可用的有 {known}。")
"""Sentences of `scoring` that list words of rows."""

_WORD = re.compile(r"(^|：|: )([A-Za-z]+) ")
"""A word of a row that stands as the name of what is wrong: "each 不能为负数"."""


def plainly(sentence: str, form: RuleForm | None = None) -> str:
    """The sentence of a refusal, or of a problem that quotes one, as people read it beside the fields of `form`."""
    for technical, plain in _PLAIN.items():
        sentence = sentence.replace(_(technical), _(plain))
    fields = {
        one.word: one.label for each in (*FORMS, *([form] if form else [])) for one in (*each.fields, *each.trial)
    }

    def named(found: re.Match[str]) -> str:
        name = fields.get(found[2])
        return found[0] if name is None else found[1] + _("“{label}”").format(label=_(name))

    return _WORD.sub(named, _without_lists(sentence, fields))


def plainly_of(row: str, sentence: str) -> str:
    """What was refused of a row, in the words of the fields that the row is filled in by."""
    return _of_row(row, sentence, language())


@lru_cache(maxsize=512)
def _of_row(row: str, sentence: str, _language: str) -> str:
    """Hundreds of sheets may quote one refusal."""
    try:
        form = form_of(row)
    except InputRefused:
        form = None
    return plainly(sentence, form)


def _without_lists(sentence: str, fields: Mapping[str, str]) -> str:
    """A refusal that lists the words of rows, said by the names of fields and kinds."""
    missing = _like(_MISSING).fullmatch(sentence)
    if missing is not None and missing["name"] in fields:
        return _("“{label}”没有填写，请补上。").format(label=_(fields[missing["name"]]))
    unknown = _like(_UNKNOWN_WORD).fullmatch(sentence)
    if unknown is not None:
        said = _("“{kind}”里没有“{name}”这一项，请删去。")
        return said.format(kind=label(RuleKind(unknown["kind"])), name=unknown["name"])
    other = _like(_UNKNOWN_KIND).fullmatch(sentence)
    if other is not None:
        kinds = _("、").join(label(kind) for kind in RuleKind)
        return _("没有“{kind}”这种规则，可用的有：{kinds}。").format(kind=other["kind"], kinds=kinds)
    return sentence


def _like(template: str) -> re.Pattern[str]:
    """What finds the sentences that a template makes, in the language in use."""
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", re.escape(_(template))))
