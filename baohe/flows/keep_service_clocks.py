"""The round of the service clocks (SERV-4): finds what is stuck, looks whether it is over, raises what comes near.

A sale, a cancellation or an endorsement that goes its way writes no clock: the round gives one to what a query shows
to be stuck, and counts from the beginning of the customer's wait. A referral and a reinstatement always wait for a
person; their clocks follow each act, and the round only catches up what was there before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import structlog
from django.db import transaction

from baohe.flows import cancel, deliver_endorsement, deliver_policy, endorse, service_turns
from baohe.kernel.dates import SHANGHAI
from baohe.plumbing import clock, outbox
from baohe.rooms.billing import facade as billing
from baohe.rooms.documents import facade as documents
from baohe.rooms.notices import facade as notices
from baohe.rooms.payments import facade as payments
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.service_clocks import facade as service_clocks
from baohe.rooms.service_clocks.contracts import Raised
from baohe.rooms.underwriting import facade as underwriting

EVERY_SECONDS = 60
STUCK_AFTER = timedelta(days=1)
"""How long a paper or a refund may be on its way by itself. The shortest count is five working days and is raised two
before its end, so a day is early enough."""

_BATCH = 200
_PAPERS = {deliver_policy.EVENT: "policy_paper", deliver_endorsement.EVENT: "endorsement_paper"}
_LOOKED_AT = (
    "sale_payment",
    "policy_paper",
    "reinstatement",
    "reinstatement_payment",
    "end_refund",
    "endorsement_refund",
    "endorsement_paper",
)
"""Kinds whose end nobody tells; a referral tells its own."""

log = structlog.get_logger()

Stuck = Iterator[tuple[str, UUID]]
_Row = TypeVar("_Row")
_Key = TypeVar("_Key")


def look() -> int:
    """Everything that is due now; returns how many clocks began or were raised. Repeating it changes nothing."""
    begun = sum(_begin(found) for found in (_papers(), _payments(), _refunds(), _referrals(), _reinstatements()))
    _look_whether_over()
    return begun + sum(_raise(clock_id) for clock_id in service_clocks.due_to_raise())


def referral_passed_on(event: outbox.Event) -> None:
    """Handler of `underwriting.passed_on`: the clock follows the file."""
    service_turns.follow("referral", UUID(event.subject))


def _begin(found: Stuck) -> int:
    return sum(_follow(kind, subject_id, if_over=False) for kind, subject_id in _fresh(found))


def _look_whether_over() -> None:
    for kind in _LOOKED_AT:
        for _, subject_id in _paged(partial(service_clocks.unfinished, kind), _first):
            _follow(kind, subject_id, if_over=True)


def _follow(kind: str, subject_id: UUID, *, if_over: bool) -> bool:
    """A thing whose story cannot be read holds up no other; the log names what broke it."""
    try:
        return service_turns.follow(kind, subject_id, if_over=if_over)
    except Exception:  # noqa: BLE001 - one broken story must not leave all later ones without a clock
        log.exception("service_clock_not_followed", kind=kind, subject=str(subject_id))
        return False


def _papers() -> Stuck:
    """Papers that gave up, and those that wait for their time stamp too long."""
    for _, topic, subject in _paged(partial(outbox.given_up, _PAPERS), _first):
        yield _PAPERS[topic], UUID(subject)
    before = clock.now() - STUCK_AFTER
    for _, policy_id, number in _paged(partial(documents.unprinted, before), _first):
        if number is None:
            yield "policy_paper", policy_id
        else:
            yield "endorsement_paper", _endorsement_id(policy_id, number)


def _payments() -> Stuck:
    for intent_id, kind in _paged(payments.stopped, _first):
        if kind in service_turns.SALES:
            yield "sale_payment", intent_id
        elif kind == service_turns.REINSTATEMENT:
            yield "reinstatement_payment", intent_id


def _refunds() -> Stuck:
    """Refunds of policies that a provider refused for good, or has not answered within a day."""
    before = clock.now() - STUCK_AFTER
    silent = _paged(partial(payments.undecided_refunds, before), lambda one: one.id)
    for one in (*payments.refused_refunds(), *silent):
        if one.natural_key.startswith(cancel.REFUND):
            yield "end_refund", UUID(one.natural_key.split(":")[1])
        elif one.natural_key.startswith(endorse.REFUND):
            _, policy_id, number, *_ = one.natural_key.split(":")
            yield "endorsement_refund", _endorsement_id(UUID(policy_id), int(number))


def _referrals() -> Stuck:
    for declaration_id in _paged(underwriting.open_referrals, lambda one: one):
        yield "referral", declaration_id


def _reinstatements() -> Stuck:
    page = 1
    while True:
        found, total = billing.requests(page, _BATCH)
        yield from (("reinstatement", one.id) for one in found)
        if page * _BATCH >= total:
            return
        page += 1


def _endorsement_id(policy_id: UUID, number: int) -> UUID:
    policy = policies.policy_by_id(policy_id)
    return next(one.id for one in policy.endorsements if one.number == number)


def _fresh(found: Stuck) -> Stuck:
    """Those that have no clock yet, looked up many at a time."""
    for batch in _batches(found):
        kinds = {kind for kind, _ in batch}
        known = {kind: service_clocks.known(kind, [id_ for one, id_ in batch if one == kind]) for kind in kinds}
        yield from ((kind, id_) for kind, id_ in dict.fromkeys(batch) if id_ not in known[kind])


def _paged(batch_after: Callable[[Any], Sequence[_Row]], key: Callable[[_Row], Any]) -> Iterator[_Row]:
    """Every row of a list that is read in batches, each after the key of the one before."""
    after = None
    while batch := batch_after(after):
        yield from batch
        after = key(batch[-1])


def _first(row: tuple[_Key, *tuple[object, ...]]) -> _Key:
    return row[0]


def _batches(found: Iterable[_Row]) -> Iterator[list[_Row]]:
    batch: list[_Row] = []
    for one in found:
        batch.append(one)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _raise(clock_id: int) -> bool:
    """In a transaction of its own together with the message, so that a level is neither lost nor told twice."""
    with transaction.atomic():
        raised = service_clocks.raise_clock(clock_id)
        if raised is not None:
            _tell(raised)
        return raised is not None


def _tell(raised: Raised) -> None:
    """The customer hears on the day itself that it is not done, who answers now and by when."""
    if raised.told is None:
        return
    phone = people.phone_of(raised.account_id, "system:service_clocks", "service_deadline")
    if phone is None:
        return
    name, moment = raised.told
    facts = {
        "name": raised.name.zh,
        "what": raised.what.zh,
        "day": raised.falls_at.astimezone(SHANGHAI).date().isoformat(),
        "who": name or "保和合规",
        "moment": moment.astimezone(SHANGHAI).strftime("%m-%d %H:%M"),
    }
    english = {"name": raised.name.en, "what": raised.what.en, "who": name or "Baohe compliance"}
    notices.send(phone, "service_deadline", facts, account_id=raised.account_id, params_en=english)
