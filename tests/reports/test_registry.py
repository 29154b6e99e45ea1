"""Every registered document can be printed, and knowing the list loads nothing heavy."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from okr_desk import i18n
from okr_desk.queries import bulletin_papers, followup_papers, household_papers, register_papers
from okr_desk.queries.checkins import NarrativeView
from okr_desk.reports import registry
from tests.reports import (
    activity_samples,
    bulletin_document_samples,
    duty_samples,
    followup_samples,
    member_samples,
    pdf,
    register_samples,
    review_samples,
    samples,
    scheme_samples,
    score_samples,
    survey_samples,
    title_samples,
    whistle_samples,
    worklog_samples,
    year_samples,
)

SNAPSHOTS: dict[str, Callable[[], object]] = {
    "review": samples.sheet,
    "summary": samples.township,
    "scores": score_samples.form,
    "year-sheet": year_samples.usual,
    "score-summary": score_samples.summary,
    "questionnaire": survey_samples.questionnaire,
    "count-sheet": survey_samples.count_form,
    "survey-report": survey_samples.report,
    "scheme": scheme_samples.paper,
    "activities": activity_samples.usual,
    "duty-register": duty_samples.register,
    "minutes": duty_samples.minutes,
    "whistle": whistle_samples.form,
    "departments": whistle_samples.bulletin,
    **{key: partial(followup_samples.paper, key) for key in followup_papers.KEYS},
    **{key: partial(register_samples.paper, key) for key in register_papers.KEYS},
    **{key: partial(member_samples.sample, key) for key in household_papers.KEYS},
    **{key: partial(bulletin_document_samples.usual, key) for key in bulletin_papers.KEYS},
    "worklog": worklog_samples.form,
    "objection": review_samples.objections,
    "receipts": review_samples.receipts,
    "archive": review_samples.archive,
    **title_samples.SAMPLES,
}


def bare(key: str) -> object:
    """A document without a word that somebody typed, but for the names of organisations."""
    if key == "review":
        return samples.sheet((), adjustments=(), narrative=NarrativeView(), missing=(), notices=())
    if key == "summary":
        return replace(samples.township(()), unreported=())
    if key == "year-sheet":
        return year_samples.plain()
    if key in ("questionnaire", "count-sheet", "survey-report"):
        return survey_samples.plain(key)
    if key in ("objection", "receipts", "archive"):
        return review_samples.plain(key)
    if key == "activities":
        return activity_samples.form()
    if key == "whistle":
        return whistle_samples.bare_form()
    if key == "departments":
        return whistle_samples.bulletin("A", "B")
    if key in household_papers.KEYS:
        return member_samples.sample(key, plain=True)
    if key in followup_papers.KEYS:
        return followup_samples.plain(key)
    if key == "scheme":
        return scheme_samples.bare()
    if key in ("duty-register", "minutes"):
        return duty_samples.plain(key)
    if key in register_papers.KEYS:
        return register_samples.plain(key)
    if key in bulletin_papers.KEYS:
        return bulletin_document_samples.plain(key)
    if key in title_samples.SAMPLES:
        return title_samples.plain(key)
    if key == "worklog":
        return worklog_samples.bare()
    form = score_samples.plain_form()
    if key == "scores":
        return form
    summary = score_samples.summary(1)
    first = replace(summary.categories[0], sheets=(form.sheet,), scheme=form.scheme, version=form.version, excess=())
    return replace(summary, categories=(replace(first, columns=()),), unscored=())


@pytest.mark.parametrize("document", registry.DOCUMENTS, ids=lambda document: document.key)
def test_every_document_prints(document: registry.Document, tmp_path: Path) -> None:
    at = datetime(2026, 10, 8, tzinfo=UTC)
    done = document.render([SNAPSHOTS[document.key]()], tmp_path / "a.pdf", printed_at=at, bundled_fonts=True)
    assert done.path.read_bytes().startswith(b"%PDF")
    assert (document.render_each is not None) is document.per_branch
    assert document.title


@pytest.mark.parametrize("document", registry.DOCUMENTS, ids=lambda document: document.key)
def test_every_document_prints_in_english_without_a_chinese_word_of_ours(
    document: registry.Document, tmp_path: Path
) -> None:
    at = datetime(2026, 10, 8, tzinfo=UTC)
    with i18n.using("en"):
        done = document.render([bare(document.key)], tmp_path / "a.pdf", printed_at=at, bundled_fonts=True)
    said = "".join(pdf.texts(done.path))
    facts = (*vars(samples.ORG).values(), "2026年第三季度", "评审2026-3-007", "年度2026-007", "青山镇", "分")
    for fact in sorted((str(fact) for fact in facts), key=len, reverse=True):
        said = said.replace(fact, "")
    assert re.findall(r"[\u4e00-\u9fff]+", said) == []


@pytest.mark.parametrize("document", registry.DOCUMENTS, ids=lambda document: document.key)
def test_only_a_document_that_takes_the_points_knows_how_to_append_them(document: registry.Document) -> None:
    for render in filter(None, (document.render, document.render_each)):
        assert ("with_scores" in inspect.signature(render).parameters) is document.takes_scores


def test_keys_are_unique_and_found() -> None:
    keys = [document.key for document in registry.DOCUMENTS]
    assert len(set(keys)) == len(keys)
    assert registry.by_key("review") is registry.DOCUMENTS[0]
    assert registry.by_key("none") is None


def test_the_list_loads_nothing_heavy() -> None:
    program = "import sys, okr_desk.reports.registry; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & {"reportlab", "matplotlib", "numpy", "sqlmodel", "pypdfium2"}


def test_every_document_has_one_occasion() -> None:
    named = [key for _name, keys in registry.OCCASIONS for key in keys]
    assert sorted(named) == sorted(document.key for document in registry.DOCUMENTS)
