"""The township's ledger of urgent demands (急难愁盼台账): one line a demand, from who asked to what residents said.

Nothing is guessed: a line whose source, day or answer cannot be read is sent back with its cell. The asker's name is
masked while it is read and never kept in full.
"""

from __future__ import annotations

import re
from datetime import date

from okr_desk.errors import InputRefused
from okr_desk.exchange.harvest import Harvest, Source
from okr_desk.exchange.meaning import date_in, normal
from okr_desk.i18n import _
from okr_desk.register_terms import ConfirmedBy, DemandAction, DemandSource
from okr_desk.rules.checks import check_length
from okr_desk.rules.demands import NOTE_LIMIT, DemandDraft, check_demand
from okr_desk.rules.imports import EntryFact, FactKind, FileNote
from okr_desk.rules.masking import masked
from okr_desk.rules.members import check_contacts

SOURCES: dict[str, DemandSource] = {
    "走访": DemandSource.VISIT,
    "入户": DemandSource.VISIT,
    "入户走访": DemandSource.VISIT,
    "12345": DemandSource.HOTLINE,
    "12345热线": DemandSource.HOTLINE,
    "热线": DemandSource.HOTLINE,
    "议事会": DemandSource.COUNCIL,
    "村民议事会": DemandSource.COUNCIL,
    "居民议事会": DemandSource.COUNCIL,
    "网格": DemandSource.GRID,
    "网格员": DemandSource.GRID,
    "网格上报": DemandSource.GRID,
    "接待": DemandSource.RECEPTION,
    "来访": DemandSource.RECEPTION,
    "来访接待": DemandSource.RECEPTION,
}
"""What a ledger calls each source."""

ANSWERS: dict[str, DemandAction] = {
    "满意": DemandAction.SATISFIED,
    "群众满意": DemandAction.SATISFIED,
    "确认满意": DemandAction.SATISFIED,
    "已确认": DemandAction.SATISFIED,
    "已满意": DemandAction.SATISFIED,
    "是": DemandAction.SATISFIED,
    "√": DemandAction.SATISFIED,
    "不满意": DemandAction.NOT_ACCEPTED,
    "不认可": DemandAction.NOT_ACCEPTED,
    "群众不认可": DemandAction.NOT_ACCEPTED,
    "未表态": DemandAction.DECLINED,
    "不表态": DemandAction.DECLINED,
    "群众不表态": DemandAction.DECLINED,
}
"""What a ledger writes as the resident's word."""

WAYS: dict[str, ConfirmedBy] = {
    "签认": ConfirmedBy.SIGNED,
    "签字": ConfirmedBy.SIGNED,
    "电话": ConfirmedBy.PHONE,
    "当面": ConfirmedBy.IN_PERSON,
}
UNDER_WAY = frozenset({"办理中", "正在办理", "处理中", "正在处理"})
GIVEN_UP = frozenset({"无法办理", "无法办理已说明"})
NOT_BEGUN = frozenset({"未办理", "未开始", "待办", "待办理"})

STARTED = "按台账登记，台账没有开始办理的日期，按提出日期记"
UNDATED_ANSWER = "台账没有确认日期，按办结日期记"
RETURNED_ANSWER = "台账记“{text}”，没有写明意见"
REMARK, OWN_NUMBER = "备注：{text}", "台账编号 {text}"
"""What is added to entries made of a ledger: Chinese whatever the language of the screen, like the ledger itself."""

_EMPTY = frozenset({"", "/", "—", "-", "无"})
_NUMBER = re.compile(r"(?:(20\d\d)[-—/年第]*)?0*(\d{1,4})号?")
_WAY_IN = re.compile(r"[(（](.+?)[)）]$")


def take_demands(source: Source, harvest: Harvest) -> None:
    """Every demand as a line of the register; a line that cannot be read whole is sent back, not half taken."""
    for row in source.rows():
        try:
            harvest.facts.append(_fact(source, harvest, row))
        except InputRefused as refusal:
            column = source.found.columns.get(refusal.field.removesuffix("_on"), source.found.columns["what"])
            place = source.place(row, column)
            said = _("{place}：{reason}").format(place=f"{place.sheet} {place.cell}", reason=refusal.sentence)
            harvest.not_taken.append(FileNote(place.workbook, said))


def _fact(source: Source, harvest: Harvest, row: int) -> EntryFact:
    org_name = source.sheet.head_text(row, source.found.columns["org"])  # one name may be merged down over its lines
    org = harvest.names.find(org_name)
    if org is None:
        raise InputRefused(_("“{name}”不在组织名册中。").format(name=org_name or _("空")), "org")
    raised, promised = _day(source, row, "raised"), _day(source, row, "promised")
    if raised is None:
        raise InputRefused(_("没有填写提出日期。"), "raised")
    if promised is None:
        raise InputRefused(_("没有填写承诺办结日期，请补齐后再导入。"), "promised")
    number, own_number = _number(_text(source, row, "number"), raised)
    draft = DemandDraft(
        0, raised, _source(source, row), _what(source, row, own_number), _text(source, row, "owner"), promised,
        masked(_text(source, row, "asker")), _text(source, row, "category"),
    )  # fmt: skip
    check_demand(draft)
    fields = {
        "what": draft.what,
        "owner": draft.owner,
        "promised": promised.isoformat(),
        "number": number,
        "source": draft.source.value,
        "asker": draft.asker,
        "category": draft.category,
        **_steps(source, row, raised),
    }
    kept = tuple((key, text) for key, text in fields.items() if text)
    return EntryFact(FactKind.DEMAND, org, raised, kept, source.place(row, source.found.columns["what"]))


