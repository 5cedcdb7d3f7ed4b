"""A named underwriter concludes. The only path in the platform to "declined_by_person" (SERV-9).

Standard terms and a refusal hold at once; a loading or an exclusion is an offer that the customer answers. Above the
authority of one name a second underwriter has to agree first (`second_name.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.people.contracts import StaffView
from baohe.rooms.rating import facade as rating
from baohe.rooms.underwriting import locks, rules_referral
from baohe.rooms.underwriting.contracts import DeclarationView
from baohe.rooms.underwriting.errors import WorseThanTheRules
from baohe.rooms.underwriting.models import PERSON_OUTCOMES, Referral, ReferralDecision, Verdict
from baohe.rooms.underwriting.queries import declaration_by_id
from baohe.rooms.underwriting.referral_records import day_and_time, event, take, tell, underwriter

OFFERS = ("load", "exclude")
MOST_LOADING_BP = 30_000
_LONGEST_NOTE = 500


def decide_referral(
    staff_account_id: UUID,
    declaration_id: UUID,
    outcome: str,
    note: str,
    loading_bp: int = 0,
    exclusions: Sequence[Text] = (),
    clause: str = "",
) -> DeclarationView:
    """Conclude an open referral: accept | load | exclude | declined_by_person, with a note that says why; postpone
    keeps a postponement that the customer contested.

    `loading_bp` may go with load or exclude; `clause` names what a refusal rests on. Raises `NotAnUnderwriter`,
    `ReferralClosed`, `ReferralNotOpen`, `WorseThanTheRules`, `InvalidInput`, `NotFound`.
    """
    staff = underwriter(staff_account_id)
    _check(outcome, note, loading_bp, exclusions, clause)
    with transaction.atomic():
        row = locks.referral(declaration_id)
        locks.refuse_unless(row, "open")
        _refuse_worse(row, outcome, loading_bp)
        take(row, staff)
        verdict = _write(row, staff, outcome, note.strip(), loading_bp, exclusions, clause.strip())
        event(row, "proposed" if verdict.two_names else "concluded", staff, outcome=outcome)
        if verdict.two_names:
            row.state = "to_confirm"
            row.save()
        else:
            give(row, verdict)
    return declaration_by_id(declaration_id)


def give(row: Referral, verdict: Verdict) -> None:
    """The verdict begins to hold: as an offer, or as the decision. The caller holds the row of the referral."""
    moment = clock.now()
    verdict.given_at = moment
    if verdict.outcome in OFFERS and not _keeps_terms(row, verdict):
        verdict.valid_until = rules_referral.offer_until(moment)
        verdict.save()
        row.state = "offered"
        row.save()
        event(row, "offered", valid_until=verdict.valid_until.isoformat())
        tell(row, "underwriting_offer", until=day_and_time(verdict.valid_until))
        return
    verdict.save()
    close(row, "decided", verdict)
    tell(row, "underwriting_decided")


def close(row: Referral, state: str, verdict: Verdict | None) -> None:
    """The end of a referral; with a verdict its terms become the person's decision."""
    moment = clock.now()
    if verdict is not None:
        ReferralDecision.objects.create(
            declaration=row.declaration,
            staff_account_id=verdict.maker_id,
            staff_name=verdict.maker_name,
            outcome=verdict.outcome,
            note=verdict.note,
            clause=verdict.clause,
            checked_by=verdict.checker_id,
            checked_by_name=verdict.checker_name,
            loading_bp=verdict.loading_bp,
            exclusions=verdict.exclusions,
            premium_fen=verdict.premium_fen,
            decided_at=moment,
        )
    row.state, row.decided_at = state, moment
    row.save()


def _keeps_terms(row: Referral, verdict: Verdict) -> bool:
    """A review that ends in what the rules gave needs no new answer of the customer."""
    declared = row.declaration
    return (verdict.outcome, verdict.loading_bp, verdict.exclusions) == (
        declared.outcome,
        declared.loading_bp,
        declared.exclusions,
    )


def _write(
    row: Referral,
    staff: StaffView,
    outcome: str,
    note: str,
    loading_bp: int,
    exclusions: Sequence[Text],
    clause: str,
) -> Verdict:
    declared = row.declaration
    version = catalog.version(declared.version_id)
    premium_fen = declared.quoted_premium_fen
    if loading_bp:
        premium_fen = rating.load(version, declared.inputs, premium_fen, loading_bp).premium_fen
    sum_fen = version.sum_insured.fen(declared.inputs)
    return Verdict.objects.create(
        id=clock.new_id(),
        referral=row,
        outcome=outcome,
        loading_bp=loading_bp,
        exclusions=[exclusion.as_dict() for exclusion in exclusions],
        premium_fen=premium_fen,
        note=note,
        clause=clause,
        maker_id=staff.id,
        maker_name=staff.name,
        made_at=clock.now(),
        two_names=rules_referral.needs_second_name(clock.today(), outcome, sum_fen or 0, loading_bp),
    )


def _refuse_worse(row: Referral, outcome: str, loading_bp: int) -> None:
    declared = row.declaration
    if outcome == "postpone" and declared.outcome != "postpone":
        raise InvalidInput(field="outcome", reason_zh="规则没有延期", reason_en="the rules did not postpone it")
    if row.cause == "customer" and not rules_referral.no_worse(
        outcome, loading_bp, declared.outcome, declared.loading_bp
    ):
        raise WorseThanTheRules()


def _check(outcome: str, note: str, loading_bp: int, exclusions: Sequence[Text], clause: str) -> None:
    if outcome not in PERSON_OUTCOMES:
        allowed = "、".join(PERSON_OUTCOMES)
        raise InvalidInput(field="outcome", reason_zh=f"可选：{allowed}", reason_en=f"one of: {allowed}")
    if not note.strip() or len(note) > _LONGEST_NOTE:
        raise InvalidInput(field="note", reason_zh="请写明理由，最多 500 字", reason_en="say why, in up to 500 letters")
    if (outcome == "load") != (loading_bp > 0) and outcome != "exclude":
        raise InvalidInput(field="loading_bp", reason_zh="加费承保须写加费比例", reason_en="goes with a loading only")
    if not 0 <= loading_bp <= MOST_LOADING_BP:
        raise InvalidInput(field="loading_bp", reason_zh="最多加费 300%", reason_en="at most 300 %")
    if (outcome == "exclude") != bool(exclusions):
        raise InvalidInput(
            field="exclusions", reason_zh="除外承保须写除外内容", reason_en="goes with an exclusion only"
        )
    if outcome == "declined_by_person" and not clause.strip():
        raise InvalidInput(
            field="clause", reason_zh="不承保要写明依据的条款或规则", reason_en="name what the refusal rests on"
        )
