"""Both sides of a day against each other, in the database: one line with one movement, what is left is a difference.

A line is a movement's when kind and number agree (a payment's trade number too, where both are known); of several,
the one with the right amount. A movement of another day of ours is matched where it is, and remembered as crossing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from baohe.rooms.reconciliation.contracts import Side

_PAIRS = """
CREATE TEMP TABLE reconciliation_pair ON COMMIT DROP AS
SELECT DISTINCT ON (b.kind COLLATE "C", b.number COLLATE "C")
       b.n, b.kind, b.number, o.day AS our_day,
       b.amount_fen = o.amount_fen AND b.currency = o.currency AS same
FROM reconciliation_bill b JOIN reconciliation_ours o ON o.kind = b.kind AND o.number = b.number
WHERE o.done AND (b.kind <> 'payment' OR o.trade_no = '' OR o.trade_no = b.trade_no)
ORDER BY b.kind COLLATE "C", b.number COLLATE "C", (b.amount_fen = o.amount_fen AND b.currency = o.currency) DESC, b.n
"""

_CROSSING = """
CREATE TEMP TABLE reconciliation_across ON COMMIT DROP AS
SELECT p.n, p.kind, p.number, p.our_day,
       coalesce(c.bill_day <> %(day)s, false)
       OR (p.our_day <> %(day)s AND c.bill_day IS NULL
           AND EXISTS (SELECT FROM reconciliation_run r WHERE r.provider = %(provider)s AND r.day = p.our_day)
           AND NOT EXISTS (SELECT FROM reconciliation_item i
                           WHERE i.provider = %(provider)s AND i.day = p.our_day AND i.difference = 'ours_only'
                             AND i.movement = p.kind AND i.number = p.number AND i.state <> 'explained')) AS again
FROM reconciliation_pair p LEFT JOIN reconciliation_crossing c
  ON c.provider = %(provider)s AND c.movement = p.kind AND c.number = p.number
WHERE p.our_day <> %(day)s OR c.bill_day IS NOT NULL
"""
"""`again`: the movement has been billed on another day already (its own, where our run found no fault with it, or a
later edition explained the fault)."""

_DIFFERENCES = """
CREATE TEMP TABLE reconciliation_difference ON COMMIT DROP AS
WITH left_over AS (
    SELECT b.*, row_number() OVER (PARTITION BY b.kind, b.number, b.trade_no ORDER BY b.n) AS nth
    FROM reconciliation_bill b WHERE NOT EXISTS (SELECT FROM reconciliation_pair p WHERE p.n = b.n)
), both_sides AS (
    SELECT CASE WHEN a.again THEN 'twice'
                WHEN b.currency <> o.currency THEN 'currency'
                WHEN b.amount_fen <> o.amount_fen THEN 'amount'
                ELSE 'day' END AS difference,
           p.kind, p.number, b.trade_no, 0 AS nth, b.amount_fen AS bill_fen, b.currency AS bill_currency,
           b.at AS bill_at, o.amount_fen AS ours_fen, o.currency AS ours_currency, o.at AS ours_at, o.state
    FROM reconciliation_pair p
    LEFT JOIN reconciliation_across a USING (n)
    JOIN reconciliation_bill b USING (n)
    JOIN reconciliation_ours o ON o.kind = p.kind AND o.number = p.number
    WHERE NOT p.same OR a.again OR abs(p.our_day - %(day)s) > 1
), found AS (
    SELECT * FROM both_sides
    UNION ALL
    SELECT CASE WHEN p.n IS NOT NULL OR (l.nth > 1 AND l.trade_no <> '') THEN 'twice' ELSE 'provider_only' END,
           l.kind, l.number, l.trade_no, l.nth, l.amount_fen, l.currency, l.at,
           o.amount_fen, coalesce(o.currency, ''), o.at, coalesce(o.state, '')
    FROM left_over l
    LEFT JOIN reconciliation_pair p ON p.kind = l.kind AND p.number = l.number
    LEFT JOIN reconciliation_ours o ON o.kind = l.kind AND o.number = l.number AND l.number <> ''
    UNION ALL
    SELECT 'ours_only', o.kind, o.number, o.trade_no, 1, NULL, '', NULL, o.amount_fen, o.currency, o.at, o.state
    FROM reconciliation_ours o
    WHERE o.done AND o.day = %(day)s
      AND NOT EXISTS (SELECT FROM reconciliation_pair p WHERE p.kind = o.kind AND p.number = o.number)
      AND NOT EXISTS (SELECT FROM reconciliation_crossing c WHERE c.provider = %(provider)s
                      AND c.movement = o.kind AND c.number = o.number AND c.bill_day <> %(day)s)
)
SELECT *,
       CASE kind WHEN 'payment' THEN 1 ELSE -1 END * CASE difference
           WHEN 'provider_only' THEN CASE WHEN bill_currency = 'CNY' THEN bill_fen ELSE 0 END
           WHEN 'twice' THEN CASE WHEN bill_currency = 'CNY' THEN bill_fen ELSE 0 END
           WHEN 'amount' THEN bill_fen - ours_fen
           WHEN 'day' THEN 0
           ELSE -ours_fen END AS diff_fen
