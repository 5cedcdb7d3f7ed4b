"""The tables of the simulated wallet."""

from __future__ import annotations

TABLES = """
CREATE TABLE IF NOT EXISTS trade (
    out_trade_no TEXT PRIMARY KEY, trade_no TEXT NOT NULL UNIQUE, token TEXT NOT NULL UNIQUE, app_id TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), subject TEXT NOT NULL, payee TEXT NOT NULL,
    payee_name TEXT NOT NULL, status TEXT NOT NULL, notify_url TEXT NOT NULL, return_url TEXT NOT NULL,
    created_at TEXT NOT NULL, paid_at TEXT, expires_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS name_check (out_trade_no TEXT PRIMARY KEY REFERENCES trade, digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS refund (
    out_trade_no TEXT NOT NULL REFERENCES trade, out_request_no TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), created_at TEXT NOT NULL,
    PRIMARY KEY (out_trade_no, out_request_no));
CREATE TABLE IF NOT EXISTS partial_refund (
    out_trade_no TEXT NOT NULL, out_request_no TEXT NOT NULL, asked_fen INTEGER NOT NULL,
    PRIMARY KEY (out_trade_no, out_request_no));
CREATE TABLE IF NOT EXISTS transfer (
    out_biz_no TEXT PRIMARY KEY, order_id TEXT NOT NULL, payee TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), created_at TEXT NOT NULL);
"""
