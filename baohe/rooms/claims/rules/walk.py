"""One step of the filed claim rules after the other, each leaving a line a claimant can check (SERV-7). Pure."""

from __future__ import annotations

from collections.abc import Mapping

from baohe.kernel.decisions import Text
from baohe.kernel.money import BASIS, apply_bp
from baohe.rooms.catalog.contracts import ClaimEvent, ClaimStep
from baohe.rooms.claims.contracts import CalculationLine
from baohe.rooms.claims.rules import lines as words
from baohe.rooms.claims.rules.counting import counted, use_key
from baohe.rooms.claims.rules.figures import Contract, Figures, Remains


class Walk:
    """The state between two steps: what is left, the lines so far, and what was taken of counted limits."""

    def __init__(self, event: ClaimEvent, figures: Figures, contract: Contract, used_before: Mapping[str, int]) -> None:
        self.lines: list[CalculationLine] = []
        self.taken: dict[str, int] = {}
        self.left = Remains([])
        self._event, self._figures, self._contract, self._used_before = event, figures, contract, used_before
        self._steps = {
            "start": self._start,
            "benefit": self._benefit,
            "daily": self._daily,
            "minus": self._minus,
            "sublimit": self._sublimit,
            "times": self._times,
            "tiers": self._tiers,
            "cap": self._cap,
        }

    def take(self, step: ClaimStep) -> None:
        self._steps[step.op](step)

    def end(self) -> int:
        """State the total, book what counted limits it uses, and give the amount."""
        amount = self.left.fen
        self.lines.append(words.total(amount))
        self.taken.update({use_key(self._event, s): amount for s in self._event.steps if s.op == "cap" and counted(s)})
        return amount

    def _start(self, step: ClaimStep) -> None:
        self.left = Remains([visit.fen(step.field) for visit in self._figures.visits])
        detail = step.detail or words.papers(step, len(self._figures.visits))
        self._add("start", step, detail, self.left.fen)

    def _benefit(self, step: ClaimStep) -> None:
        self.left = Remains([self._amount(step)])
        self._add("start", step, step.detail, self.left.fen)

    def _daily(self, step: ClaimStep) -> None:
        days = sum(max(0, visit.days - step.less_days) for visit in self._figures.visits)
        each = self._amount(step)
        self.left = Remains([days * each])
        self._add("start", step, words.days(self._figures.days, days, each), self.left.fen)

    def _minus(self, step: ClaimStep) -> None:
        if step.field:
            off, detail = self.left.take_each([v.fen(step.field) for v in self._figures.visits]), step.detail
        elif step.per == "visit":
            filed, visits = self._amount(step), len(self._figures.visits)
            off, detail = self.left.take_each([filed] * visits), words.each_visit(filed, visits)
        else:
            off, detail = self._deductible(step)
        self._add("minus", step, detail, off)

    def _deductible(self, step: ClaimStep) -> tuple[int, Text | None]:
        filed, key = self._amount(step), use_key(self._event, step)
        before = self._before(step)
        off = self.left.take(max(0, filed - before))
        if counted(step):
            self.taken[key] = self.taken.get(key, 0) + off
        return off, words.deductible(step, filed, before)

    def _sublimit(self, step: ClaimStep) -> None:
        """Of each visit's item, what lies above its limit; `per` event, what all of them together have above it."""
        limit, visits = self._amount(step), self._figures.visits
        items = [visit.fen(step.field) for visit in visits]
        if step.per == "event":
            off = self.left.take(max(0, sum(items) - limit))
        else:
            times = [max(1, visit.days) if step.per == "day" else 1 for visit in visits]
            over = [max(0, item - limit * count) for item, count in zip(items, times, strict=True)]
            off = self.left.take_each(over)
        self._add("minus", step, words.sublimit(step, limit, sum(items)), off)

    def _times(self, step: ClaimStep) -> None:
        if self.lines and self.lines[-1].op == "minus":
            self.lines.append(words.payable(self.left.fen))
        ratio = self._ratio(step)
        self.left.share(ratio)
        self._add("times", step, step.detail, None, ratio)

    def _tiers(self, step: ClaimStep) -> None:
        """A line for each part that the claimant bears; rounded once a tier."""
        below, amount = 0, self.left.fen
        for tier in step.tiers:
            part = max(0, min(amount, amount if tier.up_to_fen is None else tier.up_to_fen) - below)
            borne = part - apply_bp(part, tier.bp)
            if part and tier.bp < BASIS:
                self._add("minus", step, words.tier(below, tier), self.left.take(borne))
            below = tier.up_to_fen or below

    def _cap(self, step: ClaimStep) -> None:
        limit, before = self._amount(step), self._before(step)
        left = max(0, limit - before)
        reached = self.left.fen > left
        self.left.limit(left)
        self._add("cap", step, words.limit(step, limit, before, self.left.fen), left if reached else None)

    def _before(self, step: ClaimStep) -> int:
        return self._used_before.get(use_key(self._event, step), 0) if counted(step) else 0

    def _amount(self, step: ClaimStep) -> int:
        return 0 if step.amount is None else step.amount.fen(self._contract.inputs, self._contract.sum_insured_fen)

    def _ratio(self, step: ClaimStep) -> int:
        """The share chosen with the price, or the filed one: lower for someone who has social insurance and did not
        use it."""
        if step.ratio is not None:
            return step.ratio.bp(self._contract.inputs)
        used = self._figures.fen("social_paid") > 0 or self._contract.inputs.get("social_insurance") == "no"
        return step.ratio_bp if used or not step.ratio_without_social_bp else step.ratio_without_social_bp

    def _add(
        self, op: str, step: ClaimStep, detail: Text | None, amount_fen: int | None, percent_bp: int | None = None
    ) -> None:
        label = words.bare(step.label)
        self.lines.append(CalculationLine(op, label, detail, amount_fen, percent_bp, step.clause, step.field or None))
