"""Sizes of printed text: few, and the same in every document."""

from __future__ import annotations

from okr_desk.reports.fonts import Role
from okr_desk.reports.text import Style

TITLE = Style(Role.TITLE, 18, 26)
"""小二: a form's title; two lines of it still leave room for the table."""
HEADING = Style(Role.HEAD, 10.5, 17)
TABLE = Style(Role.TABLE, 9, 11.8)
"""小五, the size of a dense official table."""
TABLE_HEAD = Style(Role.HEAD, 8.5, 11)
STRONG = Style(Role.HEAD, 9, 11.8)
SMALL = Style(Role.TABLE, 7.5, 9.6)
BODY = Style(Role.TEXT, 10, 15)
NOTE = Style(Role.NOTE, 8.5, 12)
CAPTION = Style(Role.HEAD, 8.5, 12)
SIGN = Style(Role.TEXT, 9.5, 14)
