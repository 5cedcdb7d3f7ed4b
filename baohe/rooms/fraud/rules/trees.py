"""Small gradient boosting for yes-or-no columns: the loss is logistic, a leaf is one Newton step. Pure NumPy.

A column is a statement about a claim ("fault: policy holder", "vehicle price at least 30000") that is true (1) or
not (0), so a split needs no threshold and every path reads as sentences. It does not handle missing values, weights
or more than two classes; whoever needs those should take a library.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Columns = NDArray[np.float32]
Numbers = NDArray[np.float64]
Rows = NDArray[np.intp]

LEAF = -1
_PRIOR_STEP = 1e-9


@dataclass(frozen=True, slots=True)
class Settings:
    """`leaves` a tree, L2 `shrink` on leaf values, least rows in a leaf, and the share of rows and columns a tree sees.

    `seeds` ensembles are grown and averaged: one alone depends on which rows its trees happened to see.
    """

    rounds: int
    rate: float
    leaves: int
    least_rows: int
    shrink: float
    row_share: float = 1.0
    column_share: float = 1.0
    seeds: int = 1


@dataclass(frozen=True, slots=True)
class Tree:
    """Nodes in one list; node 0 is the root. `column` is LEAF at a leaf, where `yes` and `no` mean nothing.

    `value` is what the model would add if it stopped at this node, in log odds: the difference from a node to its
    child is what the child's condition moved.
    """

    column: tuple[int, ...]
    yes: tuple[int, ...]
    no: tuple[int, ...]
    value: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Forest:
    """Log odds of a row = `base` + the sum of its leaves; `base` is the log odds of the training rows."""

    base: float
    trees: tuple[Tree, ...]


def grow(columns: Columns, labels: Numbers, settings: Settings) -> Forest:
    """Train on rows of 0/1 columns and 0/1 labels. The same arguments give the same forest."""
    share = float(np.clip(labels.mean(), _PRIOR_STEP, 1 - _PRIOR_STEP))
    base = float(np.log(share / (1 - share)))
    trees: list[Tree] = []
    for seed in range(settings.seeds):
        trees += _ensemble(columns, labels, base, settings, np.random.default_rng(seed))
    return Forest(base, tuple(trees))


def log_odds(forest: Forest, columns: Columns) -> Numbers:
    total = np.full(len(columns), forest.base)
    for tree in forest.trees:
        total += np.asarray(tree.value)[_leaves(tree, columns)]
    return total


def start(forest: Forest) -> float:
    """The log odds before any feature is looked at: the roots of the trees already say a little."""
    return forest.base + sum(tree.value[0] for tree in forest.trees)


def contributions(forest: Forest, columns: Columns, feature_of: Sequence[int], count: int) -> Numbers:
    """What each of `count` features moved each row, in log odds; a row's sum and `start` are its log odds exactly.

    A path gives every step to the feature it asked about (Saabas' attribution). It is not Shapley's value: a feature
    asked late on a path may get too much.
    """
    features = np.asarray(feature_of, dtype=np.intp)
    moved = np.zeros((len(columns), count))
    for tree in forest.trees:
        column, yes, no = np.asarray(tree.column), np.asarray(tree.yes), np.asarray(tree.no)
        value = np.asarray(tree.value)
        rows, node = np.arange(len(columns)), np.zeros(len(columns), dtype=np.intp)
        while len(rows):
            asked = column[node]
            going = asked != LEAF
            rows, node, asked = rows[going], node[going], asked[going]
            child = np.where(columns[rows, asked] > 0, yes[node], no[node])
            moved[rows, features[asked]] += value[child] - value[node]
            node = child
    return moved


def probability(odds: Numbers) -> Numbers:
    result: Numbers = 1 / (1 + np.exp(-odds))
    return result


def _ensemble(
    columns: Columns, labels: Numbers, base: float, settings: Settings, chance: np.random.Generator
) -> list[Tree]:
    odds = np.full(len(columns), base)
    trees = []
    height, width = columns.shape
    for _ in range(settings.rounds):
        shares = probability(odds)
        slopes = np.stack([labels - shares, shares * (1 - shares)], axis=1)
        rows = _some(chance, height, settings.row_share)
        allowed = np.zeros(width, dtype=bool)
        allowed[_some(chance, width, settings.column_share)] = True
        tree = _Growing(columns, slopes, allowed, settings).tree(rows)
        odds += settings.seeds * np.asarray(tree.value)[_leaves(tree, columns)]
        trees.append(tree)
    return trees


def _some(chance: np.random.Generator, count: int, share: float) -> Rows:
    if share >= 1:
        return np.arange(count)
    return np.sort(chance.choice(count, max(1, int(count * share)), replace=False))


def _leaves(tree: Tree, columns: Columns) -> Rows:
    column, yes, no = np.asarray(tree.column), np.asarray(tree.yes), np.asarray(tree.no)
    node = np.zeros(len(columns), dtype=np.intp)
    rows = np.arange(len(columns))
    while len(rows):
        asked = column[node[rows]]
        rows, asked = rows[asked != LEAF], asked[asked != LEAF]
        node[rows] = np.where(columns[rows, asked] > 0, yes[node[rows]], no[node[rows]])
    return node


class _Growing:
    """One tree, best split first, until it has its leaves."""

    def __init__(self, columns: Columns, slopes: Numbers, allowed: NDArray[np.bool_], settings: Settings) -> None:
        self._columns, self._slopes, self._allowed, self._settings = columns, slopes, allowed, settings
        self._nodes: list[tuple[int, int, int, float]] = []
        self._best: list[tuple[float, int, int, Rows]] = []

    def tree(self, rows: Rows) -> Tree:
        self._add(rows)
        leaves = 1
        while self._best and leaves < self._settings.leaves:
            _, node, column, rows = heapq.heappop(self._best)
            holds = self._columns[rows, column] > 0
            self._nodes[node] = (column, self._add(rows[holds]), self._add(rows[~holds]), self._nodes[node][3])
            leaves += 1
        columns, yes, no, values = zip(*self._nodes, strict=True)
        return Tree(columns, yes, no, values)

    def _add(self, rows: Rows) -> int:
        """A leaf, with its best split waiting in the heap. Ties fall to the older node, so growing repeats exactly."""
        node = len(self._nodes)
        slope, curve = self._slopes[rows].sum(axis=0)
        self._nodes.append((LEAF, LEAF, LEAF, self._step(slope, curve)))
        split = self._split(rows, float(slope), float(curve))
        if split is not None:
            heapq.heappush(self._best, (-split[0], node, split[1], rows))
        return node

    def _step(self, slope: float, curve: float) -> float:
        settings = self._settings
        return round(float(settings.rate * slope / (curve + settings.shrink)) / settings.seeds, 9)

    def _split(self, rows: Rows, slope: float, curve: float) -> tuple[float, int] | None:
        """(gain, column) of the best split that leaves enough rows on both sides."""
        least, shrink = self._settings.least_rows, self._settings.shrink
        if len(rows) < 2 * least:
            return None
        weights = np.column_stack([self._slopes[rows], np.ones(len(rows))]).astype(np.float32)
        # not a matrix product: its threads cost ten times what these few numbers do, and change the order of a sum
        slopes, curves, counts = np.einsum("ni,nj->ij", weights, self._columns[rows]).astype(np.float64)
        gain = slopes**2 / (curves + shrink) + (slope - slopes) ** 2 / (np.maximum(curve - curves, 0) + shrink)
        gain -= slope**2 / (curve + shrink)
        gain[(counts < least) | (counts > len(rows) - least) | ~self._allowed] = 0
        column = int(gain.argmax())
        return (float(gain[column]), column) if gain[column] > _PRIOR_STEP else None
