"""What a claimant is told of a photograph at once, and that nothing else happened (SERV-5)."""

# ruff: noqa: F811 - the telephone and the open claim are fixtures of test_api

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from baohe.plumbing.models import OutboxEvent
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.models import ClaimDecision, ClaimPaper
from baohe.rooms.payments.models import Payout
from tests.claims import world
from tests.claims.test_api import BASE, Phone, opened, phone  # noqa: F401 - fixtures of the same telephone
from tests.uploads import hostile, photographed


def _flat(level: int) -> bytes:
    return photographed.jpeg(Image.new("RGB", (1_200, 900), (level,) * 3))


def _small(picture: Image.Image) -> bytes:
    return photographed.jpeg(picture.resize((560, round(560 * picture.height / picture.width))))


CLEAR = photographed.clear(0, "invoice", 1_600)
BLURRED = photographed.jpeg(photographed.blurred(CLEAR, 3))
DOUBTED = {
    "picture_blurred": BLURRED,
    "picture_dark": photographed.jpeg(photographed.lit(CLEAR, 0.25)),
    "picture_glare": photographed.jpeg(photographed.glaring(CLEAR, 0.5)),
    "picture_too_small": _small(CLEAR),
    "picture_wrong_kind": photographed.jpeg(photographed.scene(1)),
}
USELESS = {"picture_dark": _flat(3), "picture_overexposed": _flat(255), "picture_wrong_kind": _flat(128)}


def everything() -> tuple[int, ...]:
    files = sum(path.is_file() for path in (Path(settings.BAOHE_DATA) / "files").rglob("*"))
    return (
        ClaimPaper.objects.count(),
        OutboxEvent.objects.count(),
        ClaimDecision.objects.count(),
        Payout.objects.count(),
        files,
    )


def upload(phone: Phone, claim_id: str, content: bytes, **more: str):
    file = io.BytesIO(content)
    file.name = "paper.jpg"
    return phone.client.post(f"{BASE}claims/{claim_id}/papers", {"kind": "invoice", "file": file, **more})


@pytest.mark.parametrize("code", DOUBTED)
def test_a_doubted_picture_is_told_and_nothing_is_kept(phone, opened, code):
    before = everything()

    answer = upload(phone, opened["id"], DOUBTED[code])

    said = answer.json()
    assert (answer.status_code, said["code"], said["may_keep"]) == (422, code, True)
    assert "还是用这张" in said["next"]["zh"] and said["message"]["en"]
    assert everything() == before


@pytest.mark.parametrize("code", USELESS)
@pytest.mark.parametrize("anyway", ["true", "false"])
def test_a_picture_of_nothing_is_refused_also_when_insisted_on(phone, opened, code, anyway):
    before = everything()

    answer = upload(phone, opened["id"], USELESS[code], anyway=anyway)

    said = answer.json()
    assert (answer.status_code, said["code"], said["may_keep"]) == (422, code, False)
    assert "还是用这张" not in said["next"]["zh"]
    assert everything() == before


@pytest.mark.rule("SERV-9")
def test_a_doubted_picture_that_is_kept_calls_a_person_and_pays_nobody(phone, opened, work):
    paper = upload(phone, opened["id"], BLURRED, anyway="true")
    assert paper.status_code == 201
    phone.upload(opened["id"], world.photo(90), kind="record")
    work()

    claim = phone.post(f"claims/{opened['id']}/submit").json()

    assert claim["state"] == "with_person"
    assert [reason["code"] for reason in claim["decision_reasons"]] == ["picture_doubted"]
    assert Payout.objects.count() == 0


def test_a_clear_picture_is_taken_without_a_word(phone, opened):
    assert upload(phone, opened["id"], photographed.jpeg(CLEAR)).status_code == 201
    assert ClaimPaper.objects.get().doubts == []


def test_the_same_photograph_compressed_again_is_told_as_already_there(phone, opened):
    first = upload(phone, opened["id"], photographed.jpeg(CLEAR)).json()
    before = everything()

    again = upload(phone, opened["id"], photographed.jpeg(CLEAR, quality=60))
    exactly = upload(phone, opened["id"], photographed.jpeg(CLEAR))

    assert (again.status_code, again.json()["code"]) == (422, "picture_repeated")
    assert (exactly.status_code, exactly.json()["id"]) == (201, first["id"])
    assert everything()[:4] == before[:4]


def test_two_sheets_of_one_form_are_two_papers(phone, opened):
    for seed in (0, 4):
        content = photographed.jpeg(photographed.clear(seed, "invoice", 1_600))
        assert upload(phone, opened["id"], content).status_code == 201
    assert ClaimPaper.objects.count() == 2


