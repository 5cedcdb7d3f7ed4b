"""A draft on the desk: the medical product's next version, and the people who may touch it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from baohe.rooms.catalog import facade as catalog
from baohe.rooms.studio.models import Draft

CODE, OLD, NEW = "haijia-medical-a", "2026-03-01", "2027-01-01"
NUMBER = "海岬健康〔2027〕医疗保险 003 号"


def package() -> dict[str, str]:
    """The sample package as it would be changed for the coming year."""
    files = catalog.read_files(Path(settings.BAOHE_PRODUCTS) / CODE / OLD)
    product = files["product.yaml"]
    product = product.replace("effective_from: 2026-03-01", "effective_from: 2027-01-01")
    product = product.replace("海岬健康〔2026〕医疗保险 018 号", "待备案")
    rates = files["rates/premium.csv"].replace("26,30,yes,10000,288.00", "26,30,yes,10000,300.00")
    clauses = files["clauses.md"].replace("二级及以上公立医院", "三级公立医院")
    return {**files, "product.yaml": product, "rates/premium.csv": rates, "clauses.md": clauses}


def zipped(files: dict[str, str], folder: str = f"{CODE}/{NEW}") -> SimpleUploadedFile:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{folder}/{name}", text)
    return SimpleUploadedFile("package.zip", made.getvalue(), "application/zip")


def uploaded(client: Client, files: dict[str, str] | None = None) -> UUID:
    """The id of the draft that an upload made."""
    answer = client.post(reverse("desk:studio-upload"), {"files": zipped(files or package())})
    assert answer.status_code == 302, answer.content.decode()
    return Draft.objects.latest("created_at").id


def page(name: str, draft_id: UUID) -> str:
    if name in ("studio", "studio-upload"):
        return reverse(f"desk:{name}")
    if name.startswith("studio-version") or name in ("studio-draft-from", "studio-stop"):
        return reverse(f"desk:{name}", args=[f"{CODE}@{OLD}"])
    return reverse(f"desk:{name}", args=[draft_id])


def said(name: str, draft_id: UUID) -> dict[str, object]:
    """What a permitted hand would have sent."""
    if name == "studio-save":
        return {"revision": "1", "file": "clauses.md", "text": "## 1 总则\n"}
    if name in ("studio-upload", "studio-replace"):
        return {"files": zipped(package(), f"{CODE}/2029-01-01")}
    days = {"last_day": "2026-12-31", "version": "2028-01-01"}
    return {"revision": "1", "note": "已核对", "filing_number": NUMBER, **days}


def step(client: Client, name: str, draft_id: UUID, **more: object) -> int:
    return client.post(page(name, draft_id), said(name, draft_id) | more).status_code


def submitted(client: Client) -> UUID:
    draft_id = uploaded(client)
    assert step(client, "studio-submit", draft_id) == 302
    return draft_id


def state(draft_id: UUID) -> str:
    return Draft.objects.get(id=draft_id).state