FROM found
"""
"""Only money in CNY can stand on suspense: a foreign line shows its amount and moves nothing."""

_REMEMBER = """
INSERT INTO reconciliation_crossing (provider, movement, number, bill_day, our_day)
SELECT %(provider)s, kind, number, %(day)s, our_day FROM reconciliation_across WHERE NOT again AND our_day <> %(day)s
ON CONFLICT (provider, movement, number) DO NOTHING
"""

_FORGET = """
DELETE FROM reconciliation_crossing c
WHERE c.provider = %(provider)s AND c.bill_day = %(day)s
  AND NOT EXISTS (SELECT FROM reconciliation_across a WHERE a.kind = c.movement AND a.number = c.number)
"""

_LOST = """
SELECT 'ours_only', o.kind, o.number, o.trade_no, 1, NULL, '', NULL, o.amount_fen, o.currency, o.at, o.state,
       CASE o.kind WHEN 'payment' THEN -1 ELSE 1 END * o.amount_fen, c.our_day
FROM reconciliation_crossing c JOIN reconciliation_ours o ON o.kind = c.movement AND o.number = c.number
WHERE c.provider = %(provider)s AND c.bill_day = %(day)s AND o.done
  AND NOT EXISTS (SELECT FROM reconciliation_across a WHERE a.kind = c.movement AND a.number = c.number)
  AND EXISTS (SELECT FROM reconciliation_run r WHERE r.provider = %(provider)s AND r.day = c.our_day)
  AND NOT EXISTS (SELECT FROM reconciliation_item i
                  WHERE i.provider = %(provider)s AND i.day = c.our_day AND i.difference = 'ours_only'
                    AND i.movement = c.movement AND i.number = c.number AND i.ended_at IS NULL)
ORDER BY o.kind, o.number
"""
"""An earlier edition of this bill named a movement of another day and this one does not: that day, closed already, is
short of it again. In the order of `find_items`' columns, with that day last."""

_SIDES = """
SELECT count(*),
       coalesce(sum(amount_fen) FILTER (WHERE kind = 'payment' AND currency = 'CNY'), 0)::bigint,
       coalesce(sum(amount_fen) FILTER (WHERE kind <> 'payment' AND currency = 'CNY'), 0)::bigint
FROM {table}
"""


@dataclass(frozen=True, slots=True)
class Matched:
    """`crossed`: how many lines belong to another day of ours. `lost`: see `_LOST`."""

    crossed: int
    lost: list[tuple[Any, ...]]


def match(provider: str, day: date) -> Matched:
    """Inside the run's transaction: fill `reconciliation_difference` from the staged sides."""
    what = {"provider": provider, "day": day}
    with connection.cursor() as cursor:
        # What spills goes to disk: the bound of what the backend takes, whatever the length of the bill.
        cursor.execute("SET LOCAL work_mem = '8MB'")
        cursor.execute(_PAIRS)
        cursor.execute("CREATE INDEX ON reconciliation_pair (n)")
        cursor.execute("ANALYZE reconciliation_pair")
        cursor.execute(_CROSSING, what)
        cursor.execute(_DIFFERENCES, what)
        cursor.execute(_LOST, what)
        lost = cursor.fetchall()
        cursor.execute(_FORGET, what)
        cursor.execute(_REMEMBER, what)
        cursor.execute("SELECT count(*) FROM reconciliation_across WHERE NOT again AND our_day <> %(day)s", what)
        return Matched(int(cursor.fetchone()[0]), lost)


def bill_side() -> Side:
    return _side("reconciliation_bill")


def our_side(day: date) -> Side:
    return _side("reconciliation_ours WHERE done AND day = %(day)s", day)


def _side(table: str, day: date | None = None) -> Side:
    with connection.cursor() as cursor:
        cursor.execute(_SIDES.format(table=table), {"day": day})
        return Side(*cursor.fetchone())
