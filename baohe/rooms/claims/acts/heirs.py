"""法定继承人: nobody is named, so a person finds who inherits; two names, before anything leaves (INS 42)."""

from __future__ import annotations

from baohe.kernel.errors import InvalidInput
from baohe.rooms.claims import records, sealing, shares
from baohe.rooms.claims.actions.states import not_open, take
from baohe.rooms.claims.acts.kind import Kind, Names, Outcome
from baohe.rooms.claims.models import Claim, MoneyAct
from baohe.rooms.claims.rules.sharing import Heir, heirs_from

_WHY = {
    "form": ("每行写“姓名 份额”，未成年的在后面写“未成年”", "write a name and whole percent a line"),
    "twice": ("同一个人写了两次", "names somebody twice"),
    "sum": ("份额要合计 100", "must come to 100"),
}


def _heirs(act: MoneyAct) -> tuple[Heir, ...]:
    try:
        return heirs_from(sealing.act_sealed(act).get("heirs", ""))
    except ValueError as broken:
        zh, en = _WHY[str(broken)]
        raise InvalidInput(field="heirs", reason_zh=zh, reason_en=en) from broken


def _refuse(row: Claim, act: MoneyAct) -> None:
    if shares.undrawn(row) is None:
        raise not_open(row)
    _heirs(act)


def _do(row: Claim, act: MoneyAct, names: Names) -> Outcome:
    stored = shares.undrawn(row)
    if stored is None:
        raise not_open(row)
    found = _heirs(act)
    shares.open_shares(row, stored, found)
    take(row, names.maker)
    row.save()
    checker = names.checker.name if names.checker else ""
    records.milestone(row, "heirs_found", count=len(found), maker=names.maker.name, checker=checker)
    return Outcome()


HEIRS = Kind(_refuse, _do)
