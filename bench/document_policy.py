"""`document.policy`: policy documents a second on one core, beside typesetting alone.

Ours is `documents.issue_policy_document` with the real clauses of the medical product: row, QR code, typesetting as
PDF/A, PAdES B-LT signature with a time stamp fetched over HTTP, sealing, durable file, commit. It is counted by the
processor's clock of this process, so that a busy machine does not slow the figure; the authority is a process of its
own. The reference is the reused Typst compiler on the same content, nothing kept, by the same clock.
"""

from __future__ import annotations

import time
import uuid
from datetime import UTC, date, datetime

from django.conf import settings

from baohe.cli.bench import Measure
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.documents import facade as documents
from baohe.rooms.documents import registry
from baohe.rooms.documents.contracts import (
    ClauseSection,
    CoverageLine,
    CustomerSignature,
    Insurer,
    Party,
    PaymentPlan,
    PolicyDocument,
)
from baohe.rooms.documents.rules import policy_content
from baohe.rooms.documents.typesetting import print_template
from bench._stamping import authority

DOCUMENTS = 20
MOST_BYTES = 200_000
_PRODUCT = "haijia-medical-a"
_MOMENT = datetime(2026, 11, 22, 6, 6, tzinfo=UTC)


def measure() -> Measure:
    """Documents a second of processor time in one process, after one to warm up; none is larger than `MOST_BYTES`."""
    catalog.sync_packages(settings.BAOHE_PRODUCTS)
    papers = [_paper() for _ in range(DOCUMENTS + 1)]
    with authority():
        documents.issue_policy_document(papers[0])
        begin = time.process_time()
        made = [documents.issue_policy_document(paper) for paper in papers[1:]]
        ours = DOCUMENTS / (time.process_time() - begin)
    largest = max(document.size or 0 for document in made)
    assert largest <= MOST_BYTES, f"a policy of {largest} bytes"
    template = registry.in_force("policy", _MOMENT.date())
    begin = time.process_time()
    for paper in papers[1:]:
        # Each under its own address: of one and the same paper the compiler remembers nearly all.
        content = policy_content(paper, f"http://127.0.0.1:8000/verify/{paper.policy_id.hex}", _NO_CODE)
        print_template(template, content, paper.issued_at)
    return Measure(ours, "documents/s", DOCUMENTS / (time.process_time() - begin))


_NO_CODE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1h-1z"/></svg>'


def _paper() -> PolicyDocument:
    version = catalog.current(_PRODUCT, _MOMENT.date())
    insurer = version.insurer
    person = Party("林知夏", "110101********002X", "138****0001", date(1992, 3, 8), "female")
    stroke = tuple((1_000 + 300 * i, 2_000 + 150 * (i % 5)) for i in range(20))
    return PolicyDocument(
        policy_id=uuid.uuid4(),
        shard_key=1,
        number="P2026-0000-0000-0000",
        insurer=Insurer(insurer.code, insurer.name, insurer.licence, insurer.service_phone, insurer.complaint_phone),
        product_name=version.name,
        clause_name=version.clause_name,
        filing_number=version.filing_number,
        version_id=version.id,
        policyholder=person,
        insured=person,
        beneficiaries=(),
        start=date(2026, 11, 23),
        end=date(2027, 11, 23),
        sum_insured="400 万",
        coverages=tuple(
            CoverageLine(item.name.zh, item.detail.zh, item.limit.zh, item.clause) for item in version.coverages
        ),
        premium_fen=31_200,
        payment=PaymentPlan("一次付清", 1, 31_200, 31_200, _MOMENT),
        special_exclusions=(),
        cooling_off_days=version.cooling_off_days,
        cooling_off_last_day=None,
        waiting_days=version.waiting_days,
        waiting_last_day=None,
        clauses=tuple(ClauseSection(part.number, part.title, part.body, part.exclusion) for part in version.clauses),
        issued_at=_MOMENT,
        signature=CustomerSignature((stroke,), "0" * 64, _MOMENT, "林知夏"),
    )
