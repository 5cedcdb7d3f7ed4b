"""Name a source and its key. The same content again changes nothing; a new key comes under a new id."""

from __future__ import annotations

from django.db import transaction

from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.catalog.contracts import MEASURES
from baohe.rooms.parametric import ports
from baohe.rooms.parametric.contracts import NewSource
from baohe.rooms.parametric.errors import SourceTaken
from baohe.rooms.parametric.models import Source, SourceKey


def register_source(new: NewSource) -> None:
    """Raises `InvalidInput` for an unknown measure or what is no Ed25519 key, `SourceTaken` for other content."""
    _refuse_impossible(new)
    about = {
        "name_zh": new.name.zh,
        "name_en": new.name.en,
        "measures": list(new.measures),
        "heartbeat_seconds": new.heartbeat_seconds,
    }
    with transaction.atomic():
        row, _ = Source.objects.get_or_create(
            code=new.code, defaults={**about, "address": new.address, "heard_at": clock.now()}
        )
        if any(getattr(row, field) != value for field, value in about.items()):
            raise SourceTaken(what=new.code)
        if row.address != new.address:  # a source may move house; who it is stands in its key
            Source.objects.filter(code=new.code).update(address=new.address)
        key, fresh = SourceKey.objects.get_or_create(
            source=row,
            key=new.key,
            defaults={"public_pem": new.public_key, "valid_from": new.valid_from, "valid_until": new.valid_until},
        )
        if not fresh and key.public_pem != new.public_key:
            raise SourceTaken(what=new.key)


def _refuse_impossible(new: NewSource) -> None:
    if not new.measures or set(new.measures) - set(MEASURES):
        known = "、".join(MEASURES)
        raise InvalidInput(field="measures", reason_zh=f"可选 {known}", reason_en=f"are some of {', '.join(MEASURES)}")
    try:
        ports.public_key(new.public_key)
    except ValueError as wrong:
        raise InvalidInput(
            field="public_key", reason_zh="不是 Ed25519 公钥（PEM）", reason_en="is no Ed25519 public key in PEM"
        ) from wrong
    if new.valid_until <= new.valid_from:
        raise InvalidInput(field="valid_until", reason_zh="应晚于生效时间", reason_en="must be after its beginning")
