"""述职评议计票汇总表: see `appraisal_count`."""

from __future__ import annotations

from functools import partial

from okr_desk.i18n import _
from okr_desk.reports.appraisal_count import sheet_of
from okr_desk.reports.document import Writer

_WRITER = Writer(
    title=lambda _forms: _("述职评议计票汇总表"),
    sheets=lambda forms: [partial(sheet_of, form=form) for form in forms],
    name=lambda form: (form.org.short_name, _("述职评议计票汇总表")),
)
render = _WRITER.render
