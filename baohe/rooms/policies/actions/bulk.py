"""Issue many policies of one partner: one COPY and one INSERT … SELECT, whatever the number."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from baohe.kernel.canonical import digest
from baohe.kernel.dates import business_date
from baohe.kernel.ids import readable_number, shard_of
from baohe.plumbing import clock
from baohe.rooms.policies import parties
from baohe.rooms.policies.contracts import BulkIssue, BulkResult

Key = tuple[UUID, str]
"""Partner and its reference."""

_COLUMNS = (
    "id",
    "shard_key",
    "number",
    "account_id",
    "product_code",
    "version_id",
    "inputs",
    "sum_insured_fen",
    "death_cover_fen",
    "start",
    "end",
    "premium_fen",
    "paid_fen",
    "total_fen",
    "loading_bp",
    "special_exclusions",
    "instalment",
    "dues",
    "issued_at",
    "waiting_ends",
    "document_digest",
    "partner_id",
    "partner_reference",
    "content_digest",
    "parties_sealed",
)
_LIST = ", ".join(f'"{name}"' for name in _COLUMNS)

# The staging table lives with the connection and empties itself at commit: no catalogue churn on the hot path.
_STAGE = """
    CREATE TEMPORARY TABLE IF NOT EXISTS policies_bulk_stage
    ON COMMIT DELETE ROWS AS SELECT {columns} FROM policies_policy WITH NO DATA
"""
_INSERT = """
    INSERT INTO policies_policy ({columns}) SELECT {columns} FROM policies_bulk_stage
    ON CONFLICT (shard_key, partner_id, partner_reference) DO NOTHING RETURNING id
"""
_STANDING = """
    SELECT s.partner_id, s.partner_reference, p.id, p.number, p.content_digest
    FROM policies_bulk_stage s
    JOIN policies_policy p ON p.shard_key = s.shard_key AND p.partner_id = s.partner_id
         AND p.partner_reference = s.partner_reference
    WHERE p.id <> s.id
"""


@dataclass(frozen=True, slots=True)
class _Made:
    """A row ready to be copied, with what its result needs."""

    id: UUID
    shard_key: int
    number: str
    content: str


def issue_many(orders: Sequence[BulkIssue]) -> list[BulkResult]:
    """Issue every order whose reference is new; answers stand in the order of `orders`.

    A reference that exists with the same content (version, period, premium, inputs, facts, insured) is "same", with
    other content "other"; neither writes anything, and nothing else in the call is lost. Two equal references in one
    call follow the same rule. Concurrent calls with the same references end with one policy each.
    """
    if not orders:
        return []
    moment = clock.now()
    first: dict[Key, BulkIssue] = {}
    for order in orders:
        first.setdefault((order.partner_id, order.reference), order)
    # One order of locking for every caller: two calls that share references must not deadlock on the unique key.
    made = {key: _make(first[key], moment) for key in sorted(first)}
    with transaction.atomic():
        new, standing = _write(_row(first[key], made[key], moment) for key in made)
    return list(_results(orders, made, new, standing))


def _make(order: BulkIssue, moment: datetime) -> _Made:
    id_ = clock.new_id()
    return _Made(
        id=id_,
        shard_key=shard_of(f"{order.partner_id}:{order.reference}"),
        number=readable_number("P", business_date(moment).year, id_),
        content=_content(order),
    )


def _content(order: BulkIssue) -> str:
    content = {
        "version": order.version_id,
        "start": order.start.isoformat(),
        "end": order.end.isoformat(),
        "premium_fen": order.premium_fen,
        "inputs": dict(order.inputs),
        "facts": dict(order.facts),
    }
    if order.insured is not None:  # absent where nobody is named: orders written before keep their digest
        content["insured"] = parties.insured_mark(order.insured)
    return digest(content)


def _row(order: BulkIssue, made: _Made, moment: datetime) -> tuple[Any, ...]:
    return (
        made.id,
        made.shard_key,
        made.number,
        order.partner_id,
        order.product_code,
        order.version_id,
        json.dumps(dict(order.inputs), ensure_ascii=False),
        order.sum_insured_fen,
        0,
        order.start,
        order.end,
        order.premium_fen,
        0,
        order.premium_fen,
        0,
        "[]",
        "single",
        "[]",
        moment,
        order.waiting_ends,
        "",
        order.partner_id,
        order.reference,
        made.content,
        None if order.insured is None else parties.seal("policies_policy", made.id, parties.named(order.insured)),
    )


def _write(rows: Iterable[tuple[Any, ...]]) -> tuple[set[UUID], dict[Key, tuple[UUID, str, str]]]:
    with connection.cursor() as cursor:
        cursor.execute(_STAGE.format(columns=_LIST))
        with cursor.copy(f"COPY policies_bulk_stage ({_LIST}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(_INSERT.format(columns=_LIST))
        new = {id_ for (id_,) in cursor.fetchall()}
        cursor.execute(_STANDING)
        standing = {(partner, ref): (id_, number, content) for partner, ref, id_, number, content in cursor.fetchall()}
        cursor.execute("DELETE FROM policies_bulk_stage")
    return new, standing


def _results(
    orders: Sequence[BulkIssue],
    made: dict[Key, _Made],
    new: set[UUID],
    standing: dict[Key, tuple[UUID, str, str]],
) -> Iterable[BulkResult]:
    answered: set[Key] = set()
    for order in orders:
        key = (order.partner_id, order.reference)
        mine = made[key]
        if mine.id in new and key not in answered:
            answered.add(key)
            yield BulkResult(order.reference, "new", mine.id, mine.number, mine.shard_key)
            continue
        id_, number, content = standing.get(key, (mine.id, mine.number, mine.content))
        outcome = "same" if content == _content(order) else "other"
        yield BulkResult(order.reference, outcome, id_, number, mine.shard_key)
