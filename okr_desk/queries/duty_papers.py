"""What the papers of organisational life are printed from: the register of a quarter, minutes of an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import duties, duty_registers, letterheads
from okr_desk.queries.duties import BranchDuties, MeetingView
from okr_desk.queries.duty_registers import LineView, ReviewView
from okr_desk.queries.letterheads import digest
from okr_desk.queries.objectives import OrgView, QuarterView


@dataclass(frozen=True)
class RegisterForm:
    """The register of a branch and quarter: what was owed and held, every event, the ledger's lines."""

    township: str
    stand: BranchDuties[MeetingView]
    lines: tuple[LineView, ...]
    review: ReviewView | None
    digest: str = ""
    is_demo: bool = False

    @property
    def org(self) -> OrgView:
        """Whose register it is."""
        return self.stand.org


@dataclass(frozen=True)
class MinutesForm:
    """The minutes of one event; `place` of `count` in the branch's quarter."""

    township: str
    org: OrgView
    quarter: QuarterView
    meeting: MeetingView
    place: int
    count: int
    digest: str = ""
    is_demo: bool = False


def registers(session: Reader, quarter: QuarterView, of: Sequence[OrgView]) -> tuple[RegisterForm, ...]:
    """One register a branch, in the order given."""
    head, ids = letterheads.letterhead(session, quarter), [org.id for org in of]
    found = duties.branches(session, quarter, of, today(session))
    lines = duty_registers.lines(session, quarter.year, ids)
    graded = duty_registers.reviews(session, quarter.year, ids)
    forms = []
    for stand in found:
        own = tuple(one for one in lines if one.org_id == stand.org.id and one.quarter == quarter.number)
        review = graded.get(stand.org.id)
        if review is not None and not quarter.starts_on <= review.reviewed_on <= quarter.ends_on:
            review = None
        form = RegisterForm(head.township, stand, own, review, is_demo=head.is_demo)
        forms.append(replace(form, digest=digest(form)))
    return tuple(forms)


def minutes(
    session: Reader, quarter: QuarterView, of: Sequence[OrgView], record_id: int = 0
) -> tuple[MinutesForm, ...]:
    """The minutes of every event of these branches in a quarter, or of one alone. Raises Refusal for none."""
    head = letterheads.letterhead(session, quarter)
    held = duties.meetings(session, [org.id for org in of], quarter.starts_on, quarter.ends_on)
    forms = []
    for org in of:
        own = [one for one in held if one.org_id == org.id]
        for place, meeting in enumerate(own, start=1):
            if record_id and meeting.id != record_id:
                continue
            form = MinutesForm(head.township, org, quarter, meeting, place, len(own), is_demo=head.is_demo)
            forms.append(replace(form, digest=digest(form)))
    if not forms and record_id:
        raise Refusal(_("这次组织生活已经更正或撤回，请回到“组织生活”重新选择。"))
    if not forms:
        said = _("{quarter}没有登记过组织生活，没有可以打印的会议记录。")
        raise Refusal(said.format(quarter=quarter.label))
    return tuple(forms)
