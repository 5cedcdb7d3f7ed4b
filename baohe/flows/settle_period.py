"""The statements of a closed month, for everybody who has a branch in the books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baohe.rooms.catalog import facade as catalog
from baohe.rooms.commission import facade as commission
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.partners import facade as partners
from baohe.rooms.settlement import facade as settlement
from baohe.rooms.settlement.contracts import KINDS, StatementView


@dataclass(frozen=True, slots=True)
class Run:
    """`made` are the statements of this run; `already` those that stood there before."""

    month: date
    made: tuple[StatementView, ...]
    already: tuple[StatementView, ...]


def run(month: date) -> Run:
    """Issue what is missing of `month` (its first day). Repeated, or run twice at once, it makes each statement once
    (field bug 21); a run that died is finished by the next. Raises `MonthNotClosed`."""
    if ledger.closed_month(month) is None:
        raise settlement.MonthNotClosed(month=f"{month:%Y-%m}")
    _keep_parties()
    issued = [settlement.issue(party.id, month) for party in settlement.parties()]
    return Run(
        month,
        tuple(statement for statement, fresh in issued if fresh),
        tuple(statement for statement, fresh in issued if not fresh),
    )


def _keep_parties() -> None:
    """A party for every branch of the ledger that ever had a posting."""
    owners = {kind: {account.split("/")[1] for account in ledger.balances(kind)} for kind in KINDS}
    insurers = {insurer.code: insurer.name.zh for insurer in catalog.insurers()}
    for code in sorted(owners["insurer"]):
        settlement.keep_party("insurer", code, insurers.get(code, code), f"insurer/{code}")
    known = partners.partner_names([UUID(owner) for owner in owners["partner"]])
    for id_, (code, name) in sorted(known.items()):
        settlement.keep_party("partner", code, name, f"partner/{id_}")
    registered = commission.producer_names([UUID(owner) for owner in owners["producer"]])
    for owner in sorted(owners["producer"]):
        # whoever is owed money is told of it, also when the register does not know the id
        code, name = registered.get(UUID(owner), (owner, owner))
        settlement.keep_party("producer", code, name, f"producer/{owner}")
