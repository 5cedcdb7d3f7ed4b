"""`catalog.memory`: the most memory a fresh process ever held after compiling 10,000 versions, beside 1,000.

Ten thousand versions of the medical product are published, all different. A process that has just started takes them
out of the catalogue one after another, compiles each and asks it for a price. What was parsed and compiled is kept
within a bound of bytes, so the peak (resident set, MB) after ten thousand is the peak after the first thousand: a
ratio of 1 means flat, 10 would mean that everything stays.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

from baohe.cli.bench import Measure

VERSIONS, EARLY = 10_000, 1_000
_SOURCE, _CODE = "haijia-medical-a", "bench-memory"
_FIRST_DAY = "2100-01-01"
"""No day on which anything is sold: other measures do not meet these versions."""
_ALL = f"""
INSERT INTO catalog_productversion
SELECT made.*
FROM catalog_productversion v,
     (SELECT number, to_char(date '{_FIRST_DAY}' + number, 'YYYY-MM-DD') AS day
      FROM generate_series(1, {VERSIONS}) number) days,
     LATERAL jsonb_populate_record(v, jsonb_build_object(
        'id', '{_CODE}@' || day, 'product_id', '{_CODE}', 'version', day, 'effective_from', day,
        'content_hash', md5(day) || md5(day),
        'package', v.package || jsonb_build_object('code', '{_CODE}', 'version', day, 'rates',
            jsonb_set(v.package -> 'rates', '{{premium,1,4}}', to_jsonb(number || '.00'))))) made
WHERE v.id = (SELECT min(id) FROM catalog_productversion WHERE product_id = '{_SOURCE}')
"""
_PRODUCT = f"""
INSERT INTO catalog_product SELECT (jsonb_populate_record(p, jsonb_build_object('code', '{_CODE}'))).*
FROM catalog_product p WHERE code = '{_SOURCE}'
"""


def measure() -> Measure:
    """MB of the largest resident set, after all versions and after the first thousand."""
    _publish()
    root = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])
    child = subprocess.run(
        [sys.executable, __file__], env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False
    )
    if child.returncode:
        raise RuntimeError(child.stderr[-2000:])
    told = json.loads(child.stdout.splitlines()[-1])
    return Measure(told["all"], "MB", told["early"])


def _publish() -> None:
    from django.conf import settings
    from django.db import connection

    from baohe.rooms.catalog import facade as catalog

    folder = next(p for p in catalog.packages_below(settings.BAOHE_PRODUCTS) if p.parent.name == _SOURCE)
    catalog.publish([catalog.read_package(folder)])
    with connection.cursor() as cursor:
        cursor.execute(_PRODUCT)
        cursor.execute(_ALL)


def load() -> dict[str, float]:
    """In the fresh process: every version parsed, compiled and asked for a price."""
    import django

    django.setup()
    from datetime import date, timedelta

    from baohe.rooms.catalog import facade as catalog
    from baohe.rooms.rating import facade as rating

    asked = {"age": "3", "social_insurance": "yes", "deductible": "10000"}
    first = date.fromisoformat(_FIRST_DAY)
    peaks: dict[str, float] = {}
    for number in range(1, VERSIONS + 1):
        version = catalog.version(f"{_CODE}@{first + timedelta(number)}")
        if abs(rating.rater(version).premium(asked) - number * 100) > 6:
            raise AssertionError(f"{version.id} is not priced by its own table")
        if number in (EARLY, VERSIONS):
            peaks["early" if number == EARLY else "all"] = _peak_mb()
    return peaks


def _peak_mb() -> float:
    """Linux counts in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(load()))
