"""What both figures of the fraud model are measured on: the claims of one year, tested on the next.

The reference of both is a logistic regression on one column a value, of the same features, rows and run: what anybody
would try first. The data is not part of the checkout: `BAOHE_MEASURES` names the folder that has `fraud/`.
"""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from baohe.cli.bench import NotMeasured
from baohe.rooms.fraud import model, table
from baohe.rooms.fraud.rules import encoding, ranking
from baohe.rooms.fraud.rules.encoding import IS
from baohe.rooms.fraud.rules.trees import Columns, Numbers
from baohe.rooms.fraud.rules.vehicle import FEATURES, LABEL, YEAR

_FOLDER = Path(os.environ.get("BAOHE_MEASURES", Path(__file__).resolve().parents[2] / "shared" / "data"))
_FILE = _FOLDER / "fraud" / "vehicle_claims_1994_1995.csv"
_SHRINK, _STEPS = 1.0, 15


@dataclass(frozen=True, slots=True)
class Figures:
    auc: float
    precision_at_top: float


@functools.lru_cache(maxsize=1)
def both() -> tuple[Figures, Figures]:
    """(ours, the reference's). Raises `NotMeasured` where the data is not there."""
    if not _FILE.exists():
        raise NotMeasured(f"{_FILE} is absent; BAOHE_MEASURES names the folder that has it")
    measured = model.train(_FILE).measured
    assert measured is not None
    return Figures(measured.auc, measured.precision_at_top), _logistic()


def _logistic() -> Figures:
    rows = table.read(_FILE, (YEAR, LABEL)).rows
    years, labels = np.asarray(table.years(rows)), np.asarray(table.labels(rows))
    first = years != years.max()
    before = [row for row, is_first in zip(rows, first, strict=True) if is_first]
    usual = encoding.usual_values(FEATURES, before)
    one_a_value = [one for one in encoding.statements(FEATURES, before) if one.kind == IS]
    columns = encoding.encode(FEATURES, one_a_value, usual, rows)
    scores = _with_constant(columns[~first]) @ _fit(_with_constant(columns[first]), labels[first])
    return Figures(
        ranking.area_under_curve(labels[~first], scores),
        ranking.precision_at_top(labels[~first], scores, model.TOP_SHARE),
    )


def _with_constant(columns: Columns) -> Numbers:
    return np.column_stack([np.ones(len(columns)), columns.astype(np.float64)])


def _fit(columns: Numbers, labels: Numbers) -> Numbers:
    """Newton's steps with an L2 penalty on all but the constant."""
    weights, penalty = np.zeros(columns.shape[1]), np.full(columns.shape[1], _SHRINK)
    penalty[0] = 0.0
    for _ in range(_STEPS):
        shares = 1 / (1 + np.exp(-columns @ weights))
        curve = columns.T @ (columns * (shares * (1 - shares))[:, None]) + np.diag(penalty)
        weights += np.linalg.solve(curve, columns.T @ (labels - shares) - penalty * weights)
    return weights
