"""A notice by a sentence on the phone's API, one claim for one event, and what is left of the cover."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.claims.errors import AlreadyReported
from baohe.rooms.claims.models import Claim
from tests.claims import world
from tests.claims.test_api import Phone

SAID = "孩子11月20日放学路上跌倒，左膝裂伤，看门诊花了 1286 元"


@pytest.fixture
def phone(insured):
    return Phone(insured.account_id)


def _notice(insured, day=world.INJURED_ON, event="accident_outpatient", **changes):
    return FirstNotice(insured.policy_id, event, SAID, day, **changes)


def test_a_sentence_is_understood_twice_alike_and_nothing_is_kept(phone, insured):
    first = phone.post("claims/understand", {"sentence": SAID})
    assert first.status_code == 200, first.content
    told = first.json()
    assert told["policy"]["value"] == str(insured.policy_id)
    assert (told["event"]["value"], told["day"]["value"]) == ("accident_outpatient", "2026-11-20")
    assert told["member"]["label"]["zh"] == world.INSURED
    assert (told["amount_fen"], told["to_person"], told["ask"], told["already"]) == (128_600, [], "", [])
    assert phone.post("claims/understand", {"sentence": SAID}).json() == told
    assert Claim.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"sentence": "x"}, 422),
        ({"sentence": "摔" * 501}, 422),
        ({"sentence": "摔\u0000了"}, 422),
        ({"sentence": "摔了", "policy_id": "1 OR 1=1"}, 422),
        ({"sentence": "摔了", "happened_on": "31.2."}, 422),
    ],
)
def test_what_cannot_be_understood_is_refused_by_field(phone, body, status):
    assert phone.post("claims/understand", body).status_code == status


def test_a_policy_of_others_is_not_there(phone, insured):
    stranger = Phone(world.claimant("13800000081"))
    for path in (f"policies/{insured.policy_id}/cover-left",):
        assert stranger.get(path).status_code == 404
    body = {"sentence": SAID, "policy_id": str(insured.policy_id)}
    assert stranger.post("claims/understand", body).status_code == 404


def test_hostile_sentences_end_soon_and_mean_nothing(phone):
    for words in ("骑" * 500, "1" * 500, "上周" * 250, "我把" * 250, "<script>" * 60, "三十" * 250, "hit by a " * 55):
        assert phone.post("claims/understand", {"sentence": words}).status_code == 200


@pytest.mark.parametrize(("days", "twice"), [(-3, False), (-2, True), (0, True), (2, True), (3, False)])
def test_the_same_event_within_two_days_is_one_claim(insured, days, twice):
    middle = date(2026, 11, 17)
    opened = claims.first_notice(insured.account_id, _notice(insured, middle), "k1")
    again = _notice(insured, date(2026, 11, 17 + days))
    if not twice:
        claims.first_notice(insured.account_id, again, "k2")
        assert Claim.objects.count() == 2
        return
    with pytest.raises(AlreadyReported) as refused:
        claims.first_notice(insured.account_id, again, "k2")
    assert refused.value.problem()["claim_id"] == str(opened.id)
    assert Claim.objects.count() == 1


def test_what_is_open_is_told_before_and_withdrawn_or_other_events_are_not(insured):
    opened = claims.first_notice(insured.account_id, _notice(insured), "k1")
    claims.first_notice(insured.account_id, _notice(insured, event="hospital"), "k2")
    claims.withdraw(insured.account_id, opened.id)
    claims.first_notice(insured.account_id, _notice(insured), "k3")
    assert Claim.objects.count() == 3


@pytest.mark.rule("SERV-9")
def test_another_event_goes_on_and_a_person_looks(phone, insured, draft, submit, work):
    draft()
    body = {"policy_id": str(insured.policy_id), "sentence": SAID, "happened_on": "2026-11-20"}
    body |= {"event": "accident_outpatient"}
    refused = phone.post("claims", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "claim_already_reported")
    assert [one["id"] for one in phone.post("claims/understand", {"sentence": SAID}).json()["already"]] == [
        refused.json()["claim_id"]
    ]
    opened = phone.post("claims", {**body, "another": True}).json()
    phone.upload(opened["id"], world.another_photo(5))
    phone.upload(opened["id"], world.another_photo(6), kind="record")
    work()
    answer = phone.post(f"claims/{opened['id']}/submit").json()
    assert answer["state"] == "with_person"
    assert "another_event" in {reason["code"] for reason in answer["decision_reasons"]}


def test_the_same_key_answers_the_same_claim_though_it_is_open(phone, insured):
    body = {"policy_id": str(insured.policy_id), "sentence": SAID, "happened_on": "2026-11-20", "event": "other"}
    key = str(uuid4())
    first, second = (phone.post("claims", body, key=key) for _ in range(2))
    assert (first.status_code, second.json()["id"]) == (201, first.json()["id"])


def test_what_is_left_of_the_limit_follows_what_was_paid(phone, insured, draft, submit):
    before = phone.get(f"policies/{insured.policy_id}/cover-left").json()["items"]
    paid = submit(draft())
    after = phone.get(f"policies/{insured.policy_id}/cover-left").json()["items"]
    assert all(one["used_fen"] == 0 and one["left_fen"] == one["limit_fen"] for one in before)
    used = [one for one in after if one["used_fen"]]
    assert [(one["kind"], one["used_fen"]) for one in used if one["kind"] == "limit"] == [("limit", paid.amount_fen)]
    assert all(one["left_fen"] == one["limit_fen"] - one["used_fen"] for one in after)
    assert {one["last_day"] for one in after} == {"2027-02-28"}


def test_every_paper_has_a_drawing(on_sale, insured):
    claim = claims.first_notice(insured.account_id, _notice(insured), "k1")
    assert [(one.kind, one.sample) for one in claim.needed] == [
        ("invoice", "medical_invoice"),
        ("record", "hospital_summary"),
        ("identity", "identity"),
    ]
