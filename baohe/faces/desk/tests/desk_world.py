"""One referral that waits, one claim that waits, and a browser for everybody who might come to the desk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from baohe.flows import settle_claim, underwrite
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.people.models import Account
from baohe.rooms.underwriting import facade as underwriting
from tests.claims import world as claimed
from tests.sale import steps, world

ROLES = ("underwriter", "claims_handler", "finance", "auditor", "service", "product_manager", "actuary", "compliance")
LETTER = "条款 3.1 约定的既往情况不在保障内，本次不赔，您可以要求重新审核。"
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What lies at the desk."""

    customer_id: UUID
    person_id: UUID
    declaration_id: UUID
    claim_id: UUID
    paper_id: UUID
    medical_paper_id: UUID

    def page(self, name: str) -> str:
        ids = {
            "claims": ["to_decide"],
            "claim": [self.claim_id],
            "picture": [self.claim_id, self.paper_id],
            "referral": [self.declaration_id],
            "decide-referral": [self.declaration_id],
            "confirm-verdict": [self.declaration_id],
            "return-verdict": [self.declaration_id],
            "ask-referral-papers": [self.declaration_id],
            "referral-picture": [self.declaration_id, self.medical_paper_id],
            "declared-paper": [self.declaration_id],
            "confirm-refusal": [self.claim_id, uuid4()],
            "return-refusal": [self.claim_id, uuid4()],
            "cancel-leave": [uuid4()],
        }
        claim_posts = (
            "pay",
            "propose-refusal",
            "keep-result",
            "pay-again",
            "ask-for-papers",
            "answer-message",
            "messages-aside",
            "say-of-signals",
            "take-claim",
            "hand-over",
            "refusal-told",
        )
        return reverse(f"desk:{name}", args=[self.claim_id] if name in claim_posts else ids.get(name, []))


def waiting() -> Waiting:
    """A customer whose declaration an underwriter must see, and whose claim she wants a person to see."""
    lin = world.customer()
    quote = steps.quoted(lin)
    version = catalog.version(quote.version_id)
    answers = {question.id: question.answers[0].value for question in version.questionnaire if not question.asked_when}
    declaration = underwrite.declare(lin.id, quote.id, answers | {"severe": "yes"}, health_consent=True)
    assert declaration.outcome == "refer"
    [medical] = underwriting.add_paper(lin.id, declaration.id, "outpatient_record", claimed.photo())
    claim_id, paper_id = _claim(lin.id, lin.me.id, "k1")
    return Waiting(lin.id, lin.me.id, declaration.id, claim_id, paper_id, medical.id)


def another_claim(there: Waiting) -> None:
    """One more in the same queue."""
    _claim(there.customer_id, there.person_id, uuid4().hex)


def _claim(account_id: UUID, person_id: UUID, key: str) -> tuple[UUID, UUID]:
    today = clock.today()
    policy_id = claimed.policy(
        account_id, person_id=person_id, start=today - timedelta(days=200), end=today + timedelta(days=165)
    )
    notice = FirstNotice(policy_id, "accident_outpatient", "放学路上跌倒，左膝裂伤", today - timedelta(days=2))
    claim = claims.first_notice(account_id, notice, key)
    paper = claims.add_paper(account_id, claim.id, "invoice", claimed.photo())
    settle_claim.ask_person(account_id, claim.id)
    return claim.id, paper.id


def member(*roles: str, name: str = "沈一诺") -> Account:
    """Of the staff, without the slow hash of a password that no test types."""
    row = Account.objects.create(username=uuid4().hex, display_name=name, is_staff=True, joined_at=clock.now())
    row.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
    return row


def browser(account: Account | None = None) -> Client:
    client = Client()
    if account is not None:
        client.force_login(account, backend=_BACKEND)
    return client


_UNMOVED_BY_SIGNING_IN = {"sessions", "axes"}


def everything() -> dict[str, str]:
    """A fingerprint of every table; equal before and after means that nothing happened at all."""
    prints = {}
    for model in apps.get_models():
        if model._meta.app_label not in _UNMOVED_BY_SIGNING_IN:
            rows = sorted(map(repr, model.objects.values_list()))
            prints[model._meta.db_table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return prints
