"""What the simulated bank remembers beside the shared tables. `entry` is the account: every booking is one row."""

from __future__ import annotations

TABLES = """
CREATE TABLE IF NOT EXISTS request (
    order_number TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, token TEXT NOT NULL UNIQUE,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), currency TEXT NOT NULL, payee TEXT NOT NULL,
    payee_name TEXT NOT NULL, subject TEXT NOT NULL, status TEXT NOT NULL, return_url TEXT NOT NULL,
    expires_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS incoming (
    press TEXT PRIMARY KEY, amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), remark TEXT NOT NULL,
    payer TEXT NOT NULL, payer_account TEXT NOT NULL, due_at REAL NOT NULL, booked INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS incoming_due ON incoming (booked, due_at);
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE, day TEXT NOT NULL, booked_at TEXT NOT NULL,
    kind TEXT NOT NULL, number TEXT NOT NULL, code TEXT NOT NULL, payee TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), party TEXT NOT NULL, party_account TEXT NOT NULL,
    remark TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS entry_day ON entry (day, id);
CREATE INDEX IF NOT EXISTS entry_number ON entry (number);
CREATE TABLE IF NOT EXISTS instruction (
    number TEXT PRIMARY KEY, kind TEXT NOT NULL, amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    moved_fen INTEGER NOT NULL, party TEXT NOT NULL, party_account TEXT NOT NULL, credit TEXT NOT NULL,
    memo TEXT NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL, due_at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS instruction_due ON instruction (status, due_at);
CREATE INDEX IF NOT EXISTS instruction_credit ON instruction (credit);
"""
