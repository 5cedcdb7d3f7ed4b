"""A trained model of vehicle claims: train on the years before the last, measure on the last, score, explain, compare.

It ranks claims for people to look at. It is not called by any flow: no claim of a customer is decided with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from baohe.rooms.fraud import table
from baohe.rooms.fraud.errors import TableUnreadable
from baohe.rooms.fraud.rules import drift as drifting
from baohe.rooms.fraud.rules import encoding, ranking, trees
from baohe.rooms.fraud.rules.encoding import Row, Statement
from baohe.rooms.fraud.rules.reasons import Moving, reasons
from baohe.rooms.fraud.rules.trees import Forest, Numbers
from baohe.rooms.fraud.rules.vehicle import FEATURES, LABEL, YEAR

SETTINGS = trees.Settings(
    rounds=100, rate=0.04, leaves=6, least_rows=5, shrink=1.0, row_share=0.8, column_share=0.7, seeds=5
)
"""Chosen inside 1994, trained on its first 3, 6 and 8 months and tested on those after; see decision 0111."""

TOP_SHARE = 0.01
_SCORE_BINS = 10
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one year the model has not seen. Shares of one; `precision_at_top` is among the highest 1 % of the scores."""

    year: int
    rows: int
    frauds: int
    base_rate: float
    auc: float
    average_precision: float
    precision_at_top: float


@dataclass(frozen=True, slots=True)
class Model:
    """`threshold` is the score from which a claim is among the highest 1 % (of the year measured, else of the training
    rows). `reference` has the shares of every feature's values and of the score's tenths in the training rows."""

    trained_years: tuple[int, ...]
    trained_rows: int
    trained_frauds: int
    data_sha256: str
    settings: trees.Settings
    usual: tuple[str, ...]
    statements: tuple[Statement, ...]
    forest: Forest
    threshold: float
    reference: Mapping[str, Mapping[str, float]]
    score_edges: tuple[float, ...]
    measured: Measured | None


@dataclass(frozen=True, slots=True)
class Scored:
    """`row` counts from 1 in the file's order; `score` is the estimated probability of fraud. `unknown` names the
    features whose value the model never saw."""

    row: int
    score: float
    look: bool
    reasons: tuple[Moving, ...]
    unknown: tuple[str, ...]


def train(path: Path, settings: trees.Settings = SETTINGS) -> Model:
    """Raises `ColumnsMissing`, `TableUnreadable` (also for rows of one kind alone)."""
    found = table.read(path, (YEAR, LABEL))
    years, labels = table.years(found.rows), np.asarray(table.labels(found.rows))
    last = max(years)
    held_out = np.array([year == last for year in years]) if len(set(years)) > 1 else np.zeros(len(years), dtype=bool)
    rows = [row for row, out in zip(found.rows, held_out, strict=True) if not out]
    seen = labels[~held_out]
    if not 0 < seen.sum() < len(seen):
        raise TableUnreadable(
            reason_zh="训练部分需要既有欺诈也有正常的记录", reason_en="the rows to train on must be of both kinds"
        )
    usual = encoding.usual_values(FEATURES, rows)
    statements = encoding.statements(FEATURES, rows)
    columns = encoding.encode(FEATURES, statements, usual, rows)
    forest = trees.grow(columns, seen, settings)
    own = trees.probability(trees.log_odds(forest, columns))
    edges = _edges(own)
    test = [row for row, out in zip(found.rows, held_out, strict=True) if out]
    ahead = (
        trees.probability(trees.log_odds(forest, encoding.encode(FEATURES, statements, usual, test))) if test else own
    )
    return Model(
        trained_years=tuple(sorted({year for year, out in zip(years, held_out, strict=True) if not out})),
        trained_rows=len(rows),
        trained_frauds=int(seen.sum()),
        data_sha256=found.sha256,
        settings=settings,
        usual=usual,
        statements=statements,
        forest=forest,
        threshold=round(float(np.quantile(ahead, 1 - TOP_SHARE)), 6),
        reference=_shares(rows) | {"score": _tenths(own, edges)},
        score_edges=edges,
        measured=_measure(last, labels[held_out], ahead) if test else None,
    )


def score(model: Model, rows: Sequence[Row]) -> list[Scored]:
    """One answer a row, in the order of the rows."""
    return [one for start in range(0, len(rows), _BATCH) for one in _scored(model, rows[start : start + _BATCH], start)]


def drift(model: Model, rows: Sequence[Row]) -> tuple[drifting.Moved, ...]:
    """The score first, then every feature, the farthest first."""
    now = _shares(rows) | {"score": _tenths(_probabilities(model, rows), model.score_edges)}
    found = [drifting.moved(name, model.reference[name], now[name]) for name in now]
    return tuple(sorted(found, key=lambda one: (one.name != "score", -one.index, one.name)))


def _scored(model: Model, rows: Sequence[Row], start: int) -> list[Scored]:
    columns = encoding.encode(FEATURES, model.statements, model.usual, rows)
    feature_of = [one.feature for one in model.statements]
    moved = trees.contributions(model.forest, columns, feature_of, len(FEATURES))
    scores = trees.probability(trees.start(model.forest) + moved.sum(axis=1))
    known = [set(model.reference[feature.name]) for feature in FEATURES]
    answers = []
    for place, row in enumerate(rows):
        values = [encoding.plain(row[feature.name]) for feature in FEATURES]
        value = float(scores[place])
        answers.append(
            Scored(
                row=start + place + 1,
                score=round(value, 6),
                look=value >= model.threshold,
                reasons=reasons(FEATURES, values, moved[place].tolist()),
                unknown=tuple(
                    f.name for f, value, seen in zip(FEATURES, values, known, strict=True) if value not in seen
                ),
            )
        )
    return answers


def _probabilities(model: Model, rows: Sequence[Row]) -> Numbers:
    columns = encoding.encode(FEATURES, model.statements, model.usual, rows)
    return trees.probability(trees.log_odds(model.forest, columns))


def _measure(year: int, labels: Numbers, scores: Numbers) -> Measured:
    return Measured(
        year=year,
        rows=len(labels),
        frauds=int(labels.sum()),
        base_rate=float(labels.mean()),
        auc=ranking.area_under_curve(labels, scores),
        average_precision=ranking.average_precision(labels, scores),
        precision_at_top=ranking.precision_at_top(labels, scores, TOP_SHARE),
    )


def _shares(rows: Sequence[Row]) -> dict[str, Mapping[str, float]]:
    return {feature.name: drifting.shares([encoding.plain(row[feature.name]) for row in rows]) for feature in FEATURES}


def _edges(scores: Numbers) -> tuple[float, ...]:
    cuts = np.quantile(scores, np.arange(1, _SCORE_BINS) / _SCORE_BINS)
    return tuple(sorted({round(float(cut), 6) for cut in cuts}))


def _tenths(scores: Numbers, edges: Sequence[float]) -> dict[str, float]:
    places = np.searchsorted(np.asarray(edges), scores, side="right")
    return drifting.shares([f"{place}" for place in places.tolist()])
