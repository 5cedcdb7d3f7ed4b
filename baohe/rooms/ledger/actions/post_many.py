"""Post many entries with COPY."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from baohe.plumbing import clock
from baohe.rooms.ledger.contracts import Entry
from baohe.rooms.ledger.rules.entries import refuse_bad

_COPY_ENTRIES = (
    "COPY ledger_ledgerentry (id, shard_key, kind, ref, business_date, memo, recorded_at, lines, reverses_id) "
    "FROM STDIN"
)
_COPY_POSTINGS = "COPY ledger_posting (entry_id, line, lines, shard_key, account, amount_fen, currency) FROM STDIN"


def post_many(entries: Sequence[Entry]) -> int:
    """Write all entries in the caller's transaction, or none; returns how many postings that made.

    Made for new facts of one bulk order: unlike `post` it does not look for earlier entries, so a reference that
    is taken ends in `IntegrityError` (entry_recorded_once) and nothing is written. Raises `UnbalancedEntry`,
    `UnknownLedgerAccount`.
    """
    for entry in entries:
        refuse_bad(entry)
    if not entries:
        return 0
    moment = clock.now()
    numbered = [(clock.new_id(), entry) for entry in entries]
    # COPY goes past Django's cursor, so its errors must be given Django's names here.
    with transaction.atomic(), connection.wrap_database_errors, connection.cursor() as cursor:
        with cursor.copy(_COPY_ENTRIES) as copy:
            for id_, entry in numbered:
                copy.write_row(
                    (
                        id_,
                        entry.shard_key,
                        entry.kind,
                        entry.ref,
                        entry.business_date,
                        entry.memo,
                        moment,
                        len(entry.postings),
                        entry.reverses,
                    )
                )
        with cursor.copy(_COPY_POSTINGS) as copy:
            for id_, entry in numbered:
                lines = len(entry.postings)
                for line, posting in enumerate(entry.postings, start=1):
                    copy.write_row(
                        (id_, line, lines, entry.shard_key, posting.account, posting.amount_fen, posting.currency)
                    )
    return sum(len(entry.postings) for entry in entries)
