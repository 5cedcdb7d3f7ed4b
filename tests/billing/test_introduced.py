"""An introduced customer whose premiums stay away, and who takes the yes back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from baohe.flows import introduce
from baohe.rooms.consent import facade as consent
from baohe.rooms.introductions import facade as introductions
from baohe.rooms.introductions.contracts import AgreementTerms, IntroductionView
from baohe.rooms.ledger import facade as ledger
from tests.billing import steps
from tests.billing.bank import Bank
from tests.sale.world import Customer

CHENG, XU = UUID("019307a2-0000-7000-8000-000000000001"), UUID("019307a2-0000-7000-8000-000000000002")


def introduced(lin: Customer) -> IntroductionView:
    terms = AgreementTerms("songtao", "haijia", "medical", 500, 100_000, 30, 90, date(2026, 1, 1), date(2026, 12, 31))
    made = introductions.propose("ZJS-1", terms, CHENG, "程立")
    introductions.approve(made.id, XU, "许衡")
    return introduce.answer(lin.id, introductions.record(made.id, "A-1", CHENG, "程立").token, agreed=True)


@pytest.mark.rule("OVER-2")
def test_the_fee_of_a_policy_that_lapsed_within_the_days_of_return_goes_back(lin: Customer, bank: Bank) -> None:
    view = introduced(lin)
    policy = steps.monthly(lin)
    introduce.look()
    with steps.on(date(2026, 12, 20)):
        introduce.look()
    assert ledger.balance("insurer/songtao/referral_income") < 0
    for day in (date(2026, 12, 23), date(2027, 1, 23)):
        steps.round_on(day)
    with steps.on(date(2027, 1, 23)):
        assert steps.seen(policy).state == "lapsed"
        introduce.look()
    assert introductions.introduction(view.id).state == "reversed"
    assert ledger.balance("insurer/songtao/referral_income") == 0


@pytest.mark.rule("DATA-1")
def test_a_yes_that_arrives_again_after_it_was_taken_back_gives_nothing(lin: Customer) -> None:
    view = introduced(lin)
    introduce.withdraw(lin.id, view.token)
    introduce.answer(lin.id, view.token, agreed=True)
    assert not consent.is_granted(lin.id, introduce.PURPOSE, str(view.id))
    with pytest.raises(introductions.ConsentMissing):
        introduce.contact(view.id, CHENG)
