"""The sittings of the demo's own sales: no phone drew their pages, so each shows in words which page it stands for."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from baohe.flows import record_sale
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.policies.contracts import ProposalView
from baohe.rooms.recordings import facade as recordings

_PAGES = {
    "enter": "buy-who",
    "identity": "buy-who",
    "entry": "buy-details",
    "clauses": "buy-paper",
    "exclusions": "buy-paper",
    "confirm": "buy-sign",
    "submit": "buy-sign",
    "pay": "buy-pay",
}
_SECONDS_A_PAGE = 20


def sitting(proposal: ProposalView) -> None:
    """Record the eight kinds of page of a proposal through the door that the app uses."""
    end = int(clock.now().timestamp() * 1000)
    begin = end - len(_PAGES) * _SECONDS_A_PAGE * 1000
    product = catalog.version(proposal.version_id).name.zh
    events: list[dict[str, Any]] = []
    for place, (kind, page) in enumerate(_PAGES.items()):
        at = begin + place * _SECONDS_A_PAGE * 1000
        events += _page(at, recordings.KINDS[kind].zh, product)
        payload = {"kind": kind, "page": page, "subjects": [str(proposal.id)], "shown": {}}
        events.append({"type": 5, "data": {"tag": "page", "payload": payload}, "timestamp": at})
    view = recordings.open_recording(proposal.account_id, recordings.current_build().id, proposal.product_code)
    body = json.dumps(events, ensure_ascii=False, separators=(",", ":")).encode()
    record_sale.append(view.account_id, view.id, 0, view.head, body, packed=False)


def _page(at: int, title: str, product: str) -> list[dict[str, Any]]:
    ids = count(1)

    def element(tag: str, *children: dict[str, Any]) -> dict[str, Any]:
        return {"type": 2, "id": next(ids), "tagName": tag, "attributes": {}, "childNodes": list(children)}

    def words(text: str) -> dict[str, Any]:
        return {"type": 3, "id": next(ids), "textContent": text}

    body = element(
        "body", element("h1", words(title)), element("p", words(product)), element("p", words("演示数据，没有经过手机"))
    )
    document = {"type": 0, "id": next(ids), "childNodes": [element("html", element("head"), body)]}
    meta = {"href": "", "width": 390, "height": 844}
    snapshot = {"node": document, "initialOffset": {"left": 0, "top": 0}}
    return [{"type": 4, "data": meta, "timestamp": at}, {"type": 2, "data": snapshot, "timestamp": at}]
