"""How many files may stand behind a record of daily work, and behind an indicator; materials earn no points.

Source: domain 1.4 (evidence policy) and 4.3: at most two an indicator, none where the program counts from its own
records, because the record is the proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from okr_desk.i18n import _

MOST = 2


@dataclass(frozen=True)
class Behind:
    """An indicator that a record counts for: how many pieces stand behind it already in the quarter, and how many may.

    `computed_from` names the register of the program that its value comes from; empty where people state it.
    """

    title: str
    pieces: int
    most: int
    computed_from: str = ""


def refusal(on_record: int, behind: Sequence[Behind], most: int = MOST) -> str:
    """Why one more file may not be added to a record, in a sentence; empty where it may.

    `on_record`: how many it has; `behind`: the indicators that it counts for. A record that counts for none has room.
    """
    open_to = [one for one in behind if not one.computed_from]
    if behind and not open_to:
        first = behind[0]
        said = _("“{title}”由程序按{source}计算，记录本身就是依据，不需要佐证材料。")
        return said.format(title=first.title, source=first.computed_from)
    if on_record >= most:
        said = _("每条记录最多 {n} 件佐证材料，请留最能说明问题的。材料多少不影响得分。")
        return said.format(n=most)
    full = next((one for one in open_to if one.pieces >= min(one.most, most)), None)
    if full is None:
        return ""
    if full.most == 0:
        return _("“{title}”不要求佐证材料，不用添加。").format(title=full.title)
    said = _("“{title}”本季已有 {n} 件佐证材料，每项指标每季最多 {n} 件。材料多少不影响得分，确需更换的请先移除一件。")
    return said.format(title=full.title, n=min(full.most, most))
