"""What leaves the room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PartnerView:
    """A partner as others may know it. `id` is also the policyholder of cover for its own orders."""

    id: UUID
    code: str
    name: str
    licensed: bool


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """The parts of an HTTP request that a signature covers. `url` is absolute, as the partner addressed it."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes
