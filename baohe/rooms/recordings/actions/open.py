"""Begin a recording: one sitting of a customer on one device."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from baohe.kernel.ids import shard_of
from baohe.plumbing import clock
from baohe.rooms.recordings import builds, sealing
from baohe.rooms.recordings.contracts import RecordingView
from baohe.rooms.recordings.errors import TooManyRecordings
from baohe.rooms.recordings.models import Recording
from baohe.rooms.recordings.rules import chain
from baohe.rooms.recordings.views import recording_view

MOST_A_DAY = 100
"""Recordings that one customer may begin within 24 hours."""


def open_recording(account_id: UUID, build: str, product_code: str = "") -> RecordingView:
    """A new recording under the build of the app that draws its pages; `product_code` is "" where a sitting is about
    several. Raises `PageUnknown` for a build that was never served here, `TooManyRecordings`."""
    moment = clock.now()
    since = moment - timedelta(days=1)
    if Recording.objects.filter(account_id=account_id, opened_at__gt=since).count() >= MOST_A_DAY:
        raise TooManyRecordings()
    row = Recording(
        id=clock.new_id(),
        shard_key=shard_of(str(account_id)),
        account_id=account_id,
        product_code=product_code,
        build=builds.known(build),
        head=chain.START,
        opened_at=moment,
        last_at=moment,
    )
    row.key_sealed = sealing.new_key(row.id)
    row.save(force_insert=True)
    return recording_view(row)
