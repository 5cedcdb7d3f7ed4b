"""Papers of a claim as telephones take them: turned, tilted, sealed, dim. The real engine, a few pictures."""

from __future__ import annotations

import io
from datetime import date

import numpy as np
import pytest
import segno
from PIL import Image, ImageFilter

from baohe.adapters.ocr import qr, upright
from baohe.adapters.ocr.contracts import Page
from baohe.adapters.ocr.paper import read_paper
from tests.claims import sample_papers
from tests.claims.sample_papers import Sample, by_hand

TODAY = date(2026, 11, 22)


def misread(sample: Sample, quality: int = 70) -> dict[str, tuple[str, str]]:
    reading = read_paper(sample.jpeg(quality), TODAY)
    assert (reading.kind, reading.problem) == (sample.kind, "")
    return {code: (reading.value(code), value) for code, value in sample.truth.items() if reading.value(code) != value}


@pytest.mark.parametrize(
    ("draw", "turn", "dark"),
    [
        (sample_papers.vat_of_today, 0, 0.0),
        (sample_papers.vat_with_code, 3, 0.0),
        (sample_papers.medical, 2, 0.0),
        (sample_papers.summary, 1, 0.0),
        (sample_papers.repair, 0, 0.8),
        (sample_papers.bank_card, 0, 0.8),
        (sample_papers.till_slip, 2, 0.0),
    ],
)
def test_a_photograph_taken_by_hand_is_read_whichever_way_it_lies(draw, turn, dark):
    assert misread(by_hand(draw(), 7, turn=turn, dark=dark)) == {}


def test_a_seal_over_the_authority_hides_nothing():
    assert misread(by_hand(sample_papers.accident(), 5, turn=1)) == {}


def test_a_box_lies_on_its_value_in_the_picture_as_given():
    sample = by_hand(sample_papers.summary(), 3, turn=1)
    reading = read_paper(sample.jpeg(), TODAY)
    x, y, width, height = next(field.box for field in reading.fields if field.code == "patient_name")
    # Printed near the upper left corner; a quarter turn anticlockwise brings that to the lower left one.
    assert x + width < 3_500
    assert y > 6_500
    assert height > width


@pytest.mark.parametrize(
    "make", [lambda page: Image.new("RGB", page.size), lambda page: page.filter(ImageFilter.GaussianBlur(14))]
)
def test_black_and_blurred_pictures_are_illegible(make):
    out = io.BytesIO()
    make(sample_papers.medical().picture).save(out, "JPEG")
    reading = read_paper(out.getvalue(), TODAY, ("medical_invoice",))
    assert (reading.legible, reading.problem) == (False, "illegible")


def test_the_code_of_an_invoice_is_read_in_passing():
    out = io.BytesIO()
    segno.make("01,04,3300204130,18273645,1000.00,20260930,63105,0A1B,").save(out, kind="png", scale=6)
    with Image.open(out) as code:
        told = qr.invoice_code(qr.text_of(np.asarray(code.convert("RGB"))))
    assert told == qr.InvoiceCode("3300204130", "18273645", "1000.00", "2026-09-30")


@pytest.mark.parametrize("text", ["https://example.com/01,04", "01,04,x,y,1.00,20260930", ""])
def test_a_code_of_something_else_is_none_of_ours(text):
    assert qr.invoice_code(text) is None


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_box_of_the_upright_page_leads_back_to_the_picture(turn):
    given = np.zeros((400, 600, 3), dtype=np.uint8)
    corners = np.array([[[60, 40], [180, 40], [180, 80], [60, 80]]], dtype=np.float32)
    pixels, moved = upright.turned(given, corners, turn)
    page = Page((), turn, (pixels.shape[1], pixels.shape[0]))
    box = page.in_picture(upright.level(moved[0].tolist(), page))
    assert all(abs(a - b) <= 2 for a, b in zip(box, (1000, 1000, 2000, 1000), strict=True))
