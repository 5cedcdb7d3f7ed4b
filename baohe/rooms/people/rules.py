"""Pure rules of sign-in and family: telephones, quotas, guardians. Times are aware moments, ages full years."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from baohe.kernel.dates import age_on
from baohe.kernel.errors import InvalidInput

SIGN_IN = "sign_in"
SIGN_DOCUMENT = "sign"
"""What a code is for. It works for nothing else."""

RESEND_PAUSE = timedelta(seconds=60)
QUOTA_WINDOW = timedelta(days=1)
CODES_PER_PHONE = 10
CODES_PER_IP = 300
"""A day. Generous, because whole districts of mobile customers share one address."""
SIGNING_CODES_PER_PHONE = 100
"""A day, only for whoever is signed in: a family's basket is signed paper by paper."""

GUARDIAN_AGE = 14
FAMILY_LIMIT = 30

GUARDIAN_TEXT = (
    "我是该未满 14 周岁儿童的监护人。我单独同意保和为投保、核保和理赔处理孩子的姓名、身份证号和投保时告知的健康情况。"
    "我可以随时撤回同意。"
)
"""The wording whose digest is recorded with a guardian's consent (DATA-1)."""

_PHONE = re.compile(r"1[3-9][0-9]{9}")
_COUNTRY = re.compile(r"^(\+86|0086)")
_NAME = re.compile(r"[^\W\d_]+(?:[ ·.'\-][^\W\d_]+)*\.?")


def normal_phone(typed: str, field: str = "phone") -> str:
    """Eleven digits of a mainland mobile number; +86, spaces and full-width digits are forgiven.

    Raises `InvalidInput`.
    """
    plain = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", typed))
    plain = _COUNTRY.sub("", plain)
    if not _PHONE.fullmatch(plain):
        raise InvalidInput(
            field=field,
            reason_zh="请填写 11 位大陆手机号",
            reason_en="enter an 11-digit mainland mobile number",
        )
    return plain


def mask_phone(phone: str) -> str:
    """`138****1234`."""
    return f"{phone[:3]}****{phone[-4:]}"


def normal_name(typed: str) -> str:
    """A person's name as on the identity card. Raises `InvalidInput` for digits, symbols and empty names."""
    name = " ".join(unicodedata.normalize("NFKC", typed).replace("•", "·").replace("・", "·").split())
    if not 1 <= len(name) <= 40 or not _NAME.fullmatch(name):
        raise InvalidInput(
            field="name", reason_zh="请按身份证填写姓名", reason_en="enter the name as on the identity card"
        )
    return name


def needs_guardian(birth: date, today: date) -> bool:
    """DATA-1: under 14 the guardian consents separately."""
    return age_on(birth, today) < GUARDIAN_AGE


def seconds_to_wait(
    sent_to_phone: Sequence[datetime],
    sent_from_ip: Sequence[datetime],
    now: datetime,
    per_phone: int = CODES_PER_PHONE,
    pause_after: datetime | None = None,
) -> int:
    """0 when another code may be sent, else whole seconds until it may.

    Both lists hold the moments of the last day, newest first. `pause_after` is the code that the pause counts from;
    by default the newest to this telephone.
    """
    waits = [timedelta()]
    last = pause_after or (sent_to_phone[0] if sent_to_phone else None)
    if last is not None:
        waits.append(last + RESEND_PAUSE - now)
    for sent, quota in ((sent_to_phone, per_phone), (sent_from_ip, CODES_PER_IP)):
        if len(sent) >= quota:
            waits.append(sent[quota - 1] + QUOTA_WINDOW - now)
    return max(0, math.ceil(max(waits).total_seconds()))
