"""What an endorsement says on paper, in words and figures. Pure: contracts in, the template's plain data out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from baohe.kernel.dates import SHANGHAI
from baohe.kernel.money import yuan
from baohe.rooms.documents.contracts import EndorsementDocument


def endorsement_content(data: EndorsementDocument, verify_url: str, qr_svg: str) -> dict[str, Any]:
    """The template's data. Every change stands as before and after; what is not named stays as the policy says."""
    moment = data.recorded_at.astimezone(SHANGHAI)
    number = f"{data.policy_number}-{data.number}"
    insurer = data.insurer.name.zh
    return {
        "title": f"批单 {number}",
        "author": insurer,
        "keywords": ["批单", number, data.version_id],
        "date": {"year": moment.year, "month": moment.month, "day": moment.day},
        "insurer": insurer,
        "product": data.product_name.zh,
        "product-en": data.product_name.en,
        "sample": data.sample,
        "number": number,
        "policy-number": data.policy_number,
        "filing": f"条款：{data.clause_name}　　备案号：{data.filing_number}　　版本：{data.version_id}",
        "valid": f"{data.valid_from:%Y-%m-%d}",
        "sum-after": data.after.sum_insured,
        "refund": f"¥{yuan(data.refund_fen)}",
        "parties": [
            {"role": "投保人", "name": data.policyholder.name, "identity": data.policyholder.identity_masked or "—"},
            {"role": "被保险人", "name": data.insured.name, "identity": data.insured.identity_masked or "—"},
        ],
        "period": f"{data.start:%Y-%m-%d} 至 {data.end - timedelta(days=1):%Y-%m-%d}",
        "changes": _changes(data),
        "calculation": [{"label": label, "amount": f"¥{yuan(fen)}"} for label, fen in data.calculation],
        "text": (
            f"经投保人申请，保险人同意：自 {data.valid_from:%Y-%m-%d} 零时起，本保险合同的保险金额由"
            f" {data.before.sum_insured} 减少为 {data.after.sum_insured}。退还的保险费原路退回付款账户。"
            "生效之前发生的保险事故，仍按原保险金额处理。其他内容不变。"
        ),
        "recorded": f"{moment:%Y-%m-%d %H:%M}",
        "seal": insurer.replace("股份有限公司", "").replace("有限公司", "")[:9],
        "qr": qr_svg,
        "verify-url": verify_url,
        "phones": f"客服 {data.insurer.service_phone}　　投诉 {data.insurer.complaint_phone}",
    }


def _changes(data: EndorsementDocument) -> list[dict[str, str]]:
    rows = [
        {"label": "保险金额", "before": data.before.sum_insured, "after": data.after.sum_insured},
        {
            "label": "全期保险费",
            "before": f"¥{yuan(data.before.premium_fen)}",
            "after": f"¥{yuan(data.after.premium_fen)}",
        },
    ]
    after = dict(data.after.limits)
    return rows + [
        {"label": label, "before": limit, "after": after.get(label, "不再承保")}
        for label, limit in data.before.limits
        if after.get(label) != limit
    ]
