"""The tables of the simulated network."""

from __future__ import annotations

TABLES = """
CREATE TABLE IF NOT EXISTS agreement (
    order_id TEXT NOT NULL, txn_time TEXT NOT NULL, token TEXT NOT NULL UNIQUE, bind_id TEXT UNIQUE,
    card_token TEXT, last_four TEXT NOT NULL DEFAULT '', state TEXT NOT NULL, front_url TEXT NOT NULL,
    reserved TEXT NOT NULL, created_at TEXT NOT NULL, signed_at TEXT, ended_at TEXT, PRIMARY KEY (order_id, txn_time));
CREATE TABLE IF NOT EXISTS name_check (token TEXT PRIMARY KEY, digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS txn (
    order_id TEXT NOT NULL, txn_time TEXT NOT NULL, kind TEXT NOT NULL, query_id TEXT NOT NULL UNIQUE,
    trace_no TEXT NOT NULL, amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), moved_fen INTEGER NOT NULL,
    bind_id TEXT NOT NULL, orig_query_id TEXT NOT NULL DEFAULT '', sub_mer_id TEXT NOT NULL, reserved TEXT NOT NULL,
    back_url TEXT NOT NULL, code TEXT NOT NULL, verdict TEXT NOT NULL, due_at REAL NOT NULL, accepted_at TEXT NOT NULL,
    decided_at TEXT, PRIMARY KEY (order_id, txn_time));
CREATE INDEX IF NOT EXISTS txn_undecided ON txn (code, due_at);
CREATE INDEX IF NOT EXISTS txn_day ON txn (decided_at);
CREATE INDEX IF NOT EXISTS txn_original ON txn (orig_query_id);
"""
