"""What must hold after every fault, asked of the database itself and not of the code that wrote it."""

from __future__ import annotations

import psycopg

MUST_BE_EMPTY = {
    "an entry that does not balance": """
        SELECT entry_id FROM ledger_posting GROUP BY entry_id, currency HAVING sum(amount_fen) <> 0""",
    "an entry with lines missing": """
        SELECT e.id FROM ledger_ledgerentry e LEFT JOIN ledger_posting p ON p.entry_id = e.id
        GROUP BY e.id, e.lines HAVING count(p.line) <> e.lines""",
    "two policies for one single sale": """
        SELECT p.payment_id FROM policies_policy p JOIN payments_paymentintent i ON i.id = p.payment_id
        WHERE i.kind = 'premium' GROUP BY p.payment_id HAVING count(*) > 1""",
    "a basket of which not all or other things were issued": """
        SELECT l.intent_id FROM payments_paymentline l JOIN payments_paymentintent i ON i.id = l.intent_id
        LEFT JOIN policies_policy p
            ON p.payment_id = i.id AND p.proposal_id = l.subject_id AND p.paid_fen = l.amount_fen
        WHERE i.state = 'paid' AND NOT i.surplus
        GROUP BY l.intent_id HAVING count(p.id) <> count(*)""",
    "lines that do not add up to their payment": """
        SELECT i.id FROM payments_paymentintent i JOIN payments_paymentline l ON l.intent_id = i.id
        GROUP BY i.id, i.amount_fen HAVING sum(l.amount_fen) <> i.amount_fen""",
    "refunds above their line": """
        SELECT l.id FROM payments_paymentline l JOIN payments_refund r ON r.line_id = l.id
        WHERE r.state <> 'failed' GROUP BY l.id, l.amount_fen HAVING sum(r.amount_fen) > l.amount_fen""",
    "two policies for one proposal": """
        SELECT proposal_id FROM policies_policy WHERE proposal_id IS NOT NULL
        GROUP BY proposal_id HAVING count(*) > 1""",
    "a policy number twice": "SELECT number FROM policies_policy GROUP BY number HAVING count(*) > 1",
    "a policy whose payment is not paid": """
        SELECT p.id FROM policies_policy p JOIN payments_paymentintent i ON i.id = p.payment_id
        WHERE i.state <> 'paid'""",
    "a payment without policy or refund": """
        SELECT i.id FROM payments_paymentintent i WHERE i.state = 'paid' AND i.kind IN ('premium', 'basket')
        AND NOT EXISTS (SELECT FROM policies_policy p WHERE p.payment_id = i.id)
        AND NOT EXISTS (SELECT FROM payments_refund r WHERE r.intent_id = i.id)""",
    "a policy without its entry in the books": """
        SELECT p.id FROM policies_policy p WHERE NOT EXISTS (
            SELECT FROM ledger_ledgerentry e WHERE e.shard_key = p.shard_key
            AND (e.memo = p.number OR e.ref IN (p.id::text, p.payment_id::text, p.proposal_id::text, p.number)))""",
    "a policy without its leaf": """
        SELECT p.id FROM policies_policy p WHERE NOT EXISTS (
            SELECT FROM evidence_evidenceleaf l WHERE l.kind = 'policy_issued'
            AND l.subject IN (p.id::text, p.number))""",
    "refunds above what was captured": """
        SELECT i.id FROM payments_paymentintent i JOIN payments_refund r ON r.intent_id = i.id
        WHERE r.state <> 'failed' GROUP BY i.id, i.amount_fen HAVING sum(r.amount_fen) > i.amount_fen""",
    "an event that gave up": "SELECT id FROM plumbing_outboxevent WHERE parked_at IS NOT NULL",
}


def faults(connection: psycopg.Connection[tuple[object, ...]]) -> dict[str, int]:
    """Broken invariants and how often; empty when all is well."""
    found = {name: len(connection.execute(query).fetchall()) for name, query in MUST_BE_EMPTY.items()}
    return {name: count for name, count in found.items() if count}
