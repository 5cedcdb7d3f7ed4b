"""Consent: never before it was given, gone in one call, and the record stays."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from baohe.plumbing import clock
from baohe.rooms.consent import facade as consent
from baohe.rooms.consent.models import ConsentEvent

pytestmark = [pytest.mark.django_db, pytest.mark.rule("DATA-1")]
DIGEST = "a" * 64


@pytest.fixture
def account() -> UUID:
    return clock.new_id()


def test_nothing_is_granted_before_somebody_agreed(account: UUID) -> None:
    assert not consent.is_granted(account, "health")


def test_the_latest_event_counts(account: UUID) -> None:
    consent.grant(account, "health", DIGEST)
    assert consent.is_granted(account, "health")

    consent.withdraw(account, "health")
    assert not consent.is_granted(account, "health")

    consent.grant(account, "health", DIGEST)
    assert consent.is_granted(account, "health")
    assert [item.event for item in consent.history(account)] == ["granted", "withdrawn", "granted"]


def test_a_consent_is_for_one_purpose_one_subject_and_one_person(account: UUID) -> None:
    consent.grant(account, "under_14", DIGEST, "child-1")

    assert consent.is_granted(account, "under_14", "child-1")
    assert not consent.is_granted(account, "under_14", "child-2")
    assert not consent.is_granted(account, "health", "child-1")
    assert not consent.is_granted(clock.new_id(), "under_14", "child-1")


def test_refusals_are_the_subjects_last_withdrawn(account: UUID) -> None:
    consent.withdraw(account, "suggestion", subject="a")
    consent.withdraw(account, "suggestion", subject="b")
    consent.grant(account, "suggestion", DIGEST, "b")

    assert consent.refusals(account, "suggestion") == {"a"}


def test_a_grant_without_wording_is_refused(account: UUID) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        consent.grant(account, "health", "")
    assert not consent.is_granted(account, "health")


def test_the_record_cannot_be_rewritten(account: UUID) -> None:
    consent.grant(account, "health", DIGEST)

    for act in (lambda: ConsentEvent.objects.update(event="withdrawn"), lambda: ConsentEvent.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE consent_consentevent")
    assert consent.is_granted(account, "health")
