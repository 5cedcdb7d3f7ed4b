"""What the paper says, in words and figures. Pure: contracts in, the template's plain data out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from baohe.kernel.dates import SHANGHAI
from baohe.kernel.money import yuan
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

_RELATIONS = {"self": "本人", "spouse": "配偶", "child": "子女", "parent": "父母", "other": "其他"}
_SEXES = {"male": "男", "female": "女"}

Content = dict[str, Any]


def mask_name(name: str) -> str:
    """`陈晓明` → `陈**`: enough for a checker who holds the policy, too little for anyone else."""
    return name[:1] + "*" * max(len(name) - 1, 1)


def policy_content(data: PolicyDocument, verify_url: str, qr_svg: str) -> Content:
    """The template's data for a policy."""
    issued = _moment(data.issued_at)
    return _shared(data) | {
        "title": f"电子保险单 {data.number}",
        "description": f"{data.insurer.name.zh} {data.product_name.zh}",
        "keywords": ["电子保单", data.number, data.version_id],
        "date": _day_parts(data.issued_at.astimezone(SHANGHAI).date()),
        "heading": "电子保险单",
        "heading-en": "ELECTRONIC INSURANCE POLICY",
        "number-label": "保险单号",
        "number": data.number,
        "number-line": f"保险单号 {data.number}",
        "footer": f"验真：{verify_url}",
        "qr": qr_svg,
        "verify-url": verify_url,
        "periods": _periods(data, data.waiting_last_day, data.cooling_off_last_day),
        "statements": [],
        "signature": _signature(data.signature),
        "unsigned": "本保险单由投保机构通过已签名的接口申请，无手写签名。",
        "seal": {"name": seal_name(data.insurer.name.zh), "shown": True},
        "issued": issued,
        "marks": "本电子保险单与纸质保险单具有同等效力（演示环境除外）。请妥善保存本文件；打印件以电子文件为准。",
    }


def proposal_content(data: ProposalDocument, digest: str) -> Content:
    """The template's data for the paper that the customer signs."""
    return _shared(data) | {
        "title": f"投保单 {data.product_name.zh}",
        "description": f"{data.insurer.name.zh} {data.product_name.zh} 投保单",
        "keywords": ["投保单", data.version_id, digest],
        "date": {"year": data.start.year, "month": data.start.month, "day": data.start.day},
        "heading": "投保单",
        "heading-en": "PROPOSAL",
        "number-label": "内容摘要（前 16 位）",
        "number": digest[:16],
        "number-line": f"内容摘要 {digest[:16]}",
        "footer": f"所签内容 SHA-256：{digest}",
        "qr": "",
        "verify-url": "",
        "periods": _periods(data, None, None),
        "statements": list(data.statements),
        "signature": None,
        "unsigned": f"签名将与本页内容摘要绑定：{digest[:32]}",
        "seal": {"name": seal_name(data.insurer.name.zh), "shown": False},
        "issued": "",
        "marks": "",
    }


