"""The customer asks for a person after the machine decided (DATA-3)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.underwriting import rules
from baohe.rooms.underwriting.actions.declare import handler_for
from baohe.rooms.underwriting.contracts import DeclarationView
from baohe.rooms.underwriting.errors import NothingToReview
from baohe.rooms.underwriting.models import CONTESTABLE, Declaration, Referral
from baohe.rooms.underwriting.queries import declaration


def ask_person(account_id: UUID, declaration_id: UUID) -> DeclarationView:
    """Queue the declaration for a named person, once; asked again, it stays as it is.

    Raises `NothingToReview` for standard terms, for what a person has already or decided, `NotFound`.
    """
    row = Declaration.objects.filter(account_id=account_id, id=declaration_id).only("id", "outcome").first()
    if row is None:
        raise NotFound(what="健康告知")
    if row.outcome not in CONTESTABLE:
        raise NothingToReview()
    now = clock.now()
    with transaction.atomic():
        referral, _ = Referral.objects.get_or_create(
            declaration_id=row.id,
            defaults={
                "handler": handler_for(row.id),
                "reply_by": rules.reply_by(now),
                "created_at": now,
                "contested": True,
            },
        )
        if referral.decided_at is not None:
            raise NothingToReview()
    return declaration(account_id, declaration_id)
