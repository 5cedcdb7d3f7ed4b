"""`ledger.earned`: earned premium of a month end over 1,000,000 policies, beside NumPy over ready-made columns.

Ours is `policies.earned_on`: every policy from its table, by product version, as the books close with it. The
reference adds up the same four integer columns by hand, already in memory and in the right types, so it has nothing
to read and nothing to look up. Both must say the same to the fen. Seconds; less is better.
"""

from __future__ import annotations

import io
import random
import time
from datetime import date, timedelta
from uuid import UUID

import numpy as np
from django.db import connection

from baohe.cli.bench import Measure
from baohe.rooms.policies import facade as policies

POLICIES = 1_000_000
ROUNDS = 3
MONTH_END = date(2026, 11, 30)
_COLUMNS = (
    "id, shard_key, number, account_id, product_code, version_id, inputs, sum_insured_fen, death_cover_fen, start,"
    ' "end", premium_fen,'
    " paid_fen, total_fen, loading_bp, special_exclusions, instalment, dues, issued_at, document_digest,"
    " content_digest, proposal_id, payment_id"
)


def measure() -> Measure:
    """Seconds of one pass; the best of `ROUNDS` each."""
    premium, elapsed, days = _rows()
    ours, plain = [], []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        told = policies.earned_on(MONTH_END)
        ours.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        unearned = int((premium - (2 * premium * elapsed + days) // (2 * days)).sum())
        plain.append(time.perf_counter() - begin)
        if sum(view.unearned_fen for view in told) != unearned:
            raise AssertionError("the database and NumPy disagree")
    return Measure(min(ours), "s", min(plain))


def _rows() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """`POLICIES` rows in the table by COPY, and the columns the reference needs."""
    draw = random.Random(20261130)
    premium = np.array([draw.randint(100, 900_000) for _ in range(POLICIES)], dtype=np.int64)
    ahead = np.array([draw.randint(-30, 700) for _ in range(POLICIES)], dtype=np.int64)
    days = np.array([draw.choice((30, 90, 365, 366)) for _ in range(POLICIES)], dtype=np.int64)
    with connection.cursor() as cursor, cursor.copy(f"COPY policies_policy ({_COLUMNS}) FROM STDIN") as copy:
        for first in range(0, POLICIES, 10_000):
            text = io.StringIO()
            for n in range(first, first + 10_000):
                start = MONTH_END - timedelta(days=int(ahead[n]))
                end = start + timedelta(days=int(days[n]))
                id_ = UUID(int=n + 1)
                text.write(
                    f"{id_}\t{n % 1024}\tB{n}\t{id_}\tbench\tbench-{n % 20}@1\t{{}}\t1\t0\t{start}\t{end}\t{premium[n]}"
                    f"\t{premium[n]}\t{premium[n]}\t0\t[]\tsingle\t[]\t{start - timedelta(days=31)} 00:00:00+08"
                    f"\t\t\t{id_}\t{id_}\n"
                )
            copy.write(text.getvalue())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE policies_policy")
    return premium, np.clip(ahead + 1, 0, days), days