@pytest.mark.rule("DATA-1")
def test_what_the_camera_wrote_is_for_handlers_alone_and_the_place_is_for_nobody(phone, opened, insured):
    exif = Image.Exif()
    exif[0x0110], exif[0x0131], exif[0x0132] = "Phone 12", "Adobe Photoshop 25.1", "2026:11:20 18:05:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 54.0, 0.0)})
    paper = upload(phone, opened["id"], photographed.jpeg(CLEAR, exif=exif)).json()

    handler = world.handler("chen", "陈理赔")
    [origin] = claims.file_of(handler.id, opened["id"]).origins
    assert (origin.taken_at, origin.device, origin.editor) == ("2026-11-20T18:05:00", "Phone 12", "photoshop")
    assert origin.doubts == ("picture_edited",)
    assert "Phone 12" not in json.dumps(paper)
    assert b"Photoshop" not in bytes(ClaimPaper.objects.get().traces_sealed)
    served = phone.client.get(paper["picture_url"]).content
    assert b"Exif" not in served and b"Phone 12" not in served


@pytest.mark.rule("SERV-9")
def test_a_picture_from_an_editor_is_taken_and_looked_at_by_a_person(phone, opened, work):
    exif = Image.Exif()
    exif[0x0131] = "GIMP 3.0"
    assert upload(phone, opened["id"], photographed.jpeg(CLEAR, exif=exif)).status_code == 201
    phone.upload(opened["id"], world.photo(90), kind="record")
    work()

    claim = phone.post(f"claims/{opened['id']}/submit").json()

    assert (claim["state"], claim["decision_reasons"][0]["code"]) == ("with_person", "picture_edited")
    assert Payout.objects.count() == 0


def test_the_twenty_first_picture_is_refused_and_the_twenty_stay(phone, opened):
    for number in range(20):
        assert phone.upload(opened["id"], world.another_photo(number), kind="record").status_code == 201
    before = everything()[:4]

    answer = phone.upload(opened["id"], world.another_photo(99), kind="record")

    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_papers")
    assert everything()[:4] == before


@pytest.mark.rule("SERV-9")
def test_the_invoice_of_another_person_goes_to_a_person(phone, opened, reads, work):
    reads(patient="王大力")
    phone.upload(opened["id"], world.photo())
    phone.upload(opened["id"], world.photo(90), kind="record")
    work()

    claim = phone.post(f"claims/{opened['id']}/submit").json()

    assert claim["state"] == "with_person"
    assert "patient_is_not_insured" in [reason["code"] for reason in claim["decision_reasons"]]
    assert Payout.objects.count() == 0


def test_a_picture_taken_sideways_is_kept_upright(phone, opened):
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = CLEAR.rotate(90, expand=True)
    paper = upload(phone, opened["id"], photographed.jpeg(lying, exif=exif)).json()

    with Image.open(io.BytesIO(phone.client.get(paper["picture_url"]).content)) as served:
        assert served.size == CLEAR.size


def test_a_pdf_is_taken_page_by_page_and_its_empty_pages_are_left_out(phone, opened):
    out = io.BytesIO()
    second = photographed.clear(4, "letter", 1_600)
    CLEAR.save(out, "PDF", save_all=True, append_images=[Image.new("RGB", CLEAR.size, "white"), second])

    assert upload(phone, opened["id"], out.getvalue(), anyway="true").status_code == 201
    assert ClaimPaper.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (hostile.with_script(), 422, "pdf_refused"),
        (hostile.pdf(), 422, "picture_overexposed"),
        (world.photo() + hostile.archive(), 422, "upload_is_two_things"),
        (world.photo() + hostile.EICAR, 422, "upload_infected"),
    ],
    ids=["script", "empty page", "polyglot", "eicar"],
)
def test_the_door_is_the_same_for_claims(phone, opened, content, status, code):
    before = everything()
    answer = upload(phone, opened["id"], content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert everything() == before


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "/etc/shadow",
        "..\\..\\windows\\system32\\cmd.exe",
        "CON",
        "a" * 300 + ".jpg",
        "invoice\u202egpj.exe",
        "a;rm -rf ~.jpg",
        "a|b&c$(id)`id`.jpg",
        "％2e％2e／a.jpg",
        ".htaccess",
        "x.php.jpg",
    ],
)
def test_the_name_of_a_file_means_nothing(phone, opened, name):
    assert phone.upload(opened["id"], world.photo(), name=name).status_code == 201

    paper = ClaimPaper.objects.get()
    assert paper.file_name == f"claims/2026-11/{paper.id}.sealed"
