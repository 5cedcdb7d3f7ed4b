"""What a contract covers when it is a thing: a plate, a phone's serial, a pet's name, an address."""

from __future__ import annotations

import re
from dataclasses import dataclass

from baohe.kernel.decisions import Text

LONGEST_ANSWER = 100
"""In characters; longer answers are refused before the pattern is tried."""


@dataclass(frozen=True, slots=True)
class InsuredField:
    """One line that says which thing is insured. `pattern` must match the whole answer; `example` matches it.

    `sealed`: the answer points at a person (a plate, an address), so it is stored sealed.
    """

    code: str
    name: Text
    pattern: str
    example: str
    sealed: bool

    def accepts(self, answer: str) -> bool:
        return 0 < len(answer) <= LONGEST_ANSWER and re.fullmatch(self.pattern, answer) is not None
