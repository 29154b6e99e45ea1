"""What the import page asks of the layers below: run in the pool or on the writer thread, with a session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from okr_desk import services
from okr_desk.appraisal_terms import AppraisalKind
from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.queries import imports as queries
from okr_desk.queries.import_standing import frozen
from okr_desk.queries.imports import BatchView, QuestionView
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.imports import Decision, Frozen, Known, Reading
from okr_desk.services.import_plan import ImportPlan
from okr_desk.services.outcome import Outcome
from okr_desk.ui.models.new_folder import new_folder

Standing = tuple[tuple[QuestionView, ...], tuple[BatchView, ...], Known, Frozen]


def standing(session: Any) -> Standing:
    """Open questions, earlier imports, the names that questions speak of, and the quarters that are frozen."""
    return queries.open_questions(session), queries.batches(session), queries.known(session), frozen(session)


def read(
    store: Any, paths: list[Path], *, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
) -> tuple[ImportPlan, dict[str, Path], Known]:
    """Read workbooks and compare them with what stands: the plan, the files as the plan names them, what was known.

    Raises Cancelled, FileRefused, WrongState; writes nothing.
    """
    from okr_desk.exchange.folder import labels_of, read_folder
    from okr_desk.exchange.reading import find_files

    with store.read() as session:
        known = queries.known(session)
    reading: Reading = read_folder(
        paths, known, progress=lambda done, total, _name: progress(done, total), cancelled=cancelled
    )
    with store.read() as session:
        plan = services.imports.prepare(session, reading)
    return plan, {label: file for file, label in labels_of(find_files(paths)[0]).items()}, known


def apply(
    session: Any, actor: Any, database: Path | None, plan: ImportPlan, decided: dict[Any, Decision], late_reason: str
) -> Outcome[Any]:
    """Write a plan after a verified copy of `database` was made (None: the demo, which needs none).

    The copy sees what was committed before; should it fail, nothing is written.
    """
    from okr_desk.model.store import now

    if database is not None:
        services.backup.take(database, None, now(session), services.backup.BEFORE_IMPORT)
    return services.imports.apply(session, actor, plan, decided, late_reason=late_reason)


def make_forms(
    store: Any,
    quarter: QuarterView,
    org_ids: Sequence[int],
    folder: Path,
    blank: bool,
    *,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> tuple[Path, int]:
    """The folder made and how many forms lie in it. Cancelled, nothing is left."""
    from okr_desk.exchange import templates

    name = _("{quarter}空白填报表") if blank else _("{quarter}填报表")
    with new_folder(folder, name.format(quarter=quarter.label)) as (hidden, target):
        made = templates.write_for_quarter(
            store,
            quarter.year,
            quarter.number,
            hidden,
            blank=blank,
            org_ids=org_ids,
            progress=lambda done, total, _name: progress(done, total),
            cancelled=cancelled,
        )
        if not made:
            raise Refusal(_("所选支部还没有关键结果，没有生成填报表。"))
    return target, len(made)


def make_ledger(path: Path, *, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> Path:
    """An empty ledger of demands; it is written too fast to show progress or be stopped."""
    from okr_desk.exchange import demand_template

    return demand_template.write(path)


def make_count(
    store: Any,
    year: int,
    kind: AppraisalKind,
    path: Path,
    *,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Path:
    """A sheet to count an appraisal in, with the names of the rounds that are open."""
    from okr_desk.exchange import appraisal_template

    return appraisal_template.write(store, year, kind, path)


def settle_all(session: Any, actor: Any, decided: Sequence[tuple[int, Decision]], late_reason: str) -> Outcome[int]:
    """Settle earlier questions in one transaction. Raises InputRefused with the question's id as its field."""
    changes = services.imports.CHANGED
    for question_id, decision in decided:
        try:
            services.imports.settle(session, actor, question_id, decision, late_reason)
        except Refusal as refusal:
            raise InputRefused(refusal.sentence, str(question_id)) from refusal
    return Outcome(len(decided), changes)
