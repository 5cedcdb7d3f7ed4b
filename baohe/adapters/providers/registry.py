"""Which provider answers to which code."""

from __future__ import annotations

import importlib

from baohe.adapters.providers.port import Deducting, Provider

CODES = ("wallet", "deduction", "transfer")


def provider(code: str) -> Provider:
    """The adapter of a code, named late: each has libraries of its own. Raises `LookupError` for another code."""
    if code not in CODES:
        raise LookupError(f"no provider {code}")
    found: Provider = importlib.import_module(f"baohe.adapters.{code}.provider").provider()
    return found


def deducting() -> Deducting:
    found: Deducting = importlib.import_module("baohe.adapters.deduction.provider").provider()
    return found
