"""One declaration that waits for an underwriter, two underwriters, and every act that people may do with it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.apps import apps

from baohe.adapters.ocr.contracts import ReportReading, ReportValue
from baohe.faces.desk.tests.desk_world import member
from baohe.flows import underwrite
from baohe.kernel.decisions import Text
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.consent.models import ConsentEvent
from baohe.rooms.notices.models import Message
from baohe.rooms.people.models import ReadLog
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.contracts import DeclarationView
from tests.claims.world import photo
from tests.sale import steps, world
from tests.sale.world import Customer

THYROID = Text("甲状腺结节及其并发症", "Thyroid nodules and their complications")
WHY = Text("核对告知里的甲状腺结节", "To see the thyroid nodule of the declaration")


@dataclass(frozen=True, slots=True)
class Desk:
    """Two underwriters, and one who is none."""

    ning: UUID
    gu: UUID
    handler: UUID


def desk() -> Desk:
    return Desk(
        member("underwriter", name="沈宁").id,
        member("underwriter", name="顾远").id,
        member("claims_handler", name="顾安").id,
    )


def untouched() -> dict[str, str]:
    """A fingerprint of everything an act on a referral could write."""
    prints = {}
    for model in (*apps.get_app_config("underwriting").get_models(), Message, OutboxEvent, ReadLog, ConsentEvent):
        rows = sorted(map(repr, model.objects.values_list()))
        prints[model._meta.db_table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return prints


def declared(lin: Customer, **answers: str) -> DeclarationView:
    quote = steps.quoted(lin)
    version = catalog.version(quote.version_id)
    clean = {one.id: one.answers[0].value for one in version.questionnaire if not one.asked_when}
    return underwrite.declare(lin.id, quote.id, clean | answers, health_consent=True)


def referred(lin: Customer) -> DeclarationView:
    made = declared(lin, severe="yes")
    assert made.outcome == "refer"
    return made


def loaded(lin: Customer) -> DeclarationView:
    """The rules load it by 20 %."""
    made = declared(lin, chronic="some", chronic_which="pressure_controlled")
    assert (made.outcome, made.loading_bp) == ("load", 2_000)
    return made


def asked(who: Desk, declaration_id: UUID, *kinds: str) -> None:
    underwriting.ask_for_papers(who.ning, declaration_id, dict.fromkeys(kinds or ("health_report",), WHY))


def offered(who: Desk, declaration_id: UUID, loading_bp: int = 3_000) -> UUID:
    """An offer that one underwriter may give alone; returns its id."""
    underwriting.decide_referral(who.ning, declaration_id, "load", "指标略高，可以加费承保", loading_bp=loading_bp)
    view = underwriting.file_of(who.ning, declaration_id).referral
    assert view.offer is not None
    return view.offer.id


def to_confirm(who: Desk, declaration_id: UUID) -> None:
    """A loading above the authority of one."""
    underwriting.decide_referral(who.ning, declaration_id, "load", "多项指标偏高", loading_bp=8_000)


def report(**values: str) -> ReportReading:
    """What the engine would say of a health check."""
    said = {"name": "林知夏", "height": "166", "fasting_glucose": "6.8", **values}
    units = {"height": "cm", "fasting_glucose": "mmol/L"}
    return ReportReading(
        tuple(
            ReportValue(
                code,
                value,
                units.get(code, ""),
                "number" if code in units else "text",
                96,
                code == "fasting_glucose",
                (100, 100, 900, 300),
            )
            for code, value in said.items()
        ),
        (),
    )


def page(shade: int = 200) -> bytes:
    return photo(shade)


def adult() -> Customer:
    return world.customer(birth=date(1992, 3, 8))
