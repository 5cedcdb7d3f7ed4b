"""A labelled claim of every case with its photograph, through the real reader and the real rules.

`baohe bench claims.set` walks the whole set; here each claim has its counted paper alone, and a printed note.
"""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PIL import Image

from baohe.adapters.ocr.check_digits import credit_code, luhn
from baohe.adapters.ocr.printed import capital_amount
from bench.papers import figures, invented
from bench.papers.labelled import label, labelled_set, one_of_each
from bench.papers.story import PAY, Claim, Given, thing
from bench.papers.walk import walk
from tests.claims import world
from tests.shelf import put_on_sale

SEED = 11


def light(claims: Iterator[Claim]) -> Iterator[Claim]:
    for number, claim in enumerate(claims):
        note = replace(thing(random.Random(number)), picture=Image.open(io.BytesIO(world.another_photo(number))))
        yield replace(claim, papers=(claim.papers[0], Given("record", note, number, ("flat",))))


@pytest.mark.rule("SERV-9")
def test_no_claim_of_the_set_is_paid_wrongly_or_refused_whoever_confirms_its_doubts(db):
    put_on_sale()

    walked = list(walk(light(one_of_each(SEED))))

    assert len({one.claim.case for one in walked}) >= 23
    assert [(one.claim.case, one.honest, one.careless) for one in figures.wrong_payments(walked)] == []
    assert figures.refusals(walked) == 0
    paid, clean = figures.straight_through(walked)
    assert paid * 2 > clean


def labels(claims: Iterator[Claim]) -> list[object]:
    return [label(claim, given, at) for at, claim in enumerate(claims, 1) for given in claim.papers]


def test_the_same_seed_gives_the_same_labels_and_pictures():
    assert labels(labelled_set(12, 3)) == labels(labelled_set(12, 3))
    assert labels(labelled_set(12, 3)) != labels(labelled_set(12, 4))
    first, again = (next(labelled_set(1, 3)).papers[0].jpeg() for _ in range(2))
    assert hashlib.sha256(first).digest() == hashlib.sha256(again).digest()


def test_a_longer_set_begins_with_the_shorter_one():
    assert labels(labelled_set(8, 3)) == labels(labelled_set(15, 3))[: len(labels(labelled_set(8, 3)))]


def test_invented_numbers_end_in_their_check_figure():
    for seed in range(50):
        chance = random.Random(seed)
        assert credit_code(invented.credit_code(chance))
        assert luhn(invented.card_number(chance, "622848"))


@pytest.mark.parametrize("fen", [1, 10, 2_005, 10_000, 71_600, 128_640, 100_100, 1_010_001, 12_005_030, 10_000_000])
def test_amounts_in_words_are_those_that_the_reader_reads(fen):
    assert capital_amount(invented.capital(fen)) == invented.yuan(fen)


def test_clean_claims_are_most_of_the_set_and_every_other_case_is_in_it():
    claims = list(labelled_set(60, 5))
    assert sum(claim.expected == PAY for claim in claims) > 30
    assert len({claim.case for claim in claims}) > 15
