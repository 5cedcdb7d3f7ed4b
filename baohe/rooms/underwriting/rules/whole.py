"""The whole decision: what the product's own rules say, then what the house's rule set says.

The graver outcome counts, loadings add up, exclusions collect, the longest postponement counts. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from baohe.kernel.decisions import Decision, Reason, Text, hash_inputs
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.underwriting.rules import answers as product
from baohe.rooms.underwriting.rules.engine import Compiled, Fired
from baohe.rooms.underwriting.rules.facts import Seen
from baohe.rooms.underwriting.rules.tables import OUTCOMES


@dataclass(frozen=True, slots=True)
class Case:
    """What was seen of one declaration: enough to decide it again.

    `facts` are the product's rating inputs and the sex, `answers` the given ones, `seen` what the rule set looks at,
    `day` the business date of the decision.
    """

    facts: Mapping[str, str]
    answers: Mapping[str, str]
    seen: Seen
    day: date


def decide(version: ProductVersion, rules: Compiled, name: str, case: Case) -> Decision:
    """One outcome for every case. `name` is the rule set's scope and number.

    `detail`: loading_bp (int), exclusions ({zh, en}), fired ({table, row} of each table), postponed_until (ISO date
    or ""). Raises what `answers.asked` raises.
    """
    by_product = product.decide(version, case.facts, case.answers)
    fired = rules.ask(case.seen)
    said = [hit for hit in fired if hit.table.decides]
    outcome = max([by_product.outcome, *(str(hit.row.says["outcome"]) for hit in said)], key=OUTCOMES.index)
    own = () if by_product.reasons == (product.CLEAN,) else by_product.reasons
    reasons = (*own, *(_reason(hit) for hit in said if hit.row.says.get("reason")))
    return Decision(
        outcome=outcome,
        reasons=reasons or (product.CLEAN,),
        rule_version=f"{by_product.rule_version} + {name}",
        input_hash=hash_inputs(
            {
                "product": by_product.input_hash,
                "rules": rules.digest,
                "seen": dict(case.seen),
                "day": case.day.isoformat(),
            }
        ),
        detail={
            "loading_bp": by_product.detail["loading_bp"] + sum(int(hit.row.says.get("loading_bp", 0)) for hit in said),
            "exclusions": [*by_product.detail["exclusions"], *_exclusions(said)],
            "fired": [{"table": hit.table.id, "row": hit.row.id} for hit in fired],
            "postponed_until": _until(said, case.day) if outcome == "postpone" else "",
        },
    )


def _reason(hit: Fired) -> Reason:
    says = hit.row.says
    return Reason(str(says["reason"]), Text(str(says["reason_zh"]), str(says["reason_en"])))


def _exclusions(said: list[Fired]) -> list[dict[str, str]]:
    return [
        {"zh": str(hit.row.says["exclusion_zh"]), "en": str(hit.row.says["exclusion_en"])}
        for hit in said
        if hit.row.says.get("exclusion_zh")
    ]


def _until(said: list[Fired], day: date) -> str:
    return (day + timedelta(days=max(int(hit.row.says.get("postpone_days", 0)) for hit in said))).isoformat()
