"""A death under an accident policy with its named beneficiaries, agreed by two handlers; accounts to pay to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from baohe.config.wiring import handlers
from baohe.flows import claim_money, pay_shares, settle_claim
from baohe.plumbing import clock, outbox
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.claims.facade import ShareAccount
from baohe.rooms.payments.models import Payout
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import PersonInput, StaffView
from baohe.rooms.policies import parties
from baohe.rooms.policies.contracts import Beneficiary
from tests.claims import world
from tests.journey.identity_numbers import identity_number

SUM = 100_000_00 + 1
"""¥100,000.01: it does not divide."""
LETTER = "按条款给付全部身故保险金，材料齐全。"
WIFE, CHILD, MOTHER = "林知夏", "周小禾", "王秀兰"
_PEOPLE = {
    WIFE: ("self", date(1992, 3, 14), True),
    CHILD: ("child", date(2019, 5, 4), False),
    MOTHER: ("parent", date(1963, 8, 21), True),
}
THREE = ((WIFE, 1, 34), (CHILD, 1, 33), (MOTHER, 1, 33))


@dataclass
class Death:
    """`by` are the two handlers."""

    account_id: UUID
    policy_id: UUID
    claim_id: UUID
    by: tuple[StaffView, StaffView]
    numbers: dict[str, str] = field(default_factory=dict)

    def share(self, name: str):
        return next(one for one in claims.claim(self.account_id, self.claim_id).shares if one.name == name)

    def seen(self):
        return claims.claim(self.account_id, self.claim_id)

    def give(self, name: str, holder: str = "", as_guardian: bool = False, number: str = "6222020200001234") -> None:
        account = ShareAccount("招商银行", holder or name, number)
        pay_shares.give_account(self.account_id, self.claim_id, self.share(name).id, account, as_guardian)

    def act(self, kind: str, **facts: str):
        maker, checker = self.by
        act = claim_money.propose(maker.id, self.claim_id, kind, 0, "材料已核对", facts)
        return claim_money.confirm(checker.id, self.claim_id, act.id)


def policy(named=THREE, relation: str = "spouse", phone: str = "13800000060", **terms: object) -> tuple[UUID, UUID]:
    """(account, policy): the husband is insured; `named` are (name, order, percent)."""
    account_id = world.claimant(phone)
    beneficiaries = []
    for serial, (name, rank, percent) in enumerate(named, start=int(phone[-3:]) * 4 % 900):
        kin, birth, female = _PEOPLE[name]
        number = identity_number(birth, female=female, serial=serial)
        person = people.add_person(
            account_id, PersonInput(name, kin, number, social_insurance=True, guardian_consent=True)
        )
        beneficiaries.append(Beneficiary(person.id, name, kin, rank, percent))
    husband = identity_number(date(1990, 7, 2), female=False, serial=int(phone[-3:]))
    insured = people.add_person(
        account_id, PersonInput("周明远", "other", husband, social_insurance=True, guardian_consent=True)
    )
    who = parties.Parties("周明远", date(1990, 7, 2), "male", relation, "1101********0000", tuple(beneficiaries))
    return account_id, world.policy(account_id, who=who, person_id=insured.id, sum_insured_fen=SUM, **terms)


def reported(account_id: UUID, policy_id: UUID, by: tuple[StaffView, StaffView]) -> Death:
    notice = FirstNotice(policy_id, "death", "下班路上出了车祸，人没有救回来", world.INJURED_ON)
    claim = claims.first_notice(account_id, notice, uuid4().hex)
    settle_claim.ask_person(account_id, claim.id)
    return Death(account_id, policy_id, claim.id, by)


def agreed(death: Death, amount_fen: int = SUM) -> Death:
    maker, checker = death.by
    joint = settle_claim.propose_refusal(
        maker.id, death.claim_id, pay_fen=amount_fen, refused_fen=0, clause="2.1", letter=LETTER
    )
    settle_claim.confirm_refusal(checker.id, death.claim_id, joint.id)
    return death


def bank_says(word: str, only_fen: int | None = None, twice: bool = True) -> int:
    """The bank's word on the open payouts, as the payments room announces it; how many."""
    found = Payout.objects.filter(state="requested")
    found = found if only_fen is None else found.filter(amount_fen=only_fen)
    told = 0
    for payout in list(found):
        Payout.objects.filter(id=payout.id).update(state=word, done_at=clock.now() if word == "done" else None)
        event = told_of(payout, word)
        for _ in range(2 if twice else 1):  # at least once means: also twice
            handlers()[event.topic](event)
        told += 1
    return told


def told_of(payout: Payout, word: str) -> outbox.Event:
    payload = {
        "id": str(payout.id),
        "natural_key": payout.natural_key,
        "subject_id": str(payout.subject_id),
        "amount_fen": payout.amount_fen,
        "provider": payout.provider,
    }
    return outbox.Event(0, f"payments.payout_{word}", str(payout.id), payload, 1)
