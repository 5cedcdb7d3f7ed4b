"""Earned and unearned premium of all policies on a day: one pass of the database, whatever their number."""

from __future__ import annotations

from datetime import date

from django.db import connection

from baohe.rooms.policies.contracts import EarnedView

# The arithmetic of rules.earning in integers: half away from zero is (2·a·e + t) ÷ (2·t) for what is never negative.
# A partner's cover is on account: its whole premium is written, and the partner owes it.
# Instalments received after the day are not part of it. A policy that lapsed keeps what was paid, all of it earned.
# An endorsement counts from the day it is recorded: its premium is that of the days after it.
# One that a claim ended keeps it too: what was paid bought the cover that was used up.
# A policy counts from the business date of its issue, and is whole until the business date of its leaving.
_EARNED = """
SELECT version_id, count(*), sum(written)::bigint, sum(written - unearned)::bigint, sum(unearned)::bigint
FROM (
    SELECT version_id,
           received - endorsed - CASE WHEN gone THEN refund_fen ELSE 0 END AS written,
           CASE WHEN gone THEN 0 ELSE greatest(
               0, received - dropped - (2 * (total_fen - dropped) * elapsed + days) / (2 * days)
           ) END AS unearned
    FROM (
        SELECT version_id, total_fen, coalesce(refund_fen, 0) AS refund_fen,
               CASE WHEN partner_id IS NULL THEN paid_fen - coalesce(later.amount_fen, 0) ELSE premium_fen END
                   AS received,
               coalesce(changed.endorsed, 0) AS endorsed, coalesce(changed.dropped, 0) AS dropped,
               coalesce((cancelled_at AT TIME ZONE 'Asia/Shanghai')::date <= %(day)s, lapsed_on <= %(day)s,
                        ended_by_claim_on <= %(day)s, false)
                   AS gone,
               ("end" - start)::bigint AS days,
               least(greatest(%(day)s - start + 1, 0), "end" - start)::bigint AS elapsed
        FROM policies_policy LEFT JOIN (
            SELECT policy_id, sum(amount_fen)::bigint AS amount_fen
            FROM policies_premiumreceipt WHERE received_on > %(day)s GROUP BY policy_id
        ) AS later ON later.policy_id = policies_policy.id
        LEFT JOIN (
            SELECT policy_id, sum(refund_fen)::bigint AS endorsed,
                   sum(total_before_fen - total_after_fen)::bigint AS dropped
            FROM policies_endorsement
            WHERE recorded_at < ((%(day)s + 1)::timestamp AT TIME ZONE 'Asia/Shanghai') GROUP BY policy_id
        ) AS changed ON changed.policy_id = policies_policy.id
        WHERE issued_at < ((%(day)s + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')
    ) AS policy
) AS earned
GROUP BY version_id ORDER BY version_id
"""


def earned_on(day: date) -> list[EarnedView]:
    """By product version, as of the end of `day` in Shanghai, by the 1/365 method. Amounts are fen."""
    with connection.cursor() as cursor:
        cursor.execute(_EARNED, {"day": day})
        return [EarnedView(*row) for row in cursor.fetchall()]
