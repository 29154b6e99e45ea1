"""What the reports page asks of the paper layer: a document for chosen branches, as one file or one file each.

Runs in the pool; nothing of the paper layer is loaded before the first document.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from okr_desk.errors import Cancelled
from okr_desk.files import write_atomically
from okr_desk.i18n import N_, _
from okr_desk.queries import (
    cycles,
    dashboard,
    documents,
    orgs,
    policy,
    schemes,
    score_forms,
    surveys,
)
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.reviews import ReviewSheet
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.queries.survey_papers import ONE_EACH, Asked
from okr_desk.queries.surveys import RoundView
from okr_desk.reports.outcome import Printed
from okr_desk.reports.registry import DOCUMENTS, Document
from okr_desk.rules.permissions import Action, Actor
from okr_desk.terms import OrgKind
from okr_desk.ui.models.new_folder import new_folder, safe

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]
NO_PRINTER = N_("本机没有安装打印机。请先“存为 PDF”，用 U 盘拿到能打印的电脑上打印，或请管理员安装打印机。")
_FACES = (
    ("notoserifsc", N_("思源宋体")),
    ("notosanssc", N_("思源黑体")),
    ("wenshukai", N_("文书楷体")),
    ("fzxbs", N_("方正小标宋")),
    ("方正小标宋", N_("方正小标宋")),
    ("stzhongs", N_("华文中宋")),
    ("simfang", N_("仿宋")),
    ("fs_gb2312", N_("仿宋")),
    ("仿宋_gb2312", N_("仿宋")),
    ("fzfs", N_("方正仿宋")),
    ("方正仿宋", N_("方正仿宋")),
    ("stfangso", N_("华文仿宋")),
    ("simhei", N_("黑体")),
    ("fzht", N_("方正黑体")),
    ("方正黑体", N_("方正黑体")),
    ("simkai", N_("楷体")),
    ("kaiti", N_("楷体")),
    ("楷体_gb2312", N_("楷体")),
    ("fzkt", N_("方正楷体")),
    ("stkaiti", N_("华文楷体")),
    ("simsun", N_("宋体")),
    ("fzss", N_("方正书宋")),
    ("stsong", N_("华文宋体")),
)


@dataclass(frozen=True)
class Branch:
    """A branch that can be printed; `reported` of `owed` key results have a value for the quarter.

    `voided` are the sentences of why sheets printed before are void: the quarter was opened again.
    """

    org: OrgView
    owed: int
    reported: int
    voided: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether every value is there."""
        return self.reported >= self.owed > 0


@dataclass(frozen=True)
class Offer:
    """What can be printed for a quarter by the person at the desk; `has_scores`: a scheme is in force for some.

    `refusals`: by key of the document why it cannot be printed now, because it would be blank. `rounds`: the surveys of
    the quarter with the groups that each asks, the latest last.
    """

    quarter: QuarterView
    branches: tuple[Branch, ...]
    is_township: bool
    copies: int
    bundled_fonts: bool
    has_scores: bool = False
    refusals: Mapping[str, str] = field(default_factory=dict)
    rounds: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Wish:
    """One document for one quarter and the ticked branches; `with_scores` puts the points behind it.

    `asked` says how papers of mass satisfaction are wanted.
    """

    document: Document
    quarter: QuarterView
    org_ids: tuple[int, ...]
    bundled_fonts: bool
    with_scores: bool = False
    asked: Asked = ONE_EACH


@dataclass(frozen=True)
class Made:
    """A finished file and the words for each of its pages; `unscored` were asked for and have no points."""

    wish: Wish
    printed: Printed
    titles: tuple[str, ...]
    unscored: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Content:
    """What a document is printed from."""

    snapshots: Sequence[Any]
    unscored: tuple[str, ...] = ()


def offer(session: Any, quarter: QuarterView, actor: Actor) -> Offer:
    """Branches that `actor` may see, with how complete they are."""
    township = dashboard.township(session, quarter)
    voided = cycles.voided(session, quarter.id)
    found = tuple(
        Branch(row.org, row.owed, row.reported, voided.get(row.org.id, ()))
        for row in township.rows
        if actor.may(Action.VIEW, row.org.line)
    )
    values = policy.values(session)
    scored = {one.category for one in schemes.schemes(session, quarter.year) if one.in_force(quarter.number)}
    root = next((org for org in orgs.tree(session, quarter.ends_on) if org.kind == OrgKind.TOWNSHIP), None)
    return Offer(
        quarter,
        found,
        root is not None and actor.may(Action.VIEW, root.line),
        int(values["paper.copies"]),
        values["paper.bundled_fonts"] == "true",
        any(branch.org.category in scored for branch in found),
        {one.key: why for one in DOCUMENTS if (why := documents.refusal(session, one.key, quarter))},
        tuple((one.name, tuple(group.name for group in one.definition.groups)) for one in _rounds(session, quarter)),
    )


