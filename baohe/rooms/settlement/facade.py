"""The only door of the room.

Parties:    keep_party · parties
Statements: issue · supersede · statements · statement · lines · file_of
Checks:     check_file · own_key · problems
"""

from baohe.adapters.signing.statements import own_key
from baohe.rooms.settlement.actions.issue import issue, keep_party, supersede
from baohe.rooms.settlement.errors import MonthNotClosed
from baohe.rooms.settlement.queries import (
    all_lines,
    check_file,
    file_of,
    lines,
    parties,
    problems,
    statement,
    statements,
)

__all__ = [
    "MonthNotClosed",
    "all_lines",
    "check_file",
    "file_of",
    "issue",
    "keep_party",
    "lines",
    "own_key",
    "parties",
    "problems",
    "statement",
    "statements",
    "supersede",
]
