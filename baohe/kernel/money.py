"""Money is whole fen (1/100 yuan). No float ever enters; rounding happens once, at a named place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from baohe.kernel.errors import InvalidInput

BASIS = 10_000
"""Basis points in one: a rate of 100% is 10,000 bp."""

_AMOUNT = re.compile(r"^-?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,2})?$")
"""A comma only where it separates thousands: `86,00` is a slip for 86.00 and must never be read as 8,600."""


CURRENCY = "CNY"
"""The one currency of the books. Another is refused at every border, never converted."""


class AmountRefused(InvalidInput):
    """An amount that must not pass a border: a fraction of a fen, nothing, less than nothing, or too much."""

    code = "amount_refused"


def refuse_fraction(amount_fen: object, field: str) -> int:
    """The amount when it is a whole number of fen. A float or Decimal is refused even when it looks whole: whoever
    holds one has divided somewhere, and will round differently elsewhere. Raises `AmountRefused`."""
    if type(amount_fen) is not int:
        raise AmountRefused(field=field, reason_zh="金额必须是整数分", reason_en="the amount must be whole fen")
    return amount_fen


def refuse_amount(amount_fen: object, field: str, most_fen: int) -> int:
    """The amount when it is whole fen, positive and at most `most_fen`; `field` is named in the refusal.

    Asked at each border that money crosses: what we open, and what a provider says. Raises `AmountRefused`.
    """
    whole = refuse_fraction(amount_fen, field)
    if whole <= 0:
        raise AmountRefused(field=field, reason_zh="金额必须大于 0", reason_en="the amount must be above 0")
    if whole > most_fen:
        raise AmountRefused(
            field=field,
            reason_zh=f"单笔最多 {yuan(most_fen)} 元",
            reason_en=f"at most {yuan(most_fen)} yuan at once",
        )
    return whole


def round_fen(exact: Decimal) -> int:
    """The one rounding of money: half away from zero, to the fen (the custom of Chinese rate books)."""
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def apply_bp(amount_fen: int, rate_bp: int) -> int:
    """`amount_fen` × `rate_bp` / 10,000, rounded half away from zero, in integers only."""
    product = amount_fen * rate_bp
    sign = -1 if product < 0 else 1
    return sign * ((abs(product) + BASIS // 2) // BASIS)


def split(total_fen: int, weights: Sequence[int]) -> list[int]:
    """Shares of `total_fen` in proportion to `weights`; they add up to the total exactly.

    Largest remainder first, ties to the earlier share, so the same input always splits the same way.
    Raises `InvalidInput` when there is nothing to split by.
    """
    whole = sum(weights)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise InvalidInput(field="weights", reason_zh="份额必须为正", reason_en="shares must be positive")
    sign = -1 if total_fen < 0 else 1
    floors = [abs(total_fen) * weight // whole for weight in weights]
    remainders = [abs(total_fen) * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-remainders[i], i))
    for i in order[: abs(total_fen) - sum(floors)]:
        floors[i] += 1
    return [sign * share for share in floors]


def yuan(amount_fen: int) -> str:
    """`128640` → `"1,286.40"`. For people; machines get fen."""
    sign = "-" if amount_fen < 0 else ""
    whole, part = divmod(abs(amount_fen), 100)
    return f"{sign}{whole:,}.{part:02d}"


def parse_yuan(text: str) -> int:
    """`"1,286.40"` or `"¥1286.4"` → fen. Raises `InvalidInput` for anything else."""
    plain = text.strip().lstrip("¥￥").replace("，", ",")
    try:
        if not _AMOUNT.match(plain):
            raise InvalidOperation
        return int(Decimal(plain.replace(",", "")) * 100)
    except InvalidOperation:
        raise InvalidInput(
            field="amount", reason_zh=f"“{text}”不是金额", reason_en=f"“{text}” is not an amount"
        ) from None
