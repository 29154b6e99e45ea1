"""Answers as drafts: one anonymous ballot, or the count sheet of a branch; checked before anything is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.checks import check_day, check_length
from okr_desk.scoring.grim import SCORE, SHARE, agrees, doubt
from okr_desk.scoring.rounding import kept, plain, wide
from okr_desk.survey_terms import LEVELS, Channel

ANSWER_KEYS = "123450-"
"""What an answer may be: 1 the best level to 5 the worst, 0 unsure, - left blank."""
WISH_LIMIT = 120


@dataclass(frozen=True)
class BallotDraft:
    """One ballot. `answers`: a character an item in order (`ANSWER_KEYS`); a void one says why in `void_reason`."""

    org_id: int
    group_id: int | None
    channel: Channel
    answers: str
    number: int | None = None
    wish: str = ""
    answered_on: date | None = None
    void_reason: str = ""


@dataclass(frozen=True)
class BallotRow:
    """A ballot read from a file: what the file says beyond a typed one. `minute` counts from midnight."""

    draft: BallotDraft
    minute: int | None = None
    seconds: int | None = None
    suspect: str = ""


@dataclass(frozen=True)
class BatchDraft:
    """All ballots of one file, with the file's name, its SHA-256 and how many rows it had."""

    round_id: int
    file_name: str
    sha256: str
    rows: int
    ballots: tuple[BallotRow, ...]


@dataclass(frozen=True)
class CountLineDraft:
    """Answers to one item by level, best first, with the unsure and the blank ones."""

    item_id: int
    counts: tuple[int, ...]
    unsure: int = 0
    blank: int = 0


@dataclass(frozen=True)
class CountSheetDraft:
    """A count by hand: given out, come back, valid; who presided, counted and watched.

    `said_rate` (percent) and `said_score` are what the paper itself says of the overall item: compared, never kept.
    """

    round_id: int
    org_id: int
    group_id: int | None
    channel: Channel
    counted_on: date
    issued: int
    returned: int
    valid: int
    lines: tuple[CountLineDraft, ...]
    host: str = ""
    counter: str = ""
    watcher: str = ""
    said_rate: Decimal | None = None
    said_score: Decimal | None = None


def check_ballot(draft: BallotDraft, items: int, today: date) -> None:
    """Refuse answers that are too many, too few or no answers; one that is all blank is void and must say so."""
    if draft.answers.strip(ANSWER_KEYS):  # what remains holds a key that is none
        raise InputRefused(_("选项只能填 1 至 5，不了解填 0，漏选填 -。"), "answers")
    if len(draft.answers) != items:
        said = _("这份问卷有 {items} 道题，填了 {n} 道，请补齐；漏选的填 -。")
        raise InputRefused(said.format(items=items, n=len(draft.answers)), "answers")
    if not draft.answers.strip("-") and not draft.void_reason.strip():
        raise InputRefused(_("整份没有作答，请作废并写明原因。"), "void_reason")
    if draft.wish:
        check_length(draft.wish, "wish", _("最希望解决的一件事"), WISH_LIMIT)
    if draft.void_reason:
        check_length(draft.void_reason, "void_reason", _("作废原因"), WISH_LIMIT)
    if draft.answered_on is not None:
        check_day(draft.answered_on, "answered_on", _("填表日期"), today)


def check_count_sheet(draft: CountSheetDraft, item_ids: Sequence[int], today: date) -> None:
    """Refuse a count sheet that does not add up: each item's answers are as many as the valid ballots."""
    check_day(draft.counted_on, "counted_on", _("计票日期"), today)
    if not 0 <= draft.valid <= draft.returned <= draft.issued:
        said = _("发出 {issued}、收回 {returned}、有效 {valid} 份不对：有效不多于收回，收回不多于发出。")
        raise InputRefused(said.format(issued=draft.issued, returned=draft.returned, valid=draft.valid), "valid")
    if [line.item_id for line in draft.lines] != list(item_ids):
        raise InputRefused(_("计票表要逐题填写，不能缺题。"), "lines")
    for place, line in enumerate(draft.lines, 1):
        _check_line(place, line, draft.valid)


def check_said(draft: CountSheetDraft, place: int, scores: Sequence[Decimal], wide_levels: int) -> None:
    """Refuse a rate or score on the paper that the votes of the overall item (at `place`) do not give (methods A8).

    What no such number of votes can give at all is said first: then the figure is wrong, else one of the votes may be.
    """
    counts = draft.lines[place].counts
    n = sum(counts)
    if not n:
        return
    with wide():
        rate = kept(Decimal(100 * sum(counts[:wide_levels])) / n)
        score = kept(sum((value * count for value, count in zip(scores, counts, strict=True)), Decimal(0)) / n)
    for said, counted, unit, field in (
        (draft.said_rate, rate, SHARE, "said_rate"),
        (draft.said_score, score, SCORE, "said_score"),
    ):
        if said is None:
            continue
        why = doubt(unit, said, n, scores)
        if why:
            raise InputRefused(why, field)
        if not agrees(said, counted):
            words = _("第 {place} 题按票数算出的是 {counted}，表上写的是 {said}，请核对票数。")
            raise InputRefused(words.format(place=place + 1, counted=plain(counted, 2), said=plain(said)), field)


def _check_line(place: int, line: CountLineDraft, valid: int) -> None:
    if len(line.counts) != len(LEVELS) or any(count < 0 for count in (*line.counts, line.unsure, line.blank)):
        raise InputRefused(_("第 {place} 题的票数不能为负数，五档都要填，没有的填 0。").format(place=place), "lines")
    found = sum(line.counts) + line.unsure + line.blank
    if found != valid:
        said = _("第 {place} 题各档加起来是 {found} 份，与有效 {valid} 份不符，请核对。")
        raise InputRefused(said.format(place=place, found=found, valid=valid), "lines")
