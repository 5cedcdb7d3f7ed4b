"""A decision that can be replayed: the same inputs under the same rules give the same answer years later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from baohe.kernel.canonical import digest


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in the two languages of the platform."""

    zh: str
    en: str

    def as_dict(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in a stable code and plain words; `clause` names the wording it rests on, if any."""

    code: str
    text: Text
    clause: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "text": self.text.as_dict(), "clause": self.clause}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a rule set answered.

    `outcome` is a word of the room (accept, refer, pay …); no machine rule may answer "refuse" (SERV-9).
    `input_hash` is the digest of everything the rules saw. `detail` holds figures of the room (integers, text).
    """

    outcome: str
    reasons: tuple[Reason, ...]
    rule_version: str
    input_hash: str
    detail: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome,
            "reasons": [reason.as_dict() for reason in self.reasons],
            "rule_version": self.rule_version,
            "input_hash": self.input_hash,
            "detail": dict(self.detail),
        }


def hash_inputs(inputs: Mapping[str, Any]) -> str:
    """The `input_hash` of a decision: digest of its canonical inputs."""
    return digest(dict(inputs))
