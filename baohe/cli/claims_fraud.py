"""`baohe claims fraud …`: train a model of vehicle claims, score a file with it, see how far a file has moved.

A score ranks claims for people to look at. It refuses nothing and is no finding.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import typer

if TYPE_CHECKING:
    from baohe.rooms.fraud.model import Scored

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)
_CSV = typer.Argument(..., metavar="CSV", dir_okay=False, help="Claims, columns as in the training data.")
_MODEL = typer.Option(None, "--model", dir_okay=False, help="A model file; without it this installation's.")


@app.command()
def train(
    data: Path = _CSV,
    out: Path = typer.Option(None, "--out", dir_okay=False, help="Where to write; without it the data folder."),  # noqa: B008 - Typer's way
    as_json: bool = typer.Option(False, "--json", help="One JSON object."),
) -> None:
    """Train on all years but the last, measure on the last, write the model. Of one year alone nothing is measured."""
    with _refusals():
        from baohe.rooms.fraud import facade as fraud

        told = fraud.train(data, out)
        measured = told.measured
    if as_json:
        print(json.dumps(fraud.trained_as_dict(told), ensure_ascii=False))
        return
    years = "、".join(map(str, told.years))
    print(f"训练 · trained on  {years}：{told.rows} 条，其中欺诈 {told.frauds} 条")
    if measured is None:
        print("只有一个年份的数据，没有检验 · rows of one year only: nothing was measured")
    else:
        print(f"检验 · tested on   {measured.year}：{measured.rows} 条，其中欺诈 {measured.frauds} 条")
        print(f"基准率 · base rate                    {measured.base_rate:.4f}")
        print(f"AUC                                   {measured.auc:.4f}")
        print(f"平均精度 · average precision          {measured.average_precision:.4f}")
        lift = measured.precision_at_top / measured.base_rate if measured.base_rate else 0
        print(f"前 1% 的准确率 · precision at top 1 % {measured.precision_at_top:.4f}（提升 · lift ×{lift:.1f}）")
    print(f"模型 · model {told.version}  {told.path}")


@app.command()
def score(
    data: Path = _CSV,
    model: Path = _MODEL,
    as_json: bool = typer.Option(False, "--json", help="One JSON object a row, in the file's order."),
) -> None:
    """Score every row, 0 to 1, with what moved it. The label column may be missing and is never looked at."""
    with _refusals():
        from baohe.rooms.fraud import facade as fraud

        scored = fraud.score(data, model)
    for one in scored:
        print(json.dumps(_row(one), ensure_ascii=False) if as_json else _line(one))


@app.command()
def drift(
    data: Path = _CSV,
    model: Path = _MODEL,
    as_json: bool = typer.Option(False, "--json", help="One JSON object."),
) -> None:
    """How far the file has moved from the training rows: population stability index of the score and every feature."""
    with _refusals():
        from baohe.rooms.fraud import facade as fraud

        found = fraud.drift(data, model)
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False))
        return
    print(f"模型 · model {found.version}，{found.rows} 条 · rows")
    for one in found.moved:
        print(f"  {one.name:<22} {one.index:8.4f}  {one.text.zh} · {one.text.en}")


@app.command()
def backfill(
    batch: int = typer.Option(200, "--batch", min=1, max=500, help="Claims looked through at a time."),
    after: str = typer.Option("", "--after", help="Go on behind this claim: the id that was printed last."),
) -> None:
    """Remember the marks of claims that were handed in before there was a look at them, for later ones to be compared
    with. They are not looked at themselves and nothing about them changes. Stopped and started again it goes on; what
    is known is passed over. Each batch is a line: claims looked through, remembered anew, the last id."""
    from baohe.launch.session import django_ready

    last = _claim_id(after)
    seen = remembered = 0
    with django_ready():
        from baohe.flows import keep_marks

        while (done := keep_marks.backfill(last, batch)).last is not None:
            last, seen, remembered = done.last, seen + done.claims, remembered + done.remembered
            print(f"{seen:>9}  {remembered:>9}  {last}", flush=True)
    print(f"完成：看过 {seen} 件，新记 {remembered} 件 · done: {seen} claims looked through, {remembered} remembered")


def _claim_id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        print(f"--after 不是理赔编号：{text} · --after is no id of a claim: {text}", file=sys.stderr)
        raise typer.Exit(2) from None


def _row(one: Scored) -> dict[str, object]:
    return {
        "row": one.row,
        "score": one.score,
        "look": one.look,
        "reasons": [f"{moving.text.zh} · {moving.text.en}" for moving in one.reasons],
        "moved": {moving.feature: moving.log_odds for moving in one.reasons},
        "unknown": list(one.unknown),
    }


def _line(one: Scored) -> str:
    mark = "看 · look" if one.look else ""
    return f"{one.row:>7}  {one.score:.4f}  {mark:<9}  {'；'.join(moving.text.zh for moving in one.reasons)}"


@contextmanager
def _refusals() -> Iterator[None]:
    """A refusal is a sentence on stderr and exit code 1, never a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baohe.config.settings")
    import django

    django.setup()
    from baohe.kernel.errors import BaoheError

    try:
        yield
    except BaoheError as refusal:
        print(f"{refusal.message_zh} · {refusal.message_en}", file=sys.stderr)
        print(f"{refusal.next_zh} · {refusal.next_en}", file=sys.stderr)
        raise typer.Exit(1) from None
