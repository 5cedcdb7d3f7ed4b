"""DATA-8: what speaks of genes is known in both languages, and what only looks like it is left alone."""

from __future__ import annotations

import pytest

from baohe.kernel.genetics import names_genes

pytestmark = pytest.mark.rule("DATA-8")


@pytest.mark.parametrize(
    "text",
    ["基因检测结果", "家族遗传病史", "染色体异常", "gene", "gene_test", "Genetic test", "DNA", "brca1", "genome"],
)
def test_what_speaks_of_genes(text: str) -> None:
    assert names_genes(text)


@pytest.mark.parametrize("text", ["", "一般职业", "generic", "general_health", "agenda", "sum_insured"])
def test_what_does_not(text: str) -> None:
    assert not names_genes(text)
