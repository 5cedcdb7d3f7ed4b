"""A partner reads its own statements over the signed API, and nobody else's."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from baohe.flows import settle_period
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.facade import movements
from baohe.rooms.settlement import facade as settlement
from tests.contract.partner import Partner

pytestmark = pytest.mark.django_db

SEPTEMBER = date(2026, 9, 1)
LIST = "/open/v1/settlement/statements"


def a_month(*shops: Partner) -> None:
    with clock.travel(datetime(2026, 11, 22, 4, tzinfo=UTC)):
        for shop in shops:
            for n in range(3):
                ref = f"{shop.view.code}:{n}"
                owed = movements.bulk_premium(shop.view.id, "yizhan", 100 + n)
                ledger.post(ledger.Entry("bulk_premium", ref, 1, SEPTEMBER, "", owed))
        ledger.close_month(SEPTEMBER, uuid4(), "程立")
        settle_period.run(SEPTEMBER)


def download(shop: Partner, path: str) -> tuple[int, bytes]:
    answer = shop.client.get(path, headers=shop.headers("GET", path))
    return answer.status_code, b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_partner_reads_and_downloads_its_statement() -> None:
    shop = Partner()
    a_month(shop)
    status, page = shop.get(LIST)
    (told,) = page["items"]

    assert (status, page["total"], told["closing_fen"], told["lines"]) == (200, 1, 303, 3)
    assert shop.get(f"{LIST}/{told['id']}") == (200, told)
    assert [one["amount_fen"] for one in shop.get(f"{LIST}/{told['id']}/lines")[1]["items"]] == [100, 101, 102]
    status, content = download(shop, f"{LIST}/{told['id']}/download.json")
    assert (status, settlement.check_file(content).genuine) == (200, True)
    status, table = download(shop, f"{LIST}/{told['id']}/download.csv")
    assert (status, len(table.decode("utf-8-sig").splitlines())) == (200, 4)


@pytest.mark.parametrize("rest", ["", "/lines", "/download.json", "/download.csv"])
def test_another_partners_statement_is_not_found(rest: str) -> None:
    shop, other = Partner(), Partner("other")
    a_month(shop, other)
    (theirs,) = other.get(LIST)[1]["items"]

    status, content = download(shop, f"{LIST}/{theirs['id']}{rest}")
    unknown = download(shop, f"{LIST}/{UUID(int=7)}{rest}")
    assert status == 404
    assert (status, content) == unknown
    assert theirs["id"] not in {one["id"] for one in shop.get(LIST)[1]["items"]}
