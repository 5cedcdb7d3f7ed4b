"""自主选择声明: our advice not to buy, the figures it rests on, and the customer's own words in their own hand."""

from __future__ import annotations

from baohe.flows.signer import drawn_signature
from baohe.kernel.dates import SHANGHAI
from baohe.kernel.errors import NotFound
from baohe.kernel.money import yuan
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.documents.contracts import Paper, PaperSection
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import ProposalView
from baohe.rooms.suitability import facade as suitability
from baohe.rooms.suitability.contracts import OWN_CHOICE, AssessmentView, FileView, StatementView


def own_choice_paper(proposal: ProposalView) -> Paper:
    """The latest statement with the advice it answers. Raises `NotFound` where nothing was stated. Whoever opens it for
    somebody else than the customer logs the read."""
    file = suitability.file_of(proposal.id, proposal.shard_key)
    statement, advice = _stated(file)
    version = catalog.version(proposal.version_id)
    holder = policies.policyholder(proposal.account_id).name
    return Paper(
        "statement",
        f"S-{statement.id.hex[-12:].upper()}",
        version.insurer.name.zh,
        statement.at,
        (
            ("保险产品", version.name.zh),
            ("投保人", holder),
            ("被保险人", proposal.insured_name),
            ("签名时间", f"{statement.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"),
            ("评估规则", advice.decision.rule_version),
        ),
        (
            PaperSection(
                "给投保人的建议", ("建议：不要投保。", *(f"· {one.text.zh}" for one in advice.decision.reasons))
            ),
            PaperSection("依据", columns=(4, 8), header=("项目", "内容"), rows=_figures(advice)),
            PaperSection("自主选择声明", tuple(line.zh for line in statement.lines)),
        ),
        signer_label="投保人签名",
        signature=drawn_signature(statement.strokes, statement.digest, statement.at, holder),
        sealed=False,
        marks=f"所签文字 SHA-256：{statement.digest}",
        sample=version.sample,
    )


def _stated(file: FileView) -> tuple[StatementView, AssessmentView]:
    """The last statement, and the last advice to stop given before it."""
    statements = [one for one in file.statements if one.code == OWN_CHOICE]
    if not statements:
        raise NotFound(what="自主选择声明")
    statement = statements[-1]
    return statement, [one for one in file.assessments if one.advises_to_stop and one.at <= statement.at][-1]


def _figures(advice: AssessmentView) -> tuple[tuple[str, str], ...]:
    terms, answers = advice.terms, advice.answers
    years = "一次交清" if terms.paid_once else f"每年，共 {terms.pay_years} 年"
    return (
        ("想解决", suitability.PURPOSE_WORDS[answers.purpose]),
        ("同类保障", suitability.EXISTING_WORDS[answers.existing]),
        ("家庭年收入", f"¥{yuan(answers.income_fen)}"),
        ("打算花", f"¥{yuan(answers.budget_fen)}"),
        ("保险费", f"¥{yuan(terms.premium_fen)}，{years}"),
        ("投保人年龄", f"{terms.age} 周岁"),
    )
