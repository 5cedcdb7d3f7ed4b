"""Accounts in the words of the desk: the chart's name with the name of whoever it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from baohe.rooms.catalog import facade as catalog
from baohe.rooms.commission import facade as commission
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.partners import facade as partners

_OWNED_BY_ROW = re.compile(r"(producer|partner)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/|$)")
PROVIDERS = {"wallet": "钱包", "deduction": "银行代扣", "transfer": "银行转账"}


class Names:
    """Read once a page: insurers by code, and by id the producers and partners that `accounts` name."""

    def __init__(self, accounts: Iterable[str] = ()) -> None:
        self._insurers = {one.code: one.short_name.zh for one in catalog.insurers()}
        self._owners = {**PROVIDERS, **self._insurers, **_by_id(accounts)}

    def insurers(self) -> list[tuple[str, str]]:
        return list(self._insurers.items())

    def owner(self, code: str) -> str:
        return self._owners.get(code, code)

    def account(self, path: str) -> str:
        """`insurer/haijia/claims_paid` → 赔款支出 · 海岬健康; a branch is named by its owner."""
        kind = ledger.chart.kind_of(path)
        if kind is None:
            return self.owner(path.split("/")[-1])
        owner = next((part for part in path.split("/") if part not in kind.family.split("/")), "")
        return f"{kind.name.zh} · {self.owner(owner)}" if owner else kind.name.zh


def _by_id(accounts: Iterable[str]) -> dict[str, str]:
    """`producer/<id>/…` and `partner/<id>/…` are owned by rows, not by codes: an id would tell a reader nothing."""
    ids: dict[str, set[UUID]] = {"producer": set(), "partner": set()}
    for found in filter(None, map(_OWNED_BY_ROW.match, accounts)):
        ids[found[1]].add(UUID(found[2]))
    named = {**commission.producer_names(list(ids["producer"])), **partners.partner_names(ids["partner"])}
    return {str(owner): name for owner, (_, name) in named.items()}
