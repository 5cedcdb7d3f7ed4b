"""What one customer and one partner own, one of each kind, so that generated requests also reach the happy ends."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from baohe.adapters.oracles.simulator.server import OraclesSimulator
from baohe.flows import (
    purchase,
    report_by_partner,
    settle_parametric,
    settle_period,
    suitable,
    underwrite,
    wait_for_data,
)
from baohe.kernel.dates import add_months
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.facade import movements
from baohe.rooms.partners import facade as partners
from baohe.rooms.people.models import Account
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.settlement import facade as settlement
from baohe.rooms.settlement.contracts import Actor
from baohe.rooms.suitability.contracts import Answers
from baohe.rooms.underwriting import facade as underwriting
from tests.claims import linked
from tests.claims import world as claimed
from tests.contract.partner import Partner
from tests.parametric import world as observing
from tests.sale import basket_steps, steps, world
from tests.shelf import put_on_sale

Owned = dict[str, list[str]]
"""Name of a path parameter or body field → values that exist."""

REFERENCE = "T1"
CLAIMED = "T2"


def of_the_customer() -> tuple[Account, Owned]:
    put_on_sale()
    lin = world.customer()
    quote = steps.quoted(lin)
    healthy = {question.id: question.answers[0].value for question in catalog.version(quote.version_id).questionnaire}
    declaration = underwrite.declare(lin.id, quote.id, healthy, health_consent=True)
    drafted, signed, paying = (steps.drafted(lin) for _ in range(3))
    intent = steps.locked(steps.signed(paying))
    steps.signed(signed)
    put_in, ready = basket_steps.put_in(lin), basket_steps.ready(lin)
    against_advice = _against_advice(lin)
    policy_id = claimed.policy(lin.id, start=date.today(), end=date.today() + timedelta(days=365))
    claim = _claim(lin.id, policy_id)
    seller = partners.create_partner("seller", "晴天小店")
    link = linked.opened(seller)
    flight_id = observing.ticket(lin.id, "own", partner=False)
    delayed = _delayed(lin.id)
    referred = underwrite.declare(lin.id, quote.id, healthy | {"severe": "yes"}, health_consent=True)
    [medical] = underwriting.add_paper(lin.id, referred.id, "outpatient_record", claimed.photo())
    return Account.objects.get(id=lin.id), {
        "code": [steps.MEDICAL, "songtao-accident"],
        "product": [steps.MEDICAL, "songtao-accident"],
        "person_id": [str(lin.me.id)],
        "quote_id": [str(quote.id), str(put_in.quote_id)],
        "item_id": [str(ready.item.id), str(put_in.id)],
        "declaration_id": [str(declaration.id), str(referred.id)],
        "medical_paper_id": [str(medical.id)],
        "paper_id": [str(claim.papers[0].id)],
        "proposal_id": [str(drafted.id), str(signed.id), str(paying.id), str(against_advice.proposal_id)],
        "payment_id": [str(intent.id)],
        "policy_id": [str(policy_id), str(against_advice.id), str(flight_id)],
        "claim_id": [str(claim.id), str(delayed.id)],
        "phone": ["13900000009"],
        "identity_number": [world.identity_number(date(2019, 5, 4), 31)],
        "relation": ["child"],
        "occupation_code": ["010101"],
        "instalment": ["single"],
        "event": ["accident_outpatient"],
        "token": [linked.token_of(link)],
    }


def _against_advice(lin: world.Customer) -> PolicyView:
    """A long contract on a true declaration, bought by a choice in her own hand: it has every paper of a sale."""
    quote = steps.quoted(lin, product="lanjiang-participating-life", sum_insured="100000", pay_period="10")
    questions = catalog.version(quote.version_id).questionnaire
    healthy = {one.id: one.answers[0].value for one in questions if not one.asked_when}
    declaration = underwrite.declare(lin.id, quote.id, healthy, health_consent=True)
    proposal = purchase.draft(lin.id, declaration.id, (), None, "yearly")
    suitable.answer(lin.id, proposal.id, Answers("heirs", "none", 1_000_000, 100_000_000))
    return steps.sold(proposal, "yearly")


def of_the_partner() -> tuple[Partner, Owned]:
    put_on_sale()
    partner = Partner()
    product = "yizhan-freight-return"
    version = catalog.current(product, clock.today())
    inputs = {item.code: item.default for item in version.rating_inputs}
    inputs |= {fact: f"LABEL-{REFERENCE}".upper() for fact in wait_for_data.facts_asked(version)}
    item = {"reference": REFERENCE, "product": product, "start": clock.today().isoformat(), "inputs": inputs}
    status, answer = partner.post("/open/v1/policies", {"items": [item]})
    assert (status, answer["issued"]) == (200, 1)
    linked.order(partner.view, CLAIMED)
    claim = report_by_partner.report(partner.view.id, linked.told(CLAIMED)).claim
    statement_id = _statement(partner)
    dispute_id = settlement.open_dispute(UUID(statement_id), "D1", "这一笔不是我们的", [1], Actor(None, "晴天小店")).id
    settlement.answer(dispute_id, "见附页", Actor(uuid4(), "程立"))
    return partner, {
        "reference": [REFERENCE, CLAIMED],
        "product": [product],
        "event": [linked.EVENT],
        "claim_id": [str(claim.id)],
        "statement_id": [statement_id],
        "dispute_id": [str(dispute_id)],
    }


def _statement(partner: Partner) -> str:
    """The partner's statement of last month, over cover it bought then."""
    month = add_months(clock.today().replace(day=1), -1)
    owed = movements.bulk_premium(partner.view.id, "yizhan", 100)
    ledger.post(ledger.Entry("bulk_premium", "last-month", 1, month, "", owed))
    ledger.close_month(month, uuid4(), "程立")
    settle_period.run(month)
    return str(settlement.statements(branch=f"partner/{partner.view.id}")[0][0].id)


def _claim(account_id: UUID, policy_id: UUID) -> claims.ClaimView:
    notice = FirstNotice(policy_id, "accident_outpatient", "放学路上跌倒，左膝裂伤", date.today())
    claim = claims.first_notice(account_id, notice, str(uuid4()))
    claims.add_paper(account_id, claim.id, "invoice", claimed.photo())
    return claims.claim(account_id, claim.id)


def _delayed(account_id: UUID) -> claims.ClaimView:
    """A claim that sources of data settled."""
    with tempfile.TemporaryDirectory() as folder:
        sky = OraclesSimulator(path=Path(folder) / "oracles.sqlite")
        sky.start()
        observing.register(sky.address)
        observing.tell(sky, 47)
        settle_parametric.round_()
        settle_parametric.settle_batch(observing.observed().id)
        sky.stop()
    return claims.claims_of(account_id).items[0]
