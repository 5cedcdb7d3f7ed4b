"""The settlement file that the simulated network gives out of a day that has ended."""

from __future__ import annotations

import base64
import io
import sqlite3
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date, timedelta

from baohe.adapters.deduction import lines, protocol
from baohe.adapters.deduction.simulator.agreements import Refusal
from baohe.adapters.simulating.faults import Faults, bent_bill, torn_bill
from baohe.adapters.simulating.store import Store
from baohe.plumbing import clock

Words = dict[str, str]


def file(store: Store, faults: Faults, request: Mapping[str, str]) -> Words:
    """txnType 76. Raises `Refusal`: a day that has not ended has no file."""
    day = _day(request.get("settleDate", ""))
    if day is None or day >= clock.today():
        raise Refusal(protocol.NO_FILE, "文件不存在")
    with store.write() as db:
        rows = db.execute(
            "SELECT * FROM txn WHERE code IN ('00', 'A6') AND substr(decided_at, 1, 8) = ?"
            " ORDER BY decided_at, query_id",
            (f"{day:%Y%m%d}",),
        ).fetchall()
    packed = _archive([_words(row) for row in rows], faults, day, request["merId"])
    return {"fileName": f"{request['merId']}_{day:%Y%m%d}.zip", "fileContent": _content(packed)}


def _archive(movements: list[Words], faults: Faults, day: date, mer_id: str) -> bytes:
    kept = [lines.line_text(words) for words in bent_bill(movements, faults, _altered)]
    totals: lines.Totals = {}
    for text in kept:
        lines.count(totals, lines.read_line(text))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(lines.detail_name(day, mer_id), "".join(f"{text}\r\n" for text in torn_bill(kept, faults)))
        archive.writestr(lines.totals_name(day, mer_id), lines.totals_text(totals))
    return packed.getvalue()


def _content(packed: bytes) -> str:
    return base64.b64encode(zlib.compress(packed)).decode()


def _words(row: sqlite3.Row) -> Words:
    return {
        "txnType": row["kind"],
        "txnSubType": protocol.DEDUCT[1] if row["kind"] == protocol.DEDUCT[0] else "00",
        "traceNo": row["trace_no"],
        "txnTime": row["decided_at"],
        "queryId": row["query_id"],
        "orderId": row["order_id"],
        "origQryId": row["orig_query_id"],
        "currencyCode": protocol.YUAN,
        "reqReserved": row["reserved"],
        **_amounts(row["kind"], row["moved_fen"]),
    }


def _altered(words: Words, more_fen: int) -> Words:
    return {**words, **_amounts(words["txnType"], int(words["txnAmt"]) + more_fen)}


def _amounts(kind: str, amount_fen: int) -> Words:
    sign = "C" if kind == protocol.DEDUCT[0] else "D"
    return {"txnAmt": f"{amount_fen:012d}", "settleAmt": f"{sign}{amount_fen:012d}"}


def _day(month_day: str) -> date | None:
    """The latest such day that is not in the future: the protocol leaves the year out."""
    today = clock.today()
    for back in range(366):
        day = today - timedelta(days=back)
        if f"{day:%m%d}" == month_day:
            return day
    return None
