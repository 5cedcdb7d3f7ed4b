"""A picture with a place whose grain does not fit is taken without a word, and a handler sees it marked."""

from __future__ import annotations

import json

import pytest

from baohe.rooms.claims import facade as claims
from baohe.rooms.claims import sealing
from baohe.rooms.claims.models import ClaimPaper
from baohe.rooms.payments.models import Payout
from tests.claims import world
from tests.uploads import photographed
from tests.uploads.test_picture_grain import copied, photograph, written_over

PLACES = {"no_grain": lambda: written_over(photograph()), "same_grain": lambda: copied(photograph())[0]}


@pytest.fixture
def with_odd_place(draft, insured):
    def make(code: str = "no_grain"):
        claim = draft()
        for paper in claim.papers:
            if paper.kind == "invoice":
                claims.remove_paper(insured.account_id, claim.id, paper.id)
        content = photographed.jpeg(PLACES[code](), 94)
        return claim, claims.add_paper(insured.account_id, claim.id, "invoice", content, anyway=True)

    return make


@pytest.mark.parametrize("code", PLACES)
def test_it_is_told_to_handlers_with_its_box_and_a_plain_sentence(with_odd_place, code: str) -> None:
    claim, paper = with_odd_place(code)
    handler = world.handler("chen", "陈理赔")
    [origin] = [one for one in claims.file_of(handler.id, claim.id).origins if one.paper_id == paper.id]
    place = origin.odd_places[0]
    assert "picture_grain" in origin.doubts
    assert len(place.box) == 4
    assert bool(place.twin) is (code == "same_grain")
    assert "请对照原件" in place.text.zh
    assert "ompare it with the original" in place.text.en
    said = json.dumps([place.text.zh, place.text.en]).lower()
    assert "fraud" not in said and "欺诈" not in place.text.zh


@pytest.mark.rule("SERV-9")
def test_it_sends_the_claim_to_a_person_in_time_and_refuses_nothing(with_odd_place, submit, work, insured) -> None:
    claim, _ = with_odd_place()
    work()
    claim = submit(claims.claim(insured.account_id, claim.id))
    assert claim.state == "with_person"
    codes = [reason.code for reason in claim.decision.reasons]
    assert "picture_grain" in codes
    assert claim.decision.outcome == "refer"
    assert claim.decide_by is not None
    assert not Payout.objects.exists()


def test_an_honest_photograph_says_nothing(draft, insured) -> None:
    claim = draft()
    content = photographed.jpeg(photograph(), 94)
    paper = claims.add_paper(insured.account_id, claim.id, "invoice", content, anyway=True)
    row = ClaimPaper.objects.get(id=paper.id)
    assert "picture_grain" not in row.doubts
    assert sealing.odd_places(row) == ()


def test_only_papers_that_are_counted_are_looked_at(draft, insured) -> None:
    claim = draft()
    content = photographed.jpeg(written_over(photograph()), 94)
    paper = claims.add_paper(insured.account_id, claim.id, "record", content, anyway=True)
    assert "picture_grain" not in ClaimPaper.objects.get(id=paper.id).doubts


def test_what_was_sealed_before_there_were_places_opens(with_odd_place) -> None:
    _, paper = with_odd_place()
    row = ClaimPaper.objects.get(id=paper.id)
    assert sealing.traces(row).editor == ""
    row.traces_sealed = None
    assert sealing.odd_places(row) == ()
