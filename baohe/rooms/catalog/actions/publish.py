"""Publish packages: check, then one immutable row a version. The same contents again change nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.db import transaction

from baohe.kernel.errors import Conflict, InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.plumbing.queues import queue_behind
from baohe.rooms.catalog.actions.read_folder import packages_below, read_files
from baohe.rooms.catalog.contracts import Insurer, ProductVersion
from baohe.rooms.catalog.errors import PublishedVersionChanged
from baohe.rooms.catalog.models import InsurerRow, ProductRow, ProductVersionRow, StopSale
from baohe.rooms.catalog.rules import listing, publishing
from baohe.rooms.catalog.rules.source import Raw


def sync_packages(folder: Path) -> list[str]:
    """Load every package below `folder`; return the ids of the versions that are new.

    All or nothing. Raises `NotPublishable` naming the field (PUB-1 …) and `PublishedVersionChanged`.
    """
    return _publish([_read(package) for package in packages_below(folder)])


def _read(package: Path) -> tuple[ProductVersion, Raw]:
    """Checked from its files, so that a fault is told with its file and line."""
    return publishing.read_checked(package.parent.name, package.name, read_files(package))


def publish(packages: list[Raw]) -> list[str]:
    """Publish raw packages in one transaction; return the ids of the versions that are new."""
    return _publish([(publishing.check(raw), raw) for raw in packages])


def _publish(checked: list[tuple[ProductVersion, Raw]]) -> list[str]:
    """Two installers that start together queue on the lock."""
    with transaction.atomic():
        queue_behind("catalog", ["publish"])
        known = dict(ProductVersionRow.objects.values_list("id", "content_hash"))
        new = []
        for version, raw in checked:
            if version.id in known:
                if known[version.id] != version.content_hash:
                    raise PublishedVersionChanged(version_id=version.id)
                continue
            _store(version, raw)
            new.append(version.id)
        return new


def stop_sale(version_id: str, last_day: date) -> None:
    """End the sale of a version: `last_day` is the last day of sale, itself included.

    A day that has passed is refused: what was sold was sold (PUB-2). Told once; raises `Conflict` the second time.
    """
    today = clock.today()
    if last_day < today:
        raise InvalidInput(field="last_day", reason_zh="停售不得倒签", reason_en="a stop of sale is never back-dated")
    row = ProductVersionRow.objects.filter(id=version_id).first()
    if row is None:
        raise NotFound(what=version_id)
    if row.sale_ends is not None and last_day > row.sale_ends:
        zh, en = f"晚于备案的最后销售日 {row.sale_ends}", f"is after the filed last day {row.sale_ends}"
        raise InvalidInput(field="last_day", reason_zh=zh, reason_en=en)
    if StopSale.objects.filter(version=row).exists():
        raise Conflict(reason_zh="这个版本已经停售", reason_en="the sale of this version is stopped already")
    StopSale.objects.create(version=row, last_day=last_day, told_on=today)


def _store(version: ProductVersion, raw: Raw) -> None:
    insurer = version.insurer
    for carrier in version.carriers:
        _store_insurer(carrier.insurer)
    ProductRow.objects.get_or_create(
        code=version.product_code, defaults={"insurer_id": insurer.code, "line": version.line}
    )
    ProductVersionRow.objects.create(
        id=version.id,
        product_id=version.product_code,
        version=version.version,
        line=version.line,
        insurer_code=insurer.code,
        clause_name=version.clause_name,
        filing_number=version.filing_number,
        scenes=list(version.scenes),
        max_age=version.max_age,
        effective_from=version.effective_from,
        sale_ends=version.sale_ends,
        package=raw,
        card=listing.card_of(version),
        search_text=listing.search_text(version),
        content_hash=version.content_hash,
        published_at=clock.now(),
    )


def _store_insurer(insurer: Insurer) -> None:
    InsurerRow.objects.update_or_create(
        code=insurer.code,
        defaults={
            "name_zh": insurer.name.zh,
            "name_en": insurer.name.en,
            "short_name_zh": insurer.short_name.zh,
            "short_name_en": insurer.short_name.en,
            "complaint_phone": insurer.complaint_phone,
            "service_phone": insurer.service_phone,
            "licence": insurer.licence,
        },
    )
