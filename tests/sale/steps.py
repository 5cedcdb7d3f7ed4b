"""The steps of a sale through the doors of the rooms, each named after what the customer did."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from baohe.adapters.wallet import keys, protocol
from baohe.demo import signing
from baohe.flows import identify, insured_consent, purchase, sign_proposal, suitable
from baohe.flows.settle_payment import settle_notification
from baohe.kernel.decisions import Decision
from baohe.plumbing import clock
from baohe.rooms.assents import facade as assents
from baohe.rooms.assents.contracts import OpenedLink
from baohe.rooms.notices.actions.send import phone_index
from baohe.rooms.notices.models import Message
from baohe.rooms.notices.queries import body_of
from baohe.rooms.payments.contracts import IntentView, SettleOutcome
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import BeneficiaryChoice, PolicyView, ProposalView
from baohe.rooms.quoting import facade as quoting
from baohe.rooms.quoting.contracts import QuoteView
from baohe.rooms.suitability.contracts import Answers
from baohe.rooms.suitability.rules.checking import SERVES
from baohe.rooms.underwriting.contracts import DeclarationView
from tests.identity.sample_card import card, draw_back, draw_front
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
    """Every page read by the policyholder, and the insured's own yes where another adult's death is covered."""
    for paper in proposal.papers:
        if paper.needed and paper.code == "insured_consent":
            proposal = consented(proposal)
        elif paper.needed and paper.code != "deduction":
            proposal = policies.confirm_paper(proposal.account_id, proposal.id, paper.code, paper.digest, True)
    return proposal


def considered(proposal: ProposalView) -> ProposalView:
    """Whatever the sale waits for before the signature: answers of somebody whom the contract fits, and each statement
    made, the own choice in her own hand."""
    picture = suitable.picture_of(proposal)
    if picture.examined and picture.assessment is None:
        picture = suitable.answer(proposal.account_id, proposal.id, fitting(picture.version.line))
    for one in picture.statements:
        suitable.state(proposal.account_id, proposal.id, one.code, one.digest, STROKES)
    return proposal


def fitting(line: str) -> Answers:
    """Answers under which a contract of this line fits."""
    purpose = next((purpose for purpose, lines in SERVES.items() if line in lines), "family")
    return Answers(purpose, "none", 10_000_000_00, 10_000_000_00)


def consented(proposal: ProposalView, agreed: bool = True) -> ProposalView:
    """The insured opens the link on their own telephone and answers."""
    phone = f"137{int(proposal.person_id.hex, 16) % 10**8:08d}"
    insured_consent.send(proposal.account_id, proposal.id, phone, insured_decides=True)
    token = link_sent_to(phone)
    insured_consent.answer(token, opened(token, phone).terms, agreed)
    return policies.proposal(proposal.account_id, proposal.id)


def opened(token: str, phone: str) -> OpenedLink:
    """The link with its telephone proven."""
    assents.send_code(token)
    return assents.open_link(token, re.findall(r"\b\d{6}\b", newest_message(phone))[0])


def link_sent_to(phone: str) -> str:
    """The token of the newest link on this telephone."""
    return re.findall(r"/consent/([\w-]{43})", newest_message(phone))[0]


def newest_message(phone: str) -> str:
    row = Message.objects.filter(phone_index=phone_index(phone)).order_by("-created_at", "-id").first()
    assert row is not None, f"nothing was sent to {phone}"
    return body_of(row).zh


def signed(proposal: ProposalView) -> ProposalView:
    """Read and signed, with the sitting on record."""
    proposal = considered(confirmed(proposal))
    recorded.sitting(proposal)
    return signed_alone(proposal)


def signed_alone(proposal: ProposalView) -> ProposalView:
    """The signature with its code, and none of the steps before it."""
    return signing.sign(policies.proposal(proposal.account_id, proposal.id), STROKES, read_code)


def signed_off_record(customer: Customer, product: str = MEDICAL) -> ProposalView:
    """Signed, and not one page of it on record."""
    return signed_alone(confirmed(drafted(customer, product=product)))


def signed_unasked(proposal: ProposalView) -> ProposalView:
    """The signature sent with a code nobody asked for: past the door at which a missing step is named first."""
    shown = sign_proposal.show(policies.proposal(proposal.account_id, proposal.id))
    act = signing.given(shown.sha256, STROKES, uuid4(), "000000")
    return purchase.sign(proposal.account_id, proposal.id, act)


def read_code() -> str:
    """The code in the newest message, as the customer reads it from the telephone."""
    message = Message.objects.filter(template="signing_code").order_by("-id")[0]
    found = re.search(r"\b\d{6}\b", body_of(message).zh)
    assert found is not None
    return found[0]


def locked(proposal: ProposalView, instalment: str = "single") -> IntentView:
    """Locked, with its one payment open; identified before, as far as the premium asks for it."""
    identified(proposal)
    return purchase.start_payment(proposal.account_id, proposal.id, instalment, True, uuid4().hex)


def identified(proposal: ProposalView) -> None:
    """The policyholder photographs their own card where a large premium asks for a copy."""
    needed = [need for need in identify.needs(proposal) if need.code == identify.CODE and not need.done]
    if needed:
        front, back = own_card(proposal.account_id)
        identify.keep_copy(proposal.account_id, proposal.id, front, back)


def own_card(account_id: UUID) -> tuple[bytes, bytes]:
    """Both sides of the policyholder's identity card."""
    me = policies.policyholder(account_id)
    opened = people.person(account_id, me.id, "system:test", "draw_card")
    truth = replace(card(2), name=me.name, sex=me.sex, birth=me.birth, number=opened.identity_number)
    with tempfile.TemporaryDirectory() as folder:
        sides = draw_front(Path(folder) / "front.jpg", truth), draw_back(Path(folder) / "back.jpg", truth)
        return sides[0].read_bytes(), sides[1].read_bytes()


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
        "buyer_name_match": "T",
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
