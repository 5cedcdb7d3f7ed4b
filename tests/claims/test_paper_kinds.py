"""What the room makes of papers that are no invoice, and of pictures of something else."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from baohe.adapters.ocr.contracts import KINDS, PaperReading, ReadValue
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims import ports
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.claims.rules.papers import seems
from baohe.rooms.claims.rules.reading import EXPECTED, FIELDS, fields_of
from tests.claims import world

SUMMARY = PaperReading(
    "hospital_summary",
    (
        ReadValue("hospital", world.HOSPITAL, 98, False),
        ReadValue("patient_name", world.INSURED, 97, False),
        ReadValue("admitted_on", "2026-11-20", 55, True),
        ReadValue("discharged_on", "2026-11-21", 97, False),
        ReadValue("diagnosis", "左膝裂伤", 96, False),
    ),
    (),
    legible=True,
)
CARD = PaperReading("bank_card", (ReadValue("number", "6222021234567890128", 97, False),), (), legible=True)


@pytest.fixture
def reads_by_kind(monkeypatch: pytest.MonkeyPatch, reads):
    """`reads_by_kind(record=…)`: what the engine says of a kind; the sample invoice otherwise."""

    def says(**readings: PaperReading) -> None:
        monkeypatch.setattr(ports, "read_paper", lambda jpeg, today, kind: readings.get(kind) or world.paper(kind))

    return says


def open_claim(insured: world.Insured, another: bool = False):
    sentence = "放学路上跌倒，左膝裂伤"
    notice = FirstNotice(insured.policy_id, "accident_outpatient", sentence, world.INJURED_ON, another=another)
    return claims.first_notice(insured.account_id, notice, str(uuid4()))


def paper_of(insured: world.Insured, claim_id, kind: str):
    return next(p for p in claims.claim(insured.account_id, claim_id).papers if p.kind == kind)


def test_a_record_is_read_into_fields_that_nobody_has_to_confirm(insured, reads_by_kind, work):
    reads_by_kind(record=SUMMARY)
    claim = open_claim(insured)
    claims.add_paper(insured.account_id, claim.id, "record", world.photo(90))
    work()

    paper = paper_of(insured, claim.id, "record")

    assert (paper.state, {field.code: field.value for field in paper.fields}) == (
        "read",
        {
            "hospital": world.HOSPITAL,
            "patient": world.INSURED,
            "admitted": "2026-11-20",
            "discharged": "2026-11-21",
            "diagnosis": "左膝裂伤",
        },
    )
    assert [field.code for field in paper.fields if field.doubtful] == []
    assert [need.state for need in claims.claim(insured.account_id, claim.id).needed if need.kind == "record"] == [
        "ready"
    ]


def test_a_card_where_an_invoice_is_asked_for_is_typed_or_taken_again(insured, reads_by_kind, work):
    wrong = PaperReading("bank_card", CARD.fields, (), legible=True, problem="wrong_kind")
    reads_by_kind(invoice=wrong)
    claim = open_claim(insured)
    claims.add_paper(insured.account_id, claim.id, "invoice", world.photo(90))
    work()

    paper = paper_of(insured, claim.id, "invoice")

    assert paper.state == "unreadable"
    assert paper.seems is not None
    assert paper.seems.zh == "这像一张银行卡，不像医疗发票，请核对"
    assert {field.value for field in paper.fields} == {""}
    assert {field.code for field in paper.fields if field.doubtful} == {
        "patient",
        "date",
        "hospital",
        "total",
        "number",
    }


def test_a_paper_as_asked_for_and_one_that_is_only_blurred_are_not_said_to_be_another(insured, reads_by_kind, work):
    reads_by_kind(invoice=PaperReading("other", (), (), legible=False, problem="illegible"), record=SUMMARY)
    claim = open_claim(insured)
    for kind, shade in (("invoice", 90), ("record", 120)):
        claims.add_paper(insured.account_id, claim.id, kind, world.photo(shade))
    work()

    assert [paper_of(insured, claim.id, kind).seems for kind in ("invoice", "record")] == [None, None]


def test_every_kind_of_the_reader_has_words_for_every_paper_of_ours():
    silent = {(seen, kind) for seen in KINDS for kind in EXPECTED if seems(seen, kind) is None}
    assert silent == {("other", kind) for kind in EXPECTED}


def test_the_same_card_in_two_claims_is_no_invoice_used_before(insured, draft, submit, reads_by_kind, work):
    first = draft()
    reads_by_kind(identity=CARD)
    claims.add_paper(insured.account_id, first.id, "identity", world.photo(10))
    work()
    assert submit(first).state == "paying"

    second = open_claim(insured, another=True)
    claims.add_paper(insured.account_id, second.id, "identity", world.photo(30))
    work()

    assert paper_of(insured, second.id, "identity").fields[2].value == "6222021234567890128"
    assert "number" not in FIELDS["identity"]


def test_a_shops_receipt_is_a_bill_with_its_day_in_iso():
    reading = PaperReading(
        "receipt",
        (
            ReadValue("company", "HARBOUR LIGHT TRADING SDN BHD", 97, False),
            ReadValue("date", "21/06/2018", 98, False, iso="2018-06-21"),
            ReadValue("total", "10.25", 99, False),
        ),
        (),
        legible=True,
    )
    fields = {field.code: field for field in fields_of(reading, "陈小满", date(2018, 6, 20), "bill")}
    assert (fields["date"].value, fields["hospital"].value, fields["total"].value) == (
        "2018-06-21",
        "HARBOUR LIGHT TRADING SDN BHD",
        "10.25",
    )
    assert fields["patient"].doubtful  # a till slip names nobody


def test_an_invoice_of_a_firm_says_nothing_of_social_insurance_and_is_asked():
    reading = PaperReading("vat_invoice", (ReadValue("total", "10.25", 99, False),), (), legible=True)
    fields = {field.code: field for field in fields_of(reading, "陈小满", date(2026, 6, 20))}
    assert fields["social_paid"].doubtful
    assert not fields["self_paid"].doubtful


def test_every_paper_that_can_be_given_has_its_expectation():
    assert set(EXPECTED) == set(FIELDS) == {"invoice", "bill", "record", "identity", "relation"}
