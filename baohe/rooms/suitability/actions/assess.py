"""Check one proposal and keep what was asked and advised."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.suitability import sealing
from baohe.rooms.suitability.contracts import EXISTING, MOST_FEN, PURPOSES, Answers, AssessmentView, Terms
from baohe.rooms.suitability.models import Assessment
from baohe.rooms.suitability.rules.checking import check


def assess(
    account_id: UUID, proposal_id: UUID, shard_key: int, terms: Terms, answers: Answers, reused: bool = False
) -> AssessmentView:
    """The advice for these terms and answers, stored sealed with a leaf in the log. Answering again adds another
    check; the latest one counts. Raises `InvalidInput` naming the answer."""
    _refuse_impossible(answers)
    decision = check(terms, answers)
    with transaction.atomic():
        row_id = clock.new_id()
        row = Assessment.objects.create(
            id=row_id,
            shard_key=shard_key,
            account_id=account_id,
            proposal_id=proposal_id,
            terms=terms.as_dict(),
            answers_sealed=sealing.seal_checked(row_id, answers, decision),
            outcome=decision.outcome,
            rule_version=decision.rule_version,
            reused=reused,
            made_at=clock.now(),
        )
        evidence.append(
            "suitability_checked",
            str(row_id),
            {"proposal": str(proposal_id), "outcome": decision.outcome, "inputs": decision.input_hash},
            shard_key,
        )
    return sealing.assessment_view(row)


def _refuse_impossible(answers: Answers) -> None:
    for field, value, known in (
        ("purpose", answers.purpose, PURPOSES),
        ("existing", answers.existing, EXISTING),
    ):
        if value not in known:
            raise InvalidInput(
                field=field, reason_zh="请从列出的选项里选一个", reason_en=f"choose one of {', '.join(known)}"
            )
    for field, fen in (("income_fen", answers.income_fen), ("budget_fen", answers.budget_fen)):
        if not 0 <= fen <= MOST_FEN:
            raise InvalidInput(
                field=field, reason_zh="金额要在 0 到 1000 亿元之间", reason_en="must be from 0 to 100 billion yuan"
            )
