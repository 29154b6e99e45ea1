"""From a rule's row to the fields of its form, and back."""

from __future__ import annotations

from collections.abc import Mapping

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.rule_forms import FORMS, Field, Filled, RuleForm
from okr_desk.scoring import spelling
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.rule_text import KIND, kind_from, words_of
from okr_desk.terms import DualForm, RuleKind


def form_of(row: str) -> RuleForm:
    """The form that a row is filled in by; the first of all for an empty row.

    Raises InputRefused for a row that cannot be read.
    """
    if not row.strip():
        return FORMS[0]
    words = words_of(row.split())
    kind = kind_from(words.pop(KIND))
    alike = [form for form in FORMS if form.kind is kind]
    return next((form for form in alike if _fits(form, words)), alike[0])


def texts_of(form: RuleForm, row: str) -> dict[str, str]:
    """What the fields of a form show for a row: numbers as they are, lists with 、 between, terms by their word."""
    words = words_of(row.split()) if row.strip() else {}
    kept = {word: words[word] for word in form.kept if word in words}
    return kept | {one.word: _shown(one, words[one.word]) for one in form.fields if one.word in words}


def row_from(form: RuleForm, texts: Mapping[str, str]) -> str:
    """The row that filled fields make. Raises InputRefused at the word of the field that cannot be taken."""
    found = [form.kind.value]
    for one in form.fields:
        text = texts.get(one.word, "").strip()
        if text:
            found.append(f"{one.word}={_read(one, text)}")
        elif not one.when_empty:
            raise InputRefused(_("“{label}”没有填写，请补上。").format(label=_(one.label)), one.word)
    kept = {word: texts[word] for word in form.kept if word in texts}
    found += (f"{word}={text}" for word, text in {**form.fixed, **kept}.items())
    return " ".join(found)


def trial_of(form: RuleForm, texts: Mapping[str, str]) -> dict[str, str]:
    """The words of the value that is tried. Raises InputRefused at the field that cannot be taken."""
    found = {}
    for one in form.trial:
        text = texts.get(one.word, "").strip()
        if not text:
            raise InputRefused(_("填上“{label}”，就能看到得分。").format(label=_(one.label)), one.word)
        found[one.word] = _read(one, text)
    return found


def _fits(form: RuleForm, words: Mapping[str, str]) -> bool:
    """Whether a row of the form's kind can be shown in it: its own words, and no other but full points."""
    written = dict(words)
    written.pop("max", None)
    if form.kind is RuleKind.BONUS:
        written.pop("cap", None)
    if "form" in written:
        chosen = spelling.term(DualForm, written.pop("form"), "form")
        if chosen.value != form.fixed.get("form", DualForm.MEAN.value):
            return False
    elif form.fixed:
        return False
    return set(written) <= {*form.kept, *(one.word for one in form.fields)}


def _shown(one: Field, text: str) -> str:
    try:
        if one.filled is Filled.NUMBERS:
            return _("、").join(plain(value) for value in spelling.numbers(text, one.word))
        if one.filled is Filled.CHOICE:
            return spelling.term(type(one.choices[0]), text, one.word).value
    except InputRefused:
        return text
    return text


def _read(one: Field, text: str) -> str:
    """The text of a field as a row writes it, refused under the name that the field has for people."""
    name = _("“{label}”").format(label=_(one.label))
    try:
        if one.filled is Filled.NUMBER:
            return plain(spelling.number(text, name))
        if one.filled is Filled.NUMBERS:
            return ",".join(plain(value) for value in spelling.numbers(_listed(text), name))
        if one.filled is Filled.PAIRS:
            return ",".join(f"{plain(x)}:{plain(y)}" for x, y in spelling.number_pairs(_listed(text), name))
    except InputRefused as refusal:
        raise InputRefused(refusal.sentence, one.word) from refusal
    return text


def _listed(text: str) -> str:
    """A list as people write it: blanks, 、 and ； stand between, and none hangs over at an end."""
    return ",".join(part for part in spelling.half_width(text).replace(";", ",").replace(" ", ",").split(",") if part)
