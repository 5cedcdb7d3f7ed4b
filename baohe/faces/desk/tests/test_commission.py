"""Commission at the desk: two people for the register and for the terms, nothing above the cap, nobody else's pages."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from baohe.faces.desk.money import due_chart
from baohe.faces.desk.money.commission_forms import ScheduleForm
from baohe.faces.desk.money.urls import urlpatterns
from baohe.faces.desk.tests.desk_world import ROLES, browser, member
from baohe.kernel.dates import add_months
from baohe.plumbing import clock
from baohe.rooms.commission import facade as commission
from baohe.rooms.commission.contracts import MonthDue
from baohe.rooms.commission.models import Producer, RegisterChange, Schedule
from tests.sale import steps, world
from tests.sale.commission_steps import in_force, registered

pytestmark = [pytest.mark.django_db, pytest.mark.rule("OVER-2"), pytest.mark.usefixtures("on_sale", "now")]

READ = ("commission", "commission-account", "commission-schedules", "commission-deferred")
WRITE = ("commission-add", "commission-end", "commission-change", "commission-set", "commission-decide")
MEDICAL = "haijia-medical-a@2026-03-01"


def address(name: str, id_: object = None) -> str:
    one = ("commission-account", "commission-end", "commission-change", "commission-decide")
    return reverse(f"desk:{name}", args=[id_ or uuid4()] if name in one else [])


def somebody(**changes: str) -> dict[str, str]:
    told = {
        "name": "苏敏",
        "code": "su-min",
        "kind": "agent",
        "registration_number": "26110100000001",
        "affiliation": "platform",
        "first_day": f"{clock.today()}",
    }
    return told | changes


def terms(**changes: str) -> dict[str, str]:
    told = {
        "scope": MEDICAL,
        "pay_from": "0",
        "pay_until": "",
        "rates": "15",
        "share": "60",
        "claw_back": "12:100，24：50",
        "valid_from": f"{clock.today()}",
    }
    return told | changes


def test_the_matrix_knows_every_address():
    assert {p.name for p in urlpatterns if str(p.pattern).startswith("money/commission")} == {*READ, *WRITE}


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("role", ROLES)
def test_finance_writes_and_auditors_read(role: str):
    client, producer = browser(member(role)), registered()
    for name in READ:
        answer = client.get(address(name, producer.id))
        assert answer.status_code == (200 if role in ("finance", "auditor") else 403), name
    for name in WRITE:
        answer = client.post(address(name, producer.id), somebody(code="other") | terms())
        assert answer.status_code in ((302, 409, 422) if role == "finance" else (403,)), name
    assert Schedule.objects.count() == (1 if role == "finance" else 0)
    assert all("/sign-in/" in Client().get(address(name))["Location"] for name in READ)


def test_a_producer_is_registered_by_two_and_taken_out_by_two():
    one, other = browser(member("finance", name="程立")), browser(member("finance", name="许衡"))
    assert one.post(address("commission-add"), somebody()).status_code == 302
    change = RegisterChange.objects.get()
    refused = one.post(address("commission-change", change.id), {"decision": "approve"}, follow=True)
    assert "提出的人不能自己批准" in refused.content.decode()
    assert Producer.objects.get().valid_from is None
    page = other.get(address("commission")).content.decode()
    assert "苏敏" in page
    other.post(address("commission-change", change.id), {"decision": "approve"})
    producer = Producer.objects.get()
    assert producer.valid_from == clock.today()
    assert "苏敏" not in str(bytes(producer.name_sealed))
    one.post(address("commission-end", producer.id), {"last_day": f"{clock.today()}", "reason": "离职"})
    other.post(address("commission-change", RegisterChange.objects.get(decided_by=None).id), {"decision": "approve"})
    assert commission.producer(producer.id).valid_until == clock.today()


def test_terms_above_the_cap_are_refused_with_the_version_and_the_form_keeps_what_was_typed():
    client = browser(member("finance"))
    answer = client.post(address("commission-set"), terms(rates="18.01"))
    page = answer.content.decode()
    assert (answer.status_code, Schedule.objects.count()) == (422, 0)
    assert MEDICAL in page
    assert 'value="18.01"' in page
    assert client.post(address("commission-set"), terms()).status_code == 302
    (told,), _ = commission.schedules()
    assert (told.terms.rates_bp, told.terms.share_bp, told.terms.claw_back) == (
        (1_500,),
        6_000,
        ((12, 10_000), (24, 5_000)),
    )


@pytest.mark.parametrize(
    ("field", "text"),
    [("rates", "1e3"), ("rates", "12.345"), ("claw_back", "a:1"), ("share", "-1"), ("claw_back", "²:1")],
)
def test_what_is_not_a_percentage_is_refused_in_its_field(field: str, text: str):
    form = ScheduleForm(terms(**{field: text}))
    assert list(form.errors) == [field]


def test_an_account_tells_each_policy_with_its_reason():
    client, lin, producer = browser(member("finance")), world.customer(), registered()
    in_force(MEDICAL, (1_500,))
    proposal = steps.drafted(lin)
    commission.attribute(proposal.id, producer.code)
    policy = steps.sold(proposal)
    page = client.get(address("commission-account", producer.id)).content.decode()
    assert policy.number in page
    assert "收到保费" in page


def test_the_chart_stacks_the_producers_part_on_the_platforms():
    month = clock.today().replace(day=1)
    drawn = due_chart.draw([MonthDue(month, 1_000, 400, 2), MonthDue(add_months(month, 1), 500, 0, 1)])
    first, second = drawn.bars
    assert (first.height, round(first.own_height, 1)) == (180, 108)
    assert second.own_height == second.height == 90
    far = due_chart.draw([MonthDue(add_months(month, n), 100, 0, 1) for n in range(60)])
    assert [bar.label for bar in far.bars] == ["2026", "2027", "2028", "2029", "2030", "2031"]
