"""An activity of the 党群服务中心 as a draft, and the checks made while one types (domain 1.3 "DUAL", 3.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.checks import check_length, check_text
from okr_desk.survey_terms import LEVELS
from okr_desk.terms import EntryBasis

TOPIC_LIMIT = 60
PLACE_LIMIT = 40
NAME_LIMIT = 40
MOST = 99_999
"""People at one activity at most: more is a slip of the hand."""
NOBODY = (0,) * len(LEVELS)


@dataclass(frozen=True)
class ActivityDraft:
    """One activity. `counts`: on-site ratings by level, best first; all 0 where nobody rated it.

    The quarter follows from `held_on`. `reported_by` and `basis` are kept when the office enters for a branch; `reason`
    is needed once the quarter is frozen.
    """

    org_id: int
    held_on: date
    topic: str
    attended: int
    counts: tuple[int, ...] = NOBODY
    unsure: int = 0
    place: str = ""
    reported_by: str = ""
    basis: EntryBasis = EntryBasis.OWN
    reason: str = ""


def check(draft: ActivityDraft) -> None:
    """Refuse an activity without topic or people, and more ratings than people came. The day is the service's."""
    check_text(draft.topic, "topic", _("主题"), TOPIC_LIMIT)
    check_length(draft.place, "place", _("地点"), PLACE_LIMIT)
    check_length(draft.reported_by, "reported_by", _("填报人"), NAME_LIMIT)
    if draft.attended < 1:
        raise InputRefused(_("参加人数须大于 0；没有人参加的不算一场活动。"), "attended")
    if draft.attended > MOST:
        raise InputRefused(_("参加人数太多，请核对。"), "attended")
    if len(draft.counts) != len(LEVELS) or any(count < 0 for count in (*draft.counts, draft.unsure)):
        raise InputRefused(_("评价票数不能为负数，五档都要填，没有的填 0。"), "counts")
    rated = sum(draft.counts) + draft.unsure
    if rated > draft.attended:
        said = _("评价 {rated} 份，超过参加的 {attended} 人，请核对。")
        raise InputRefused(said.format(rated=rated, attended=draft.attended), "counts")