def _rounds(session: Any, quarter: QuarterView) -> tuple[RoundView, ...]:
    """The surveys of a quarter; asked only where there is any, because reading them counts ballots."""
    return surveys.rounds_of(session, quarter) if surveys.has_round(session, quarter) else ()


def make(store: Any, wish: Wish, path: Path, *, progress: Progress, cancelled: Stop) -> Made:
    """All sheets in one PDF. Raises Cancelled and FileRefused; then no file is left."""
    from okr_desk.reports import preview

    content = _content(store, wish)
    printed = wish.document.render(
        content.snapshots,
        path,
        printed_at=store.clock.now(),
        progress=progress,
        cancelled=cancelled,
        bundled_fonts=wish.bundled_fonts,
        **_more(wish),
    )
    return Made(wish, printed, _titles(preview.outline(path), printed.pages), content.unscored)


def make_first(store: Any, wish: Wish, path: Path) -> Made:
    """Only the first of many sheets."""
    first = replace(wish, org_ids=wish.org_ids[:1], asked=replace(wish.asked, copies=1))
    return make(store, first, path, progress=lambda _done, _total: None, cancelled=lambda: False)


def save_one(source: Path, target: Path) -> Path:
    """The previewed file itself under another name."""
    return write_atomically(target, source.read_bytes())


def save_each(store: Any, wish: Wish, folder: Path, *, progress: Progress, cancelled: Stop) -> Path:
    """One PDF a branch in a new folder below `folder`; the folder made. Cancelled, nothing is left."""
    from okr_desk.reports import press

    with new_folder(folder, _stem(wish)) as (hidden, target):
        try:
            press.render_each(
                wish.document.module,
                _content(store, wish).snapshots,
                hidden,
                printed_at=store.clock.now(),
                progress=progress,
                cancelled=cancelled,
                bundled_fonts=wish.bundled_fonts,
                **_more(wish),
            )
        except Cancelled:
            raise Cancelled(_("已取消，没有留下文件。")) from None
    return target


def save_workbook(store: Any, wish: Wish, target: Path, *, progress: Progress, cancelled: Stop) -> Path:
    """The same as a workbook, one sheet a branch or category. Cancelled or refused, no file is left."""
    from okr_desk.exchange import workbooks

    found = _content(store, wish).snapshots
    return workbooks.write(target, found, printed_at=store.clock.now(), progress=progress, cancelled=cancelled)


def printers() -> tuple[str, ...]:
    """The names of the printers that this PC knows; asking may take a moment."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return tuple(QPrinterInfo.availablePrinterNames())


def face_words(files: Sequence[str]) -> str:
    """The faces in use by the names that an office knows, each once."""
    words = []
    for file in files:
        stem = file.lower()
        name = next((_(word) for start, word in _FACES if stem.startswith(start)), Path(file).stem)
        words.append(name)
    return _("、").join(dict.fromkeys(words))


def file_name(wish: Wish, names: Sequence[str], ending: str = ".pdf") -> str:
    """What a saved file is called: quarter or year, document, and the branch when it is only one."""
    org = names[0] if len(names) == 1 else ""
    return safe(_stem(wish) + org) + ending


def with_ending(target: Path, ending: str) -> Path:
    """The file under the ending that its content has."""
    return target if target.suffix.lower() == ending else target.with_name(target.name + ending)


def _stem(wish: Wish) -> str:
    return wish.document.stem(wish.quarter.year, wish.quarter.label)


def _content(store: Any, wish: Wish) -> _Content:
    with store.read() as session:
        of = [orgs.view(session, org_id, wish.quarter.ends_on) for org_id in wish.org_ids]
        found = documents.snapshots(session, wish.document.key, wish.quarter, of, wish.asked)
    forms = [one for one in found if isinstance(one, ScoreForm)]
    if wish.with_scores:
        forms += [one.scores for one in found if isinstance(one, ReviewSheet) and one.scores is not None]
    is_asked = wish.with_scores or (wish.document.of_scores and wish.document.per_branch)
    return _Content(found, score_forms.without(of, forms) if is_asked else ())


def _more(wish: Wish) -> dict[str, bool]:
    return {"with_scores": True} if wish.with_scores else {}


def _titles(entries: Sequence[Any], pages: int) -> tuple[str, ...]:
    """For each page the sheet it belongs to; later pages of a sheet say which."""
    starts = {entry.page: entry.title for entry in entries}
    found, name, first = [], "", 0
    for page in range(pages):
        if page in starts:
            name, first = starts[page], page
        number = page - first + 1
        found.append(name if number == 1 and name else _("　第 {n} 页").format(n=number))
    return tuple(found)
