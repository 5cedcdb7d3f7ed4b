"""A party disputes a statement, whole or by lines; a named person answers; the party accepts, or the platform corrects
or upholds. Each step is kept for ever, and has a clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from baohe.kernel.dates import SHANGHAI
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.settlement.actions.issue import supersede
from baohe.rooms.settlement.contracts import UNDECIDED, Actor, DisputeView, StatementView
from baohe.rooms.settlement.errors import (
    AlreadyAgreed,
    DisputeDecided,
    DisputeTooLate,
    PartyMayStillAnswer,
    ReferenceTaken,
    StatementReplaced,
)
from baohe.rooms.settlement.locks import hold_party, hold_statement
from baohe.rooms.settlement.models import Agreement, Dispute, DisputeStep, Statement
from baohe.rooms.settlement.queries import all_lines
from baohe.rooms.settlement.rules import terms
from baohe.rooms.settlement.rules.payable import is_technical
from baohe.rooms.settlement.views import dispute_view

MAX_LINES = 200


def open_dispute(
    statement_id: UUID, reference: str, reason: str, lines: Sequence[int], actor: Actor, branch: str = ""
) -> DisputeView:
    """`reference` is the party's own: the same words under it are the same dispute. `lines` are numbers of lines,
    none for the whole statement. Raises `DisputeTooLate`, `AlreadyAgreed`, `StatementReplaced`, `ReferenceTaken`,
    `InvalidInput`, `NotFound`."""
    reference, reason, wanted = reference.strip(), reason.strip(), sorted(set(lines))
    if not reference or len(reference) > 64:
        raise InvalidInput(field="reference", reason_zh="请给 1–64 个字的编号", reason_en="1–64 characters")
    if not reason or len(reason) > 1000:
        raise InvalidInput(field="reason", reason_zh="请写明理由，1–1000 字", reason_en="1–1000 characters")
    with transaction.atomic():
        row = hold_statement(statement_id, branch)
        earlier = Dispute.objects.filter(party=row.party_id, reference=reference).first()
        if earlier is not None:
            if (earlier.statement_id, earlier.reason, earlier.line_numbers) != (row.id, reason, wanted):
                raise ReferenceTaken(reference=reference)
            return dispute_view(earlier)
        _refuse_late(row)
        moment = clock.now()
        dispute = Dispute.objects.create(
            id=clock.new_id(),
            statement=row,
            party=row.party,
            reference=reference,
            reason=reason,
            line_numbers=wanted,
            held_fen=_held_fen(row, wanted),
            opened_at=moment,
            opened_by=actor.name,
            due_at=terms.answer_by(moment),
        )
        _step(dispute, "opened", actor, reason)
        return dispute_view(dispute)


def answer(dispute_id: UUID, text: str, actor: Actor) -> DisputeView:
    """The platform answers; the party's clock begins. Raises `DisputeDecided` unless it is open."""
    with transaction.atomic():
        row = _hold(dispute_id, ("open",))
        row.answer = _said(text)
        return _move(row, "answered", actor, row.answer, terms.party_answers_by(clock.now()))


def accept(dispute_id: UUID, actor: Actor, branch: str = "") -> DisputeView:
    """The party accepts the answer: nothing is disputed any more. A repeat changes nothing."""
    with transaction.atomic():
        row = _hold(dispute_id, ("answered", "accepted"), branch)
        return dispute_view(row) if row.state == "accepted" else _move(row, "accepted", actor, "")


def correct(dispute_id: UUID, reason: str, actor: Actor) -> tuple[DisputeView, StatementView]:
    """The party is right: a new edition says why. Its figures are those of the closed month, for the correction is
    an entry in the month that is open, and the difference stands in that month's statement."""
    with transaction.atomic():
        row = _hold(dispute_id, UNDECIDED)
        current = Statement.objects.get(party=row.party_id, month=row.statement.month, superseded_at=None)
        told = supersede(current.id, _said(reason)[:200])
        return _move(row, "corrected", actor, reason.strip()), told


def uphold(dispute_id: UUID, reason: str, actor: Actor) -> DisputeView:
    """The statement stands, after an answer that the party had its days to accept. Raises `PartyMayStillAnswer`."""
    with transaction.atomic():
        row = _hold(dispute_id, ("answered",))
        if row.due_at is not None and clock.now() <= row.due_at:
            raise PartyMayStillAnswer(until=f"{row.due_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}")
        return _move(row, "upheld", actor, _said(reason))


def _refuse_late(row: Statement) -> None:
    if row.superseded_at is not None:
        raise StatementReplaced(number=row.number)
    if Agreement.objects.filter(statement=row).exists():
        raise AlreadyAgreed(number=row.number)
    if clock.today() > row.dispute_until:
        raise DisputeTooLate(number=row.number, until=f"{row.dispute_until}")


def _held_fen(row: Statement, wanted: list[int]) -> int:
    if not wanted:
        return abs(row.payable_fen)
    if len(wanted) > MAX_LINES or wanted[0] < 1 or wanted[-1] > row.lines:
        raise InvalidInput(
            field="lines",
            reason_zh=f"行号在 1–{row.lines} 之间，最多 {MAX_LINES} 行",
            reason_en=f"line numbers are 1–{row.lines}, {MAX_LINES} at most",
        )
    chosen, amounts = set(wanted), []
    for line in all_lines(row.party.branch, row.month):
        if line.number in chosen and not is_technical(line.account):
            amounts.append(line.amount_fen)
        if line.number == wanted[-1]:
            break
    return terms.held_fen(amounts, row.payable_fen)


def _hold(dispute_id: UUID, states: tuple[str, ...], branch: str = "") -> Dispute:
    rows = Dispute.objects.select_related("party", "statement")
    found = (rows.filter(party__branch=branch) if branch else rows).filter(id=dispute_id).first()
    if found is None:
        raise NotFound(what="异议")
    hold_party(found.party_id)
    row = rows.select_for_update(of=("self",)).get(id=dispute_id)
    if row.state not in states:
        raise DisputeDecided()
    return row


def _move(row: Dispute, state: str, actor: Actor, text: str, due_at: datetime | None = None) -> DisputeView:
    row.state, row.due_at = state, due_at
    row.save(update_fields=["state", "due_at", "answer"])
    _step(row, state, actor, text)
    return dispute_view(row)


def _step(row: Dispute, action: str, actor: Actor, text: str) -> None:
    DisputeStep.objects.create(
        id=clock.new_id(), dispute=row, at=clock.now(), action=action, by=actor.id, by_name=actor.name, text=text
    )


def _said(text: str) -> str:
    said = text.strip()
    if not 0 < len(said) <= 2000:
        raise InvalidInput(field="text", reason_zh="请写明，1–2000 字", reason_en="1–2000 characters")
    return said
