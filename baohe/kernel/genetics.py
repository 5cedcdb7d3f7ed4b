"""DATA-8: genetic data is used for nothing, neither asked for, nor priced, nor looked at by a rule."""

from __future__ import annotations

import re

_WORDS = re.compile(r"基因|遗传|染色体|\bgenes?\b|genetic|genom|genotyp|\bdna\b|\bbrca", re.IGNORECASE)


def names_genes(text: str) -> bool:
    """Whether a sentence, a code like `gene_test` or a cell speaks of genetic data, in Chinese or English."""
    return _WORDS.search(text.replace("_", " ")) is not None
