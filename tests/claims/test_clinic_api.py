"""A family's stay as the phone claims it: items and days that were not read are typed and confirmed, then decided."""

from __future__ import annotations

import pytest

from baohe.rooms.payments.models import Payout
from tests.claims import family, world
from tests.claims.family import invoice
from tests.claims.test_api import Phone


@pytest.fixture
def stay(desk, work):
    """A phone with a claim of a stay, its invoice read without bed and days: (phone, path, paper)."""
    mother = family.of_three()[0]

    def make(*printed):
        phone = Phone(mother.account_id)
        body = {
            "policy_id": str(mother.policy.id),
            "sentence": family.STORY,
            "happened_on": family.ILL_ON.isoformat(),
            "event": "hospital",
        }
        claim = phone.post("claims", body).json()
        desk.expect(invoice(mother, "9000.00", "1000.00", printed))
        phone.upload(claim["id"], world.another_photo(90_001))
        phone.upload(claim["id"], world.another_photo(90_002), kind="record")
        work()
        path = f"claims/{claim['id']}"
        return phone, path, phone.get(path).json()["papers"][0]

    return make


def by_code(paper):
    return {field["code"]: field for field in paper["fields"]}


@pytest.mark.rule("SERV-7")
def test_a_stay_is_paid_with_its_items_days_and_other_insurers_confirmed(stay, wallet_says):
    with family.on():
        phone, path, paper = stay("床位费 1000.00", "住院天数 6")
        fields = by_code(paper)
        assert {code: fields[code]["kind"] for code in ("recovered", "bed", "days")} == {
            "recovered": "money",
            "bed": "money",
            "days": "days",
        }
        typed = {"values": {"recovered": "500.00", "bed": "1000.00", "days": "5"}}
        answer = phone.put(f"{path}/papers/{paper['id']}/fields", typed)
        assert answer.status_code == 200, answer.content

        paying = phone.post(f"{path}/submit").json()
        wallet_says("done")
        paid = phone.get(path).json()

    # bed above 5 × ¥150, social insurance, the other insurer, the family's deductible
    assert paying["amount_fen"] == 900_000 - 25_000 - 100_000 - 50_000 - 500_000
    assert paid["state"] == "paid"
    assert [line["clause"] for line in paid["calculation"]] == ["2.4", "2.4", "2.7", "2.7", "2.5", "", "2.5", "2.4", ""]


def test_days_that_were_not_read_must_be_confirmed_and_days_added_are_looked_at(stay):
    with family.on():
        phone, path, paper = stay("床位费 1000.00")
        assert (by_code(paper)["days"]["value"], by_code(paper)["days"]["doubtful"]) == ("", True)
        for wrong in ("-1", "4.5", "367", "四"):
            refused = phone.put(f"{path}/papers/{paper['id']}/fields", {"values": {"days": wrong}})
            assert (refused.status_code, refused.json()["field"].endswith("days")) == (422, True)
        assert phone.put(f"{path}/papers/{paper['id']}/fields", {"values": {"days": "6"}}).status_code == 200

        claim = phone.post(f"{path}/submit").json()

    assert claim["state"] == "with_person"
    assert [reason["code"] for reason in claim["decision_reasons"]] == ["raised_by_claimant"]
    assert Payout.objects.count() == 0
