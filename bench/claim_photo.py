"""`claim.photo`: seconds from the upload of an invoice's photograph to its fields, beside the bare OCR engine.

Ours: the picture is made safe, sealed, stored, announced, read by the worker's handler, checked, and shown to the
claimant. The reference is the same engine on the same bytes in memory. The engine is warm for both: a worker loads it
once. Every picture is another one, so nothing is found again.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from baohe.adapters.ocr import engine
from baohe.cli.bench import Measure
from baohe.config.wiring import handlers
from baohe.plumbing import clock, outbox
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.claims import world  # noqa: E402 - the samples of the tests lie beside the program, not in it
from tests.claims.sample_invoice import draw_invoice  # noqa: E402

ROUNDS = 5


def measure() -> Measure:
    """Seconds, the median of `ROUNDS`, the two in turns."""
    catalog.sync_packages(settings.BAOHE_PRODUCTS)
    account = world.claimant(phone=f"139{uuid4().int % 10**8:08d}")
    engine.read_lines(_picture(0))
    ours, bare = [], []
    for round_ in range(1, ROUNDS + 1):
        picture = _picture(round_)
        ours.append(_ours(account, picture))
        begin = time.perf_counter()
        engine.read_lines(picture)
        bare.append(time.perf_counter() - begin)
    return Measure(statistics.median(ours), "s", statistics.median(bare))


def _ours(account: UUID, picture: bytes) -> float:
    """Under a policy of its own each time: one event of one policy is one claim."""
    notice = FirstNotice(world.policy(account), "accident_outpatient", "放学路上跌倒", clock.today())
    claim = claims.first_notice(account, notice, str(uuid4()))
    reading = {claims.PAPER_ADDED: handlers()[claims.PAPER_ADDED]}
    begin = time.perf_counter()
    claims.add_paper(account, claim.id, "invoice", picture)
    while outbox.work_once(reading):
        pass
    paper = claims.claim(account, claim.id).papers[0]
    seconds = time.perf_counter() - begin
    if {field.code: field.value for field in paper.fields}["social_paid"] != "412.60":
        raise AssertionError(f"misread: {paper.fields}")
    return seconds


def _picture(number: int) -> bytes:
    """Taken by hand: a little turned, grainy, in uneven light."""
    day = (clock.today() - timedelta(days=1)).isoformat()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "invoice.jpg"
        draw_invoice(path, world.INSURED, day, world.HOSPITAL, 128_640 + number, 41_260, 8_600, noisy=True)
        return path.read_bytes()
