"""健康告知书: what was asked and answered and what was decided on it, as a paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from baohe.flows.signer import drawn_signature
from baohe.kernel.dates import SHANGHAI
from baohe.kernel.decisions import Text
from baohe.kernel.money import percent, yuan
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion, Question
from baohe.rooms.documents.contracts import CustomerSignature, Paper, PaperSection
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import ProposalView
from baohe.rooms.underwriting.contracts import AnswerLine, DeclarationView

OUTCOMES = {
    "accept": "标准承保",
    "load": "加费承保",
    "exclude": "除外承保",
    "postpone": "延期",
    "refer": "转人工核保，等核保员答复",
    "declined_by_person": "不承保",
    "offer_declined": "客户没有接受条件",
    "offer_expired": "条件已过期",
}


def declared_paper(
    declaration: DeclarationView, answers: Sequence[AnswerLine], insured: str, proposal: ProposalView | None
) -> Paper:
    """The declaration as it stands now; with the signature where its proposal was signed. `answers` were opened for
    somebody who may read them."""
    version = catalog.version(declaration.version_id)
    holder = policies.policyholder(declaration.account_id).name
    return Paper(
        "health_declaration",
        f"D-{declaration.id.hex[-12:].upper()}",
        version.insurer.name.zh,
        declaration.decided_at or declaration.created_at,
        (
            ("保险产品", version.name.zh),
            ("投保人", holder),
            ("被保险人", insured),
            ("告知时间", f"{declaration.created_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"),
            ("问卷版本", version.id),
            ("核保规则", declaration.decision.rule_version),
        ),
        (_asked(version, answers), _decided(declaration)),
        signer_label="投保人签名",
        signature=_signature(proposal, holder),
        sealed=False,
        sample=version.sample,
    )


def _asked(version: ProductVersion, answers: Sequence[AnswerLine]) -> PaperSection:
    questions = {question.id: question for question in version.questionnaire}
    return PaperSection(
        "告知内容",
        ("以下各项由投保人逐项回答；保险人没有询问的内容不需要告知。",),
        (9, 3),
        ("询问事项", "回答"),
        tuple((_as_shown(questions[line.question_id]), line.answer.zh) for line in answers),
    )


def _as_shown(question: Question) -> str:
    """The words of the page: the question, its medical term, and each thing it names."""
    items = "；".join(_with(item.title, item.term, item.detail) for item in question.items)
    asked = _with(question.title, question.term)
    return f"{asked}　包括：{items}" if items else asked


def _with(title: Text, *beside: Text | None) -> str:
    more = "，".join(one.zh for one in beside if one is not None)
    return f"{title.zh}（{more}）" if more else title.zh


def _decided(declaration: DeclarationView) -> PaperSection:
    return PaperSection("核保决定", columns=(3, 9), header=("项目", "内容"), rows=tuple(_lines(declaration)))


def _lines(declaration: DeclarationView) -> Iterator[tuple[str, str]]:
    yield "结果", OUTCOMES[declaration.outcome]
    if declaration.postponed_until is not None:
        yield "可再次投保", f"{declaration.postponed_until} 起"
    if declaration.loading_bp:
        yield "加费", percent(declaration.loading_bp)
    for exclusion in declaration.exclusions:
        yield "除外", exclusion.zh
    for reason in declaration.reasons:
        yield "理由", f"{reason.text.zh}（条款 {reason.clause}）" if reason.clause else reason.text.zh
    yield "保险费", f"¥{yuan(declaration.premium_fen)}"


def _signature(proposal: ProposalView | None, holder: str) -> CustomerSignature | None:
    signed = policies.signature_of(proposal.id) if proposal is not None else None
    if signed is None:
        return None
    return drawn_signature(signed.strokes, signed.document_sha256 or signed.document_digest, signed.signed_at, holder)
