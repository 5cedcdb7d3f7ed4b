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
    EndorsementDocument,
    Insurer,
    Paper,
    PaperSection,
    Party,
    PaymentPlan,
    PolicyDocument,
    ProposalDocument,
    Side,
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


def papers() -> tuple[Paper, ...]:
    """One of each paper of one subject."""
    at = datetime(2026, 11, 23, 2, 4, tzinfo=UTC)
    name = INSURERS[0].name.zh
    signed = CustomerSignature(STROKES, "3f" * 32, at, "陈晓明")
    common = (("保险单号", "P2026-4F7K-9QZ2-1XAB"), ("保险产品", "安心百万医疗 2026"), ("投保人", "陈晓明"))
    questions = PaperSection(
        "告知内容",
        ("以下各项由投保人逐项回答，保险人没有询问的内容不需要告知。",),
        (9, 3),
        ("询问事项", "回答"),
        (
            ("过去两年内是否因疾病住院，或被医生建议住院而未住院（感冒、肺炎已痊愈、阑尾炎、剖宫产等除外）", "否"),
            ("目前或曾经患有高血压（收缩压 160 或舒张压 100 以上）、糖尿病、冠心病", "否"),
            ("过去两年内检查发现甲状腺结节 4 级及以上，或医生建议穿刺活检", "是：已随访，3 级"),
        ),
    )
    own_choice = PaperSection(
        "本人声明",
        (
            "1. 本人已了解：按本人填写的收入，本产品的保费占家庭年收入的 22%，高于建议的 20%。",
            "2. 保险人没有推荐本产品，建议过保费更低的方案；本人仍自主选择投保，并有能力按期交纳。",
            "3. 本人知道 15 天犹豫期内可以退保，退还全部保险费。",
        ),
    )
    received = PaperSection(
        "交费明细",
        columns=(2, 5, 3, 3),
        header=("期次", "交费方式", "收到日期", "金额"),
        rows=(
            ("第 1 期", "模拟钱包", "2026-11-23", "¥107.20"),
            ("第 2 期", "银行代扣 尾号 8888", "2026-12-24", "¥107.20"),
        ),
        money=True,
    )
    back = PaperSection(
        "退费计算",
        ("犹豫期内退保，退还全部已交保险费（条款 5.1）。",),
        (6, 3),
        ("项目", "金额"),
        (("已交保险费", "¥214.40"), ("扣除", "¥0.00"), ("退还", "¥214.40")),
        True,
    )
    facts = (*common, ("退回账户", "原付款账户"))
    by_hand = {"signer_label": "投保人签名", "signature": signed, "sealed": False}
    received_sum = {"amount_fen": 21_440, "amount_label": "收到保险费", "marks": "本收据不作为税务发票。"}
    return (
        Paper("health_declaration", "D2026-0001", name, at, common, (questions,), **by_hand),
        Paper("statement", "S2026-0001", name, at, common, (own_choice,), **by_hand),
        Paper("premium_receipt", "R2026-0001", name, at, common, (received,), **received_sum),
        Paper("refund_note", "T2026-0001", name, at, facts, (back,), amount_fen=21_440, amount_label="退还金额"),
    )


def endorsement_document() -> EndorsementDocument:
    shared = _shared()
    return EndorsementDocument(
        policy_id=uuid.UUID(int=9),
        shard_key=3,
        policy_number="P2026-4F7K-9QZ2-1XAB",
        number=1,
        insurer=INSURERS[0],
        product_name=shared["product_name"],
        clause_name=shared["clause_name"],
        filing_number=shared["filing_number"],
        version_id=shared["version_id"],
        policyholder=Party("陈晓明", "3101**********1234"),
        insured=Party("李雨桐", "3101**********4321"),
        start=shared["start"],
        end=shared["end"],
        before=Side("100 万", 128_640, (("身故", "¥1,000,000.00"),)),
        after=Side("50 万", 64_320, (("身故", "¥500,000.00"),)),
        valid_from=date(2027, 1, 1),
        recorded_at=datetime(2026, 12, 20, 2, 4, tzinfo=UTC),
        calculation=(("未到期部分", 57_120),),
        refund_fen=57_120,
        sample=True,
    )
