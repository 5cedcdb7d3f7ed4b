"""A claim of a co-insured policy: one payout to the claimant, each carrier's part on its own books."""

from __future__ import annotations

from baohe.faces.shop.claim_shapes import claim_out
from baohe.flows import settle_claim
from baohe.kernel.money import split
from baohe.rooms.claims import facade as claims
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments.models import Payout
from tests.claims import world

LARGE = "songtao-large-accident@2026-10-20"
SHARES = (6_000, 4_000)
CODES = ("songtao", "suihe")


def on_books(what: str) -> list[int]:
    return [ledger.balance(f"insurer/{code}/{what}") for code in CODES]


def test_a_claim_is_owed_and_paid_by_share(insured, draft, submit, wallet_says):
    policy_id = world.policy(insured.account_id, LARGE, inputs={"sum_insured": "2000000"})
    claim = submit(draft(policy_id=policy_id, total="1286.41"))
    amount = claim.amount_fen
    assert on_books("claims_paid") == split(amount, SHARES)
    assert on_books("claims_payable") == [-part for part in split(amount, SHARES)]
    assert Payout.objects.get().amount_fen == amount

    wallet_says("done")
    assert on_books("claims_payable") == [0, 0]
    assert [(c.short_name.zh, c.share_bp) for c in claim_out(claims.claim(insured.account_id, claim.id)).carriers] == [
        ("松涛财险", 6_000),
        ("穗禾财险", 4_000),
    ]


def test_what_is_paid_on_top_re_adds_to_the_share_of_the_whole(insured, draft, submit, wallet_says):
    """Two payments of one claim, each of an amount that does not divide."""
    policy_id = world.policy(insured.account_id, LARGE, inputs={"sum_insured": "2000000"})
    claim = submit(draft(policy_id=policy_id))
    wallet_says("done")
    settle_claim.ask_person(insured.account_id, claim.id)
    gu = world.handler("gu", "顾安")
    settle_claim.decide_by_person(gu.id, claim.id, 1_001)
    wallet_says("failed")
    settle_claim.pay_again(gu.id, claim.id)
    wallet_says("done")
    whole = claims.claim(insured.account_id, claim.id).amount_fen
    assert whole == claim.amount_fen + 1_001
    assert on_books("claims_paid") == split(whole, SHARES)
    assert on_books("claims_payable") == [0, 0]
    assert ledger.check() == []
