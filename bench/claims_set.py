"""`claims.set`: 320 labelled claims with photographs (`bench/papers`) through the real flow on a throw-away database.

straight_through  clean claims paid the right sum without a person; beside all clean ones
wrong_payments    claims paid where a person should decide, or another sum, by an honest claimant who confirms doubtful
                  fields with the truth, or by a careless one who confirms whatever was read. Must be 0
refusals          of a machine. Must be 0 (SERV-9)
seconds           of a claim from first notice to decision, the median, the claimant's own time left out; beside what
                  the reading of its papers took of that
claim.read.KIND   fields read exactly right after normalisation, of all that are printed on papers that can be read

Every wrong payment, and per kind the fields misread most silently, go to stderr. A dozen minutes on two cores.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from django.conf import settings

from baohe.cli.bench import Measure
from baohe.rooms.catalog import facade as catalog

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.papers import figures  # noqa: E402 - the samples of the tests lie beside the program, not in it
from bench.papers.labelled import labelled_set  # noqa: E402
from bench.papers.walk import Walked, walk  # noqa: E402

CLAIMS, SEED = 320, 7
_EXAMPLES = 4


def measure() -> dict[str, Measure]:
    """Shares of 1, counts and seconds, each under its whole name."""
    catalog.sync_packages(settings.BAOHE_PRODUCTS)
    walked = list(walk(labelled_set(CLAIMS, SEED)))
    _tell(walked)
    return measures(walked)


def measures(walked: Sequence[Walked]) -> dict[str, Measure]:
    paid, clean = figures.straight_through(walked)
    seconds = statistics.median(one.seconds for one in walked)
    reading = statistics.median(one.reading_seconds for one in walked)
    return {
        "claims.set.straight_through": Measure(paid / clean, "share", 1),
        "claims.set.wrong_payments": Measure(len(figures.wrong_payments(walked)), "claims", 0),
        "claims.set.refusals": Measure(figures.refusals(walked), "claims", 0),
        "claims.set.seconds": Measure(seconds, "s", reading),
        **{
            f"claim.read.{kind}": Measure(right / printed, "share", 1)
            for kind, (right, printed) in figures.accuracy(walked).items()
        },
    }


def _tell(walked: Sequence[Walked]) -> None:
    for one in figures.wrong_payments(walked):
        print(
            f"wrong: claim {walked.index(one) + 1} {one.claim.case} expected {one.claim.expected} "
            f"{one.claim.expected_fen}, honest {one.honest.paid_fen}, careless {one.careless.paid_fen}",
            file=sys.stderr,
        )
    silent_first = sorted(figures.slips(walked), key=lambda slip: (slip.kind, slip.doubtful))
    for _, slips in groupby(silent_first, key=lambda slip: slip.kind):
        for slip in list(slips)[:_EXAMPLES]:
            print(slip, file=sys.stderr)
