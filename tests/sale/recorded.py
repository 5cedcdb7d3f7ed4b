"""A customer's sitting on record: the eight kinds of page, small, through the door that the app uses."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from baohe.flows import record_sale
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.policies.contracts import ProposalView
from baohe.rooms.recordings import facade as recordings
from baohe.rooms.recordings.contracts import RecordingView
from tests.journey.recording import PAGE_OF, content, events


def begun(account_id: UUID, product: str = "") -> RecordingView:
    return recordings.open_recording(account_id, recordings.current_build().id, product)


def sent(view: RecordingView, events_: Sequence[Any]) -> RecordingView:
    """The next part, packed as the app packs it."""
    body = gzip.compress(content(events_))
    return record_sale.append(view.account_id, view.id, view.next_part, view.head, body, packed=True)


def sitting(proposal: ProposalView, kinds: Iterable[str] = tuple(PAGE_OF)) -> RecordingView:
    """The whole sale of a proposal, recorded in one sitting."""
    view = begun(proposal.account_id, proposal.product_code)
    return sent(view, events(kinds, [proposal.id]))


def tampered(sentence: str, *values: object) -> None:
    """Past the triggers, as whoever owns the database could."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sentence, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def facts_on_log(policy_id: UUID) -> dict[str, Any]:
    """What the log commits to of a policy's record."""
    evidence.integrate()
    proof = evidence.proof(str(policy_id), record_sale.LEAF)
    assert proof is not None and proof.opening is not None
    return dict(proof.opening.facts)
