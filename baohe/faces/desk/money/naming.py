"""Accounts in the words of the desk: the chart's name with the name of whoever it belongs to."""

from __future__ import annotations

from baohe.rooms.catalog import facade as catalog
from baohe.rooms.ledger import facade as ledger

PROVIDERS = {"wallet": "钱包", "deduction": "银行代扣", "transfer": "银行转账"}


class Names:
    """Read once a page: insurers by code."""

    def __init__(self) -> None:
        self._owners = {**PROVIDERS, **{one.code: one.short_name.zh for one in catalog.insurers()}}

    def insurers(self) -> list[tuple[str, str]]:
        return [(code, name) for code, name in self._owners.items() if code not in PROVIDERS]

    def owner(self, code: str) -> str:
        return self._owners.get(code, code)

    def account(self, path: str) -> str:
        """`insurer/haijia/claims_paid` → 赔款支出 · 海岬健康; a branch is named by its owner."""
        kind = ledger.chart.kind_of(path)
        if kind is None:
            return self.owner(path.split("/")[-1])
        owner = next((part for part in path.split("/") if part not in kind.family.split("/")), "")
        return f"{kind.name.zh} · {self.owner(owner)}" if owner else kind.name.zh
