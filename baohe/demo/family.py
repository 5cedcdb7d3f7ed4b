"""A family with a past: policies of different ages, a claim and a referral that wait for a person at the desk.

Every step runs the flow a customer would run, at the moment it is said to have happened: the clock travels, the
simulated wallet takes the money, its answer settles the sale. Nothing is written into a table by hand.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import httpx
from django.conf import settings

from baohe.adapters.timestamp.simulator.server import TimestampSimulator
from baohe.adapters.wallet.simulator.server import WalletSimulator
from baohe.config.wiring import handlers
from baohe.demo import consenting, producers, recorded, signing
from baohe.flows import (
    billing_round,
    call_back,
    collect_instalment,
    insured_consent,
    purchase,
    settle_claim,
    settle_payment,
    suitable,
    underwrite,
)
from baohe.kernel.dates import SHANGHAI
from baohe.kernel.identity import check_character
from baohe.plumbing import clock, outbox
from baohe.rooms.call_backs import facade as call_backs
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.notices import facade as notices
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import IntentView
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import PersonInput, PersonView
from baohe.rooms.policies import facade as policies
from baohe.rooms.quoting import facade as quoting
from baohe.rooms.rating import facade as rating
from baohe.rooms.suitability.contracts import Answers
from baohe.rooms.underwriting.contracts import DeclarationView

PHONE = "13800000001"
_SIGNATURE = [[{"x": 900 + 110 * i, "y": 5200 + (-1) ** i * (400 + 60 * i), "t": 18 * i} for i in range(40)]]


@dataclass(frozen=True, slots=True)
class _Member:
    name: str
    relation: str
    birth: date
    female: bool
    social_insurance: bool
    occupation: str | None


@dataclass(frozen=True, slots=True)
class Bought:
    """`relation` says for whom, `days_ago` when, `adviser` who sold it."""

    relation: str
    product: str
    days_ago: int
    inputs: Mapping[str, str] = field(default_factory=dict)
    adviser: str = ""
    plan: str = ""


_FAMILY = (
    _Member("林知夏", "self", date(1992, 4, 18), True, True, "010101"),
    _Member("陈默", "spouse", date(1990, 1, 9), False, True, "010101"),
    _Member("陈小满", "child", date(2021, 6, 1), True, True, "020105"),
    _Member("林建国", "parent", date(1964, 3, 2), False, True, "110101"),
)
_BOUGHT = (
    Bought("self", "yunshan-term-life", 250, adviser=producers.ADVISER),
    Bought("spouse", "haijia-medical-a", 20, adviser=producers.ADVISER),
    Bought("self", "songtao-accident", 60),
    Bought("child", "songtao-accident", 6, {"sum_insured": "100000"}),
    Bought("child", "haijia-medical-a", 72, plan="monthly"),
    Bought("spouse", "yunshan-term-life", 4),
)
_CALLED_BACK_AFTER = 30
"""Days: whoever bought for years earlier than that has answered the call-back; a later one waits for the desk."""


def build() -> bool:
    """Make what is missing of the family; a build that was cut short goes on where it stopped. Returns whether
    anything was made."""
    account = people.open_account(PHONE)
    known = {person.relation: person for person in people.people_of(account.id)}
    family = {m.relation: known.get(m.relation) or _add(account.id, m) for m in _FAMILY}
    held = {(p.person_id, p.product_code) for p in policies.policies_of(account.id, page=1, size=50).items}
    missing = [b for b in _BOUGHT if (family[b.relation].id, b.product) not in held]
    if not missing:
        return False
    _buy_all(account.id, family, missing)
    _claim_for_the_desk(account.id)
    _referral_for_the_desk(account.id, family["self"])
    return True


def _buy_all(account_id: uuid.UUID, family: dict[str, PersonView], missing: list[Bought]) -> None:
    with simulators():
        for bought in missing:
            with clock.travel(_days_ago(bought.days_ago)):
                buy(account_id, family[bought.relation], bought)
                if bought.days_ago > _CALLED_BACK_AFTER:
                    _answer_call_backs(account_id)
        _go_on_paying(account_id)


@contextmanager
def simulators() -> Iterator[None]:
    """Wallet and time stamps: while the world is built nothing of the platform runs yet, its simulators neither."""
    wallet = WalletSimulator(int(settings.BAOHE_WALLET.rsplit(":", 1)[1]), schedule=(0.0,))
    stamper = TimestampSimulator(int(settings.BAOHE_TIMESTAMP.rsplit(":", 1)[1]))
    wallet.start()
    stamper.start()
    try:
        yield
    finally:
        wallet.stop()
        stamper.stop()


def _go_on_paying(account_id: uuid.UUID) -> None:
    """The policy paid by the month: one premium more was paid on its day, the next is overdue and within its grace."""
    mine = policies.policies_of(account_id, page=1, size=50).items
    parts = next((p for p in mine if p.insured_relation == "child" and p.dues), None)
    if parts is None or parts.receipts:
        return
    (number, due), *_ = parts.unpaid
    with clock.travel(datetime.combine(due.on, time(10), SHANGHAI)):
        billing_round.run(due.on)
        _pay(collect_instalment.pay_by_hand(account_id, parts.id, number, str(uuid.uuid4())))
    billing_round.run(clock.today())
    let_the_worker_work()


def _days_ago(days: int) -> datetime:
    return clock.now() - timedelta(days=days)


def _add(account_id: uuid.UUID, member: _Member) -> PersonView:
    body = f"110105{member.birth:%Y%m%d}{12 if member.female else 13:03d}"
    person = PersonInput(
        name=member.name,
        relation=member.relation,
        identity_number=body + check_character(body),
        social_insurance=member.social_insurance,
        occupation_code=member.occupation,
        guardian_consent=True,
    )
    return people.add_person(account_id, person)


def buy(account_id: uuid.UUID, person: PersonView, bought: Bought) -> None:
    declaration = _declare(account_id, person, bought.product, {}, bought.inputs)
    version = catalog.version(declaration.version_id)
    plan = bought.plan or rating.instalments(version, declaration.inputs, declaration.premium_fen)[0].code
    proposal = purchase.draft(account_id, declaration.id, (), None, plan, adviser=bought.adviser)
    for paper in proposal.papers:
        if paper.needed and paper.code == insured_consent.CODE:
            consenting.agree(account_id, proposal.id)
        elif paper.needed:
            policies.confirm_paper(account_id, proposal.id, paper.code, paper.digest, True)
    _consider(account_id, proposal.id)
    signing.sign(policies.proposal(account_id, proposal.id), _SIGNATURE, lambda: _read_code(account_id))
    recorded.sitting(proposal)
    _pay(purchase.start_payment(account_id, proposal.id, plan, True, str(uuid.uuid4())))


def _answer_call_backs(account_id: uuid.UUID) -> None:
    """Everything was clear."""
    for policy in policies.policies_of(account_id, page=1, size=50).items:
        found = call_back.of_policy(account_id, policy.id)
        if found is not None and found[0].waits:
            clear = {question.code: "yes" for question in call_backs.questions(found[1])}
            call_back.answer(account_id, policy.id, clear)


def _consider(account_id: uuid.UUID, proposal_id: uuid.UUID) -> None:
    """A household with ¥360,000 a year that looks after its own; it reads and states what is shown to it."""
    picture = suitable.picture_of(policies.proposal(account_id, proposal_id))
    if picture.examined:
        answers = Answers("family", "none", income_fen=36_000_000, budget_fen=1_000_000)
        picture = suitable.answer(account_id, proposal_id, answers)
    for one in picture.statements:
        suitable.state(account_id, proposal_id, one.code, one.digest, _SIGNATURE)


def _read_code(account_id: uuid.UUID) -> str:
    """The newest code for a signature, read from the demo's telephone. The world is not built in the order of its days:
    messages of days that come later lie in the inbox already."""
    phone = people.phone_of(account_id, "system:demo", "签名验证码")
    now = clock.now()
    come = [
        message for message in notices.demo_inbox(phone) if message.template == "signing_code" and message.at <= now
    ]
    return str(re.findall(r"\b\d{6}\b", max(come, key=lambda message: message.at).body.zh)[0])


def _pay(intent: IntentView) -> None:
    cashier = httpx.get(payments.cashier_url(intent.id, settings.BAOHE_ORIGIN), timeout=10)
    httpx.post(f"{settings.BAOHE_WALLET}{cashier.headers['location']}/pay", timeout=10)
    settle_payment.settle_by_query(intent.id, rest_seconds=0)
    let_the_worker_work()


def let_the_worker_work() -> None:
    """Policy document and messages belong to that day too."""
    for _ in range(5):
        outbox.work_once(handlers(), batch=50)


def _declare(
    account_id: uuid.UUID,
    person: PersonView,
    product: str,
    answers: Mapping[str, str],
    inputs: Mapping[str, str],
) -> DeclarationView:
    quote = quoting.make_quote(account_id, person, product, inputs)
    version = catalog.version(quote.version_id)
    healthy = {q.id: q.answers[0].value for q in version.questionnaire if not q.asked_when}
    return underwrite.declare(account_id, quote.id, {**healthy, **answers}, health_consent=True)


def _claim_for_the_desk(account_id: uuid.UUID) -> None:
    """An injury three days ago whose owner would rather talk to somebody than send papers."""
    mine = policies.policies_of(account_id, page=1, size=50).items
    policy = next(p for p in mine if p.product_code == "songtao-accident" and p.insured_relation == "self")
    day = clock.today() - timedelta(days=3)
    notice = FirstNotice(policy.id, "accident_outpatient", "下楼扭伤脚踝，在门诊拍了片，发票丢了一张，想找人问", day)
    claim = claims.first_notice(account_id, notice, str(uuid.uuid4()))
    settle_claim.ask_person(account_id, claim.id)


def _referral_for_the_desk(account_id: uuid.UUID, person: PersonView) -> None:
    _declare(account_id, person, "haijia-medical-a", {"advised": "unsure"}, {})
