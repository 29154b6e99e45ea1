"""A bulletin as it is kept: its wording, the tables of its annexes, and the paper that is printed from both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from okr_desk.i18n import _
from okr_desk.queries import frozen
from okr_desk.queries.official_text import OfficialText, official_date
from okr_desk.rules.bulletins import DEMANDS, OVERALL, PROBLEMS, RESULTS, BulletinMode, BulletinState, Wording


@dataclass(frozen=True)
class TableColumn:
    """A column with its share of the width; `align` is left, centre or decimal."""

    name: str
    width: int
    align: str = "centre"


@dataclass(frozen=True)
class TableGroup:
    """Rows under a common head, "" for none."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class AnnexTable:
    """An annex; `across`: on the sheet turned to the left."""

    title: str
    columns: tuple[TableColumn, ...]
    groups: tuple[TableGroup, ...]
    notes: tuple[str, ...] = ()
    across: bool = False


@dataclass(frozen=True)
class BulletinText:
    """The wording with its tables as they were drawn up on a day. `source`: the seal of what was generated then."""

    mode: BulletinMode
    wording: Wording
    annexes: tuple[AnnexTable, ...]
    drawn_on: date
    source: str = ""
    is_demo: bool = False


@dataclass(frozen=True)
class BulletinPaper:
    """A bulletin ready for paper; without `issued_on` it is a draft, which says so at its foot."""

    text: BulletinText
    quarter: str
    document: str = ""
    signed_by: str = ""
    issued_on: date | None = None
    state: BulletinState = BulletinState.DRAFT
    corrects: str = ""
    withdrawn: str = ""

    @property
    def official(self) -> OfficialText:
        """The parts as 公文 has them."""
        said = self.text.wording
        dated = official_date(self.issued_on) if self.issued_on else _("　　年　　月　　日")
        sections = (
            (OVERALL, said.overall),
            (RESULTS, said.results),
            (PROBLEMS, said.problems),
            (DEMANDS, said.demands),
        )
        body = [line for head, part in sections for line in (_(head), *paragraphs(part))]
        return OfficialText(
            mark=said.mark,
            number=self.document or _("（发文字号）"),
            title=said.title,
            addressees=said.addressees,
            paragraphs=(*paragraphs(said.introduction), *body),
            signer=said.signer,
            dated=dated,
            copies=tuple(part.strip() for part in said.copies.replace("。", "").split("，") if part.strip()),
            printed_by=said.printed_by,
            printed_on=_("{day}印发").format(day=dated) if said.printed_by else "",
        )


def paragraphs(part: str) -> tuple[str, ...]:
    """The paragraphs of a part."""
    return tuple(line.strip() for line in part.splitlines() if line.strip())


def written(text: BulletinText) -> str:
    """A text as it is kept."""
    return frozen.canonical(text).decode()


def read(content: str) -> BulletinText:
    """A text as it was kept."""
    raw = content.encode()
    return frozen.thaw(BulletinText, frozen.packed(raw), frozen.seal(raw))
