"""服务时限 at the desk: nearest deadline first, filters, where each line leads, how many were kept (SERV-4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baohe.faces.desk.tests.desk_world import ROLES, browser, everything, member
from baohe.flows import keep_service_clocks
from baohe.kernel.decisions import Text
from baohe.plumbing import clock
from baohe.rooms.people.models import Account
from baohe.rooms.service_clocks import facade as service_clocks
from baohe.rooms.service_clocks.contracts import OURS, OVER, THEIRS, Subject, Turn, Whose

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SERV-4")]

ADDRESS = "/desk/service-clocks/"


def waits(number: str, days_ago: float, *later: tuple[float, Whose], kind: str = "end_refund") -> UUID:
    """A subject we owe something since so many days; `later` are its further turns, in days ago too."""
    now = clock.now()

    def ago(days: float) -> datetime:
        return now - timedelta(days=days)

    subject = Subject(kind, clock.new_id(), 7, clock.new_id(), Text(number, number))
    turns = [Turn(ago(days_ago), OURS), *(Turn(ago(days), whose) for days, whose in later)]
    service_clocks.follow(subject, turns)
    return subject.id


@pytest.fixture
def there(now: None) -> None:
    """On Sunday 22 November: one far, one near, one late, one that waits for the customer, two that ended."""
    waits("P-FAR", 0.1)
    waits("P-NEAR", 5)  # since Tuesday 17 November, by Tuesday 24
    waits("P-LATE", 20)
    waits("P-STANDS", 3, (1, THEIRS))
    waits("P-KEPT", 8, (6, OVER))
    waits("P-BROKEN", 40, (6, OVER))


def page(role: str = "auditor", **narrow: str) -> str:
    return browser(member(role)).get(ADDRESS, narrow).content.decode()


def shown(text: str) -> list[str]:
    """The numbers on the page, in the order in which they stand."""
    found = [number for number in ("P-FAR", "P-NEAR", "P-LATE", "P-STANDS", "P-KEPT", "P-BROKEN") if number in text]
    return sorted(found, key=text.index)


@pytest.mark.parametrize(
    ("mark", "numbers"),
    [
        ("", ["P-LATE", "P-NEAR", "P-FAR"]),
        ("near", ["P-NEAR"]),
        ("late", ["P-LATE"]),
        ("standing", ["P-STANDS"]),
        ("nonsense", ["P-LATE", "P-NEAR", "P-FAR"]),
    ],
)
def test_the_nearest_deadline_comes_first_and_a_filter_narrows(there: None, mark: str, numbers: list[str]) -> None:
    assert shown(page(mark=mark)) == numbers


def test_the_left_column_counts_what_runs(there: None) -> None:
    text = page("service")
    assert "服务时限</span><b>3</b>" in text


def test_to_whom_it_was_raised_and_what_was_promised_stand_beside_it(there: None) -> None:
    member("finance", name="程立")
    member("compliance", name="方规")
    keep_service_clocks.look()
    text = page(mark="late")
    assert "程立" in text and "提醒经办" in text
    assert "方规" in text and "11-23 18:00 前答复客户" in text


def test_of_the_last_ninety_days_what_was_late_and_what_still_is_count_against_us(there: None) -> None:
    [_, _, finish] = service_clocks.kept()
    assert (finish.due, finish.in_time) == (3, 1)
    assert "33.33%" in page()
    with clock.travel(clock.now() + timedelta(days=100)):
        [_, _, finish] = service_clocks.kept()
    assert (finish.due, finish.in_time) == (3, 0)  # the three that ran are late by then; what ended is too long ago


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("role", ROLES)
def test_a_line_leads_only_where_its_reader_may_work(now: None, role: str) -> None:
    kinds = ("referral", "reinstatement", "sale_payment", "policy_paper", "end_refund")
    ids = {kind: waits(f"P-{kind}", 1, kind=kind) for kind in kinds}
    before = everything()
    answer = browser(member(role)).get(ADDRESS)
    if role in ("claims_handler", "product_manager", "actuary"):
        assert answer.status_code == 403
        return
    links = {
        "referral": (reverse("desk:referral", args=[ids["referral"]]), {"underwriter", "auditor"}),
        "reinstatement": (reverse("desk:billing-request", args=[ids["reinstatement"]]), {"underwriter", "auditor"}),
        "sale_payment": (
            reverse("admin:payments_paymentintent_change", args=[ids["sale_payment"]]),
            {"finance", "auditor"},
        ),
        "policy_paper": (f"{reverse('admin:policies_policy_changelist')}?q=P-policy_paper", {"auditor"}),
        "end_refund": (f'{reverse("desk:disbursements")}">P-end_refund', {"finance", "auditor"}),
    }
    text = answer.content.decode()
    for kind, (link, roles) in links.items():
        assert (link in text) == (role in roles), kind
    changed = {table for table, found in everything().items() if found != before[table]}
    assert changed <= {Account._meta.db_table, "people_account_groups", "auth_group"}  # the reader alone


def test_another_page_is_reached_by_its_number_and_costs_no_more_queries(now: None) -> None:
    client = browser(member("auditor"))
    waits("P-ONE", 1)
    client.get(ADDRESS)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(ADDRESS)
    for number in range(24):
        waits(f"P-{number:02d}", 5)
    with CaptureQueriesContext(connection) as many:
        first = client.get(ADDRESS).content.decode()
    assert len(many) == len(few)
    assert "共 25 件" in first and "?page=2" in first
    assert "P-ONE" not in first and "P-ONE" in client.get(ADDRESS, {"page": "2"}).content.decode()
