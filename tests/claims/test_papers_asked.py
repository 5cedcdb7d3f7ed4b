"""A package may ask for a paper of some contracts alone (SERV-5). The version is made from a filed one, for these."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baohe.flows import settle_claim
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.models import ProductVersionRow
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.claims.errors import PaperListClosed
from tests.claims import world

CODE, FILED, MADE = "songtao-accident", "2026-01-15", "2026-01-14"
CONDITIONS = {"record": "basic", "identity": "with_medical"}


@pytest.fixture
def contract(on_sale: None) -> world.Insured:
    """With medical cover: under the made version the record is asked of basic contracts only."""
    files = catalog.read_files(Path(settings.BAOHE_PRODUCTS) / CODE / FILED)
    for kind, plan in CONDITIONS.items():
        assert f"{{kind: {kind}, title" in files["claims.yaml"]
        files["claims.yaml"] = files["claims.yaml"].replace(
            f"{{kind: {kind}, title", f"{{kind: {kind}, when: {{plan: [{plan}]}}, title", 1
        )
    files["product.yaml"] = files["product.yaml"].replace(f"effective_from: {FILED}", f"effective_from: {MADE}")
    version, faults, _ = catalog.check_files(CODE, MADE, files)
    assert version is not None, faults
    row = ProductVersionRow.objects.get(id=f"{CODE}@{FILED}")
    row.id, row.version, row.effective_from = f"{CODE}@{MADE}", MADE, date.fromisoformat(MADE)
    row.package, row.content_hash = catalog.raw_of(CODE, MADE, files), "made-for-a-test"
    row.save(force_insert=True)
    account_id = world.claimant()
    return world.Insured(account_id, world.policy(account_id, f"{CODE}@{MADE}"))


def notice(insured: world.Insured, days_before: int = 0):
    happened_on = world.INJURED_ON - timedelta(days=days_before)
    told = FirstNotice(insured.policy_id, "accident_outpatient", "放学路上跌倒，左膝裂伤", happened_on)
    return claims.first_notice(insured.account_id, told, str(uuid4()))


@pytest.mark.rule("SERV-5")
def test_the_list_has_the_papers_of_the_contract_and_no_other(contract):
    claim = notice(contract)
    assert [paper.kind for paper in claim.needed] == ["invoice", "identity"]
    assert [paper.kind for paper in claims.claims_of(contract.account_id).items[0].needed] == ["invoice", "identity"]


def test_a_claim_is_complete_without_the_paper_of_other_contracts(contract, reads, work):
    claim = notice(contract)
    claims.add_paper(contract.account_id, claim.id, "invoice", world.photo(200))
    work()
    settle_claim.submit_claim(contract.account_id, claim.id, str(uuid4()))
    assert claims.claim(contract.account_id, claim.id).state == "paying"


def test_a_handler_cannot_ask_for_the_paper_of_other_contracts(contract, shen):
    claim = notice(contract)
    settle_claim.ask_person(contract.account_id, claim.id)
    with pytest.raises(PaperListClosed):
        settle_claim.ask_for_papers(shen.id, claim.id, ("record",), "请补病历")
    assert claims.claim(contract.account_id, claim.id).state == "with_person"


def test_ten_claims_are_listed_with_as_many_queries_as_one(contract):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            claims.claims_of(contract.account_id)
        return len(seen)

    notice(contract)
    queries()
    one = queries()
    for number in range(1, 10):
        notice(contract, days_before=3 * number)
    assert queries() == one
