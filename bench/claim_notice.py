"""`claim.notice`: what is understood of labelled first sentences (`tests/claims/notices`) that no rule was tuned on.

right       sentences of which policy, event, member and day are all right, or asked where the sentence leaves them
            open; beside the same share of the sentences that the rules were made with
sure_wrong  sentences in which something wrong is called sure: it would be reported unasked. Beside 0, as it should be
asked       parts that the sentence settles and that are asked all the same, of all settled parts: a tap each

`held_out` was split off before the rules were tuned; `blind` was written after the change of decision 0143, `fresh`
after that of decision 0152; its head says what was right at first sight and which classes were mended since. Each miss
goes to stderr. A second.
"""

from __future__ import annotations

import sys
from pathlib import Path

from baohe.cli.bench import Measure

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.claims.notices.judging import Judged, judged  # noqa: E402 - the labelled sentences lie beside the program

Rows = list[tuple[Judged, ...]]


def measure() -> dict[str, Measure]:
    """Shares of 1 and counts, each under its whole name."""
    tuned = judged("tuning")
    measures = {}
    for name in ("held_out", "blind", "fresh"):
        rows = judged(name)
        _tell(rows)
        measures |= {
            f"claim.notice.{name}.right": Measure(_right(rows), "share", _right(tuned)),
            f"claim.notice.{name}.sure_wrong": Measure(sum(_sure_wrong(row) for row in rows), "sentences", 0),
            f"claim.notice.{name}.asked": Measure(_asked(rows), "share", _asked(tuned)),
        }
    return measures


def _right(rows: Rows) -> float:
    return sum(all(part.correct for part in row) for row in rows) / len(rows)


def _sure_wrong(row: tuple[Judged, ...]) -> bool:
    return any(part.sure_and_wrong for part in row)


def _asked(rows: Rows) -> float:
    settled = [part for row in rows for part in row if not part.open]
    return sum(part.asked for part in settled) / len(settled)


def _tell(rows: Rows) -> None:
    for part in (part for row in rows for part in row if not part.correct or part.sure_and_wrong):
        sure = " (sure)" if part.sure_and_wrong else ""
        print(f"{part.sentence}: {part.part} is {part.right}, got {part.got or '?'}{sure}", file=sys.stderr)
