"""`baohe commission …`: producers and what they are owed."""

from __future__ import annotations

import json
from collections.abc import Iterator

import typer

from baohe.kernel.money import yuan

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)
_AS_JSON = typer.Option(False, "--json", help="One JSON object a line.")
_PAGE = 200


@app.command()
def producers(as_json: bool = _AS_JSON) -> None:
    """The register: who may be paid commission today, and who no longer."""
    from baohe.launch.session import django_ready

    with django_ready():
        from baohe.rooms.commission import facade as commission
        from baohe.rooms.commission.contracts import ProducerView

        def pages() -> Iterator[ProducerView]:
            page = 1
            while found := commission.producers(page, _PAGE)[0]:
                yield from found
                page += 1

        for one in pages():
            told = {
                "id": str(one.id),
                "code": one.code,
                "kind": one.kind,
                "registration_number": one.registration_number,
                "affiliation": one.affiliation,
                "valid_from": f"{one.valid_from}" if one.valid_from else None,
                "valid_until": f"{one.valid_until}" if one.valid_until else None,
                "state": one.state,
            }
            said = (
                f"{one.code}  {one.registration_number}  {one.state}  {one.valid_from or '—'} … {one.valid_until or ''}"
            )
            print(json.dumps(told, ensure_ascii=False) if as_json else said)


@app.command()
def accounts(as_json: bool = _AS_JSON) -> None:
    """Each producer's account: earned, taken back, paid, payable (negative: carried on), deferred."""
    from baohe.launch.session import django_ready

    with django_ready():
        from baohe.rooms.commission import facade as commission

        page = 1
        while found := commission.accounts(page, _PAGE)[0]:
            for one in found:
                told = {
                    "code": one.producer.code,
                    "earned_fen": one.earned_fen,
                    "clawed_back_fen": one.clawed_back_fen,
                    "paid_fen": one.paid_fen,
                    "payable_fen": one.payable_fen,
                    "deferred_fen": one.deferred_fen,
                }
                said = f"{one.producer.code}  应付 {yuan(one.payable_fen)}  递延 {yuan(one.deferred_fen)}"
                print(json.dumps(told) if as_json else said)
            page += 1
