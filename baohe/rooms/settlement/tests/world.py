"""Two insurers and a shop whose September is closed and stated, and two people of finance."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from baohe.flows import settle_period
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.contracts import EntryView
from baohe.rooms.ledger.facade import movements
from baohe.rooms.partners import facade as partners
from baohe.rooms.settlement import facade as settlement
from baohe.rooms.settlement.contracts import AccountView, Actor, StatementView

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
ISSUED = datetime(2026, 11, 2, 2, tzinfo=UTC)
"""A Monday; the days to dispute run until 12 November."""
LATER = datetime(2026, 11, 13, 2, tzinfo=UTC)

CHENG = Actor(UUID("019307a2-0000-7000-8000-000000000001"), "程立")
XU = Actor(UUID("019307a2-0000-7000-8000-000000000002"), "许衡")
HAIJIA, SONGTAO = "insurer/haijia", "insurer/songtao"


def post(ref: str, month: date, postings: tuple[ledger.Posting, ...], kind: str = "premium_received") -> EntryView:
    return ledger.post(ledger.Entry(kind, ref, 7, month.replace(day=20), f"保单 {ref}", postings))


def september(shop: bool = False) -> UUID | None:
    """haijia is owed 120.00 in three lines, songtao 7.77, and the shop owes 3.33."""
    id_ = partners.create_partner("shop", "晴天小店").id if shop else None
    posted = [
        ("a", movements.premium_received("haijia", 10_000), "premium_received"),
        ("b", movements.premium_received("haijia", 2_500), "premium_received"),
        ("b", movements.refund_decided("haijia", 500), "premium_refunded"),
        ("c", movements.premium_received("songtao", 777), "premium_received"),
    ]
    if id_ is not None:
        posted.append(("p", movements.bulk_premium(id_, "yizhan", 333), "bulk_premium"))
    for second, (ref, postings, kind) in enumerate(posted):
        with clock.travel(ISSUED + timedelta(seconds=second)):  # lines stand by time; one moment has no order
            post(ref, SEPTEMBER, postings, kind)
    with clock.travel(ISSUED + timedelta(minutes=1)):
        close(SEPTEMBER)
    return id_


def close(month: date) -> None:
    assert CHENG.id is not None
    ledger.close_month(month, CHENG.id, CHENG.name)
    settle_period.run(month)


def of(branch: str, month: date = SEPTEMBER) -> StatementView:
    return settlement.statements(month=month, branch=branch)[0][0]


def account(branch: str, number: str = "6222 0000 1111 2222") -> AccountView:
    """Set by one, approved by the other."""
    party = settlement.party_of(branch)
    made = settlement.propose_account(
        party.id, bank="示例银行", holder=party.name, number=number, contact="13900000001", actor=CHENG
    )
    return settlement.approve_account(made.id, XU)
