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
from baohe.rooms.settlement.contracts import Actor
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


@pytest.mark.parametrize("rest", ["", "/lines", "/download.json", "/download.csv", "/download.pdf"])
def test_another_partners_statement_is_not_found(rest: str) -> None:
    shop, other = Partner(), Partner("other")
    a_month(shop, other)
    (theirs,) = other.get(LIST)[1]["items"]

    status, content = download(shop, f"{LIST}/{theirs['id']}{rest}")
    unknown = download(shop, f"{LIST}/{UUID(int=7)}{rest}")
    assert status == 404
    assert (status, content) == unknown
    assert theirs["id"] not in {one["id"] for one in shop.get(LIST)[1]["items"]}


DISPUTES = "/open/v1/settlement/disputes"
IN_TIME = datetime(2026, 11, 23, 4, tzinfo=UTC)


def test_a_partner_disputes_a_line_reads_the_answer_and_accepts_it() -> None:
    shop = Partner()
    a_month(shop)
    with clock.travel(IN_TIME):
        (told,) = shop.get(LIST)[1]["items"]
        call = {"reference": "D-1", "reason": "这一单退货了", "lines": [2]}
        status, made = shop.post(f"{LIST}/{told['id']}/disputes", call)
        again = shop.post(f"{LIST}/{told['id']}/disputes", call)
        standing = shop.get(f"{LIST}/{told['id']}")[1]["standing"]
        refused = shop.post(f"{LIST}/{told['id']}/agree", {})
        settlement.answer(UUID(made["id"]), "已核对，见附页", Actor(uuid4(), "程立"))
        accepted = shop.post(f"{DISPUTES}/{made['id']}/accept", {})
        agreed = [shop.post(f"{LIST}/{told['id']}/agree", {}) for _ in range(2)]

    assert (status, made["state"], made["held_fen"]) == (200, "open", 101)
    assert again == (200, made)
    assert standing == {"state": "disputed", "paid_fen": 0, "held_fen": 101, "due_fen": -202}
    assert (refused[0], refused[1]["code"]) == (409, "dispute_undecided")
    assert (accepted[0], accepted[1]["state"], accepted[1]["due_at"]) == (200, "accepted", None)
    assert [one[0] for one in agreed] == [200, 200]
    assert agreed[0][1]["standing"]["state"] == "agreed"
    assert shop.get(DISPUTES)[1]["total"] == 1
    assert shop.get(f"{DISPUTES}/{made['id']}")[1] == accepted[1]


def test_a_reference_names_one_dispute() -> None:
    shop = Partner()
    a_month(shop)
    with clock.travel(IN_TIME):
        (told,) = shop.get(LIST)[1]["items"]
        path = f"{LIST}/{told['id']}/disputes"
        shop.post(path, {"reference": "D-1", "reason": "这一单退货了", "lines": [2]})
        status, problem = shop.post(path, {"reference": "D-1", "reason": "另一件事"})

    assert (status, problem["code"]) == (409, "dispute_reference_taken")
    assert shop.get(DISPUTES)[1]["total"] == 1


def test_another_partner_can_neither_dispute_nor_agree_nor_accept() -> None:
    shop, other = Partner(), Partner("other")
    a_month(shop, other)
    with clock.travel(IN_TIME):
        (theirs,) = other.get(LIST)[1]["items"]
        _, made = other.post(f"{LIST}/{theirs['id']}/disputes", {"reference": "O-1", "reason": "不对"})
        settlement.answer(UUID(made["id"]), "见附页", Actor(uuid4(), "程立"))
        answers = [
            shop.post(f"{LIST}/{theirs['id']}/disputes", {"reference": "S-1", "reason": "不对"}),
            shop.post(f"{LIST}/{theirs['id']}/agree", {}),
            shop.post(f"{DISPUTES}/{made['id']}/accept", {}),
            shop.get(f"{DISPUTES}/{made['id']}"),
        ]

    assert {status for status, _ in answers} == {404}
    assert settlement.dispute(UUID(made["id"])).state == "answered"
    assert shop.get(DISPUTES)[1]["total"] == 0


def test_the_statement_is_a_pdf_too() -> None:
    shop = Partner()
    a_month(shop)
    (told,) = shop.get(LIST)[1]["items"]
    path = f"{LIST}/{told['id']}/download.pdf"
    answer = shop.client.get(path, headers=shop.headers("GET", path))

    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
