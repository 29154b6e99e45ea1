"""People and accounts: drafts, what a login and a password must be, and how long to wait after wrong ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.terms import Post, Role

NAME_LIMIT, LOGIN_LIMIT = 40, 40
SHORTEST, LONGEST, DIGITS_ONLY_FROM = 8, 128, 12
FREE_TRIES, LOCK_AT = 4, 10
LOCK = timedelta(minutes=15)
MOST_ON_ONE_DESK = 30
"""Wrong tries within LOCK over all accounts of one database, unknown ones included, before everybody waits."""
_WAITS = (5, 15, 30, 60, 120)
_COMMON_WORDS = """
password password1 password123 passw0rd p@ssw0rd p@ssword admin123 admin888 admin1234 administrator root1234
qwertyui qwertyuiop qwerty123 qwer1234 1qaz2wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 zaq12wsx asdfghjk asdfghjkl asdf1234
zxcvbnm1 zxcvbnm123 abcd1234 abc12345 abc123456 a1234567 a12345678 a123456789 aa123456 aa12345678 qq123456
wang1234 woaini1314 woaini520 iloveyou iloveyou1 5201314a nihao123 welcome1 letmein1 test1234 user1234 guest123
changeme default1 okrdesk1 okr_desk dangjian dangjian1 dangjian123 dangzhibu dangzhibu1 zhibu123 zhibushuji shuji123
xiangzhen123 zuzhibu123 gongchandang renmin123 zhongguo zhongguo1 china123 windows1 computer sunshine football
princess superman dragon123 monkey123 master123 shadow123 baseball trustno1 1a2b3c4d 123qweasd 123456qwe 123456abc
qazwsxedc 1234qwer 12345qwert abcdefgh abcdefg1 aaaa1111 asd123456 zxc123456 w123456789 z123456789 l123456789
"""
_COMMON = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True)
class PersonDraft:
    """Somebody by name; no telephone, no identity number."""

    name: str


@dataclass(frozen=True)
class AppointmentDraft:
    """A post in an organisation from a day on; without a person it is vacant from then.

    `name` instead of `person_id` means whoever is called that, added if nobody is.
    """

    org_id: int
    post: Post
    person_id: int | None
    valid_from: date
    acting: bool = False
    note: str = ""
    name: str = ""


@dataclass(frozen=True)
class GrantDraft:
    """A role for an account within an organisation, with or without what is below."""

    account_id: int
    role: Role
    org_id: int
    valid_from: date
    includes_below: bool = True
    valid_to: date | None = None


@dataclass(frozen=True)
class AccountDraft:
    """A new account with its first role. Without a password it cannot sign in until one is set.

    `must_change` asks for an own password at the first sign-in.
    """

    login: str
    person_id: int
    role: Role
    org_id: int
    valid_from: date
    password: str | None = None
    includes_below: bool = True
    must_change: bool = True


def login_key(text: str) -> str:
    """A login as it is stored and compared: full-width forms folded, small letters."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def check_person(draft: PersonDraft) -> None:
    """Raises InputRefused for a missing or overlong name, or one with a number in it (no identity numbers here)."""
    name = draft.name.strip()
    if not name:
        raise InputRefused(_("请填写姓名。"), "name")
    if len(name) > NAME_LIMIT or not name.isprintable():
        raise InputRefused(_("姓名请控制在 {n} 字以内，不要换行。").format(n=NAME_LIMIT), "name")
    if any(character.isdigit() for character in name):
        raise InputRefused(_("姓名里不要填写电话、身份证号等数字。"), "name")


def check_login(login: str) -> None:
    """Raises InputRefused unless the login has 2 to 40 characters without spaces."""
    key = login_key(login)
    if not 2 <= len(key) <= LOGIN_LIMIT:
        raise InputRefused(_("账号请填 2 到 {n} 个字符。").format(n=LOGIN_LIMIT), "login")
    if not all(character.isalnum() or character in "._-@" for character in key):
        raise InputRefused(_("账号只能用汉字、字母、数字和 . _ - @，不要有空格。"), "login")


def check_password(password: str, login: str) -> None:
    """Raises InputRefused for a password that is short, common, the login itself, or a mere row of figures.

    Length and a list of common ones instead of rules on letters and signs (OWASP ASVS 5.0, 6.2); a stolen file falls
    to a short row of figures within hours, so those need twelve.
    """
    folded = password.casefold()
    name = login_key(login)
    if len(password) < SHORTEST:
        raise InputRefused(_("密码至少 {n} 位。").format(n=SHORTEST), "password")
    if len(password) > LONGEST:
        raise InputRefused(_("密码最多 {n} 位。").format(n=LONGEST), "password")
    if name and name in folded and len(folded.replace(name, "")) < 6:
        raise InputRefused(_("密码不能与账号相同或相近，请换一个。"), "password")
    if folded in _COMMON or len(set(folded)) < 4 or _is_run(folded):
        raise InputRefused(_("这个密码太常见，容易被猜中，请换一个。"), "password")
    if password.isdigit() and len(password) < DIGITS_ONLY_FROM:
        raise InputRefused(_("只用数字的密码至少 {n} 位；也可以加上字母。").format(n=DIGITS_ONLY_FROM), "password")


def wait_after(wrong: int) -> timedelta:
    """How long the next try must wait after `wrong` wrong passwords in a row: nothing up to four, then 5, 15, 30, 60
    and 120 seconds, from the tenth on a quarter of an hour."""
    if wrong <= FREE_TRIES:
        return timedelta(0)
    if wrong >= LOCK_AT:
        return LOCK
    return timedelta(seconds=_WAITS[min(wrong - FREE_TRIES, len(_WAITS)) - 1])


def crowded_sentence(left: timedelta) -> str:
    """What is said when too many tries failed on this desk, whatever the account."""
    sentence = _("这台电脑上登录失败次数过多，请 {n} 分钟后再试。")
    return sentence.format(n=max(1, -(-int(left.total_seconds()) // 60)))


def waiting_sentence(left: timedelta) -> str:
    """What a person who has to wait is told."""
    seconds = max(1, -(-int(left.total_seconds() * 1000) // 1000))
    if seconds <= 120:
        return _("密码多次不对，请 {n} 秒后再试。").format(n=seconds)
    sentence = _("密码多次不对，账号已暂停登录，请 {n} 分钟后再试，或请系统管理员重设密码。")
    return sentence.format(n=-(-seconds // 60))


def check_grant(draft: GrantDraft, org_is_township: bool) -> None:
    """Raises InputRefused for a period that ends before it begins, or an office role below the township."""
    if draft.valid_to is not None and draft.valid_to < draft.valid_from:
        raise InputRefused(_("结束日期不能早于开始日期。"), "valid_to")
    if draft.role in OFFICE and not org_is_township:
        raise InputRefused(_("系统管理员和镇党建办只能在镇党委设置。"), "org_id")
    if draft.role in BRANCH and org_is_township:
        raise InputRefused(_("支部书记和支部填报员应当设在具体支部。"), "org_id")


OFFICE: Sequence[Role] = (Role.ADMINISTRATOR, Role.TOWNSHIP_OFFICIAL)
BRANCH: Sequence[Role] = (Role.BRANCH_SECRETARY, Role.BRANCH_RECORDER)


def _is_run(text: str) -> bool:
    """Whether each character follows the one before by the same step (12345678, hgfedcba, 11111111)."""
    steps = {ord(b) - ord(a) for a, b in pairwise(text)}
    return len(steps) == 1 and steps <= {-1, 0, 1}
