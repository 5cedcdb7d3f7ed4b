"""Families: sealed, checked, isolated by account, and every opening written down."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from baohe.kernel.dates import SHANGHAI
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.kernel.identity import IdentityProblem
from baohe.plumbing import clock
from baohe.plumbing.vault import SealedDataUnreadable
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.consent import facade as consent
from baohe.rooms.people import facade as people
from baohe.rooms.people.errors import FamilyFull, GuardianConsentNeeded, PersonExists, SelfExists
from baohe.rooms.people.models import Person, ReadLog
from baohe.rooms.people.tests.people_made import IP, OTHER_PHONE, PHONE, customer, identity_number, typed

pytestmark = pytest.mark.django_db
CHILD = date(2021, 5, 1)
TODAY = datetime(2026, 11, 22, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture
def account() -> UUID:
    return customer()


def test_a_person_is_what_the_number_says(account: UUID) -> None:
    person = people.add_person(account, typed(name=" 林 知夏 ", identity_number=identity_number(order=12)))

    assert (person.birth, person.sex, person.region.zh) == (date(1992, 3, 1), "female", "上海市浦东新区")
    assert person.identity_masked == f"310115********{identity_number()[14:]}"
    assert person.region.en == "Pudong New Area, Shanghai"
    assert people.account(account).display_name == "林 知夏"


def test_the_list_takes_one_query(account: UUID, django_assert_num_queries: object) -> None:
    people.add_person(account, typed(name="陈默", relation="spouse", identity_number=identity_number(order=13)))
    people.add_person(account, typed())

    with django_assert_num_queries(1):  # type: ignore[operator]
        names = [person.name for person in people.people_of(account)]

    assert names == ["林知夏", "陈默"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "13800138000"}, "name"),
        ({"name": "<b>x</b>"}, "name"),
        ({"relation": "friend"}, "relation"),
        ({"phone": "123"}, "phone"),
        ({"identity_number": "310115199202300120"}, "identity_number"),
        ({"occupation_code": "nosuch"}, "occupation_code"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_stored(account: UUID, change: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        people.add_person(account, typed(**change))

    assert refused.value.facts["field"] == field
    assert Person.objects.count() == 0


def test_an_occupation_brings_its_class(account: UUID) -> None:
    occupation = catalog.occupations(clock.today())[0]

    person = people.add_person(account, typed(occupation_code=occupation.code))

    assert person.occupation_class == occupation.risk_class


def test_a_person_is_once_in_an_account_but_may_be_in_two(account: UUID) -> None:
    people.add_person(account, typed())
    with pytest.raises(PersonExists):
        people.add_person(account, typed(relation="other"))

    assert people.add_person(customer(OTHER_PHONE), typed())


def test_an_account_has_one_self(account: UUID) -> None:
    people.add_person(account, typed())

    with pytest.raises(SelfExists):
        people.add_person(account, typed(identity_number=identity_number(order=14)))
    with pytest.raises(IntegrityError), transaction.atomic():
        people.add_person(account, typed(relation="other", identity_number=identity_number(order=14)))
        Person.objects.update(relation="self")


def test_a_family_has_a_limit(account: UUID) -> None:
    for order in range(30):
        people.add_person(account, typed(relation="other", identity_number=identity_number(order=order)))

    with pytest.raises(FamilyFull):
        people.add_person(account, typed(relation="other", identity_number=identity_number(order=31)))


@pytest.mark.rule("DATA-1")
def test_a_child_needs_its_guardian_before_anything_is_stored(account: UUID) -> None:
    child = {"name": "陈小满", "relation": "child", "identity_number": identity_number(CHILD)}
    with clock.travel(TODAY):
        with pytest.raises(GuardianConsentNeeded):
            people.add_person(account, typed(**child))
        assert Person.objects.count() == 0

        person = people.add_person(account, typed(**child, guardian_consent=True))

    assert consent.is_granted(account, "under_14", str(person.id))


@pytest.mark.rule("DATA-1")
def test_a_fourteen_year_old_needs_no_guardian(account: UUID) -> None:
    with clock.travel(TODAY):
        assert people.add_person(account, typed(relation="child", identity_number=identity_number(date(2012, 11, 22))))
        with pytest.raises(GuardianConsentNeeded):
            people.add_person(account, typed(relation="child", identity_number=identity_number(date(2012, 11, 23))))


@pytest.mark.rule("DATA-2")
def test_a_correction_may_leave_the_masked_number_as_it_was(account: UUID) -> None:
    person = people.add_person(account, typed(phone=PHONE))

    changed = people.change_person(
        account, person.id, typed(name="林之夏", identity_number=person.identity_masked, social_insurance=False)
    )

    assert (changed.name, changed.social_insurance, changed.birth) == ("林之夏", False, person.birth)
    assert people.person(account, person.id, "customer:x", "test").phone == PHONE


def test_a_correction_may_not_become_another_member(account: UUID) -> None:
    people.add_person(account, typed())
    other = people.add_person(account, typed(relation="spouse", identity_number=identity_number(order=13)))

    with pytest.raises(PersonExists):
        people.change_person(account, other.id, typed(relation="spouse"))
    with pytest.raises(SelfExists):
        people.change_person(account, other.id, typed(identity_number=other.identity_masked))
    with pytest.raises(IdentityProblem):
        people.change_person(account, other.id, typed(relation="spouse", identity_number="310115********0000"))


def test_a_removed_person_is_hidden_stays_for_old_policies_and_returns_under_the_same_id(account: UUID) -> None:
    person = people.add_person(account, typed())

    people.remove_person(account, person.id)

    assert people.people_of(account) == []
    with pytest.raises(NotFound):
        people.person_view(account, person.id)
    assert people.person(account, person.id, "system:documents", "issue_document").name == "林知夏"
    assert people.add_person(account, typed()).id == person.id


@pytest.mark.field_bug(27)
def test_people_of_another_account_do_not_exist(account: UUID) -> None:
    person = people.add_person(account, typed())
    stranger = customer(OTHER_PHONE)

    for act in (
        lambda: people.person_view(stranger, person.id),
        lambda: people.person(stranger, person.id, "customer:x", "curiosity"),
        lambda: people.change_person(stranger, person.id, typed(name="陌生人")),
        lambda: people.remove_person(stranger, person.id),
    ):
        with pytest.raises(NotFound):
            act()

    assert people.people_of(stranger) == []
    assert people.people_of(account) == [person]
    assert ReadLog.objects.count() == 0


@pytest.mark.rule("DATA-5")
def test_opening_a_file_leaves_a_line_that_stays(account: UUID) -> None:
    person = people.add_person(account, typed(phone=PHONE))

    opened = people.person(account, person.id, "staff:anna", "claim_review")
    people.phone_of(account, "system:notices", "policy_issued")

    assert (opened.identity_number, opened.phone) == (identity_number(), PHONE)
    (line,) = people.reads(person.id)
    assert (line.actor, line.purpose, line.fields) == ("staff:anna", "claim_review", "name,identity,birth,phone")
    assert [line.fields for line in people.reads(account)] == ["phone"]
    for act in (lambda: ReadLog.objects.update(actor="nobody"), lambda: ReadLog.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE people_readlog")
    assert ReadLog.objects.count() == 2


@pytest.mark.rule("DATA-5")
def test_a_read_without_actor_or_purpose_does_not_happen(account: UUID) -> None:
    person = people.add_person(account, typed())

    with pytest.raises(IntegrityError), transaction.atomic():
        people.person(account, person.id, "", "")


@pytest.mark.rule("DATA-4")
def test_a_planted_canary_is_nowhere_in_the_tables(account: UUID) -> None:
    people.add_person(account, typed(name="林知夏", phone=OTHER_PHONE))
    people.send_code(PHONE, IP)
    people.phone_of(account, "system:test", "canary")
    canaries = [identity_number(), "19920301", "1992-03-01", "林知夏", PHONE, OTHER_PHONE, IP]

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND"
            " (table_name LIKE 'people\\_%' OR table_name LIKE 'notices\\_%' OR table_name LIKE 'consent\\_%'"
            " OR table_name LIKE 'plumbing\\_%')"
        )
        tables = [row[0] for row in cursor.fetchall()]
        dump = ""
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            dump += "\n".join(row[0] for row in cursor.fetchall())

    assert len(tables) >= 8
    assert str(account) in dump
    found = [canary for canary in canaries if canary in dump or canary.encode().hex() in dump]
    assert found == []


@pytest.mark.rule("DATA-4")
def test_a_sealed_value_moved_to_another_row_does_not_open(account: UUID) -> None:
    mine = people.add_person(account, typed())
    spouse = people.add_person(account, typed(relation="spouse", identity_number=identity_number(order=13)))
    Person.objects.filter(id=mine.id).update(identity_sealed=Person.objects.get(id=spouse.id).identity_sealed)

    with pytest.raises(SealedDataUnreadable):
        people.person_view(account, mine.id)


def test_staff_have_roles_and_customers_are_no_staff(account: UUID) -> None:
    made = people.create_staff("anna", "安娜", ["claims_handler", "underwriter"], "a long enough phrase")

    assert people.staff(made.id) == made
    assert (made.role, made.name) == ("underwriter", "安娜")
    with pytest.raises(NotFound):
        people.staff(account)
    with pytest.raises(InvalidInput):
        people.create_staff("boss", "老板", ["superuser"], "a long enough phrase")
    with pytest.raises(InvalidInput):
        people.create_staff("bob", "鲍勃", ["finance"], "password1234")
    with pytest.raises(InvalidInput):
        people.create_staff("anna", "另一个", ["finance"], "a long enough phrase")


def test_kin_is_whoever_stands_in_the_others_family(account: UUID, django_assert_num_queries: object) -> None:
    mine, hers = identity_number(order=12), identity_number(order=13)
    wife, stranger = people.open_account("13800138222").id, people.open_account("13800138333").id
    people.add_person(account, typed(identity_number=mine))
    people.add_person(account, typed(name="陈默", relation="spouse", identity_number=hers))
    people.add_person(wife, typed(name="陈默", identity_number=hers))
    people.add_person(stranger, typed(name="顾远", identity_number=identity_number(order=15)))
    opened = ReadLog.objects.count()

    with django_assert_num_queries(1):  # type: ignore[operator]
        assert people.kin_among(account, [wife, stranger]) == {wife}

    assert people.kin_among(wife, [account, stranger]) == {account}
    assert people.kin_among(stranger, [account, wife]) == frozenset()
    assert people.kin_among(account, []) == frozenset()
    assert ReadLog.objects.count() == opened


def test_a_relative_who_was_removed_is_no_kin(account: UUID) -> None:
    hers = identity_number(order=13)
    wife = people.open_account("13800138222").id
    people.add_person(wife, typed(name="陈默", identity_number=hers))
    listed = people.add_person(account, typed(name="陈默", relation="spouse", identity_number=hers))
    assert people.kin_among(account, [wife]) == {wife}
    people.remove_person(account, listed.id)
    assert people.kin_among(account, [wife]) == frozenset()
