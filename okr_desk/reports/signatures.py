"""The five signature blocks of the review sheet. No seal is ever drawn; only its space is kept free.

Two columns, read downwards: ① ② ③ at the left, ④ with the seal's space and ⑤ at the right. So all five stand
together on one page, each at the height that the form asks for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.reviews import Opinion as Typed
from okr_desk.reports.blocks import base_line
from okr_desk.reports.pages import MM, Block, Pen
from okr_desk.reports.styles import SIGN, SMALL, STRONG
from okr_desk.reports.text import break_lines, fit_size
from okr_desk.review_terms import ReviewStep

SEAL_WIDTH = 50 * MM
SEAL_HEIGHT = 45 * MM
"""Free of print: the township committee's seal has 42 mm (domain paper 6.1)."""
PLAIN_HEIGHT = 25 * MM
SEALED_HEIGHT = 54 * MM
"""The seal's space between the line of the name and that of the date."""
_INSET = 2.5 * MM
_UNDER_SEAL = 1.2 * MM
"""The date lies so low that 45 mm stay free above it: higher, a page that is full today would become two."""
_LINE = 7 * MM
_TEXT_LINES = 3
"""What fits between the name of a block and the signature."""


@dataclass(frozen=True)
class Opinion:
    """One block: its name at the top left, room to write, `lines` of (left, right) text at the bottom.

    `text` is an opinion that was typed; it stands where one would write it.
    """

    name: str
    lines: tuple[tuple[str, str], ...]
    hint: str = ""
    seal: bool = False
    text: str = ""

    @property
    def height(self) -> float:
        """25 mm; with a seal its space between the line of the name and that of the date."""
        return SEALED_HEIGHT if self.seal else PLAIN_HEIGHT

    def draw(self, pen: Pen, x: float, top: float, width: float, height: float) -> None:
        """Frame and print with the upper left corner at (x, top), `height` high or higher than it needs."""
        pen.box(x, top - height, width, height)
        left, right = x + _INSET, x + width - _INSET
        y = top - 1.2 * MM - base_line(STRONG)
        name = STRONG.smaller(fit_size(pen.fonts, self.name, right - left, STRONG, 5))
        pen.text(self.name, left, y, name)
        room = right - left - pen.fonts.width(name.role, self.name, name.size) - 2 * MM
        pen.text(self.hint, right, y, SMALL.smaller(fit_size(pen.fonts, self.hint, room, SMALL, 4)), "right")
        for number, line in enumerate(_written(pen, self.text, right - left)):
            pen.text(line, left, y - (number + 1) * SMALL.leading, SMALL)
        lowest = top - height + (_UNDER_SEAL if self.seal else _INSET)
        for number, (who, when) in enumerate(reversed(self.lines)):
            y = lowest + number * _LINE
            room = right - left - pen.fonts.width(SIGN.role, when, SIGN.size) - 10 * MM * bool(when)
            pen.text(who, left, y, SIGN.smaller(fit_size(pen.fonts, who, room, SIGN, 6)))
            pen.text(when, right, y, SIGN, "right")


def _written(pen: Pen, said: str, width: float) -> Sequence[str]:
    """The lines of an opinion; what the form has no room for ends with a sign and stands in full in the record."""
    lines = break_lines(pen.fonts, said, width, SMALL, 0) if said else []
    return lines if len(lines) <= _TEXT_LINES else [*lines[: _TEXT_LINES - 1], lines[_TEXT_LINES - 1][:-1] + "…"]


@dataclass(frozen=True)
class Signatures(Block):
    """All five blocks as one piece, so that a page break never falls between opinion and signature."""

    left: tuple[Opinion, ...]
    right: tuple[Opinion, ...]
    width: float
    before: float = 0
    keep: bool = False

    @property
    def height(self) -> float:  # type: ignore[override]
        """The higher column."""
        return max(sum(one.height for one in column) for column in (self.left, self.right))

    def draw(self, pen: Pen, x: float, top: float) -> None:
        half = self.width / 2
        for column, edge in ((self.left, x), (self.right, x + half)):
            y = top
            for one in column:
                is_last = one is column[-1]
                height = y - (top - self.height) if is_last else one.height
                one.draw(pen, edge, y, half, height)
                y -= height


def opinions(
    org: OrgView, width: float, before: float = 0, said: Mapping[ReviewStep, Typed] | None = None
) -> Signatures:
    """① to ⑤ in the order of the review, with the names of those who hold the posts; only ④ takes a seal.

    `said`: opinions of the review that were typed stand where one would write them, and are signed by hand.
    """
    typed = {step: one.text for step, one in (said or {}).items()}
    who = _("书记（{name}）").format(name=org.secretary) if org.secretary else _("书记")
    leader = _("联系领导（{name}）").format(name=org.liaison) if org.liaison else _("联系领导")
    date = _("年　　月　　日")
    signed = _("{who}签名：")
    return Signatures(
        left=(
            Opinion(
                _("①支部自评意见"),
                ((signed.format(who=who), date),),
                _("支部（章，无章可不盖）"),
                text=typed.get(ReviewStep.SUBMIT, ""),
            ),
            Opinion(_("②联系领导意见"), ((signed.format(who=leader), date),), text=typed.get(ReviewStep.OPINE, "")),
            Opinion(
                _("③镇党建办审核意见"),
                ((_("审核人：　　　　　　　复核人："), ""), ("", date)),
                text=typed.get(ReviewStep.CHECK, ""),
            ),
        ),
        right=(
            Opinion(_("④镇党委意见（盖章）"), (("", date),), seal=True),
            Opinion(
                _("⑤支部确认"),
                ((_("□无异议　　　□申辩（附页　　　页）"), ""), (signed.format(who=who), date)),
            ),
        ),
        width=width,
        before=before,
    )
