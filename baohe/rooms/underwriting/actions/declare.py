"""Declare: check consent, decide, seal the answers, and queue a referral where a person has to look."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from baohe.kernel.canonical import digest
from baohe.kernel.dates import business_date
from baohe.kernel.decisions import Text
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock, vault
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.consent import facade as consent
from baohe.rooms.people import facade as people
from baohe.rooms.rating import facade as rating
from baohe.rooms.underwriting import rules
from baohe.rooms.underwriting.contracts import DeclarationView, Held
from baohe.rooms.underwriting.errors import HealthConsentMissing
from baohe.rooms.underwriting.models import Declaration, Referral
from baohe.rooms.underwriting.queries import view
from baohe.rooms.underwriting.referral_records import passed_on
from baohe.rooms.underwriting.retentions import retention_fen
from baohe.rooms.underwriting.rule_sets import in_force, name_of
from baohe.rooms.underwriting.rules import seen, whole
from baohe.rooms.underwriting.rules.engine import compiled
from baohe.rooms.underwriting.rules.seen import Applicant
from baohe.rooms.underwriting.rules.whole import Case

if TYPE_CHECKING:
    from baohe.rooms.catalog.contracts import Occupation
    from baohe.rooms.people.contracts import PersonView
    from baohe.rooms.quoting.contracts import QuoteView

PURPOSE = "health_data"
HEALTH_CONSENT = Text(
    "我单独同意保和与承保的保险公司处理我在健康告知中填写的健康信息，仅用于判断能否承保和日后理赔。我可以随时撤回。",
    "I separately agree that Baohe and the insurer use the health information in this declaration, only to decide on "
    "cover and later claims. I can withdraw this at any time.",
)
_NOBODY_YET = "核保组"


def declare(
    account_id: UUID,
    quote: QuoteView,
    person: PersonView,
    answers: Mapping[str, str],
    *,
    held: Held,
    health_consent: bool = False,
) -> DeclarationView:
    """Store the answers sealed and the decision beside them, both for ever.

    `held` is what the insured has already (`flows.underwrite` collects it). `health_consent` is the box the customer
    ticked just now; an earlier consent for this person still counts. Raises `HealthConsentMissing` (SALE-2, DATA-1),
    `InvalidInput` naming the question, `NotFound` for a quote or person of somebody else.
    """
    if quote.account_id != account_id or person.account_id != account_id or quote.person_id != person.id:
        raise NotFound(what="报价")
    version = catalog.version(quote.version_id)
    facts = {**quote.inputs, "sex": person.sex}
    with transaction.atomic():
        if rules.needs_health_consent(version, facts):
            consent_to_health(account_id, person.id, health_consent)
        row = _store(account_id, quote, person, facts, answers, held)
        if row.outcome == "refer":
            referral = Referral.objects.create(
                declaration=row,
                handler=handler_for(row.id),
                reply_by=rules.reply_by(row.created_at),
                created_at=row.created_at,
            )
            passed_on(referral)
    return view(row)


def consent_to_health(account_id: UUID, person_id: UUID, ticked: bool) -> None:
    """Grant what was ticked just now. Raises `HealthConsentMissing` when there is neither tick nor consent."""
    subject = str(person_id)
    if consent.is_granted(account_id, PURPOSE, subject):
        return
    if not ticked:
        raise HealthConsentMissing()
    consent.grant(account_id, PURPOSE, digest(HEALTH_CONSENT.as_dict()), subject)


def _store(
    account_id: UUID,
    quote: QuoteView,
    person: PersonView,
    facts: Mapping[str, str],
    answers: Mapping[str, str],
    held: Held,
) -> Declaration:
    version = catalog.version(quote.version_id)
    asked = rules.asked(version, facts, answers)
    given = {question.id: answers[question.id] for question in asked}
    today = clock.today()
    work = _work_of(person, quote)
    applicant = Applicant(person.birth, person.sex, work.risk_class if work is not None else None)
    told = seen.told_by(asked, given)
    kept = retention_fen(version.insurer.code, seen.benefit_of(version.line), today)
    looked_at = seen.seen_of(version, applicant, quote.inputs, told, held, kept, today)
    rule_set = in_force(version.product_code, version.line, today)
    case = Case(facts, given, looked_at, today)
    decision = whole.decide(version, compiled(rule_set.content), name_of(rule_set), case)
    # A referral carries no terms yet: the underwriter sets them. A postponed one has none at all.
    decided = decision.outcome in ("accept", "load", "exclude")
    loading_bp = decision.detail["loading_bp"] if decided else 0
    loaded = rating.load(version, quote.inputs, quote.premium_fen, loading_bp)
    row_id = clock.new_id()
    sealed = vault.seal("underwriting_declaration.answers", row_id, json.dumps(given, ensure_ascii=False))
    seen_sealed = vault.seal("underwriting_declaration.seen", row_id, json.dumps(looked_at))
    return Declaration.objects.create(
        id=row_id,
        account_id=account_id,
        quote_id=quote.id,
        person_id=quote.person_id,
        version_id=quote.version_id,
        facts=dict(facts),
        inputs=dict(quote.inputs),
        answers_sealed=sealed,
        rule_set_id=rule_set.id,
        seen_sealed=seen_sealed,
        occupation_edition=work.edition if work is not None else "",
        decided_on=today,
        postponed_until=decision.detail["postponed_until"] or None,
        outcome=decision.outcome,
        decision=decision.as_dict(),
        loading_bp=loading_bp,
        exclusions=decision.detail["exclusions"] if decided else [],
        quoted_premium_fen=quote.premium_fen,
        premium_fen=loaded.premium_fen if loading_bp else quote.premium_fen,
        created_at=clock.now(),
    )


def _work_of(person: PersonView, quote: QuoteView) -> Occupation | None:
    """The occupation by the edition of the day of the quote: price and decision rest on one list, also when another
    begins between the two."""
    if not person.occupation_code:
        return None
    return catalog.occupation(person.occupation_code, business_date(quote.created_at))


def handler_for(declaration_id: UUID) -> str:
    """One of the underwriters, spread evenly; any underwriter may decide in the end."""
    named = people.staff_with_role("underwriter")
    return named[declaration_id.int % len(named)].name if named else _NOBODY_YET
