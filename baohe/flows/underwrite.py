"""Underwriting across rooms: what the insured has already goes into the decision.

What this flow will not do: refuse. A machine's answer other than standard terms is always open to a person (`contest`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.policies import facade as policies
from baohe.rooms.quoting import facade as quoting
from baohe.rooms.quoting.contracts import QuoteView
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.contracts import DeclarationView, Held


def declare(
    account_id: UUID,
    quote_id: UUID,
    answers: Mapping[str, str],
    *,
    health_consent: bool,
    draft_revision: int | None = None,
) -> DeclarationView:
    """Decide on the answers with everything the insured has already. `draft_revision` names the saved answers this
    device has seen: of two devices that finish one declaration, the first wins.

    Raises what `underwriting.declare` and `underwriting.finish_answers` raise, and `QuoteExpired`.
    """
    quote = quoting.quote(account_id, quote_id)
    person = people.person_view(account_id, quote.person_id)
    with transaction.atomic():
        if draft_revision is not None:
            underwriting.lock_answers(account_id, person.id, quote.version_id, draft_revision)
        made = underwriting.declare(
            account_id, quote, person, answers, held=held_by(quote, person), health_consent=health_consent
        )
        underwriting.finish_answers(account_id, person.id, quote.version_id, made.id)
    return made


def held_by(quote: QuoteView, person: PersonView) -> Held:
    """What the insured has over all accounts and insurers, in force or being paid; the read of the identity number
    that finds it is logged."""
    version = catalog.version(quote.version_id)
    if version.insured_object:
        return Held({}, {})
    covers = policies.covers_of(person.account_id, person.id)
    sums: Counter[str] = Counter()
    with_insurer: Counter[str] = Counter()
    indemnities = 0
    for cover in covers:
        other = catalog.version(cover.version_id)
        kind = underwriting.benefit_of(other.line)
        sums[kind] += cover.sum_insured_fen
        indemnities += kind == "indemnity"
        if other.insurer.code == version.insurer.code:
            with_insurer[kind] += cover.sum_insured_fen
    death_fen = policies.death_cover_fen(version, quote.inputs)
    over = policies.minor_over_cap(person.birth, clock.today(), covers, death_fen)
    return Held(dict(sums), dict(with_insurer), indemnities, over)
