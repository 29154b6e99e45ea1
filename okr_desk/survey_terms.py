"""The words of mass satisfaction that are stored: ways of answering, states of a round, kinds of questions."""

from __future__ import annotations

from enum import StrEnum

from okr_desk.i18n import N_
from okr_desk.terms import declare

LEVELS = (N_("非常满意"), N_("满意"), N_("基本满意"), N_("不太满意"), N_("不满意"))
"""The five levels of an answer, best first (domain 3.2)."""
UNSURE = N_("不了解")
"""An answer that leaves the divisor; its share is shown."""


class Channel(StrEnum):
    """How an answer came in (domain 3.1)."""

    HOME_PAPER = "home_paper"
    MEETING_PAPER = "meeting_paper"
    PHONE = "phone"
    QR_CODE = "qr_code"
    ON_SITE = "on_site"
    TEXT_MESSAGE = "text_message"


class RoundState(StrEnum):
    """Answers are being collected; or they were counted into the indicators and nothing more comes in."""

    OPEN = "open"
    SETTLED = "settled"


class ItemKind(StrEnum):
    """A question of five levels, or the open one."""

    LEVELS = "levels"
    OPEN = "open"


class NumberOrder(StrEnum):
    """What 1 means in a file that gives options by number; the file does not say, so that a person does."""

    BEST_FIRST = "best_first"
    WORST_FIRST = "worst_first"


declare(
    (Channel.HOME_PAPER, N_("入户纸质")),
    (Channel.MEETING_PAPER, N_("会议纸质")),
    (Channel.PHONE, N_("电话")),
    (Channel.QR_CODE, N_("二维码")),
    (Channel.ON_SITE, N_("现场扫码")),
    (Channel.TEXT_MESSAGE, N_("短信")),
    (RoundState.OPEN, N_("收集中")),
    (RoundState.SETTLED, N_("已计入")),
    (ItemKind.LEVELS, N_("五级选项")),
    (ItemKind.OPEN, N_("开放题")),
    (NumberOrder.BEST_FIRST, N_("1 是“非常满意”，5 是“不满意”")),
    (NumberOrder.WORST_FIRST, N_("1 是“不满意”，5 是“非常满意”")),
)
