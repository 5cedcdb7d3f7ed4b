"""The boosting, its attribution and the measures of ranking, each against a slower way to the same figure."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.rooms.fraud.rules import ranking
from baohe.rooms.fraud.rules.drift import moved, shares, stability_index
from baohe.rooms.fraud.rules.trees import Settings, contributions, grow, log_odds, probability, start

SETTINGS = Settings(rounds=30, rate=0.2, leaves=4, least_rows=5, shrink=1.0, row_share=0.8, column_share=0.8, seeds=2)


def _exclusive_or(count: int = 600) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(3)
    columns = (chance.random((count, 5)) < 0.5).astype(np.float32)
    labels = ((columns[:, 0] != columns[:, 1]) ^ (chance.random(count) < 0.1)).astype(float)
    return columns, labels


def test_it_learns_what_no_single_column_says() -> None:
    columns, labels = _exclusive_or()
    forest = grow(columns, labels, SETTINGS)
    assert ranking.area_under_curve(labels, log_odds(forest, columns)) > 0.9


def test_the_same_rows_give_the_same_forest() -> None:
    columns, labels = _exclusive_or()
    assert grow(columns, labels, SETTINGS) == grow(columns, labels, SETTINGS)


def test_contributions_add_up_to_the_score() -> None:
    columns, labels = _exclusive_or()
    forest = grow(columns, labels, SETTINGS)
    moved_by = contributions(forest, columns, [0, 0, 1, 2, 2], 4)
    assert moved_by.shape == (600, 4)
    assert np.allclose(start(forest) + moved_by.sum(axis=1), log_odds(forest, columns))
    assert not moved_by[:, 3].any()


def test_trees_keep_their_leaves_and_their_least_rows() -> None:
    columns, labels = _exclusive_or()
    forest = grow(columns, labels, SETTINGS)
    assert max(tree.column.count(-1) for tree in forest.trees) == SETTINGS.leaves
    assert len(forest.trees) == SETTINGS.rounds * SETTINGS.seeds
    few = grow(columns[:9], labels[:9], SETTINGS)
    assert all(len(tree.column) == 1 for tree in few.trees)


def test_a_forest_without_a_split_says_the_share() -> None:
    columns, labels = np.zeros((100, 3), dtype=np.float32), np.repeat([1.0, 0.0], [10, 90])
    assert probability(log_odds(grow(columns, labels, SETTINGS), columns)) == pytest.approx(np.full(100, 0.1), abs=0.02)


_scored = st.lists(st.tuples(st.booleans(), st.integers(0, 6)), min_size=2, max_size=40).filter(
    lambda pairs: 0 < sum(label for label, _ in pairs) < len(pairs)
)


@given(_scored)
def test_area_under_the_curve_is_the_share_of_pairs_in_order(pairs: list[tuple[bool, int]]) -> None:
    frauds = [score for label, score in pairs if label]
    honest = [score for label, score in pairs if not label]
    in_order = sum((f > h) + (f == h) / 2 for f in frauds for h in honest) / (len(frauds) * len(honest))
    labels, scores = np.array([p[0] for p in pairs], float), np.array([p[1] for p in pairs], float)
    assert ranking.area_under_curve(labels, scores) == pytest.approx(in_order)


@given(_scored)
def test_average_precision_takes_equal_scores_together(pairs: list[tuple[bool, int]]) -> None:
    labels, scores = np.array([p[0] for p in pairs], float), np.array([p[1] for p in pairs], float)
    total, recall = 0.0, 0.0
    for cut in sorted(set(scores), reverse=True):
        taken = labels[scores >= cut]
        now = taken.sum() / labels.sum()
        total, recall = total + (now - recall) * taken.mean(), now
    assert ranking.average_precision(labels, scores) == pytest.approx(total)


def test_measures_without_both_kinds_are_no_number() -> None:
    honest, scores = np.zeros(3), np.array([0.1, 0.2, 0.3])
    assert math.isnan(ranking.area_under_curve(honest, scores))
    assert math.isnan(ranking.average_precision(honest, scores))
    assert ranking.precision_at_top(np.array([0.0, 0.0, 1.0]), scores, 0.01) == 1.0


@pytest.mark.parametrize(
    ("before", "after", "index", "band"),
    [
        ({"a": 0.5, "b": 0.5}, {"a": 0.5, "b": 0.5}, 0.0, "steady"),
        ({"a": 0.5, "b": 0.5}, {"a": 0.7, "b": 0.3}, 0.1695, "moved"),
        ({"a": 0.5, "b": 0.5}, {"a": 0.9, "b": 0.1}, 0.8789, "far"),
        ({"a": 1.0}, {"b": 1.0}, 18.4188, "far"),
    ],
)
def test_the_stability_index_and_its_bands(
    before: dict[str, float], after: dict[str, float], index: float, band: str
) -> None:
    found = moved("x", before, after)
    assert (found.index, found.band) == (index, band)


@given(st.lists(st.sampled_from("abcd"), min_size=1), st.lists(st.sampled_from("abcd"), min_size=1))
def test_the_index_is_never_below_nothing(one: list[str], other: list[str]) -> None:
    assert stability_index(shares(one), shares(other)) >= -1e-12
