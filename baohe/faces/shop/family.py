"""The family of the signed-in customer; the check of an identity number; occupations."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from baohe.faces.shop.schemas.basis import Text
from baohe.faces.shop.schemas.people import IdentityCheck, IdentityCheckRequest, Occupation, Person, PersonIn
from baohe.faces.shop.session import account_id, any_visitor, signed_in
from baohe.kernel.dates import age_on
from baohe.kernel.identity import IdentityProblem
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.people import facade as people

router = Router(tags=["family"])


@router.get("people", response=list[Person], auth=signed_in)
def family(request: HttpRequest) -> list[Person]:
    """Oneself first; at most 30, so without pages."""
    return [person_out(person) for person in people.people_of(account_id(request))]


@router.post("people", response={201: Person}, auth=signed_in)
def add(request: HttpRequest, body: PersonIn) -> Status[Person]:
    return Status(201, person_out(people.add_person(account_id(request), _typed(body))))


@router.put("people/{person_id}", response=Person, auth=signed_in)
def change(request: HttpRequest, person_id: UUID, body: PersonIn) -> Person:
    """The masked identity number of the list means "unchanged"; so does a telephone left out."""
    return person_out(people.change_person(account_id(request), person_id, _typed(body)))


@router.delete("people/{person_id}", response={204: None}, auth=signed_in)
def remove(request: HttpRequest, person_id: UUID) -> Status[None]:
    """Off the list; policies already sold keep what they say."""
    people.remove_person(account_id(request), person_id)
    return Status(204, None)


@router.post("identity/check", response=IdentityCheck, auth=any_visitor)
def check(request: HttpRequest, body: IdentityCheckRequest) -> IdentityCheck:
    """What a number says, or what is wrong with it. Nothing is stored."""
    try:
        found = people.check_identity(body.number)
    except IdentityProblem as wrong:
        return IdentityCheck(valid=False, problem=Text(zh=wrong.text.zh, en=wrong.text.en))
    region = Text(zh=found.region.zh, en=found.region.en)
    return IdentityCheck(valid=True, birth=found.birth, sex=found.sex, region=region)


@router.get("occupations", response=list[Occupation])
def occupations(request: HttpRequest, q: str = Query("", max_length=40)) -> list[Occupation]:
    """At most 20 that fit a name, pinyin initials or a code, of the edition in force today."""
    return [
        Occupation(code=item.code, name=Text(zh=item.name.zh, en=item.name.en), risk_class=item.risk_class)
        for item in catalog.occupations(clock.today(), q)
    ]


def person_out(person: people.PersonView) -> Person:
    """A person as the app shows one; full years as of today in Shanghai."""
    return Person(
        id=str(person.id),
        name=person.name,
        relation=person.relation,
        identity_masked=person.identity_masked,
        birth=person.birth,
        age=age_on(person.birth, clock.today()),
        sex=person.sex,
        social_insurance=person.social_insurance,
        occupation_code=person.occupation_code,
        region=Text(zh=person.region.zh, en=person.region.en),
    )


def _typed(body: PersonIn) -> people.PersonInput:
    return people.PersonInput(
        name=body.name,
        relation=body.relation,
        identity_number=body.identity_number,
        social_insurance=body.social_insurance,
        phone=body.phone,
        occupation_code=body.occupation_code,
        guardian_consent=body.guardian_consent,
    )
