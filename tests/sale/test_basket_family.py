"""A family's price: set by the basket, shown as such, and paid by the family only."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import uuid4

import pytest
import yaml
from django.conf import settings

from baohe.flows import basket, pay_basket
from baohe.rooms.baskets.errors import ItemNotPayable
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.payments.models import PaymentIntent
from baohe.rooms.policies.errors import FamilyNeeded
from baohe.rooms.policies.models import Policy
from tests.sale import basket_steps as does
from tests.sale import steps
from tests.sale.world import Customer

FAMILY = "songtao-family"
DISCOUNTS = {1: 10_000, 2: 9_000, 3: 8_000}


@pytest.fixture
def on_sale(lin: Customer, tmp_path: Path) -> Customer:
    """The accident product with a family's price: 10% off for two, 20% for three."""
    source = next(Path(settings.BAOHE_PRODUCTS).glob(f"{does.ACCIDENT}/*"))
    folder = tmp_path / FAMILY / source.name
    shutil.copytree(source, folder)
    formula = yaml.safe_load((folder / "formula.yaml").read_text())
    words = {"zh": "家庭人数", "en": "Family size"}
    sizes = [{"value": str(n), "label": {"zh": f"{n} 人", "en": f"{n} people"}} for n in DISCOUNTS]
    formula["inputs"].append(
        {"code": "family_size", "name": words, "kind": "choice", "source": "customer", "default": "1", "choices": sizes}
    )
    formula["tables"].append(
        {
            "name": "family",
            "title": words,
            "unit": "bp",
            "unit_text": {"zh": "万分之", "en": "bp"},
            "decimals": 0,
            "dimensions": [{"input": "family_size"}],
        }
    )
    formula["steps"].insert(-1, {"op": "factor", "table": "family", "label": words})
    formula["family"] = {"size_input": "family_size", "most": 3}
    (folder / "formula.yaml").write_text(yaml.safe_dump(formula, allow_unicode=True))
    rows = "".join(f"{size},{factor}\n" for size, factor in DISCOUNTS.items())
    (folder / "rates" / "family.csv").write_text(f"family_size,value\n{rows}")
    catalog.sync_packages(tmp_path)
    return lin


def prices(customer: Customer) -> list[tuple[int, int | None]]:
    return [(entry.family_size, entry.item.before_fen) for entry in basket.entries(customer.id)]


def test_a_client_is_not_believed_about_its_family(on_sale: Customer) -> None:
    alone = steps.quoted(on_sale, product=FAMILY)
    claimed = steps.quoted(on_sale, product=FAMILY, family_size="3")
    assert claimed.premium_fen == alone.premium_fen
    assert claimed.inputs["family_size"] == "1"


def test_the_price_follows_the_family_in_the_basket(on_sale: Customer) -> None:
    first = does.put_in(on_sale, product=FAMILY)
    does.put_in(on_sale, product=does.ACCIDENT)
    assert prices(on_sale) == [(1, None), (1, None)]
    second = does.put_in(on_sale, does.husband(on_sale), FAMILY)
    mine, other, his = basket.entries(on_sale.id)
    assert (mine.family_size, his.family_size, other.family_size) == (2, 2, 1)
    assert (mine.item.before_fen, other.item.before_fen) == (first.premium_fen, None)
    assert mine.premium_fen < first.premium_fen
    basket.remove(on_sale.id, second.id)
    assert [entry.premium_fen for entry in basket.entries(on_sale.id)][0] == first.premium_fen


def test_a_familys_price_is_paid_by_the_family(on_sale: Customer) -> None:
    him = does.husband(on_sale)
    for person in (on_sale.me, him):
        does.put_in(on_sale, person, FAMILY)
    chosen = [_ready(on_sale, entry) for entry in basket.entries(on_sale.id)]
    assert does.states(on_sale) == ["ready", "ready"]
    with pytest.raises(FamilyNeeded):
        steps.locked(chosen[0].proposal)
    with pytest.raises(ItemNotPayable) as refusal:
        pay_basket.start_payment(on_sale.id, does.picks(chosen[:1]), uuid4().hex)
    assert refusal.value.facts["reason"] == "family_needed"
    assert (PaymentIntent.objects.count(), Policy.objects.count()) == (0, 0)
    assert does.states(on_sale) == ["ready", "ready"]
    assert len(does.bought(on_sale, chosen)) == 2


def test_without_the_other_the_familys_price_is_over(on_sale: Customer) -> None:
    him = does.husband(on_sale)
    for person in (on_sale.me, him):
        does.put_in(on_sale, person, FAMILY)
    mine, his = (_ready(on_sale, entry) for entry in basket.entries(on_sale.id))
    basket.remove(on_sale.id, his.item.id)
    assert does.states(on_sale) == ["expired"]
    again = basket.reprice(on_sale.id, mine.item.id)
    assert again.before_fen == mine.proposal.premium_fen
    assert again.premium_fen > mine.proposal.premium_fen
    assert does.states(on_sale) == ["to_declare"]


def _ready(customer: Customer, entry: basket.Entry) -> does.Chosen:
    drafted = does.draft_of(customer, entry)
    return does.Chosen(entry.item, steps.signed(drafted))
