"""A policy with two carriers: sold, given back, earned and stated on the books of each by its share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from baohe.flows import close_month, insurer_results, proposal_paper
from baohe.flows.cancel import cancel_policy, leaving_today
from baohe.flows.deliver_policy import policy_document
from baohe.kernel.money import apply_bp, split
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.ledger import facade as ledger
from tests.sale import steps
from tests.sale.test_month_end import CHENG, DECEMBER, NOVEMBER
from tests.sale.world import Customer

LARGE = "songtao-large-accident"
SHARES = (6_000, 4_000)


def branches() -> list[int]:
    """What the platform holds for the lead and for its co-insurer; a credit is negative."""
    return [sum(ledger.balances(f"insurer/{code}").values()) for code in ("songtao", "suihe")]


def test_premium_and_commission_follow_the_shares(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin, product=LARGE))
    version = catalog.version(policy.version_id)
    premium = split(policy.paid_fen, SHARES)
    commission = split(apply_bp(policy.paid_fen, version.commission_bp), SHARES)
    assert [ledger.balance(f"insurer/{code}/premium_income") for code in ("songtao", "suihe")] == [-p for p in premium]
    assert branches() == [c - p for p, c in zip(premium, commission, strict=True)]
    assert {insurer.code for insurer in catalog.insurers()} >= {"songtao", "suihe"}
    assert ledger.check() == []


def test_a_policy_left_in_cooling_off_leaves_no_carrier_with_a_fen(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin, product=LARGE))
    cancel_policy(lin.id, policy.id, leaving_today(lin.id, policy.id).refund_fen, "k1")
    assert branches() == [0, 0]
    assert ledger.balance("refunds/payable") == -policy.paid_fen


def test_reserve_and_results_follow_the_shares(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin, product=LARGE))
    with clock.travel(DECEMBER):
        reserves = close_month.prepare(NOVEMBER).reserves
        close_month.close(NOVEMBER, CHENG, "程立")
        found = insurer_results.results(NOVEMBER, date(2026, 11, 30))
    assert [(r.insurer, r.policies) for r in reserves] == [("songtao", 1), ("suihe", 1)]
    whole = sum(r.unearned_fen for r in reserves)
    assert [r.unearned_fen for r in reserves] == split(whole, SHARES)
    assert [r.written_fen for r in found] == split(policy.paid_fen, SHARES)
    assert sum(r.earned_fen for r in found) == policy.paid_fen - whole
    assert ledger.balance("insurer/suihe/unearned_premium") == -reserves[1].unearned_fen


def test_the_papers_name_every_carrier_and_the_signature_binds_them(lin: Customer) -> None:
    proposal = steps.drafted(lin, product=LARGE)
    named = (("松涛财产保险股份有限公司（首席）", "60%"), ("穗禾财产保险股份有限公司", "40%"))
    paper = proposal_paper.proposal_document(proposal)
    assert paper.carriers == named
    assert paper.canonical() != replace(paper, carriers=()).canonical()
    policy = steps.sold(proposal)
    assert policy_document(policy, catalog.version(policy.version_id)).carriers == named


@pytest.mark.rule("SALE-1")
def test_one_insurer_alone_leaves_the_paper_as_it_was(lin: Customer) -> None:
    assert "carriers" not in proposal_paper.proposal_document(steps.drafted(lin)).canonical()
