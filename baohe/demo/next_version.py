"""The next year's version of the medical product, as its manager left it: a draft whose cases already come out.

Saved by the studio's own actions. The numbers are the demo's own: three percent more from 46 on, in the rates and in
the cases alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django.db import transaction

from baohe.flows import bring_in_product
from baohe.kernel.money import apply_bp, yuan
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.people import facade as people
from baohe.rooms.studio import facade as studio

CODE = "haijia-medical-a"
FROM_AGE, FACTOR_BP = 46, 10_300
_RATE = re.compile(r"^(\d+)(,\d+,\w+,\d+,)(\d+)\.(\d\d)$", re.MULTILINE)
_CASE = re.compile(r"(age: '(\d+)'\n(?:    .*\n)*  premium_fen: )(\d+)")
_OLD_WORDS = "国际医疗部、康复医院和疗养院。"
_NEW_WORDS = (
    "国际医疗部、康复医院和疗养院；急诊抢救不受医院等级和性质限制，病情稳定后应在合理期间内转入符合本条约定的医院。"
)


def build(username: str) -> bool:
    """Make the draft once; who withdrew or published it does not find it made again. Returns whether it was made."""
    first_day = date(clock.today().year + 1, 1, 1)
    base = catalog.version_before(CODE, str(first_day))
    known = any(entry.version == str(first_day) for entry in catalog.shelf(1, 100, CODE)[0])
    if base is None or known or studio.events_of_version(f"{CODE}@{first_day}"):
        return False
    makers = [staff for staff in people.staff_with_role("product_manager") if staff.username == username]
    for maker in makers:
        with transaction.atomic():
            draft = bring_in_product.draft_from(maker.id, base, str(first_day))
            studio.save(maker.id, draft.id, draft.revision, _changed(draft.files, first_day))
    return bool(makers)


def _changed(files: Mapping[str, str], first_day: date) -> dict[str, str | None]:
    product = re.sub(r"^effective_from:.*$", f"effective_from: {first_day}", files["product.yaml"], flags=re.MULTILINE)
    product = re.sub(r"^filing_number:.*$", f"filing_number: {studio.AWAITED}", product, flags=re.MULTILINE)
    return {
        "product.yaml": product,
        "clauses.md": files["clauses.md"].replace(_OLD_WORDS, _NEW_WORDS),
        "rates/premium.csv": _RATE.sub(_dearer_rate, files["rates/premium.csv"]),
        "cases.yaml": _CASE.sub(_dearer_case, files["cases.yaml"]),
    }


def _dearer_rate(row: re.Match[str]) -> str:
    """One row of the table: age_from, …, premium in yuan."""
    age, between, whole, cents = row.groups()
    if int(age) < FROM_AGE:
        return row[0]
    dearer = yuan(apply_bp(int(whole + cents), FACTOR_BP)).replace(",", "")
    return f"{age}{between}{dearer}"


def _dearer_case(case: re.Match[str]) -> str:
    """One case of cases.yaml as a copied version lays it out; its premium in fen."""
    before, age, fen = case.groups()
    return case[0] if int(age) < FROM_AGE else f"{before}{apply_bp(int(fen), FACTOR_BP)}"
