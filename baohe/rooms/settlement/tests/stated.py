"""A September of four entries, closed and not yet stated; and the statements that come of it."""

from __future__ import annotations

from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.facade import movements
from baohe.rooms.settlement import facade
from baohe.rooms.settlement.tests.world import CHENG, SEPTEMBER, post


def close(month):
    return ledger.close_month(month, CHENG.id, CHENG.name)


def september():
    post("a", SEPTEMBER, movements.premium_received("haijia", 10_000))
    post("b", SEPTEMBER, movements.premium_received("haijia", 2_500))
    post("b", SEPTEMBER, movements.refund_decided("haijia", 500), "premium_refunded")
    post("c", SEPTEMBER, movements.premium_received("songtao", 777))
    close(SEPTEMBER)


def of(code, month=SEPTEMBER):
    return facade.statements(month=month, branch=f"insurer/{code}")[0][0]


def file(statement):
    return b"".join(facade.file_of(statement))
