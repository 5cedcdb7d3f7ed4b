"""Claims that are decided together are written together: one statement a table, however many they are."""

from __future__ import annotations

from dataclasses import dataclass, field

from baohe.rooms.claims import clocks, records
from baohe.rooms.claims.contracts import EventNotice, Settled
from baohe.rooms.claims.deciding import Considered, mark_submitted
from baohe.rooms.claims.models import Claim, ClaimDecision, ClaimPayment, CoverUse, Deadline, Milestone
from baohe.rooms.claims.rules.calculation import Calculation

_PAYS = "agreed_by_rules"


@dataclass(slots=True)
class Sheet:
    """Rows of reported facts that the rules pay. Nothing is in the database before `write`."""

    claims: list[Claim] = field(default_factory=list)
    decisions: list[ClaimDecision] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    uses: list[CoverUse] = field(default_factory=list)
    payments: list[ClaimPayment] = field(default_factory=list)

    def pay(self, row: Claim, notice: EventNotice, considered: Considered, calculation: Calculation) -> Settled:
        """What `deciding.settle` writes of a fresh claim without papers, in the same words."""
        decision, amount = considered.assessment.decision, calculation.amount_fen
        stored = records.new_decision(
            row,
            decision.outcome,
            decision.reasons,
            calculation.lines,
            amount,
            decision.rule_version,
            decision.input_hash,
            number=1,
        )
        row.calculated_fen = amount
        mark_submitted(row, considered.papers)
        version = stored.rule_version.rpartition("/")[2]
        self.milestones += [
            records.line(row, "reported", who=notice.told_by.zh, who_en=notice.told_by.en),
            records.line(row, _PAYS, amount_fen=amount, version=version, decision=stored.number),
        ]
        self.deadlines += clocks.first(row, _PAYS)
        self.uses += records.uses(row, stored.number, calculation.used, considered.periods)
        records.agree(row, stored, "paying")
        payment, order = records.new_order(row, stored.number, amount, attempt=0)
        self.payments.append(payment)
        self.claims.append(row)
        self.decisions.append(stored)
        return records.settled(row, stored, order, fresh=True)

    def write(self) -> None:
        """In the caller's transaction. A claim begins as a draft in the database too: its trigger lets none begin as
        paid, and watches the step that follows."""
        if not self.claims:
            return
        state = self.claims[0].state
        for row in self.claims:
            row.state = "draft"
        Claim.objects.bulk_create(self.claims)
        ClaimDecision.objects.bulk_create(self.decisions)
        Milestone.objects.bulk_create(self.milestones)
        Deadline.objects.bulk_create(self.deadlines)
        CoverUse.objects.bulk_create(self.uses)
        ClaimPayment.objects.bulk_create(self.payments)
        Claim.objects.filter(id__in=[row.id for row in self.claims]).update(state=state)
        for row in self.claims:
            row.state = state
