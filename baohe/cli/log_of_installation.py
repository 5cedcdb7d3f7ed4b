"""The parts of `baohe log` that open the installation: its key, its checkpoint, its sequencer, its audit."""

from __future__ import annotations

import sys


def run(command: str) -> int:
    """0 done; 1 the audit or the sequencer found something wrong (the sentence is on standard error). Works beside a
    running platform and without one. Raises a Refusal when the installation cannot be opened."""
    from baohe.launch.session import django_ready

    with django_ready():
        return _run(command)


def _run(command: str) -> int:
    from baohe.kernel.errors import BaoheError
    from baohe.rooms.evidence import facade

    try:
        if command == "key":
            print(facade.verifier_key())
        elif command == "checkpoint":
            held = facade.checkpoint()
            print(held.note if held else "", end="")
        elif command == "integrate":
            print(facade.integrate())
        else:
            found = facade.problems()
            print("\n".join(found) or "the log is whole")
            return 1 if found else 0
    except BaoheError as refusal:
        print(refusal.message_zh, refusal.message_en, sep="\n", file=sys.stderr)
        return 1
    return 0
