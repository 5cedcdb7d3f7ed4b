"""Tables of the room. A published version never changes: a trigger refuses UPDATE, DELETE and TRUNCATE."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class InsurerRow(models.Model):
    """A carrier. Its published facts live in each version; this row names it for other rooms."""

    code = models.CharField(max_length=30, primary_key=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    short_name_zh = models.CharField(max_length=20)
    short_name_en = models.CharField(max_length=40)
    complaint_phone = models.CharField(max_length=20)
    service_phone = models.CharField(max_length=20)
    licence = models.CharField(max_length=40)

    class Meta:
        db_table = "catalog_insurer"


class ProductRow(models.Model):
    code = models.CharField(max_length=40, primary_key=True)
    insurer = models.ForeignKey(InsurerRow, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=30)

    class Meta:
        db_table = "catalog_product"


class ProductVersionRow(models.Model):
    """`package` is the whole filed package; `card` is what lists show, so that a list parses nothing."""

    id = models.CharField(max_length=60, primary_key=True)
    product = models.ForeignKey(ProductRow, on_delete=models.PROTECT, related_name="+")
    version = models.CharField(max_length=10)
    line = models.CharField(max_length=30)
    insurer_code = models.CharField(max_length=30)
    clause_name = models.CharField(max_length=120)
    filing_number = models.CharField(max_length=80)
    scenes = ArrayField(models.CharField(max_length=20))
    max_age = models.SmallIntegerField()
    effective_from = models.DateField()
    sale_ends = models.DateField(null=True)
    package = models.JSONField()
    card = models.JSONField()
    search_text = models.TextField()
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "catalog_productversion"
        constraints = [
            models.UniqueConstraint(fields=["product", "effective_from"], name="version_starts_once"),
            models.CheckConstraint(
                condition=Q(sale_ends=None) | Q(sale_ends__gte=F("effective_from")), name="version_window_forward"
            ),
        ]


class StopSale(models.Model):
    """The end of sale of a published version, told on or before its last day (PUB-2). Append-only."""

    version = models.OneToOneField(
        ProductVersionRow, on_delete=models.PROTECT, primary_key=True, related_name="stop_sale"
    )
    last_day = models.DateField()
    told_on = models.DateField()

    class Meta:
        db_table = "catalog_stopsale"
        constraints = [models.CheckConstraint(condition=Q(last_day__gte=F("told_on")), name="stop_sale_not_back_dated")]
