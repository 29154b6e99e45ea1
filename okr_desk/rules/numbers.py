"""What a person typed, or a workbook holds, becomes a number or a question; never silently a 0.

The check-in grid asks as one types, the importer asks for each cell. Source: domain 8.2, methods B2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.scoring.rounding import half_up, plain

MOST_PLACES = 6
FULL_SCORE = Decimal(100)
"""The best score of mass satisfaction."""
_EXCEL_DIGITS = 15  # a workbook keeps no more; what follows is binary dust
_TOO_LARGE = Decimal(10) ** 12
_HUNDRED = Decimal(100)

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x2212: "-"}
_SPACES = re.compile(r"[\s\u00a0\u3000\u200b\ufeff]+")
_NUMBER = re.compile(r"([+-]?)([0-9][0-9, ]*(?:\.[0-9]*)?|\.[0-9]+)(.*)", re.DOTALL)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_EXPONENT = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,3}")
_DATE = re.compile(
    r"[0-9]{4}([-./])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{4}[-/][0-9]{1,2}"
    r"|[0-9]{4}年([0-9]{1,2}月)?([0-9]{1,2}[日号])?|[0-9]{1,2}月([0-9]{1,2}[日号]?)?|[0-9]{1,2}[日号]"
)
_FRACTION = re.compile(r"[0-9]+ ?/ ?[0-9]+")
_STOP_AS_POINT = re.compile(r"(?<=[0-9])。(?=[0-9])")
_RANGE = re.compile(r"[0-9.]+%?\s*[-~—–至到]+\s*[0-9.]+%?.{0,4}")
_BEFORE = re.compile(r"(大约|约为|约|近|接近|超过|超|不足|不到|达到|达|≈|~|>=|<=|[><≥≤±])\s*")
_AFTER = re.compile(r"\s*(左右|上下|以上|以下|以内|不到|多|余|来)(?![0-9.])")
_MULTIPLES = {"千": Decimal(10) ** 3, "万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}
_LONGEST_SUFFIX = 5

_NOT_APPLICABLE = {"/", "//", "\\", "不适用", "不涉及", "n/a"}
_DASHES = re.compile(r"[-—–_－]+")
_NOTHING_THERE = {
    "无",
    "没有",
    "暂无",
    "无数据",
    "未统计",
    "未填",
    "未报",
    "未上报",
    "未开展",
    "未测",
    "不详",
    "不清楚",
    "待定",
    "待统计",
    "空",
    "缺",
}
_NONE_OF_IT = {"无", "没有", "零"}
_COUNTED = set("次件起个人户场名项例宗期堂篇条家处所支")
_MEASURED = frozenset({"分", "天", "小时", "人天", "公里", "米", "亩"})
"""What is counted or measured out is never below 0; money and rates of growth may be."""


def lowest(unit: str) -> Decimal | None:
    """The least that a number of this unit can be: 0 for what is counted or measured out, None without a limit."""
    of = _split_unit(_tidy(unit))[1]
    return Decimal(0) if of[:1] in _COUNTED or of in _MEASURED else None


@dataclass(frozen=True)
class Reading:
    """A number that can be taken, or a question with a proposal, or the finding that nothing is there.

    `lossless`: taking the proposal loses nothing (full-width digits, spaces, percent or unit sign, commas).
    `missing` is also set where the entry is marked as not applicable; `blank` where nothing was written.
    """

    value: Decimal | None = None
    proposal: Decimal | None = None
    reason: str = ""
    lossless: bool = False
    missing: bool = False
    not_applicable: bool = False
    blank: bool = False

    @property
    def safe(self) -> Decimal | None:
        """The number that needs no question: clean, or proposed without loss."""
        return self.proposal if self.value is None and self.lossless else self.value

    @property
    def doubtful(self) -> bool:
        """Whether something was written that a person has to look at before anything is taken."""
        return self.safe is None and not self.blank and not self.not_applicable


@dataclass(frozen=True)
class _Expected:
    unit: str
    low: Decimal | None
    high: Decimal | None
    decimals: int | None

    @property
    def percent(self) -> bool:
        return self.unit == "%"


@dataclass(frozen=True)
class _Found:
    """A number on its way: what is `safe` stands beside the digits and is dropped without loss, `doubts` need a yes."""

    number: Decimal
    safe: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    signed: bool = False  # carries its own percent sign


def read_number(
    raw: str | Decimal | int | float | None,
    *,
    unit: str = "",
    low: Decimal | None = None,
    high: Decimal | None = None,
    percent_format: bool = False,
    decimals: int | None = None,
) -> Reading:
    """Read one cell or one typed entry for a column of `unit`, between `low` and `high`.

    `percent_format`: the workbook shows the number with a percent sign. `decimals`: places the indicator has
    (at most 6 are kept anyway). Under "%" the upper bound is 100 unless `high` says otherwise, and what is below 0
    is asked about. A number below `low` (without one: what the unit can be) gets no proposal; one above `high` is
    asked about. Never raises.
    """
    expected = _Expected(_tidy(unit), lowest(unit) if low is None else low, high, decimals)
    if raw is None:
        return _blank()
    if isinstance(raw, bool):
        return Reading(reason=_("这里应填数字，不是“是”或“否”"))
    if isinstance(raw, str):
        return _from_text(raw, expected)
    return _from_number(raw, expected, percent_format)


def _from_number(raw: Decimal | int | float, expected: _Expected, percent_format: bool) -> Reading:
    number = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
    if not number.is_finite():
        return _not_a_number()
    if number.adjusted() >= _TOO_LARGE.adjusted():
        return _too_long()
    if isinstance(raw, float):
        number = _without_dust(number)
    if percent_format:
        return _judged(_shown_as_percent(number, expected), expected)
    return _judged(_Found(number), expected)


def _shown_as_percent(number: Decimal, expected: _Expected) -> _Found:
    scaled = number * _HUNDRED
    if not expected.percent:
        doubt = _("显示为 {shown}%，但本栏单位不是百分比").format(shown=plain(scaled))
        return _Found(scaled, doubts=(doubt,))
    if scaled > _ceiling(expected) >= number > 1:
        doubt = _("按百分比格式显示为 {shown}%，像是多乘了 100").format(shown=plain(scaled))
        return _Found(number, doubts=(doubt,), signed=True)
    return _Found(scaled, signed=True)


def _from_text(raw: str, expected: _Expected) -> Reading:
    text = _tidy(raw)
    empty = _nothing_there(text, expected)
    if empty is not None:
        return empty
    if _DATE.fullmatch(text) and not (expected.unit and text.endswith(expected.unit)):
        return Reading(reason=_("像是日期，不是数值"))
    if _EXPONENT.fullmatch(text):
        return _scientific(text, expected)
    pointed = _STOP_AS_POINT.sub(".", text)
    bare, about = _without_about(pointed)
    if _RANGE.fullmatch(bare) or _FRACTION.fullmatch(bare):
        return Reading(reason=_("填的是一个范围或分数，请填一个确定的数"))
    match = _NUMBER.fullmatch(bare)
    if match is None:
        return _not_a_number()
    found = _digits(match[1], match[2].strip())
    if found is None:
        return Reading(reason=_("数字中间有空格或逗号，看不出是几，请重新填写"))
    fitted = _fit_unit(found, match[3].strip(), expected)
    if fitted is None:
        return Reading(reason=_("数字后面的文字看不明白，请只填数字"))
    doubts = [_("“{word}”表示约数，不是确数").format(word=about)] if about else []
    if pointed != text:
        doubts.append(_("句号像是小数点"))
    return _judged(replace(fitted, safe=(*_width_note(raw), *fitted.safe), doubts=(*doubts, *fitted.doubts)), expected)


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", text.translate(_HALF_WIDTH)).strip(" '").rstrip(";,、。")


def _width_note(raw: str) -> tuple[str, ...]:
    notes = []
    if any(0xFF01 <= ord(sign) <= 0xFF5E for sign in raw):
        notes.append(_("全角字符"))
    if raw != raw.strip() or _SPACES.sub("", raw) != raw.replace(" ", ""):
        notes.append(_("空格"))
    elif _tidy(raw) != raw.translate(_HALF_WIDTH):
        notes.append(_("多余的符号"))
    return tuple(notes)


def _nothing_there(text: str, expected: _Expected) -> Reading | None:
    word = text.rstrip(".").lower()
    if not word:
        return _blank()
    if word in _NOT_APPLICABLE:
        return Reading(reason=_("填的是“{word}”，表示不适用").format(word=text), missing=True, not_applicable=True)
    if _DASHES.fullmatch(word):
        return Reading(reason=_("填的是横线，没有数值"), missing=True, blank=True)
    if word in _NONE_OF_IT and (word == "零" or expected.unit[:1] in _COUNTED):
        said = _("填的是“{word}”，是 0{unit}，还是没有统计？").format(word=text, unit=expected.unit)
        return Reading(proposal=Decimal(0), reason=said, missing=True)
    if word in _NOTHING_THERE:
        return _missing(_("填的是“{word}”，没有数值，不能当作 0").format(word=text))
    return None


def _scientific(text: str, expected: _Expected) -> Reading:
    mantissa, _e, power = text.upper().partition("E")
    if abs(int(power)) >= _TOO_LARGE.adjusted():
        return _too_long()
    doubt = _("是科学计数法，末尾的位数可能已丢失")
    return _judged(_Found(Decimal(mantissa).scaleb(int(power)), doubts=(doubt,)), expected)


def _without_about(text: str) -> tuple[str, str | None]:
    """The text without the words that make a number approximate, and the first such word."""
    before = _BEFORE.match(text)
    rest = text[before.end() :] if before else text
    after = _AFTER.search(rest)
    if after:
        return rest[: after.start()] + rest[after.end() :], before[1] if before else after[1]
    return rest, before[1] if before else None


def _digits(sign: str, digits: str) -> _Found | None:
    factor = -1 if sign == "-" else 1
    if " " in digits:
        return None
    if "," not in digits:
        return _Found(factor * Decimal(digits))
    if _GROUPED.fullmatch(digits):
        return _Found(factor * Decimal(digits.replace(",", "")), safe=(_("千位逗号"),))
    whole, _comma, rest = digits.partition(",")
    if whole and rest.isdigit() and len(rest) <= 2:
        return _Found(factor * Decimal(f"{whole}.{rest}"), doubts=(_("逗号像是小数点"),))
    return None


def _fit_unit(found: _Found, suffix: str, expected: _Expected) -> _Found | None:
    if not suffix:
        return found
    if suffix == "%":
        if expected.percent:
            return replace(found, safe=(*found.safe, _("百分号")), signed=True)
        return replace(found, doubts=(*found.doubts, _("带百分号，但本栏单位不是百分比")), signed=True)
    if suffix == expected.unit:
        return replace(found, safe=(*found.safe, _("单位“{unit}”").format(unit=suffix)))
    if len(suffix) > _LONGEST_SUFFIX or any(sign.isdigit() for sign in suffix):
        return None
    (times, core), (wanted, own) = _split_unit(suffix), _split_unit(expected.unit)
    if core in ("", own):
        return _converted(found, suffix, times / wanted, expected)
    if times != 1 or wanted != 1:
        return None
    doubt = (
        _("所写单位“{given}”与本栏单位“{unit}”不同").format(given=suffix, unit=expected.unit)
        if expected.unit
        else _("数字后面有“{given}”").format(given=suffix)
    )
    return replace(found, doubts=(*found.doubts, doubt))


def _converted(found: _Found, suffix: str, factor: Decimal, expected: _Expected) -> _Found:
    number = found.number * factor
    said = _("写的是“{given}”，折算为 {number}{unit}").format(
        given=plain(found.number) + suffix, number=plain(number), unit=expected.unit
    )
    return replace(found, number=number, doubts=(*found.doubts, said))


def _split_unit(unit: str) -> tuple[Decimal, str]:
    if unit[:1] in _MULTIPLES:
        return _MULTIPLES[unit[0]], unit[1:]
    return Decimal(1), unit


def _judged(found: _Found, expected: _Expected) -> Reading:
    number, doubts = found.number, list(found.doubts)
    if abs(number) >= _TOO_LARGE:
        return _too_long()
    if expected.percent and not found.signed and 0 < abs(number) <= 1:
        number *= _HUNDRED
        said = _("是 {raw}% 还是 {proposal}%？若确为 {raw}%，请填“{raw}%”")
        doubts.append(said.format(raw=plain(found.number), proposal=plain(number)))
    if expected.low is not None and number < expected.low:
        return Reading(reason=_("小于允许的最小值 {low}，请核对后重新填写").format(low=plain(expected.low)))
    if expected.percent and number < 0:
        doubts.append(_("小于 0，请核对"))
    if number > _ceiling(expected):
        doubts.append(_("大于 {high}，请核对").format(high=plain(_ceiling(expected))))
    places = MOST_PLACES if expected.decimals is None else min(expected.decimals, MOST_PLACES)
    kept = half_up(number, places)
    if kept != number:
        doubts.append(_("应为整数") if places == 0 else _("小数超过 {n} 位，按四舍五入保留").format(n=places))
    if not doubts and not found.safe:
        return Reading(value=_bare(kept))
    return Reading(proposal=_bare(kept), reason="；".join(doubts) or _beside_digits(found), lossless=not doubts)


def _beside_digits(found: _Found) -> str:
    """What was written beside the digits and changes nothing, as a person would be told."""
    return _("写有{what}，不是纯数字；只留数字，数值不变").format(what=_("、").join(found.safe))


def _bare(number: Decimal) -> Decimal:
    """Without trailing zeros, exponent or minus zero: what is stored reads as it was typed."""
    return Decimal(plain(number))


def _ceiling(expected: _Expected) -> Decimal:
    if expected.high is not None:
        return expected.high
    return _HUNDRED if expected.percent else _TOO_LARGE


def _without_dust(number: Decimal) -> Decimal:
    beyond = len(number.as_tuple().digits) - _EXCEL_DIGITS
    if beyond <= 0 or not number:
        return number
    return half_up(number, _EXCEL_DIGITS - number.adjusted() - 1)


def _blank() -> Reading:
    return Reading(reason=_("空白，未填"), missing=True, blank=True)


def _missing(reason: str) -> Reading:
    return Reading(reason=reason, missing=True)


def _not_a_number() -> Reading:
    return Reading(reason=_("不是数字，请填数字"))


def _too_long() -> Reading:
    return Reading(reason=_("数字太长，像是证件号或编号，位数可能已丢失，请核对后重新填写"))
