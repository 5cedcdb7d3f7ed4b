"""The only door of the room.

Signing in:  send_code · sign_in · account · open_account · phone_of · phones_of
Signing:     send_signing_code · spend_signing_code
Family:      add_person · change_person · remove_person · people_of · kin_among · person_view ·
             person (opens, and logs the read)
Staff:       create_staff · staff · staff_with_role
Screening:   people_after
Checks:      check_identity · region_names · normal_phone · mask_phone
Audit:       reads · account_of_phone (finds, and logs the look) · note_read
"""

from baohe.rooms.people.actions.add_person import add_person
from baohe.rooms.people.actions.change_person import change_person
from baohe.rooms.people.actions.create_staff import create_staff
from baohe.rooms.people.actions.open_file import account_of_phone, note_read, person, phone_of, phones_of
from baohe.rooms.people.actions.remove_person import remove_person
from baohe.rooms.people.actions.send_code import send_code, send_signing_code
from baohe.rooms.people.actions.sign_in import open_account, sign_in
from baohe.rooms.people.actions.spend_code import spend_signing_code
from baohe.rooms.people.contracts import (
    AccountView,
    CodeRequested,
    PersonFile,
    PersonInput,
    PersonView,
    ReadView,
    StaffView,
)
from baohe.rooms.people.queries import (
    account,
    kin_among,
    people_after,
    people_of,
    person_view,
    reads,
    staff,
    staff_with_role,
)
from baohe.rooms.people.regions import check_identity
from baohe.rooms.people.regions import regions as region_names
from baohe.rooms.people.rules import mask_phone, normal_phone

__all__ = [
    "AccountView",
    "CodeRequested",
    "PersonFile",
    "PersonInput",
    "PersonView",
    "ReadView",
    "StaffView",
    "account",
    "account_of_phone",
    "add_person",
    "change_person",
    "check_identity",
    "create_staff",
    "kin_among",
    "mask_phone",
    "normal_phone",
    "note_read",
    "open_account",
    "people_after",
    "people_of",
    "person",
    "person_view",
    "phone_of",
    "phones_of",
    "reads",
    "region_names",
    "remove_person",
    "send_code",
    "send_signing_code",
    "sign_in",
    "spend_signing_code",
    "staff",
    "staff_with_role",
]
