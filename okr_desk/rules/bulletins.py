"""Bulletins: how branches are named, the parts one edits, what must stand before one is issued (domain 5.1, 6.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _
from okr_desk.review_terms import ReceiptWay
from okr_desk.rules.checks import check_day, check_length, check_text
from okr_desk.terms import declare

RECORD = "bulletin"
"""The word under which receipts of bulletins are kept."""
TITLE_LIMIT, SIGNED_LIMIT, PART_LIMIT, BY_LIMIT = 50, 40, 8000, 40
LONG = 4000
"""Characters beyond which a bulletin is long (central rules on shorter documents, domain 0 fact 22)."""
_NUMBER = re.compile(r"(?P<word>[\u4e00-\u9fff]{1,12})〔(?P<year>\d{4})〕(?P<running>[1-9]\d{0,4})号")
_LOOSE = re.compile(
    r"(?P<word>[\u4e00-\u9fff]{1,12})\s*[\[［(（【〔]\s*(?P<year>\d{4})\s*[\]］)）】〕]\s*第?\s*0*(?P<running>[1-9]\d{0,4})\s*号?"
)


class BulletinMode(StrEnum):
    """How a bulletin names branches: with their grades, not at all, or with their place inside the category."""

    GRADES = "grades"
    UNNAMED = "unnamed"
    RANKED = "ranked"


class BulletinState(StrEnum):
    """Where a bulletin stands."""

    DRAFT = "draft"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


declare(
    (BulletinMode.GRADES, N_("仅等次")),
    (BulletinMode.UNNAMED, N_("不点名")),
    (BulletinMode.RANKED, N_("含排名（同类之内）")),
    (BulletinState.DRAFT, N_("草稿")),
    (BulletinState.ISSUED, N_("已签发")),
    (BulletinState.WITHDRAWN, N_("已撤回")),
)


@dataclass(frozen=True)
class Wording:
    """The parts of a bulletin that the office edits. Paragraphs of a part are separated by line feeds.

    `copies` (抄送) and `printed_by` (印发机关) may be empty: then there is no record block.
    """

    mark: str
    title: str
    addressees: str
    introduction: str
    overall: str
    results: str
    problems: str
    demands: str
    signer: str
    copies: str = ""
    printed_by: str = ""

    @property
    def text(self) -> str:
        """All that is read, for copying."""
        heads = ((self.overall, OVERALL), (self.results, RESULTS), (self.problems, PROBLEMS), (self.demands, DEMANDS))
        body = [line for part, head in heads for line in (_(head), part)]
        return "\n".join([self.title, "", self.addressees, self.introduction, *body, "", self.signer])

    @property
    def characters(self) -> int:
        """Characters of the text, blanks not counted."""
        return length(self.text)


OVERALL, RESULTS, PROBLEMS, DEMANDS = N_("一、总体情况"), N_("二、主要成效"), N_("三、存在问题"), N_("四、下一步要求")
PARTS: tuple[tuple[str, str], ...] = (
    ("mark", N_("发文机关标志（红头）")),
    ("title", N_("标题")),
    ("addressees", N_("主送")),
    ("introduction", N_("引言")),
    ("overall", OVERALL),
    ("results", RESULTS),
    ("problems", PROBLEMS),
    ("demands", DEMANDS),
    ("signer", N_("署名")),
    ("copies", N_("抄送")),
    ("printed_by", N_("印发机关")),
)
"""Parts in the order of the page, with their names."""
MAY_BE_EMPTY = frozenset({"copies", "printed_by"})
LINES = frozenset({"mark", "title", "addressees", "signer", "copies", "printed_by"})
"""Parts of a single paragraph."""


@dataclass(frozen=True)
class IssueDraft:
    """What issuing needs: the number of the office's register, who signed, and the day of the document."""

    document: str
    signed_by: str
    issued_on: date


@dataclass(frozen=True)
class ReceiptDraft:
    """A document was handed over to branches on a day; `received_by` empty: the secretary of each."""

    org_ids: tuple[int, ...]
    received_on: date
    received_by: str = ""
    way: ReceiptWay = ReceiptWay.PAPER


def check_wording(wording: Wording) -> Wording:
    """The wording without blanks at its edges. Raises InputRefused for a part that is empty or too long."""
    tidy = Wording(**{one.name: _tidy(getattr(wording, one.name)) for one in fields(Wording)})
    for name, title in PARTS:
        text = getattr(tidy, name)
        if name in MAY_BE_EMPTY:
            check_length(text, name, _(title), PART_LIMIT)
        else:
            check_text(text, name, _(title), PART_LIMIT)
    if length(tidy.title) > TITLE_LIMIT:
        said = _("“{name}”最多 {n} 个字，请缩短。")
        raise InputRefused(said.format(name=_("标题"), n=TITLE_LIMIT), "title")
    return tidy


def length(text: str) -> int:
    """Characters of a text, blanks not counted."""
    return len("".join(text.split()))


def _tidy(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines() if line.strip())


def check_number(document: str, year: int) -> str:
    """The number of a document in its form, 青党建〔2026〕12号. Raises InputRefused that says what is wrong.

    Six-cornered brackets, the year in full, no 第, no leading zero (GB/T 9704-2012, 7.2.5).
    """
    said = document.strip()
    if not said:
        raise InputRefused(_("请填写发文字号，如“青党建〔2026〕12号”。"), "document")
    found = _NUMBER.fullmatch(said)
    if found is None:
        loose = _LOOSE.fullmatch(said)
        if loose is None:
            raise InputRefused(_("发文字号由机关代字、年份、序号组成，如“青党建〔2026〕12号”，请改正。"), "document")
        meant = "{word}〔{year}〕{running}号".format(**loose.groupdict())
        raise InputRefused(
            _("发文字号的年份用六角括号，不加“第”，序号不编虚位。是不是“{meant}”？").format(meant=meant), "document"
        )
    if int(found["year"]) != year:
        raise InputRefused(
            _("发文字号的年份是{said}年，成文日期在{year}年，请核对。").format(said=found["year"], year=year),
            "document",
        )
    return said


def check_issue(draft: IssueDraft, earliest: date, today: date) -> IssueDraft:
    """The draft with its texts tidied. Raises InputRefused for a number, a signer or a day that cannot be."""
    check_day(draft.issued_on, "issued_on", _("成文日期"), today)
    if draft.issued_on < earliest:
        raise InputRefused(_("成文日期早于本季度第一天（{day}），请核对。").format(day=earliest), "issued_on")
    check_text(draft.signed_by, "signed_by", _("签发人"), SIGNED_LIMIT)
    number = check_number(draft.document, draft.issued_on.year)
    return IssueDraft(number, draft.signed_by.strip(), draft.issued_on)


def check_receipt(draft: ReceiptDraft, issued_on: date, today: date) -> None:
    """Raises InputRefused without branches, or for a day before the issue or after today."""
    if not draft.org_ids:
        raise InputRefused(_("请选择已经签收的支部。"), "org_ids")
    check_day(draft.received_on, "received_on", _("签收日期"), today)
    if draft.received_on < issued_on:
        raise InputRefused(_("签收日期早于成文日期（{day}），请改正。").format(day=issued_on), "received_on")
    check_length(draft.received_by, "received_by", _("签收人"), BY_LIMIT)
