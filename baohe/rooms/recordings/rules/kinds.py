"""The eight kinds of page that a sale is made of, and what of them a recording shows (SALE-5)."""

from __future__ import annotations

from collections.abc import Iterable

from baohe.kernel.decisions import Text

KINDS: dict[str, Text] = {
    "enter": Text("投保入口", "Entrance"),
    "identity": Text("身份验证", "Identity check"),
    "entry": Text("信息录入", "Data entry"),
    "clauses": Text("条款", "Policy wording"),
    "exclusions": Text("免责条款提示", "Exclusions prompt"),
    "confirm": Text("自主确认", "Self-confirmation"),
    "submit": Text("提交", "Submission"),
    "pay": Text("支付", "Payment"),
}
"""Code → name, in the order in which a customer meets them. 银保监发〔2020〕26号 names these eight."""


def missing(recorded: Iterable[str]) -> tuple[str, ...]:
    """The kinds that nothing shows yet, in the customer's order."""
    seen = set(recorded)
    return tuple(kind for kind in KINDS if kind not in seen)
