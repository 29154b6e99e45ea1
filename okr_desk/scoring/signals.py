"""Odd patterns in the answers, measured against the peers of the same category: a reason to look, never an accusation.

Two different signals are needed before anybody is asked to check; one alone is often chance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from okr_desk.i18n import N_, _
from okr_desk.scoring.explained import figure
from okr_desk.scoring.intervals import ZERO
from okr_desk.scoring.response_patterns import variance
from okr_desk.scoring.rounding import kept, plain, wide

FARTHEST = Decimal("3.5")
"""From so many robust scales on a value stands out."""
LEAST_PEERS = 5
"""Comparisons need five of a kind (design, section 9)."""
FALSE_DISCOVERIES = Decimal("0.05")
RARE = Decimal("0.01")
_TO_SD = Decimal("1.4826")
_SMALLEST_SCALE = Decimal("0.001")
_SIGNALS_TO_CHECK = 2


class SignalKind(StrEnum):
    """The checks of methods A8."""

    ALL_BEST = "all_best"
    STRAIGHT_LINED = "straight_lined"
    DUPLICATED = "duplicated"
    LOW_ALPHA = "low_alpha"
    BURST = "burst"
    TOO_FAST = "too_fast"
    TOO_REGULAR = "too_regular"
    IMPOSSIBLE = "impossible"
    LAST_DIGITS = "last_digits"


NAMES = {
    SignalKind.ALL_BEST: N_("全部选最好一档的答卷占比"),
    SignalKind.STRAIGHT_LINED: N_("各题同一档（非最好）的答卷占比"),
    SignalKind.DUPLICATED: N_("答卷两两完全相同的比率"),
    SignalKind.LOW_ALPHA: N_("各题之间的一致性（克朗巴赫系数）"),
    SignalKind.BURST: N_("10 分钟内集中提交的占比"),
    SignalKind.TOO_FAST: N_("作答过快的占比"),
    SignalKind.TOO_REGULAR: N_("各季满意率过于整齐的概率"),
    SignalKind.IMPOSSIBLE: N_("满意率与答卷数对不上"),
    SignalKind.LAST_DIGITS: N_("末位数字分布"),
}


@dataclass(frozen=True)
class Patterns:
    """What was read from the answers of one branch (`response_patterns`); None where there was too little to tell.

    `impossible` are reported percentages that no whole number of answers gives. `last_digits` and `too_regular` are
    probabilities. `sheets`: how many were read, 0 where nobody counted; one of them never is a signal.
    """

    name: str
    all_best: Decimal | None = None
    straight_lined: Decimal | None = None
    duplicated: Decimal | None = None
    alpha: Decimal | None = None
    burst: Decimal | None = None
    too_fast: Decimal | None = None
    too_regular: Decimal | None = None
    last_digits: Decimal | None = None
    impossible: tuple[Decimal, ...] = ()
    sheets: int = 0


@dataclass(frozen=True)
class Signal:
    """One check that stands out, with its value, how far out it is (None for probabilities) and the sentence."""

    kind: SignalKind
    value: Decimal
    z: Decimal | None
    sentence: str


@dataclass(frozen=True)
class Findings:
    """What stands out at one branch. `information` never counts; `check` asks a person to look."""

    name: str
    signals: tuple[Signal, ...]
    information: tuple[Signal, ...]
    steps: Sequence[str]

    @property
    def check(self) -> bool:
        """Whether two different signals stand out."""
        return len(self.signals) >= _SIGNALS_TO_CHECK


@dataclass(frozen=True)
class Robust:
    """The middle of the peers and their scale, neither of which a few odd ones can move."""

    median: Decimal
    scale: Decimal

    def z(self, value: Decimal) -> Decimal:
        """How many scales a value lies above the middle."""
        with wide():
            return kept((value - self.median) / self.scale)

    def in_sheets(self, sheets: int) -> Robust:
        """With a scale of one sheet at least: where a pattern is rare, a single one would else lie many scales off."""
        with wide():
            return Robust(self.median, max(self.scale, kept(Decimal(1) / sheets)))


_COMPARED: tuple[tuple[SignalKind, Callable[[Patterns], Decimal | None], int], ...] = (
    (SignalKind.ALL_BEST, lambda one: one.all_best, 1),
    (SignalKind.STRAIGHT_LINED, lambda one: one.straight_lined, 1),
    (SignalKind.DUPLICATED, lambda one: one.duplicated, 1),
    (SignalKind.LOW_ALPHA, lambda one: one.alpha, -1),
    (SignalKind.BURST, lambda one: one.burst, 1),
    (SignalKind.TOO_FAST, lambda one: one.too_fast, 1),
)
"""Checks that compare with the peers, where they are read, and which way is odd."""
_SHARES = (SignalKind.ALL_BEST, SignalKind.STRAIGHT_LINED, SignalKind.BURST, SignalKind.TOO_FAST)
"""Shares of sheets, which move by one sheet and not by less."""


def review(branches: Sequence[Patterns]) -> list[Findings]:
    """What stands out at each branch of one category, in their order.

    Shares and coefficients are compared with all branches that have one, itself among them, where these are five and
    more; rare regularity is held against Benjamini and Hochberg's 5 % over all branches. Source: methods A8.
    """
    peers = {kind: _peers([read(one) for one in branches]) for kind, read, _sign in _COMPARED}
    probabilities = [one.too_regular for one in branches]
    regular = set(benjamini_hochberg(probabilities))
    return [_findings(one, peers, index in regular) for index, one in enumerate(branches)]


def robust(values: Sequence[Decimal]) -> Robust:
    """Median and scale: the largest of 1.4826·MAD, the standard deviation of the central 80 %, and 0.001.

    A tenth is cut off each end, rounded half-up: among five to nine, one odd branch would else hide behind the spread
    that it makes itself. One value and more. Source: methods A8 "robust scale".
    """
    with wide():
        middle = median(values)
        spread = _TO_SD * median([abs(one - middle) for one in values])
        cut = (len(values) + 5) // 10
        central = sorted(values)[cut : len(values) - cut]
        deviation = variance(central).sqrt() if len(central) > 1 else ZERO
        return Robust(kept(middle), kept(max(spread, deviation, _SMALLEST_SCALE)))


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle one, of an even number the mean of the two in the middle."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def benjamini_hochberg(probabilities: Sequence[Decimal | None], rate: Decimal = FALSE_DISCOVERIES) -> list[int]:
    """The places of those that stand out when many are looked at; at most `rate` of them by chance, on average.

    None takes no part. Source: Benjamini and Hochberg 1995, JRSS-B 57:289.
    """
    known = sorted((p, place) for place, p in enumerate(probabilities) if p is not None)
    last = max((rank for rank, (p, _place) in enumerate(known, 1) if p * len(known) <= rank * rate), default=0)
    return sorted(place for _p, place in known[:last])


def _peers(values: Sequence[Decimal | None]) -> Robust | None:
    known = [one for one in values if one is not None]
    return robust(known) if len(known) >= LEAST_PEERS else None


def _findings(one: Patterns, peers: dict[SignalKind, Robust | None], regular: bool) -> Findings:
    found = [
        signal for kind, read, sign in _COMPARED if (signal := _beside_peers(kind, one, read(one), peers[kind], sign))
    ]
    if regular and one.too_regular is not None and one.too_regular < RARE:
        said = _("{name} {p}，小于 {rare}：多个季度几乎没有正常的波动。")
        found.append(_signal(SignalKind.TOO_REGULAR, one.too_regular, said, rare=plain(RARE)))
    if one.impossible:
        said = _("{name}：{values}% 不是任何整数份答卷能得出的。")
        values = "%、".join(plain(value) for value in one.impossible)
        found.append(_signal(SignalKind.IMPOSSIBLE, one.impossible[0], said, values=values))
    information = []
    if one.last_digits is not None and one.last_digits < RARE:
        said = _("{name}不均匀（p {p}），仅供参考，不计入提示。")
        information.append(_signal(SignalKind.LAST_DIGITS, one.last_digits, said))
    signals = tuple(found)
    return Findings(one.name, signals, tuple(information), (*_compared_note(one, peers), *_told(signals, information)))


def _beside_peers(
    kind: SignalKind, one: Patterns, value: Decimal | None, peers: Robust | None, sign: int
) -> Signal | None:
    if value is None or peers is None:
        return None
    if kind in _SHARES and one.sheets:
        peers = peers.in_sheets(one.sheets)
    z = sign * peers.z(value)
    if z <= FARTHEST:
        return None
    said = _("{name} {value}，同类中位数 {median}，稳健尺度 {scale}，偏离 {z} 个尺度，超过 {most}。")
    sentence = said.format(
        name=_(NAMES[kind]),
        value=figure(value),
        median=figure(peers.median),
        scale=figure(peers.scale),
        z=plain(z, 1),
        most=plain(FARTHEST),
    )
    return Signal(kind, value, z, sentence)


def _signal(kind: SignalKind, value: Decimal, said: str, **words: str) -> Signal:
    return Signal(kind, value, None, said.format(name=_(NAMES[kind]), p=plain(value, 6), **words))


def _compared_note(one: Patterns, peers: dict[SignalKind, Robust | None]) -> tuple[str, ...]:
    lonely = any(read(one) is not None and peers[kind] is None for kind, read, _sign in _COMPARED)
    return (_("同类不足{n}个，不作比较。").format(n=LEAST_PEERS),) if lonely else ()


def _told(signals: Sequence[Signal], information: Sequence[Signal]) -> tuple[str, ...]:
    sentences = tuple(one.sentence for one in (*signals, *information))
    if len(signals) >= _SIGNALS_TO_CHECK:
        return (*sentences, _("有 {n} 项互相独立的异常提示，请核查。").format(n=len(signals)))
    if signals:
        return (*sentences, _("只有一项提示，可能是偶然，先留意。"))
    return (*sentences, _("没有异常提示。"))
