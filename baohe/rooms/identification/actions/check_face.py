"""Is the person before the camera alive and the one on the card? The provider looks; we believe its signed word."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from baohe.adapters.liveness.port import OPEN, PASSED, LivenessUnknown, NotOurResult, Result
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock, vault
from baohe.rooms.consent import facade as consent
from baohe.rooms.identification import ports
from baohe.rooms.identification.actions.read_card import keep_step
from baohe.rooms.identification.contracts import BIOMETRIC, LIVENESS, LivenessStarted, Party
from baohe.rooms.identification.errors import BiometricConsentNeeded, LivenessUnavailable
from baohe.rooms.identification.models import LivenessSession


def start_liveness(party: Party, notify_url: str, return_url: str) -> LivenessStarted:
    """The page where the person shows their face. A session that is open is the same session again, also after a
    time-out at which nobody knows whether the provider opened it. Calls the provider: not in a transaction.

    Raises `BiometricConsentNeeded` (DATA-1), `LivenessUnavailable`.
    """
    if not consent.is_granted(party.account_id, BIOMETRIC, str(party.person_id)):
        raise BiometricConsentNeeded()
    row = _open(party)
    if not row.page:
        subject = vault.keyed_mac("liveness.subject", str(party.person_id).encode()).hex()
        try:
            asked = ports.liveness().open_session(row.id, row.nonce, subject, notify_url, return_url)
        except LivenessUnknown as unknown:
            raise LivenessUnavailable() from unknown
        row.session, row.page = asked.session, asked.page
        LivenessSession.objects.filter(id=row.id).update(session=asked.session, page=asked.page)
    return LivenessStarted(row.id, row.page)


def hear_liveness(form: Mapping[str, str]) -> bool:
    """A notification of the provider. Whether it is taken: a forged one, another session's and a replayed one are
    not, and change nothing."""
    try:
        return _take(ports.liveness().heard(form))
    except NotOurResult:
        return False


def look_liveness(party: Party) -> str:
    """Ask the provider what stands of the person's newest session: the way in when a notification is lost. The verdict,
    open while nobody knows. Calls the provider: not in a transaction. Raises `NotFound` without a session."""
    row = LivenessSession.objects.filter(person_id=party.person_id).order_by("-opened_at", "-id").first()
    if row is None:
        raise NotFound(what="核身")
    if row.verdict != OPEN:
        return row.verdict
    try:
        found = ports.liveness().result_of(row.id)
    except LivenessUnknown:
        return OPEN
    if found is not None:
        _take(found)
    return LivenessSession.objects.get(id=row.id).verdict


def _open(party: Party) -> LivenessSession:
    found = LivenessSession.objects.filter(person_id=party.person_id, verdict=OPEN).first()
    if found is not None:
        return found
    row = LivenessSession(
        id=clock.new_id(),
        shard_key=party.shard_key,
        account_id=party.account_id,
        person_id=party.person_id,
        nonce=secrets.token_hex(16),
        verdict=OPEN,
        opened_at=clock.now(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # a press at the same moment has opened it
        return LivenessSession.objects.get(person_id=party.person_id, verdict=OPEN)
    return row


def _take(result: Result) -> bool:
    with transaction.atomic():
        row = LivenessSession.objects.select_for_update().filter(id=result.out_session).first()
        if row is None or row.nonce != result.nonce or row.session not in ("", result.session):
            return False
        if result.verdict == OPEN or row.verdict != OPEN:
            return True  # nothing new: a copy, or the state before the newest
        row.session, row.verdict, row.score, row.ended_at = result.session, result.verdict, result.score, clock.now()
        row.save(update_fields=["session", "verdict", "score", "ended_at"])
        if result.verdict == PASSED:
            party = Party(row.account_id, row.person_id, row.shard_key, "", clock.today())
            keep_step(party, LIVENESS, {"session": row.session, "score": str(row.score), "number": str(row.id)})
        return True
