"""SALE-5: a sale is on record, page by page, or it is not paid; what is played cannot act."""

from __future__ import annotations

import json

import pytest

from baohe.flows import record_sale
from baohe.rooms.payments.models import PaymentIntent
from baohe.rooms.policies.errors import StepsMissing
from baohe.rooms.recordings import facade as recordings
from baohe.rooms.recordings.models import Part
from tests.journey.recording import PAGE_OF, events, mark
from tests.sale import recorded, steps
from tests.sale.world import Customer

pytestmark = pytest.mark.rule("SALE-5")


@pytest.mark.parametrize("left_out", PAGE_OF)
def test_a_missing_kind_of_page_holds_up_the_payment(lin: Customer, left_out: str) -> None:
    # given a signed proposal with seven of the eight kinds on record
    proposal = steps.signed_off_record(lin)
    recorded.sitting(proposal, [kind for kind in PAGE_OF if kind != left_out])
    # when it is paid, then the step is named and no payment was opened
    with pytest.raises(StepsMissing) as refused:
        steps.locked(proposal)
    assert refused.value.facts["codes"] == ["recorded"]
    assert PaymentIntent.objects.count() == 0
    [need] = record_sale.needed(proposal)
    assert recordings.KINDS[left_out].zh in need.detail.zh
    # when that page was opened, in a sitting of another day, then it is paid
    recorded.sitting(proposal, [left_out])
    assert steps.locked(proposal).state == "created"


def test_compulsory_cover_needs_no_record() -> None:
    from datetime import date

    assert not recordings.demanded("compulsory_motor", date(2026, 11, 22))
    assert recordings.demanded("medical", date(2026, 11, 22))
    assert recordings.demanded("medical", date(2020, 10, 1))
    assert not recordings.demanded("medical", date(2020, 9, 30))


def test_pages_of_another_sale_do_not_count(lin: Customer) -> None:
    # given two proposals, one of them on record
    mine, other = steps.signed_off_record(lin), steps.signed_off_record(lin, "songtao-accident")
    recorded.sitting(other)
    # then the other's pages hold nothing up and let nothing through
    with pytest.raises(StepsMissing):
        steps.locked(mine)
    assert steps.locked(other).state == "created"


def test_a_quote_leads_to_its_proposal(lin: Customer) -> None:
    # given a sitting that began with a quote, before there was a proposal
    quote = steps.quoted(lin)
    view = recorded.sent(recorded.begun(lin.id, steps.MEDICAL), events(["enter"], []))
    recorded.sent(view, [mark("identity", [quote.id], 1_790_000_000_000)])
    proposal = steps.policies.draft_proposal(lin.id, steps.decided(quote), lin.me, (), None, "single")
    # then its pages belong to the proposal of that quote
    assert record_sale.coverage(proposal).recorded == {"enter", "identity"}


def test_a_replay_opens_page_by_page(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin))
    [reel] = recordings.reels(policy.id)
    assert [page.kind for page in reel.pages] == list(PAGE_OF)
    assert {len(page.version) for page in reel.pages} == {64}
    assert [event["type"] for event in reel.events] == [4, 2, *[5] * 8]


def test_a_broken_record_holds_up_the_payment(lin: Customer) -> None:
    # given a record that was whole and is not any more
    proposal = steps.signed_off_record(lin)
    recorded.sitting(proposal)
    body = bytes(Part.objects.get().body)
    recorded.tampered("UPDATE recordings_part SET body = %s", body[:-1] + bytes([body[-1] ^ 1]))
    # then paying is refused with what to do, and going through the pages again is enough
    with pytest.raises(StepsMissing):
        steps.locked(proposal)
    [need] = record_sale.needed(proposal)
    assert "损坏" in need.detail.zh
    recorded.sitting(proposal)
    assert steps.locked(proposal).state == "created"


def test_what_could_act_is_taken_out_before_a_replay(lin: Customer) -> None:
    # given a page with a script, handlers and addresses that run, kept as it came
    node = {
        "type": 2,
        "id": 9,
        "tagName": "div",
        "attributes": {"onclick": "steal()", "class": "card", "href": "/policies", "src": "java\nscript:steal()"},
        "childNodes": [
            {"type": 2, "id": 10, "tagName": "SCRIPT", "attributes": {}, "childNodes": [{"type": 3, "id": 11}]},
            {"type": 2, "id": 12, "tagName": "iframe", "attributes": {"srcdoc": "<script>"}, "childNodes": []},
        ],
    }
    added = {
        "source": 0,
        "adds": [{"parentId": 4, "node": node}],
        "attributes": [{"id": 9, "attributes": {"onload": "x"}}],
    }
    proposal = steps.signed_off_record(lin)
    view = recorded.sitting(proposal)
    recorded.sent(view, [{"type": 3, "data": added, "timestamp": 1_790_000_000_000}])
    intent = steps.locked(proposal)
    steps.told(intent)
    policy = steps.policies.policy_of_payment(intent.id, intent.shard_key)
    # then what is played cannot act, and says that something was taken out
    [reel] = recordings.reels(policy.id)
    played = json.dumps(reel.events[-1])
    for word in ("steal", "onclick", "onload", "srcdoc", "iframe", "SCRIPT"):
        assert word not in played
    assert '"class": "card"' in played
    assert '"href": "/policies"' in played
    assert reel.removed == 4
    assert recordings.findings(policy.id, recorded.facts_on_log(policy.id)) == []
