"""Answers and lines between contracts and sealed JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from uuid import UUID

from baohe.kernel.dates import add_months, business_date
from baohe.kernel.decisions import Decision, Reason, Text
from baohe.plumbing import vault
from baohe.rooms.suitability.contracts import Answers, AssessmentView, KeptView, StatementView, Terms
from baohe.rooms.suitability.models import Assessment, KeptAnswers, Statement

Strokes = Sequence[Sequence[Mapping[str, int]]]


def seal_kept(account_id: UUID, answers: Answers) -> bytes:
    return vault.seal("suitability_keptanswers.answers", account_id, json.dumps(answers.as_dict()))


def kept_answers(row: KeptAnswers) -> Answers:
    """Raises `SealedDataUnreadable`."""
    opened = vault.unseal("suitability_keptanswers.answers", row.account_id, bytes(row.answers_sealed))
    return Answers(**json.loads(opened))


def seal_checked(row_id: UUID, answers: Answers, decision: Decision) -> bytes:
    content = {"answers": answers.as_dict(), "decision": decision.as_dict()}
    return vault.seal("suitability_assessment.answers", row_id, json.dumps(content, ensure_ascii=False))


def assessment_view(row: Assessment) -> AssessmentView:
    """Raises `SealedDataUnreadable`."""
    content = json.loads(vault.unseal("suitability_assessment.answers", row.id, bytes(row.answers_sealed)))
    told = content["decision"]
    decision = Decision(
        outcome=told["outcome"],
        reasons=tuple(Reason(r["code"], Text(**r["text"]), r["clause"]) for r in told["reasons"]),
        rule_version=told["rule_version"],
        input_hash=told["input_hash"],
        detail=told["detail"],
    )
    return AssessmentView(
        id=row.id,
        proposal_id=row.proposal_id,
        account_id=row.account_id,
        terms=Terms.from_dict(row.terms),
        answers=Answers(**content["answers"]),
        decision=decision,
        reused=row.reused,
        at=row.made_at,
    )


def seal_lines(row_id: UUID, lines: Sequence[Text]) -> bytes:
    content = json.dumps([line.as_dict() for line in lines], ensure_ascii=False)
    return vault.seal("suitability_statement.lines", row_id, content)


def seal_strokes(row_id: UUID, strokes: Strokes) -> bytes:
    drawn = json.dumps([[dict(point) for point in stroke] for stroke in strokes], separators=(",", ":"))
    return vault.seal("suitability_statement.strokes", row_id, drawn)


def statement_view(row: Statement) -> StatementView:
    """Raises `SealedDataUnreadable`."""
    lines = json.loads(vault.unseal("suitability_statement.lines", row.id, bytes(row.lines_sealed)))
    drawn = []
    if row.strokes_sealed is not None:
        drawn = json.loads(vault.unseal("suitability_statement.strokes", row.id, bytes(row.strokes_sealed)))
    return StatementView(
        id=row.id,
        proposal_id=row.proposal_id,
        code=row.code,
        digest=row.digest,
        lines=tuple(Text(**line) for line in lines),
        strokes=tuple(tuple(stroke) for stroke in drawn),
        at=row.made_at,
    )


def keep_view(row: KeptAnswers, until_months: int) -> KeptView:
    kept_on = business_date(row.kept_at)
    return KeptView(kept_answers(row), kept_on, add_months(kept_on, until_months))
