"""What the platform asks of a time-stamp authority, and how it fails. Nothing that failed is ever called stamped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


class NoTimeStamp(Exception):
    """There is no time stamp now; the same request may be tried later."""


class AuthorityAway(NoTimeStamp):
    """It did not answer, or not in time, or not with a reply."""


class AuthorityRefused(NoTimeStamp):
    """It answered that it does not stamp this."""


class StampNotTrue(NoTimeStamp):
    """It answered with a stamp that does not hold: another nonce, another hash, another time, a certificate that is
    not its own or not valid, a signature that does not verify."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A token of RFC 3161 (DER) that was checked: `at` is its moment, `authority` its signer's name."""

    token: bytes
    at: datetime
    authority: str
