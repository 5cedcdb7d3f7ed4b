"""How the desk says a refusal."""

from __future__ import annotations

from baohe.kernel.errors import BaoheError


def sentence(refusal: BaoheError) -> str:
    """What happened and what to do now, with the facts filled in: `next_zh` alone is a template."""
    return f"{refusal.message_zh}。{refusal.problem()['next']['zh']}"
