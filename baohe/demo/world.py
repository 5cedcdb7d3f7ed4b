"""The demo world: products on sale, a desk with people at it, a family with policies. Built when it is missing.

Everything in it is invented. A customer needs no account: any number signs in, the demo inbox shows the code.
"""

from __future__ import annotations

import secrets
from pathlib import Path

DEMO_PHONE = "13800000001"
STAFF = (
    ("underwriter", "沈宁", ("underwriter",)),
    ("chief", "顾远", ("underwriter",)),
    ("claims", "顾安", ("claims_handler",)),
    ("claims_lead", "沈一诺", ("claims_handler", "claims_lead")),
    ("claims_head", "方岚", ("claims_handler", "claims_head")),
    ("finance", "程立", ("finance",)),
    ("treasurer", "许衡", ("finance",)),
    ("auditor", "陆明", ("auditor",)),
    ("service", "苏晴", ("service",)),
    ("product", "顾言", ("product_manager",)),
    ("actuary", "温岚", ("actuary",)),
    ("compliance", "程月", ("compliance",)),
    ("compliance2", "白宁", ("compliance",)),
)


def accounts(data: Path) -> list[tuple[str, str]]:
    """For the lines that the launcher prints: label and account."""
    names = " · ".join(username for username, _, _ in STAFF)
    return [
        ("演示顾客 · customer", f"{DEMO_PHONE}（验证码见演示收件箱 · the code is in the demo inbox）"),
        ("演示员工 · staff", f"{names}"),
        ("员工密码 · password", desk_password(data)),
    ]


def desk_password(data: Path) -> str:
    """Made for this installation: a fixed one would be known to everybody who has read this file."""
    from baohe.plumbing.secret_files import write_once

    path = data / "keys" / "demo_desk"
    if not path.exists():
        write_once(path, "-".join(secrets.token_hex(2) for _ in range(4)))
    return path.read_text()


def build() -> None:
    """Products, staff, producers, a family with a past and a draft in work. Needs Django; makes what is missing."""
    from django.conf import settings

    from baohe.demo import family, next_version, parametric, producers, reconciled, screening, settlement, vouchers
    from baohe.kernel.errors import InvalidInput
    from baohe.rooms.catalog import facade as catalog
    from baohe.rooms.people import facade as people

    catalog.sync_packages(settings.BAOHE_PRODUCTS)
    password = desk_password(settings.BAOHE_DATA)
    for username, name, roles in STAFF:
        try:
            people.create_staff(username, name, roles, password)
        except InvalidInput as refusal:
            if refusal.facts["field"] != "username":  # made at an earlier start
                raise
    producers.build()
    family.build()
    next_version.build("product")
    vouchers.build("finance")
    settlement.build("finance", "treasurer")
    reconciled.build()
    screening.build()
    parametric.build()
