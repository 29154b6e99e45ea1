"""The documents that can be printed, one a line; the command line and the reports page follow this list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from okr_desk.i18n import N_, _
from okr_desk.reports.outcome import Printed


@dataclass(frozen=True)
class Document:
    """A document. `per_branch` ones are printed for chosen branches, one sheet each; others for the township.

    `copies` is how many the office signs, the default of the print dialog. `takes_scores`: the points can be added to
    it as an appendix (`render` and `render_each` then know `with_scores`). `of_scores`: it needs a scheme in force.
    `of_year`: it covers the year of the quarter chosen. `as_workbook`: the same can be written as a workbook, so that
    its sums can be followed. `of_surveys`: it needs a round of mass satisfaction. `numbered`: its copies differ and are
    made here, not by the printer. `switch`: a tick that changes it, empty when it has none.
    """

    key: str
    name: str
    module: str
    per_branch: bool
    copies: int = 1
    takes_scores: bool = False
    of_scores: bool = False
    of_year: bool = False
    as_workbook: bool = False
    of_surveys: bool = False
    numbered: bool = False
    switch: str = ""

    @property
    def title(self) -> str:
        """The Chinese name, in the language in use."""
        return _(self.name)

    def stem(self, year: int, quarter: str) -> str:
        """What a file is called: the period, `quarter` as one says it, and the name of the document."""
        return (_("{year}年").format(year=year) if self.of_year else quarter) + self.title

    @property
    def render(self) -> Callable[..., Printed]:
        """`render(snapshots, path, *, printed_at, progress, cancelled, bundled_fonts)`: all in one PDF."""
        found: Callable[..., Printed] = import_module(self.module).render
        return found

    @property
    def render_each(self) -> Callable[..., list[Printed]] | None:
        """`render_each(snapshots, folder, …)`: one PDF a sheet, for documents per branch; else None."""
        return getattr(import_module(self.module), "render_each", None)


DOCUMENTS: Sequence[Document] = (
    Document(
        "review",
        N_("支部季度评审表"),
        "okr_desk.reports.quarterly_review",
        per_branch=True,
        copies=2,
        takes_scores=True,
    ),
    Document("objection", N_("申辩复核表"), "okr_desk.reports.objection_sheet", per_branch=True, copies=2),
    Document("receipts", N_("评审表送达回执"), "okr_desk.reports.receipt_list", per_branch=False),
    Document("archive", N_("评审归档目录"), "okr_desk.reports.archive_list", per_branch=False),
    Document("summary", N_("全镇汇总表"), "okr_desk.reports.township_summary", per_branch=False),
    Document(
        "scores",
        N_("支部计分表"),
        "okr_desk.reports.score_sheet",
        per_branch=True,
        of_scores=True,
        as_workbook=True,
    ),
    Document(
        "year-sheet",
        N_("支部年度计分表"),
        "okr_desk.reports.score_sheet",
        per_branch=True,
        of_scores=True,
        of_year=True,
        as_workbook=True,
    ),
    Document(
        "score-summary",
        N_("全镇计分汇总表"),
        "okr_desk.reports.score_summary",
        per_branch=False,
        of_scores=True,
    ),
    Document(
        "scheme",
        N_("考核评分办法"),
        "okr_desk.reports.scheme",
        per_branch=False,
        of_scores=True,
        as_workbook=True,
    ),
    Document(
        "questionnaire",
        N_("群众满意度测评表"),
        "okr_desk.reports.questionnaire",
        per_branch=True,
        of_surveys=True,
        numbered=True,
    ),
    Document(
        "count-sheet",
        N_("满意度测评计票表"),
        "okr_desk.reports.count_sheet",
        per_branch=True,
        of_surveys=True,
        as_workbook=True,
        switch=N_("空白表，供手工计票"),
    ),
    Document(
        "survey-report",
        N_("满意度测评报告"),
        "okr_desk.reports.survey_report",
        per_branch=False,
        of_surveys=True,
        as_workbook=True,
        switch=N_("附各支部测算页"),
    ),
    Document("activities", N_("党群服务活动登记表"), "okr_desk.reports.activity_register", per_branch=True),
    Document("duty-register", N_("组织生活登记簿"), "okr_desk.reports.duty_register", per_branch=True),
    Document("minutes", N_("会议记录"), "okr_desk.reports.minutes", per_branch=True),
    Document("whistle", N_("吹哨单"), "okr_desk.reports.whistle_sheet", per_branch=True),
    Document("departments", N_("部门评价通报表"), "okr_desk.reports.department_table", per_branch=False),
    Document("finding-notice", N_("整改通知书"), "okr_desk.reports.finding_notice", per_branch=True, copies=2),
    Document("finding-register", N_("整改台账"), "okr_desk.reports.finding_register", per_branch=True),
    Document("card-notice", N_("红黄牌通知"), "okr_desk.reports.card_notice", per_branch=True, copies=2),
    Document("branch-plan", N_("一支部一策"), "okr_desk.reports.branch_plan", per_branch=True),
    Document("project-nodes", N_("重点项目节点表"), "okr_desk.reports.project_nodes", per_branch=True),
    Document("demand-list", N_("急难愁盼清单"), "okr_desk.reports.demand_list", per_branch=True),
    Document("typical-cases", N_("急难愁盼典型案例"), "okr_desk.reports.demand_case", per_branch=True),
    Document("post-checks", N_("党员先锋岗考评表"), "okr_desk.reports.post_checks", per_branch=True),
    Document("partner-lists", N_("共建三张清单"), "okr_desk.reports.partner_lists", per_branch=True),
    Document(
        "household-card",
        N_("党员联户卡"),
        "okr_desk.reports.household_cards",
        per_branch=True,
        switch=N_("户主印全名，供支部自用"),
    ),
    Document(
        "visit-register",
        N_("联户走访登记表"),
        "okr_desk.reports.visit_register",
        per_branch=True,
        switch=N_("户主印全名，供支部自用"),
    ),
    Document(
        "points-list",
        N_("党员积分季度公示单"),
        "okr_desk.reports.points_list",
        per_branch=True,
        switch=N_("附加扣分事由，不公示"),
    ),
    Document("service-card", N_("服务情况反馈卡"), "okr_desk.reports.service_cards", per_branch=True),
    Document("bulletin", N_("通报"), "okr_desk.reports.bulletin", per_branch=False, of_scores=True),
    Document("grade-notice", N_("等次公示公告"), "okr_desk.reports.grade_notice", per_branch=False, of_scores=True),
    Document(
        "committee-paper", N_("党委会议题材料"), "okr_desk.reports.committee_paper", per_branch=False, of_scores=True
    ),
    Document("bulletin-receipts", N_("通报签收单"), "okr_desk.reports.receipt_sheet", per_branch=False),
    Document("worklog", N_("工作底单"), "okr_desk.reports.worklog_month", per_branch=True),
    Document(
        "responsibility", N_("目标责任书"), "okr_desk.reports.responsibility", per_branch=True, copies=2, of_year=True
    ),
    Document("title-form", N_("四强党支部申报评定表"), "okr_desk.reports.title_form", per_branch=True, of_year=True),
    Document(
        "secretary-ballot", N_("述职评议测评票"), "okr_desk.reports.secretary_ballot", per_branch=False, of_year=True
    ),
    Document(
        "secretary-count", N_("述职评议计票汇总表"), "okr_desk.reports.secretary_count", per_branch=False, of_year=True
    ),
    Document(
        "member-ballot", N_("民主评议党员测评票"), "okr_desk.reports.member_ballot", per_branch=True, of_year=True
    ),
    Document(
        "member-count", N_("民主评议党员计票汇总表"), "okr_desk.reports.member_count", per_branch=True, of_year=True
    ),
    Document("incentives", N_("激励建议表"), "okr_desk.reports.incentive_table", per_branch=False),
    Document("candidates", N_("定向招录候选名单"), "okr_desk.reports.candidate_list", per_branch=False, of_year=True),
)


OCCASIONS: Sequence[tuple[str, tuple[str, ...]]] = (
    (N_("评审"), ("review", "objection", "receipts", "archive", "summary", "responsibility")),
    (N_("通报"), ("bulletin", "grade-notice", "bulletin-receipts", "committee-paper")),
    (N_("整改"), ("finding-notice", "finding-register", "card-notice", "branch-plan")),
    (N_("计分"), ("scores", "year-sheet", "score-summary", "scheme")),
    (N_("满意度"), ("questionnaire", "count-sheet", "survey-report", "activities")),
    (N_("组织生活和工作底单"), ("duty-register", "minutes", "worklog")),
    (N_("项目、诉求和吹哨"), ("project-nodes", "demand-list", "typical-cases", "whistle", "departments")),
    (
        N_("联户、先锋和共建"),
        ("household-card", "visit-register", "points-list", "service-card", "post-checks", "partner-lists"),
    ),
    (
        N_("激励与评议"),
        (
            "title-form",
            "secretary-ballot",
            "secretary-count",
            "member-ballot",
            "member-count",
            "incentives",
            "candidates",
        ),
    ),
)
"""The documents by the occasion on which one prints them."""


def occasion_of(key: str) -> int:
    """The place of the occasion that a document belongs to."""
    return next(place for place, (_name, keys) in enumerate(OCCASIONS) if key in keys)


def by_key(key: str) -> Document | None:
    """The document with this key, or None."""
    return next((document for document in DOCUMENTS if document.key == key), None)
