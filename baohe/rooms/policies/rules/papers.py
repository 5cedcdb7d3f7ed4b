"""The pages a customer agrees to, each with the digest of exactly what is shown (SALE-2, PUB-5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from baohe.kernel.canonical import digest
from baohe.kernel.decisions import Text
from baohe.kernel.money import yuan
from baohe.rooms.policies.contracts import DEDUCTION, Beneficiary, Due, PaperView

if TYPE_CHECKING:
    from baohe.rooms.catalog.contracts import ProductVersion

CLAUSES = "clauses"
EXCLUSIONS = "exclusions"
INSURED_CONSENT = "insured_consent"
CODES = (CLAUSES, EXCLUSIONS, INSURED_CONSENT, DEDUCTION)

TITLES = {
    CLAUSES: Text("保险条款", "Policy wording"),
    EXCLUSIONS: Text("不保的情况", "What is not covered"),
    INSURED_CONSENT: Text("被保险人同意书", "Consent of the insured"),
    DEDUCTION: Text("扣款约定", "Deduction agreement"),
}

Confirmed = Mapping[tuple[str, str], datetime]
"""(code, digest) → when it was confirmed."""


def clauses_paper(version: ProductVersion, confirmed: Confirmed) -> PaperView:
    """The digest covers every section; the sections themselves are shown from the catalogue."""
    content = [[part.number, part.title, part.body] for part in version.clauses]
    return _paper(CLAUSES, digest([version.id, content]), (), True, confirmed)


def exclusions_paper(version: ProductVersion, special: Sequence[Text], confirmed: Confirmed) -> PaperView:
    """Every exclusion in plain words beside its wording, and the special ones of this customer's own contract."""
    lines = (*special, *(item.plain for item in version.exclusions))
    content = [version.id, [line.as_dict() for line in lines], [item.wording for item in version.exclusions]]
    return _paper(EXCLUSIONS, digest(content), lines, True, confirmed)


def insured_consent_paper(
    version: ProductVersion,
    insured_name: str,
    death_cover_fen: int,
    beneficiaries: Sequence[Beneficiary],
    needed: bool,
    confirmed: Confirmed,
) -> PaperView:
    """INS 34, 39: the insured knows the sum on their life and who receives it."""
    amount = yuan(death_cover_fen)
    heirs_zh = "、".join(f"{b.name}（第 {b.rank} 顺位 {b.share_percent}%）" for b in beneficiaries) or "法定受益人"
    heirs_en = ", ".join(f"{b.name} (order {b.rank}, {b.share_percent}%)" for b in beneficiaries) or "statutory heirs"
    lines = (
        Text(
            f"被保险人 {insured_name} 知道并同意为其投保 {version.name.zh}，身故保额 ¥{amount}。",
            f"The insured, {insured_name}, knows of and agrees to {version.name.en} with ¥{amount} in case of death.",
        ),
        Text(
            f"被保险人同意身故保险金受益人为：{heirs_zh}。",
            f"The insured agrees that the death benefit goes to: {heirs_en}.",
        ),
    )
    content = digest([version.id, [line.as_dict() for line in lines]])
    return _paper(INSURED_CONSENT, content, lines, needed, confirmed)


def deduction_paper(version: ProductVersion, dues: Sequence[Due], confirmed: Confirmed) -> PaperView:
    """SALE-3: each later deduction with its day and sum; needed only when there is one."""
    lines = [
        Text(
            f"同意从本次付款的账户按下列日期扣款，共 {len(dues)} 次，可随时撤回。",
            f"I agree to {len(dues)} deductions on these days from the account that pays now; I may withdraw.",
        ),
        *(Text(f"{due.on} ¥{yuan(due.amount_fen)}", f"{due.on} ¥{yuan(due.amount_fen)}") for due in dues),
    ]
    content = digest([version.id, [line.as_dict() for line in lines]])
    return _paper(DEDUCTION, content, tuple(lines) if dues else (), bool(dues), confirmed)


def _paper(code: str, content: str, text: tuple[Text, ...], needed: bool, confirmed: Confirmed) -> PaperView:
    return PaperView(
        code=code,
        title=TITLES[code],
        digest=content,
        confirmed_at=confirmed.get((code, content)),
        needed=needed,
        text=text,
    )
