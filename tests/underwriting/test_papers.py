"""Papers: asked for once, made safe before anything is kept, read, confirmed by the person, handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from baohe.kernel.decisions import Text
from baohe.kernel.errors import BaoheError, InvalidInput, NotAllowed, NotFound
from baohe.plumbing import clock, vault
from baohe.rooms.consent import facade as consent
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.errors import (
    HealthConsentMissing,
    PaperListClosed,
    ReferralNotOpen,
    TooManyPages,
)
from baohe.rooms.underwriting.models import MedicalPaper
from tests.sale import world as sale_world
from tests.sale.world import Customer
from tests.underwriting import world
from tests.underwriting.world import Desk
from tests.uploads import hostile

CONFIRMED = {"name": "林知夏", "height": "166", "fasting_glucose": "6.3"}


@pytest.fixture
def which(who: Desk, lin: Customer) -> UUID:
    made = world.referred(lin).id
    world.asked(who, made, "health_report", "discharge_summary")
    return made


def kept() -> set[Path]:
    return {path for path in (Path(settings.BAOHE_DATA) / "files" / "underwriting").rglob("*") if path.is_file()}


def test_the_whole_list_is_told_at_once_with_its_reasons(lin: Customer, which: UUID) -> None:
    story = underwriting.own_referral_view(lin.id, which)

    assert [(one.kind, one.state) for one in story.requested] == [
        ("health_report", "missing"),
        ("discharge_summary", "missing"),
    ]
    assert story.requested[0].why == world.WHY
    assert story.reply_by is None
    assert story.papers_by is not None


def test_nothing_is_added_to_the_list_later(who: Desk, lin: Customer, which: UUID) -> None:
    underwriting.hand_in(lin.id, which, ["health_report", "discharge_summary"])
    before = world.untouched()
    with pytest.raises(PaperListClosed):
        world.asked(who, which, "health_report", "income_proof")
    assert world.untouched() == before

    world.asked(who, which, "discharge_summary")

    states = {one.kind: one.state for one in underwriting.own_referral_view(lin.id, which).requested}
    assert states == {"health_report": "not_available", "discharge_summary": "missing"}


@pytest.mark.parametrize(
    ("wanted", "field"),
    [({}, "kinds"), ({"teapot": world.WHY}, "kinds"), ({"lab_report": Text("为", "x")}, "why")],
)
def test_an_unclear_request_asks_nothing(who: Desk, lin: Customer, wanted, field: str) -> None:
    made = world.referred(lin).id
    with pytest.raises(InvalidInput) as refusal:
        underwriting.ask_for_papers(who.ning, made, wanted)
    assert refusal.value.facts["field"] == field
    assert underwriting.own_referral_view(lin.id, made).state == "open"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (hostile.png_and_pdf, "upload_is_two_things"),
        (hostile.png_bomb, "picture_too_large"),
        (lambda: b"<svg onload='alert(1)'/>", "picture_kind_unknown"),
        (hostile.with_script, "pdf_refused"),
        (hostile.with_launch, "pdf_refused"),
        (hostile.with_attachment, "pdf_refused"),
        (hostile.archive, "picture_kind_unknown"),
        (lambda: b"%PDF-1.7" + b"\0" * 60_000_000, "picture_too_large"),
        (lambda: hostile.pdf()[:200], "pdf_refused"),
        (lambda: hostile.EICAR, "upload_infected"),
    ],
)
def test_a_hostile_file_is_refused_before_anything_is_kept(lin: Customer, which: UUID, content, code: str) -> None:
    before, files = world.untouched(), kept()

    with pytest.raises(BaoheError) as refusal:
        underwriting.add_paper(lin.id, which, "health_report", content())

    assert refusal.value.code == code
    assert (world.untouched(), kept()) == (before, files)


def test_a_pdf_is_kept_as_pictures_of_its_pages_sealed(lin: Customer, which: UUID) -> None:
    files = kept()
    pages = underwriting.add_paper(lin.id, which, "health_report", hostile.pdf(pages=2, content=b"0 0 9 9 re f"))

    fresh = kept() - files
    assert [page.page for page in pages] == [1]  # the second page is the same picture
    assert MedicalPaper.objects.count() == 1
    assert all(b"JFIF" not in path.read_bytes() and b"%PDF" not in path.read_bytes() for path in fresh)
    assert underwriting.paper_picture(lin.id, pages[0].id).startswith(b"\xff\xd8")


def test_what_was_read_counts_once_the_person_said_so(
    who: Desk, lin: Customer, which: UUID, work: Callable[[], None]
) -> None:
    [page] = underwriting.add_paper(lin.id, which, "health_report", world.page())
    with pytest.raises(ReferralNotOpen):
        underwriting.confirm_reading(lin.id, page.id, {})
    work()
    read = underwriting.paper(lin.id, page.id)
    assert (read.state, read.confirmed_at, {one.confirmed for one in read.items}) == ("read", None, {None})

    underwriting.confirm_reading(lin.id, page.id, CONFIRMED)

    shown = underwriting.file_of(who.ning, which).referral.papers[0]
    glucose = next(one for one in shown.items if one.code == "fasting_glucose")
    assert (glucose.value, glucose.confirmed, glucose.doubtful, glucose.box) == (
        "6.8",
        "6.3",
        True,
        (100, 100, 900, 300),
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "林知夏", "height": "166"}, "fasting_glucose"),
        (CONFIRMED | {"height": "高"}, "height"),
        (CONFIRMED | {"teapot": "1"}, "teapot"),
        (CONFIRMED | {"name": "x" * 61}, "name"),
    ],
)
def test_an_unclear_confirmation_confirms_nothing(
    lin: Customer, which: UUID, work: Callable[[], None], values: dict[str, str], field: str
) -> None:
    [page] = underwriting.add_paper(lin.id, which, "health_report", world.page())
    work()
    with pytest.raises(InvalidInput) as refusal:
        underwriting.confirm_reading(lin.id, page.id, values)
    assert refusal.value.facts["field"] == field
    assert underwriting.paper(lin.id, page.id).confirmed_at is None


@pytest.mark.rule("DATA-4")
def test_readings_lie_sealed(lin: Customer, which: UUID, work: Callable[[], None]) -> None:
    [page] = underwriting.add_paper(lin.id, which, "health_report", world.page())
    work()
    row = MedicalPaper.objects.get()
    assert b"fasting" not in bytes(row.reading_sealed)
    with pytest.raises(vault.SealedDataUnreadable):
        vault.unseal("underwriting_medicalpaper.reading", lin.id, bytes(row.reading_sealed))
    assert page.id == row.id


def test_the_same_page_twice_is_one(lin: Customer, which: UUID, work: Callable[[], None]) -> None:
    [first] = underwriting.add_paper(lin.id, which, "health_report", world.page())
    [again] = underwriting.add_paper(lin.id, which, "health_report", world.page())
    assert first.id == again.id
    assert MedicalPaper.objects.count() == 1


def test_a_page_that_says_nothing_stays_for_the_underwriter(lin: Customer, which: UUID, reads, work) -> None:
    reads(None)
    [page] = underwriting.add_paper(lin.id, which, "health_report", world.page())
    work()
    assert underwriting.paper(lin.id, page.id).state == "unreadable"


def test_handing_in_names_what_is_missing(lin: Customer, which: UUID) -> None:
    underwriting.add_paper(lin.id, which, "health_report", world.page())
    with pytest.raises(InvalidInput) as refusal:
        underwriting.hand_in(lin.id, which)
    assert refusal.value.facts["field"] == "discharge_summary"

    story = underwriting.hand_in(lin.id, which, ["discharge_summary"])

    assert (story.state, story.papers_by) == ("open", None)
    assert story.reply_by is not None


def test_the_clock_stands_still_while_papers_are_owed(lin: Customer, which: UUID) -> None:
    with clock.travel(sale_world.NOW + timedelta(days=5)):  # Friday 27 November
        story = underwriting.hand_in(lin.id, which, ["health_report", "discharge_summary"])
    assert story.reply_by is not None
    assert story.reply_by == datetime(2026, 12, 1, 10, tzinfo=UTC)  # two working days were left: Tuesday 18:00


@pytest.mark.rule("DATA-5")
def test_pictures_open_for_their_owner_and_the_desk_only(who: Desk, lin: Customer, which: UUID) -> None:
    [page] = underwriting.add_paper(lin.id, which, "health_report", world.page())
    other = sale_world.customer("13800000002")
    with pytest.raises(NotFound):
        underwriting.paper_picture(other.id, page.id)
    with pytest.raises(NotFound):
        underwriting.remove_paper(other.id, page.id)
    with pytest.raises(NotAllowed):
        underwriting.picture_for_staff(who.handler, which, page.id)
    with pytest.raises(NotFound):
        underwriting.picture_for_staff(who.ning, world.referred(lin).id, page.id)
    assert underwriting.picture_for_staff(who.ning, which, page.id).startswith(b"\xff\xd8")


@pytest.mark.rule("DATA-1")
def test_a_report_before_the_declaration_needs_its_consent(lin: Customer, work: Callable[[], None]) -> None:
    before = world.untouched()
    with pytest.raises(HealthConsentMissing):
        underwriting.add_report(lin.id, lin.me.id, "health_report", world.page(), health_consent=False)
    assert world.untouched() == before

    [page] = underwriting.add_report(lin.id, lin.me.id, "health_report", world.page(), health_consent=True)

    assert consent.is_granted(lin.id, "health_data", str(lin.me.id))
    work()
    assert underwriting.confirm_reading(lin.id, page.id, CONFIRMED).confirmed_at is not None


def test_a_confirmed_report_is_shown_with_the_referral_that_follows(
    who: Desk, lin: Customer, work: Callable[[], None]
) -> None:
    [page] = underwriting.add_report(lin.id, lin.me.id, "lab_report", world.page(), health_consent=True)
    work()
    made = world.referred(lin).id
    assert underwriting.file_of(who.ning, made).loose_papers == ()
    underwriting.confirm_reading(lin.id, page.id, CONFIRMED)
    [shown] = underwriting.file_of(who.ning, made).loose_papers
    assert shown.id == page.id
    assert underwriting.picture_for_staff(who.ning, made, page.id)


def test_pages_have_an_end(lin: Customer, which: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("baohe.rooms.underwriting.rules_referral.MOST_PAGES", 1)
    underwriting.add_paper(lin.id, which, "health_report", world.page())
    with pytest.raises(TooManyPages):
        underwriting.add_paper(lin.id, which, "health_report", world.page(90))
    assert MedicalPaper.objects.count() == 1
