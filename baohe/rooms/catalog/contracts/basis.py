"""The inputs of a contract, and when a condition on them holds."""

from __future__ import annotations

from collections.abc import Mapping

Inputs = Mapping[str, str]
"""Rating inputs of one contract: input code → value, all as text."""


def holds(conditions: Mapping[str, tuple[str, ...]], inputs: Inputs) -> bool:
    """Every named input has one of the listed values."""
    return all(inputs.get(code) in values for code, values in conditions.items())
