"""The five signature blocks of the review sheet. No seal is ever drawn; only its space is kept free."""

from __future__ import annotations

from dataclasses import dataclass

from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.reports.blocks import base_line
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import MM, Block, Pen
from okr_desk.reports.styles import SIGN, SMALL, STRONG
from okr_desk.reports.text import break_lines

SEAL_WIDTH = 50 * MM
SEAL_HEIGHT = 45 * MM
"""Free of print: the township committee's seal has 42 mm (domain paper 6.1)."""
PLAIN_HEIGHT = 25 * MM
_LABEL_WIDTH = 27 * MM
_INSET = 3 * MM
_LINE = 7 * MM


@dataclass(frozen=True)
class Opinion(Block):
    """One block: what it is at the left, room to write, the signature line at the bottom; never cut."""

    name: tuple[str, ...]
    width: float
    lead: str = ""
    signature: str = ""
    hint: str = ""
    seal: bool = False
    before: float = 0
    keep: bool = False

    @property
    def height(self) -> float:  # type: ignore[override]
        """25 mm, or the seal's space with the date line below it."""
        return SEAL_HEIGHT + _LINE + _INSET if self.seal else PLAIN_HEIGHT

    def draw(self, pen: Pen, x: float, top: float) -> None:
        bottom = top - self.height
        pen.box(x, bottom, self.width, self.height)
        pen.rule(x + _LABEL_WIDTH, bottom, x + _LABEL_WIDTH, top)
        middle = top - (self.height - len(self.name) * STRONG.leading) / 2
        for number, line in enumerate(self.name):
            y = middle - number * STRONG.leading - base_line(STRONG)
            pen.text(line, x + _LABEL_WIDTH / 2, y, STRONG, "centre")
        left, right = x + _LABEL_WIDTH + _INSET, x + self.width - _INSET
        if self.lead:
            pen.text(self.lead, left, top - _INSET - base_line(SIGN) + 3, SIGN)
        if self.hint:
            pen.text(self.hint, left, bottom + _INSET, SMALL)
        pen.text(self.signature, right, bottom + _INSET, SIGN, "right")


def opinions(fonts: Fonts, org: OrgView, width: float) -> list[Opinion]:
    """① to ⑤ in the order of the review; only ④ keeps the space for a seal."""
    who = _("书记{name}").format(name=f"（{org.secretary}）" if org.secretary else "")
    leader = f"（{org.liaison}）" if org.liaison else ""
    date = _("年　　月　　日")
    return [
        Opinion(
            _name(fonts, _("①支部自评意见")),
            width,
            signature=_("{who}签名：　　　　　　　　{date}").format(who=who, date=date),
            hint=_("支部（章，无章可不盖）"),
        ),
        Opinion(
            _name(fonts, _("②联系领导意见")),
            width,
            signature=_("联系领导{name}签名：　　　　　　　　{date}").format(name=leader, date=date),
        ),
        Opinion(
            _name(fonts, _("③镇党建办审核意见")),
            width,
            signature=_("审核人：　　　　　　复核人：　　　　　　{date}").format(date=date),
        ),
        Opinion(
            _name(fonts, _("④镇党委意见")),
            width,
            signature=_("（盖章）　　{date}").format(date=date),
            seal=True,
        ),
        Opinion(
            _name(fonts, _("⑤支部确认")),
            width,
            lead=_("□无异议　　　□申辩（附页　　　页）"),
            signature=_("{who}签名：　　　　　　　　{date}").format(who=who, date=date),
        ),
    ]


def _name(fonts: Fonts, name: str) -> tuple[str, ...]:
    return tuple(break_lines(fonts, name, _LABEL_WIDTH - 2 * _INSET + 6, STRONG))
