"""Post one entry."""

from __future__ import annotations

from django.db import connection, transaction

from baohe.plumbing import clock
from baohe.rooms.ledger import models
from baohe.rooms.ledger.contracts import Entry, EntryView
from baohe.rooms.ledger.errors import EntryDiffers
from baohe.rooms.ledger.queries import entry_of
from baohe.rooms.ledger.rules.entries import refuse_bad


def post(entry: Entry) -> EntryView:
    """Write `entry` in the caller's transaction, or return the one already recorded under its reference.

    The insert itself decides who was first: a second writer of the same reference waits for the first one's
    commit, then sees its entry. Raises `UnbalancedEntry`, `UnknownLedgerAccount`, and `EntryDiffers` (409) when
    the reference is taken by other postings.
    """
    refuse_bad(entry)
    with transaction.atomic():
        row = models.LedgerEntry(
            id=clock.new_id(),
            shard_key=entry.shard_key,
            kind=entry.kind,
            ref=entry.ref,
            business_date=entry.business_date,
            memo=entry.memo,
            recorded_at=clock.now(),
            lines=len(entry.postings),
            reverses_id=entry.reverses,
        )
        inserted = _insert_once(row)
        if not inserted:
            return _the_same(entry)
        models.Posting.objects.bulk_create(
            models.Posting(
                entry_id=row.id,
                line=line,
                lines=row.lines,
                shard_key=entry.shard_key,
                account=posting.account,
                amount_fen=posting.amount_fen,
                currency=posting.currency,
            )
            for line, posting in enumerate(entry.postings, start=1)
        )
    return EntryView(
        id=row.id,
        kind=row.kind,
        ref=row.ref,
        shard_key=row.shard_key,
        business_date=row.business_date,
        memo=row.memo,
        recorded_at=row.recorded_at,
        reverses=row.reverses_id,
        postings=entry.postings,
    )


def _insert_once(row: models.LedgerEntry) -> bool:
    """Whether the row went in. A savepoint would hide the reason of other violations; ON CONFLICT does not."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO ledger_ledgerentry
                (id, shard_key, kind, ref, business_date, memo, recorded_at, lines, reverses_id)
            VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
            ON CONFLICT (shard_key, kind, ref) DO NOTHING
            """,
            [
                row.id,
                row.shard_key,
                row.kind,
                row.ref,
                row.business_date,
                row.memo,
                row.recorded_at,
                row.lines,
                row.reverses_id,
            ],
        )
        return bool(cursor.rowcount)


def _the_same(entry: Entry) -> EntryView:
    earlier = entry_of(entry.shard_key, entry.kind, entry.ref)
    if earlier is None or earlier.postings != entry.postings or earlier.reverses != entry.reverses:
        raise EntryDiffers(kind=entry.kind, ref=entry.ref)
    return earlier
