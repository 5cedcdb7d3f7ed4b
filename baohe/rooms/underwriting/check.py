"""Do decisions still replay, and are released rules what was released?"""

from __future__ import annotations

import hashlib

from baohe.kernel.errors import BaoheError
from baohe.rooms.underwriting.models import Declaration, RuleSet
from baohe.rooms.underwriting.queries import replay, stored_decision
from baohe.rooms.underwriting.rule_sets import name_of

_LOOKED_AT = 100


def problems() -> list[str]:
    """In sentences: of the newest hundred rule sets those whose document is not the one that was released, and of the
    newest hundred declarations those whose decision does not come out again (DATA-3). What was decided under a changed
    set is not asked: its set is named."""
    changed = [row for row in RuleSet.objects.order_by("-released_at", "-number")[:_LOOKED_AT] if _is_changed(row)]
    newest = Declaration.objects.exclude(rule_set__in=[row.id for row in changed]).order_by("-created_at", "-id")
    rows = newest.defer("answers_sealed", "seen_sealed")[:_LOOKED_AT]
    return [
        *(f"rule set {name_of(row)} is not the document that was released" for row in changed),
        *(f"declaration {row.id}: {wrong}" for row in rows if (wrong := _wrong_with(row))),
    ]


def _is_changed(row: RuleSet) -> bool:
    return hashlib.sha256(row.content.encode()).hexdigest() != row.digest


def _wrong_with(row: Declaration) -> str:
    try:
        again = replay(row.id)
    except BaoheError as refusal:
        return f"cannot be decided again: {refusal.message_en}"
    return "" if again == stored_decision(row) else "decides otherwise than it did"