def signature_svg(strokes: Sequence[Sequence[tuple[int, int]]]) -> str:
    """The strokes as one vector path, smoothed through the middles of their segments, cropped to what was drawn.

    The pad is twice as wide as high, and both of its sides count 10,000.
    """
    drawn = [[(x, y // 2) for x, y in stroke] for stroke in strokes if stroke]
    points = [point for stroke in drawn for point in stroke]
    left, top = min(x for x, _ in points) - 150, min(y for _, y in points) - 150
    width, height = max(x for x, _ in points) + 150 - left, max(y for _, y in points) + 150 - top
    path = " ".join(_stroke_path(stroke) for stroke in drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}">'
        f'<path d="{path}" fill="none" stroke="#17211F" stroke-width="{max(width, 2 * height) // 80}" '
        'stroke-linecap="round" '
        'stroke-linejoin="round"/></svg>'
    )


def _stroke_path(stroke: Sequence[tuple[int, int]]) -> str:
    if len(stroke) < 3:
        last = stroke[-1]
        return f"M{stroke[0][0]} {stroke[0][1]}L{last[0] + 1} {last[1]}"
    parts = [f"M{stroke[0][0]} {stroke[0][1]}"]
    for (x, y), (next_x, next_y) in zip(stroke[1:-1], stroke[2:], strict=True):
        parts.append(f"Q{x} {y} {(x + next_x) // 2} {(y + next_y) // 2}")
    parts.append(f"L{stroke[-1][0]} {stroke[-1][1]}")
    return "".join(parts)


def _shared(data: PolicyDocument | ProposalDocument) -> Content:
    return {
        "sample": data.sample,
        "insurer": {"name": data.insurer.name.zh},
        "product": data.product_name.zh,
        "product-en": data.product_name.en,
        "clause-name": data.clause_name,
        "filing-number": data.filing_number,
        "version-id": data.version_id,
        "figures": _figures(data.sum_insured, data.start, data.end, data.premium_fen, data.payment),
        "parties": _parties(data.policyholder, data.insured, data.beneficiaries, data.covers_death),
        "coverages": [_coverage(line) for line in data.coverages],
        "payments": _payments(data.premium_fen, data.payment),
        "conditions": [{"label": label, "value": value} for label, value in data.conditions],
        "object": [{"label": label, "value": value} for label, value in data.insured_object],
        "carriers": [{"label": label, "value": value} for label, value in data.carriers],
        "special": list(data.special_exclusions),
        "howto": _how_to(data.insurer, data.cooling_off_days),
        "clauses": [_clause(section) for section in data.clauses],
    }


def _figures(sum_insured: str, start: date, end: date, premium_fen: int, plan: PaymentPlan) -> list[Content]:
    days = (end - start).days
    length = f"共 {days} 天" if days < 3 * 366 else f"共 {round(days / 365.2425)} 年"
    return [
        {"label": "保险金额", "value": sum_insured, "detail": "各项责任限额见下表", "main": True},
        {
            "label": "保险期间",
            "value": f"{start:%Y-%m-%d} 至 {end - timedelta(days=1):%Y-%m-%d}",
            "detail": f"首日零时起，末日二十四时止 · {length}",
            "main": False,
        },
        {"label": "保险费", "value": f"¥{yuan(premium_fen)}", "detail": plan.name, "main": False},
    ]


def _parties(
    holder: Party, insured: Party, beneficiaries: Sequence[BeneficiaryLine], covers_death: bool
) -> list[Content]:
    rows = [_party("投保人", holder), _party("被保险人", insured)]
    if not beneficiaries and not covers_death:
        return rows
    if not beneficiaries:
        return [*rows, {"role": "身故受益人", "name": "法定继承人", "identity": "—", "note": "未指定"}]
    for line in beneficiaries:
        rows.append(
            {
                "role": f"受益人 · 第 {line.rank} 顺位",
                "name": line.name,
                "identity": line.identity_masked or "—",
                "note": f"{_RELATIONS.get(line.relation, line.relation)} · 份额 {line.share_percent}%",
            }
        )
    return rows


def _party(role: str, party: Party) -> Content:
    notes = [
        _SEXES.get(party.sex, party.sex),
        f"{party.birth:%Y-%m-%d} 出生" if party.birth else "",
        party.phone_masked,
    ]
    note = " · ".join(item for item in notes if item)
    return {"role": role, "name": party.name, "identity": party.identity_masked or "—", "note": note}


def _coverage(line: CoverageLine) -> Content:
    return {"name": line.name, "detail": line.detail, "clause": line.clause, "limit": line.limit}


def _periods(
    data: PolicyDocument | ProposalDocument, waiting_last: date | None, cooling_last: date | None
) -> list[Content]:
    return [
        {"label": "保障首日", "value": f"{data.start:%Y-%m-%d} 零时起"},
        {"label": "保障末日", "value": f"{data.end - timedelta(days=1):%Y-%m-%d} 二十四时止"},
        {"label": "等待期", "value": _window(data.waiting_days, waiting_last, "无等待期")},
        {"label": "犹豫期", "value": _window(data.cooling_off_days, cooling_last, "无犹豫期")},
    ]


def _window(days: int, last_day: date | None, none: str) -> str:
    if not days:
        return none
    return f"{days} 天，至 {last_day:%Y-%m-%d} 止" if last_day else f"{days} 天"


def _payments(premium_fen: int, plan: PaymentPlan) -> list[Content]:
    rows = [
        {"label": "保险费", "value": f"¥{yuan(premium_fen)}"},
        {"label": "交费方式", "value": plan.name},
    ]
    if plan.count > 1:
        rows.append({"label": "每期", "value": f"¥{yuan(plan.each_fen)} × {plan.count} 期"})
    if plan.paid_at is not None:
        rows.append({"label": "已交", "value": f"¥{yuan(plan.paid_fen)}（{_moment(plan.paid_at)}）"})
    if plan.next_due is not None:
        rows.append({"label": "下期应交", "value": f"{plan.next_due:%Y-%m-%d}"})
    return rows


def _how_to(insurer: Insurer, cooling_days: int) -> list[Content]:
    leave = (
        f"犹豫期 {cooling_days} 天内退保，退还全部保险费；之后按条款退还现金价值或未满期净保费。"
        if cooling_days
        else "在保单页点“退保”，按条款退还未满期净保费。"
    )
    return [
        {
            "title": "理赔",
            "body": "在保单页一句话报案、拍照上传单据；小额按规则即时支付，其余由专人办理。",
            "phone": insurer.service_phone,
        },
        {"title": "退保", "body": f"{leave}在保单页首屏即可办理。", "phone": ""},
        {
            "title": "投诉",
            "body": "对服务不满意可先致电保险人；十五日内答复。也可向金融监管部门投诉（12378）。",
            "phone": insurer.complaint_phone,
        },
    ]


def _signature(signature: CustomerSignature | None) -> Content | None:
    if signature is None or not any(signature.strokes):
        return None
    return {
        "svg": signature_svg(signature.strokes),
        "name": signature.signer_name,
        "at": _moment(signature.signed_at),
        "digest-1": signature.document_digest[:32],
        "digest-2": signature.document_digest[32:],
    }


def _clause(section: ClauseSection) -> Content:
    paragraphs = [line.strip() for line in section.body.split("\n") if line.strip()]
    return {
        "number": section.number,
        "title": section.title,
        "paragraphs": paragraphs,
        "exclusion": section.exclusion,
    }


def seal_name(name: str) -> str:
    """A seal has room for about eight characters."""
    short = name.replace("股份有限公司", "").replace("有限公司", "")
    return short[:9]


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _day_parts(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}
