"""The scored township with two more villages: peers for titles, a calendar for publicity, grades worked out by hand."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from okr_desk.appraisal_terms import VOTERS, AppraisalItem, AppraisalKind, Voter
from okr_desk.clock import FixedClock
from okr_desk.model.store import Store
from okr_desk.model.tables import CalendarDay, CalendarYear
from okr_desk.queries import appraisals as appraisals_now
from okr_desk.queries import titles as titles_now
from okr_desk.queries.appraisals import AppraisalView
from okr_desk.queries.titles import TitleView
from okr_desk.rules.appraisals import AppraisalDraft, CountDraft, CountsDraft, PersonDraft, VoterDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.titles import ApplyDraft, MarksDraft, MoveDraft
from okr_desk.services import appraisals, titles
from okr_desk.services.permits import SETUP
from okr_desk.terms import OrgKind
from okr_desk.title_terms import PARTY_OF, Strength, TitleStep
from tests.made_once import made_once
from tests.scored_township import Scored, scored
from tests.small_township import Small, _org

D = Decimal
T = TitleStep
WAY = (
    (T.QUALIFY, "09-02"), (T.SELF, "09-03"), (T.PEERS, "09-07"), (T.UPPER, "09-10"), (T.DECIDE, "09-14"),
    (T.PUBLICISE, "09-15"), (T.GRANT, "09-23"),
)  # fmt: skip
WEIGHTS = {Voter.LEADERS: 30, Voter.PEERS: 20, Voter.MEMBERS: 30, Voter.MASS: 20}


def day(text: str) -> date:
    """09-02 of 2026."""
    return date.fromisoformat(f"2026-{text}")


def four(*points: int, peer: int | None = None) -> MarksDraft:
    """The four strengths in their order."""
    return MarksDraft(tuple((s, D(p)) for s, p in zip(Strength, points or (90, 90, 90, 90), strict=True)), peer)


@dataclass
class Titled:
    """The township; `hill` and `brook` are two more villages of the first one's category."""

    scored: Scored
    hill: int
    brook: int

    @property
    def small(self) -> Small:
        """People, store and ids."""
        return self.scored.small

    def good(self) -> None:
        """The village reaches every target of three quarters: 100 %, 好."""
        for number in (1, 2, 3):
            for code, value in (("B08", "85"), ("B09", "100"), ("F07", "8")):
                self.scored.measure(code, value, number)

    def apply(self, actor: Actor | None = None, **more: object) -> int:
        """The village applies on 1 September."""
        plain: dict[str, Any] = {"org_id": self.small.village, "year": 2026, "on": day("09-01"), "by": "李旭昇"}
        who = actor or self.small.secretary
        with self.small.store.write(who) as session:
            return titles.apply(session, who, ApplyDraft(**{**plain, **more})).value

    def move(self, title_id: int, step: TitleStep, on: str, actor: Actor | None = None, **more: object) -> str:
        """Take one step, as the office unless somebody else is named."""
        who = actor or self.small.office
        peer = self.hill if step is T.PEERS else None
        plain: dict[str, Any] = {"by": "王玥", "note": "已核实", "document": "青党〔2026〕9号"}
        if step in PARTY_OF:
            plain["marks"] = (four(peer=peer),)
        draft = MoveDraft(title_id, step, day(on), **{**plain, **more})
        with self.small.store.write(who) as session:
            return titles.move(session, who, draft).value

    def through(self, title_id: int, count: int = len(WAY)) -> None:
        """The first steps of the way."""
        for step, on in WAY[:count]:
            self.move(title_id, step, on)

    def title(self, title_id: int) -> TitleView:
        """The title as it stands."""
        with self.small.store.read() as session:
            found = titles_now.title(session, title_id)
        assert found is not None
        return found

    def appraisal(
        self,
        kind: AppraisalKind = AppraisalKind.SECRETARIES,
        *names: str,
        actor: Actor | None = None,
        **more: object,
    ) -> int:
        """An appraisal of 28 September, set up by the office unless somebody else is named."""
        small, who = self.small, actor or self.small.office
        is_members = kind is AppraisalKind.MEMBERS
        people = tuple(PersonDraft(name) for name in names or ("李旭昇", "单晓", "覃喆"))
        plain: dict[str, Any] = {
            "kind": kind, "org_id": small.village if is_members else small.township, "year": 2026,
            "name": "民主评议党员" if is_members else "书记述职评议", "held_on": day("09-28"), "people": people,
            "voters": tuple(VoterDraft(voter, D(WEIGHTS[voter])) for voter in VOTERS[kind]),
        }  # fmt: skip
        with small.store.write(who) as session:
            return appraisals.create(session, who, AppraisalDraft(**{**plain, **more})).value

    def count(
        self,
        appraisal_id: int,
        *votes: tuple[int, Voter, tuple[int | None, ...]],
        actor: Actor | None = None,
        **more: object,
    ) -> int:
        """Save ballots of 40 given out, 38 back and 1 spoiled a class, and votes of 总体评价 by place of the person."""
        of = self.of(appraisal_id)
        voters = tuple(VoterDraft(one.voter, one.weight, 40, 38, 1) for one in of.voters)
        counts = tuple(CountDraft(of.people[n].id, voter, AppraisalItem.OVERALL, given) for n, voter, given in votes)
        draft = CountsDraft(appraisal_id, voters, counts)
        who = actor or self.small.office
        with self.small.store.write(who) as session:
            return appraisals.save_counts(session, who, CountsDraft(**{**draft.__dict__, **more})).value

    def of(self, appraisal_id: int) -> AppraisalView:
        """The appraisal as it stands."""
        with self.small.store.read() as session:
            found = appraisals_now.appraisal(session, appraisal_id)
        assert found is not None
        return found


@made_once
def titled(path: Path, clock: FixedClock) -> Titled:
    """Make the township."""
    made = scored(path, clock)
    with made.small.store.write(SETUP) as session:
        top = made.small.township
        hill = _org(session, OrgKind.BRANCH, "云岭村党支部", top, made.rural)
        brook = _org(session, OrgKind.BRANCH, "溪口村党支部", top, made.rural)
        session.add(CalendarYear(number=2026, source="国务院办公厅通知", confirmed_at=clock.now()))
        session.add(CalendarDay(day=date(2026, 10, 1), is_working=False, name="国庆节", source=""))
    return Titled(made, hill, brook)


def copied(made: Titled, folder: Path, clock: FixedClock) -> Titled:
    """The same township in a file of its own: quicker than making it again. `made` is closed."""
    store = Store.open(shutil.copy(made.small.store.path, folder / "小镇.okr"), clock)
    return replace(made, scored=replace(made.scored, small=replace(made.small, store=store)))
