"""Switches for what goes wrong in real life. They can be thrown while the simulator runs.

| switch | value | what it does |
|---|---|---|
| lose_notify | times | the notification is never sent |
| duplicate_notify | copies | each notification is sent that often |
| late_notify | seconds | notifications wait that long |
| reorder | times | an older `WAIT_BUYER_PAY` arrives after the payment |
| wrong_amount | fen | the notified amount is off by that much, correctly signed |
| forged_sign | times | the notification is signed by a stranger |
| lose_reply | times | the gateway does the work and cuts the line before the answer |
| slow | seconds | every gateway answer waits that long |
| garbage | times | the gateway answers with a page of HTML |
| http_500 | times | the gateway answers 500 without doing anything |

A number of times counts down; -1 stays until it is switched off with 0.
"""

from __future__ import annotations

from collections.abc import Mapping

from baohe.adapters.wallet.simulator.store import Store

COUNTED = {"lose_notify", "reorder", "forged_sign", "lose_reply", "garbage", "http_500"}
MEASURED = {"duplicate_notify", "late_notify", "slow", "wrong_amount"}
LARGEST = 1_000_000


class BadFault(ValueError):
    """A switch that does not exist, or a value it cannot take."""


class Faults:
    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> dict[str, int]:
        with self._store.write() as db:
            set_now = {row["name"]: row["value"] for row in db.execute("SELECT name, value FROM fault")}
        return {name: set_now.get(name, 0) for name in sorted(COUNTED | MEASURED)}

    def set(self, switches: Mapping[str, object]) -> None:
        """Raises `BadFault` before anything is changed."""
        values = {name: _value(name, value) for name, value in switches.items()}
        with self._store.write() as db:
            for name, value in values.items():
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


def parse(text: str) -> dict[str, int]:
    """`"slow=3"` or `"lose_notify"` (for ever) from the command line. Raises `BadFault`."""
    name, _, value = text.partition("=")
    try:
        return {name: _value(name, int(value) if value else -1)}
    except ValueError as wrong:
        raise BadFault(f"{text}: {wrong}") from wrong


def _value(name: str, value: object) -> int:
    if name not in COUNTED | MEASURED:
        raise BadFault(f"no such fault: {name}")
    if isinstance(value, bool):
        value = -1 if value else 0
    if not isinstance(value, int) or abs(value) > LARGEST:
        raise BadFault(f"{name} needs a whole number")
    if name in MEASURED - {"wrong_amount"} and value < 0:
        value = 1
    return value