def _what(source: Source, row: int, own_number: str) -> str:
    """The demand with the ledger's remark, and with its own number where that is none of ours, behind it."""
    note = _text(source, row, "note")
    more = [OWN_NUMBER.format(text=own_number)] if own_number else []
    more += [REMARK.format(text=note)] if note else []
    what = _text(source, row, "what")
    return f"{what}（{'；'.join(more)}）" if more and what else what


def _steps(source: Source, row: int, raised: date) -> dict[str, str]:
    """What the ledger says of the handling: the moves that its dates speak of, and no more."""
    if normal(_text(source, row, "state")) in GIVEN_UP:
        raise InputRefused(_("无法办理的诉求须写明原因和说明，请在“项目和诉求”页登记。"), "state")
    done, result = _day(source, row, "done"), _text(source, row, "result")
    action, way, said = _answer(source, row)
    if done is None:
        if action is not None:
            raise InputRefused(_("有群众确认却没有办结日期，请核对。"), "done")
        if normal(result or _text(source, row, "state")) in UNDER_WAY:
            return {"start_note": STARTED}
        if result and normal(result) not in NOT_BEGUN:
            raise InputRefused(_("有办理结果却没有办结日期；还在办的请写“办理中”。"), "done")
        return {}
    if done < raised:
        raise InputRefused(_("办结日期早于提出日期，请核对。"), "done")
    if not result:
        raise InputRefused(_("有办结日期却没有办理结果，请补齐后再导入。"), "result")
    check_length(result, "result", _("办理结果"), NOTE_LIMIT)
    check_contacts(result, "result")
    fields = {"start_note": STARTED, "done": done.isoformat(), "result": result}
    if action is None:
        return fields
    answered = _day(source, row, "answered")
    if answered is not None and answered < done:
        raise InputRefused(_("确认日期早于办结日期，请核对。"), "answered")
    notes = [] if answered is not None else [UNDATED_ANSWER]
    if action is DemandAction.NOT_ACCEPTED:
        notes.append(RETURNED_ANSWER.format(text=said))
    return {
        **fields,
        "answer": action.value,
        "way": "" if way is None else way.value,
        "answered": (answered or done).isoformat(),
        "answer_note": "；".join(notes),
    }


def _answer(source: Source, row: int) -> tuple[DemandAction | None, ConfirmedBy | None, str]:
    """The resident's word, and how it was given where the ledger says so: 满意, 满意（电话）, 签认."""
    said, way_said = _text(source, row, "answer"), _text(source, row, "way")
    bare = normal(said)
    inside = _WAY_IN.search(bare)
    word = bare[: inside.start()] if inside else bare
    way = next((way for name, way in WAYS.items() if name in normal(way_said) + (inside[1] if inside else "")), None)
    if way_said and way is None:
        raise InputRefused(_("“{text}”不是确认方式，应为签认、电话或当面。").format(text=way_said), "way")
    if not word:
        return None, None, ""
    if word not in ANSWERS or (inside and way is None):
        raise InputRefused(_("“{text}”看不出群众是否满意，应写满意、不满意或未表态。").format(text=said), "answer")
    return ANSWERS[word], way, said


def _source(source: Source, row: int) -> DemandSource:
    text = _text(source, row, "source")
    found = SOURCES.get(normal(text))
    if found is None:
        said = _("来源“{text}”看不懂，应为走访、12345热线、议事会、网格或接待。")
        raise InputRefused(said.format(text=text), "source")
    return found


def _number(text: str, raised: date) -> tuple[str, str]:
    """Our number (7, 2026-007, 2026年7号), or the ledger's own where it is none of that year."""
    found = _NUMBER.fullmatch(normal(text))
    if found is None or (found[1] and int(found[1]) != raised.year) or int(found[2]) == 0:
        return "", text
    return str(int(found[2])), ""


def _day(source: Source, row: int, key: str) -> date | None:
    column = source.found.columns.get(key)
    cell = source.sheet.cells.get((row, column)) if column else None
    if cell is None or cell.shown.strip() in _EMPTY:
        return None
    found = date_in(cell.value) or source.short_day(cell)
    if found is None:
        said = _("“{text}”看不出是哪一天，应写作 2026-09-28 或 2026年9月28日。").format(text=cell.shown)
        raise InputRefused(said, key)
    return found


def _text(source: Source, row: int, key: str) -> str:
    text = " ".join(source.text(row, key).split())
    return "" if text in _EMPTY else text
