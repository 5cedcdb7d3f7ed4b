"""Which table of an edition reserves a product (2025 edition; by its role, so a later edition may number anew). Pure.

    term life, health                          → non-pension one
    whole life, mainly against death           → non-pension one
    whole life, otherwise                      → non-pension two
    endowment or annuity, mainly for survival  → pension
    endowment or annuity, otherwise            → non-pension two

Filed premiums do not follow 100% of a table: what a customer pays is looked up in the filed rates, never recomputed
from here.
"""

from __future__ import annotations

from baohe.kernel.errors import InvalidInput

_ALWAYS = {"term": "non_pension_one", "health": "non_pension_one"}
_BY_PURPOSE = {
    "whole_life": ("death", "non_pension_one", "non_pension_two"),
    "endowment": ("survival", "pension", "non_pension_two"),
    "annuity": ("survival", "pension", "non_pension_two"),
    "pension": ("survival", "pension", "non_pension_two"),
}
KINDS = (*_ALWAYS, *_BY_PURPOSE)
PURPOSES = ("death", "survival", "both")


def role_for(kind: str, mainly: str = "both") -> str:
    """The role of the table. `mainly` is what the product is mainly for: death, survival or both.

    Raises `InvalidInput` for an unknown kind or purpose.
    """
    if kind not in KINDS:
        raise _unknown("kind", KINDS)
    if mainly not in PURPOSES:
        raise _unknown("mainly", PURPOSES)
    if kind in _ALWAYS:
        return _ALWAYS[kind]
    purpose, then, otherwise = _BY_PURPOSE[kind]
    return then if mainly == purpose else otherwise


def _unknown(field: str, allowed: tuple[str, ...]) -> InvalidInput:
    return InvalidInput(
        field=field,
        reason_zh=f"应为 {'、'.join(allowed)} 之一",
        reason_en=f"is one of {', '.join(allowed)}",
        allowed=list(allowed),
    )
