"""Switches for what goes wrong in real life. They can be thrown while the simulator runs.

Every simulator knows these; a simulator adds its own to `COMMON`.

| switch | value | what it does |
|---|---|---|
| lose_notify | times | the notification is never sent |
| duplicate_notify | copies | each notification is sent that often |
| late_notify | seconds | notifications wait that long |
| delay_days | days | notifications wait that many days of the platform's clock |
| reorder | times | an older state arrives after the newest |
| wrong_amount | fen | the notified amount is off by that much, correctly signed |
| forged_sign | times | the notification is signed by a stranger |
| lose_reply | times | the work is done and the line is cut before the answer: a time-out after success |
| slow | seconds | every answer waits that long |
| garbage | times | the answer is a page of HTML, nothing is done |
| http_500 | times | the answer is a 500, nothing is done |
| refuse | times | what would move money is refused, signed and certain; nothing is done |
| refund_partly | times | half of the refund goes back, and the answer says so |
| drop_bill_line | line | the bill file lacks that line; its totals agree with what is left |
| alter_bill_line | line | that line of the bill file is one yuan too high; its totals agree |
| torn_bill | times | the bill file lost its last line on the way; its totals disagree |

A number of times counts down; -1 stays until it is switched off with 0. Lines count from 1. A request that comes
twice needs no switch: a number is worked off once, and its second request gets the same answer, or its protocol's
word for a duplicate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from baohe.adapters.simulating.store import Store

Line = TypeVar("Line")
LARGEST = 1_000_000
ALTERED_FEN = 100


class BadFault(ValueError):
    """A switch that does not exist, or a value it cannot take."""


@dataclass(frozen=True, slots=True)
class Switches:
    """The switches a simulator has: counted ones strike so many times, measured ones have a size, offsets a sign."""

    counted: frozenset[str] = frozenset()
    measured: frozenset[str] = frozenset()
    offsets: frozenset[str] = frozenset()

    def __or__(self, more: Switches) -> Switches:
        return Switches(self.counted | more.counted, self.measured | more.measured, self.offsets | more.offsets)

    def names(self) -> frozenset[str]:
        return self.counted | self.measured | self.offsets

    def parse(self, text: str) -> dict[str, int]:
        """`"slow=3"` or `"lose_notify"` (for ever) from the command line. Raises `BadFault`."""
        name, _, value = text.partition("=")
        try:
            return {name: self.value(name, int(value) if value else -1)}
        except ValueError as wrong:
            raise BadFault(f"{text}: {wrong}") from wrong

    def value(self, name: str, value: object) -> int:
        """The value a switch takes. Raises `BadFault`."""
        if name not in self.names():
            raise BadFault(f"no such fault: {name}")
        if isinstance(value, bool):
            value = -1 if value else 0
        if not isinstance(value, int) or abs(value) > LARGEST:
            raise BadFault(f"{name} needs a whole number")
        return 1 if name in self.measured and value < 0 else value


COMMON = Switches(
    counted=frozenset(
        [
            "lose_notify",
            "reorder",
            "forged_sign",
            "lose_reply",
            "garbage",
            "http_500",
            "refuse",
            "refund_partly",
            "torn_bill",
        ]
    ),
    measured=frozenset(["duplicate_notify", "late_notify", "delay_days", "slow", "drop_bill_line", "alter_bill_line"]),
    offsets=frozenset({"wrong_amount"}),
)


class Faults:
    def __init__(self, store: Store, switches: Switches = COMMON) -> None:
        self._store = store
        self.switches = switches

    def all(self) -> dict[str, int]:
        with self._store.write() as db:
            set_now = {row["name"]: row["value"] for row in db.execute("SELECT name, value FROM fault")}
        return {name: set_now.get(name, 0) for name in sorted(self.switches.names())}

    def set(self, values: Mapping[str, object]) -> None:
        """Raises `BadFault` before anything is changed."""
        checked = {name: self.switches.value(name, value) for name, value in values.items()}
        with self._store.write() as db:
            for name, value in checked.items():
                db.execute("INSERT OR REPLACE INTO fault (name, value) VALUES (?, ?)", (name, value))

    def size(self, name: str) -> int:
        """Value of a measured switch; 0 when off."""
        return self.all()[name]

    def strikes(self, name: str) -> bool:
        """Whether a counted switch strikes now; counts it down."""
        with self._store.write() as db:
            row = db.execute("SELECT value FROM fault WHERE name = ?", (name,)).fetchone()
            left = row["value"] if row else 0
            if left > 0:
                db.execute("UPDATE fault SET value = value - 1 WHERE name = ?", (name,))
        return left != 0


def part_refunded(amount_fen: int) -> int:
    """What goes back of a refund when `refund_partly` strikes: half, at least one fen."""
    return max(1, amount_fen // 2)


def bent_bill(lines: Iterable[Line], faults: Faults, altered: Callable[[Line, int], Line]) -> Iterator[Line]:
    """The lines of a bill as `drop_bill_line` and `alter_bill_line` bend them; before totals are made of them."""
    drop, alter = faults.size("drop_bill_line"), faults.size("alter_bill_line")
    for number, line in enumerate(lines, start=1):
        if number != drop:
            yield altered(line, ALTERED_FEN) if number == alter else line


def torn_bill(lines: Iterable[Line], faults: Faults) -> Iterator[Line]:
    """The lines of a bill as `torn_bill` leaves them: all but the last; after totals are made of them."""
    if not faults.strikes("torn_bill"):
        yield from lines
        return
    held: list[Line] = []
    for line in lines:
        yield from held
        held = [line]
