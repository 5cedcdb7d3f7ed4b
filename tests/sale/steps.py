"""The steps of a sale through the doors of the rooms, each named after what the customer did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import uuid4

from baohe.adapters.wallet import keys, protocol
from baohe.flows import proposal_paper, purchase
from baohe.flows.settle_payment import settle_notification
from baohe.kernel.decisions import Decision
from baohe.plumbing import clock
from baohe.rooms.payments.contracts import IntentView, SettleOutcome
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import BeneficiaryChoice, PolicyView, ProposalView
from baohe.rooms.quoting import facade as quoting
from baohe.rooms.quoting.contracts import QuoteView
from baohe.rooms.underwriting.contracts import DeclarationView
from tests.payments.conftest import as_told
from tests.sale import recorded
from tests.sale.world import STROKES, Customer

MEDICAL = "haijia-medical-a"


def quoted(customer: Customer, insured: PersonView | None = None, product: str = MEDICAL, **inputs: str) -> QuoteView:
    return quoting.make_quote(customer.id, insured or customer.me, product, inputs)


def decided(quote: QuoteView, outcome: str = "accept", by_person: bool = False, **changes: object) -> DeclarationView:
    """A declaration as underwriting hands it over."""
    facts: dict[str, object] = {
        "id": uuid4(),
        "quote_id": quote.id,
        "person_id": quote.person_id,
        "account_id": quote.account_id,
        "version_id": quote.version_id,
        "inputs": quote.inputs,
        "outcome": outcome,
        "decision": Decision("refer" if by_person else outcome, (), "1", "0" * 64),
        "loading_bp": 0,
        "reasons": (),
        "exclusions": (),
        "premium_fen": quote.premium_fen,
        "reply_by": None,
        "handler": "",
        "created_at": clock.now(),
        **changes,
    }
    return DeclarationView(**facts)  # type: ignore[arg-type]  # a test names its own facts


def drafted(
    customer: Customer,
    insured: PersonView | None = None,
    product: str = MEDICAL,
    beneficiaries: tuple[BeneficiaryChoice, ...] = (),
    start: date | None = None,
    instalment: str = "single",
    inputs: Mapping[str, str] | None = None,
) -> ProposalView:
    quote = quoted(customer, insured, product, **dict(inputs or {}))
    return policies.draft_proposal(
        customer.id, decided(quote), insured or customer.me, beneficiaries, start, instalment
    )


def confirmed(proposal: ProposalView) -> ProposalView:
    for paper in proposal.papers:
        if paper.needed and paper.code != "deduction":
            proposal = policies.confirm_paper(proposal.account_id, proposal.id, paper.code, paper.digest, True)
    return proposal


def signed(proposal: ProposalView) -> ProposalView:
    """Read and signed, with the sitting on record."""
    proposal = confirmed(proposal)
    recorded.sitting(proposal)
    return purchase.sign(proposal.account_id, proposal.id, proposal_paper.document_digest(proposal), STROKES)


def locked(proposal: ProposalView, instalment: str = "single") -> IntentView:
    """Locked, with its one payment open."""
    return purchase.start_payment(proposal.account_id, proposal.id, instalment, True, uuid4().hex)


def told(intent: IntentView, **changes: str) -> SettleOutcome:
    """The wallet's signed callback that the intent was paid."""
    return settle_notification(*as_told(callback(intent, **changes)))


def callback(intent: IntentView, **changes: str) -> dict[str, str]:
    """What the wallet says in that callback."""
    words = {
        "notify_type": "trade_status_sync",
        "notify_id": uuid4().hex,
        "app_id": keys.app_id(),
        "charset": "utf-8",
        "version": "1.0",
        "trade_no": intent.id.hex,
        "out_trade_no": intent.order_number,
        "trade_status": "TRADE_SUCCESS",
        "total_amount": protocol.yuan_text(intent.amount_fen),
        "trans_currency": "CNY",
        "seller_id": intent.payee,
        "gmt_payment": protocol.wallet_time(clock.now()),
        **changes,
    }
    return protocol.signed_notification(words, keys.simulator_key())


def sold(proposal: ProposalView, instalment: str = "single") -> PolicyView:
    """Signed, paid and issued."""
    intent = locked(signed(proposal), instalment)
    assert told(intent).word == "accepted"
    policy = policies.policy_of_payment(intent.id, intent.shard_key)
    assert policy is not None
    return policy


def another(intent: IntentView) -> IntentView:
    """A payment of the same proposal that is not the one it waits for."""
    return replace(intent, id=uuid4(), order_number=f"B{uuid4().hex}")
