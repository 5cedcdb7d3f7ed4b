"""Tells the platform, again and again, until it is heard. What is to be told lies in the store first."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

import httpx
import structlog
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from baohe.adapters.providers.line import open_line
from baohe.adapters.simulating.faults import Faults
from baohe.adapters.simulating.store import Store
from baohe.plumbing import clock

SCHEDULE = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
"""Pauses in seconds: a real provider's minutes and hours, compressed."""

_WAKE_SECONDS = 0.5
_DAY_SECONDS = timedelta(days=1).total_seconds()
log = structlog.get_logger()

Words = Mapping[str, str]


class Notifier:
    """`heard` is what the platform answers when it has taken a notification. `deliver` may be overridden by a
    simulator whose provider does not post a form."""

    heard = "success"

    def __init__(self, store: Store, faults: Faults, key: RSAPrivateKey, schedule: Sequence[float] = SCHEDULE) -> None:
        self._store = store
        self._faults = faults
        self._key = key
        self._stranger: RSAPrivateKey | None = None
        self._schedule = schedule
        self._wake = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="notifier", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()
        self._thread.join(timeout=10)

    def queue(self, address: str, words: Callable[[], Words], older: Callable[[], Words] | None = None) -> None:
        """Queue a notification, as the switches of the moment bend it: lost, late, copied, out of order.

        `words` makes a copy each time (every one has its own number); `older` is the state before this one."""
        if not address or self._faults.strikes("lose_notify"):
            return
        late = self._faults.size("late_notify") + self._faults.size("delay_days") * _DAY_SECONDS
        for _ in range(max(1, self._faults.size("duplicate_notify"))):
            self._put(address, words(), late)
        if older is not None and self._faults.strikes("reorder"):
            self._put(address, older(), late + 1)
        self._wake.set()

    def signing_key(self) -> RSAPrivateKey:
        """The provider's key, or a stranger's when `forged_sign` strikes."""
        if not self._faults.strikes("forged_sign"):
            return self._key
        if self._stranger is None:
            self._stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        return self._stranger

    def work_once(self) -> int:
        """Send what is due; returns how many were sent."""
        with self._store.write() as db:
            due = db.execute(
                "SELECT * FROM outgoing WHERE done = 0 AND due_at <= ? ORDER BY due_at, id LIMIT 20",
                (clock.now().timestamp(),),
            ).fetchall()
        for row in due:
            self._settle(row["id"], row["tries"] + 1, self.deliver(row["notify_url"], json.loads(row["body"])))
        return len(due)

    def deliver(self, address: str, words: Words) -> str:
        """What the platform answered, or what went wrong."""
        try:
            with open_line(5) as line:
                answer = line.post(address, data=dict(words))
            return answer.text[:100].strip() if answer.status_code == 200 else f"HTTP {answer.status_code}"
        except (httpx.HTTPError, httpx.InvalidURL) as failure:
            return type(failure).__name__

    def _run(self) -> None:
        while not self._stopping:
            if self.work_once() == 0:
                self._wake.wait(_WAKE_SECONDS)
                self._wake.clear()

    def _put(self, address: str, words: Words, delay_seconds: float) -> None:
        with self._store.write() as db:
            db.execute(
                "INSERT INTO outgoing (notify_url, body, due_at) VALUES (?, ?, ?)",
                (address, json.dumps(words), clock.now().timestamp() + self._schedule[0] + delay_seconds),
            )

    def _settle(self, number: int, tries: int, answered: str) -> None:
        done = answered == self.heard or tries >= len(self._schedule)
        pause = self._schedule[min(tries, len(self._schedule) - 1)]
        if answered != self.heard:
            log.info("notification_not_taken", answered=answered, tries=tries)
        with self._store.write() as db:
            db.execute(
                "UPDATE outgoing SET tries = ?, answered = ?, done = ?, due_at = ? WHERE id = ?",
                (tries, answered, int(done), clock.now().timestamp() + pause, number),
            )
