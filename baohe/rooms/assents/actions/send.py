"""Send the link to the insured's own telephone."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from baohe.plumbing import clock
from baohe.plumbing.queues import queue_behind
from baohe.rooms.assents import sealing
from baohe.rooms.assents.contracts import AGREED, VOID, WAITING, LinkView, Question
from baohe.rooms.assents.errors import AlreadyAgreed, TooManyLinks
from baohe.rooms.assents.models import Link
from baohe.rooms.assents.queries import view
from baohe.rooms.assents.rules.sending import LINK_LIFE, LINKS_PER_DAY, seconds_to_wait
from baohe.rooms.notices import facade as notices

_DAY = timedelta(days=1)


def send(question: Question, phone: str, page: str) -> LinkView:
    """Queue a message with a fresh link: `page` + token. A link that still waits about this subject is void from here
    on. `phone` is a normal mobile number; whose it is, is the caller's to know.

    Raises `TooManyLinks` (60 s pause before the same is asked again; a day's quota of the subject and of the
    telephone), `AlreadyAgreed` when the newest answer to this very content is yes.
    """
    with transaction.atomic():
        # two sends at once would both read a quota that has room for one
        queue_behind("assents.send", [question.subject_id.bytes, sealing.phone_index(phone)])
        now = clock.now()
        of_subject = Link.objects.filter(subject=question.subject, subject_id=question.subject_id)
        newest = of_subject.order_by("-sent_at", "-id").first()
        if newest is not None and newest.state == AGREED and newest.content == question.content:
            raise AlreadyAgreed()
        sent = of_subject.filter(sent_at__gt=now - _DAY).order_by("-sent_at").values_list("sent_at", flat=True)
        again = newest is not None and newest.state == WAITING and newest.content == question.content
        moments = list(sent[:LINKS_PER_DAY])
        wait = max(seconds_to_wait(moments, now, again), _phone_wait(phone, now))
        if wait:
            raise TooManyLinks(retry_after_seconds=wait)
        of_subject.filter(state=WAITING).update(state=VOID, decided_at=now)
        token = secrets.token_urlsafe(32)
        row = Link(
            id=clock.new_id(),
            shard_key=question.shard_key,
            account_id=question.account_id,
            subject=question.subject,
            subject_id=question.subject_id,
            token_hash=sealing.token_hash(token),
            content=question.content,
            sent_at=now,
            expires_at=now + LINK_LIFE,
            state=WAITING,
        )
        sealing.put(row, question, phone)
        row.save(force_insert=True)
        hours = str(int(LINK_LIFE.total_seconds()) // 3600)
        notices.send(phone, "insured_consent_link", {"link": f"{page}{token}", "hours": hours})
        return view(row, now)


def _phone_wait(phone: str, now: datetime) -> int:
    received = Link.objects.filter(phone_index=sealing.phone_index(phone), sent_at__gt=now - _DAY)
    moments = list(received.order_by("-sent_at").values_list("sent_at", flat=True)[:LINKS_PER_DAY])
    return seconds_to_wait(moments, now, again=False)
