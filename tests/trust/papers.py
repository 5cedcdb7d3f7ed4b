"""A complete policy as the documents room receives it."""

from __future__ import annotations

import math
import uuid
from datetime import UTC, date, datetime
from typing import Any

from baohe.kernel.decisions import Text
from baohe.rooms.documents.contracts import (
    BeneficiaryLine,
    ClauseSection,
    CoverageLine,
    CustomerSignature,
    Insurer,
    Party,
    PaymentPlan,
    PolicyDocument,
    ProposalDocument,
)

INSURERS = tuple(
    Insurer(code, Text(zh, en), "L10123-示例", "400-000-0123", "400-000-0456")
    for code, zh, en in [
        ("anhe", "安和人寿保险股份有限公司", "Anhe Life Insurance Co., Ltd."),
        ("changtai", "长泰健康保险股份有限公司", "Changtai Health Insurance Co., Ltd."),
        ("pingyuan", "平原财产保险有限公司", "Pingyuan Property Insurance Co., Ltd."),
    ]
)
STROKES = (
    tuple((800 + 60 * i, 3000 + int(1500 * math.sin(i / 4))) for i in range(30)),
    tuple((3000 + 70 * i, 5000 - 120 * i) for i in range(30)),
    ((7000, 4000),),
    ((7500, 4000), (8000, 4500)),
)
CLAUSES = (
    ClauseSection("1", "总则", ""),
    ClauseSection("1.1", "合同构成", "本合同由条款、投保单、保险单和批单构成。"),
    ClauseSection("2", "责任免除", "", exclusion=True),
    ClauseSection(
        "2.1", "免除事项", "因下列情形之一的，保险人不承担给付责任：\n（一）故意伤害；\n（二）酒后驾驶。", True
    ),
)


def policy_document(**changes: Any) -> PolicyDocument:
    shared = {**_shared(), **_party_facts()}
    only = {
        "policy_id": uuid.uuid4(),
        "shard_key": 3,
        "number": "P2026-4F7K-9QZ2-1XAB",
        "cooling_off_last_day": date(2026, 12, 8),
        "waiting_last_day": date(2026, 12, 23),
        "issued_at": datetime(2026, 11, 23, 2, 4, tzinfo=UTC),
        "signature": CustomerSignature(STROKES, "3f" * 32, datetime(2026, 11, 23, 2, 1, tzinfo=UTC), "陈晓明"),
    }
    return PolicyDocument(**{**shared, **only, **changes})


def proposal_document(**changes: Any) -> ProposalDocument:
    only = {
        "proposal_id": uuid.UUID(int=7),
        "version_hash": "ab" * 32,
        "statements": ("本人已阅读保险条款和不保的情况，并得到了清楚的说明。",),
    }
    return ProposalDocument(**{**_shared(), **_party_facts(), **only, **changes})


def _shared() -> dict[str, Any]:
    return {
        "insurer": INSURERS[0],
        "product_name": Text("安心百万医疗 2026", "Anxin Million Medical 2026"),
        "clause_name": "安和人寿互联网医疗保险（2026版）",
        "filing_number": "安和人寿〔2026〕医疗保险 008 号",
        "version_id": "million_medical@2026.1",
        "start": date(2026, 11, 24),
        "end": date(2027, 11, 24),
        "sum_insured": "¥4,000,000.00",
        "coverages": (CoverageLine("一般医疗", "住院与特殊门诊", "¥2,000,000.00", "2.1"),),
        "premium_fen": 128_640,
        "payment": PaymentPlan(
            "按月交 · 12 期", 12, 10_720, 10_720, datetime(2026, 11, 23, 2, 3, tzinfo=UTC), date(2026, 12, 24)
        ),
        "special_exclusions": ("因甲状腺结节产生的医疗费用，保险人不承担给付责任。",),
        "cooling_off_days": 15,
        "waiting_days": 30,
        "clauses": CLAUSES,
        "conditions": (("投保年龄", "34 岁"), ("社保", "有社保")),
    }


def _party_facts() -> dict[str, Any]:
    return {
        "policyholder": Party("陈晓明", "3101**********1234", "138****5678", date(1990, 3, 5), "male"),
        "insured": Party("李雨桐", "3101**********4321", "", date(1992, 8, 15), "female"),
        "beneficiaries": (BeneficiaryLine("陈晓明", "spouse", 1, 100, "3101**********1234"),),
    }
