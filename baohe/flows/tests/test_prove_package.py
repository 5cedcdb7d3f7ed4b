"""A package proves itself before it is published."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from baohe.flows.prove_package import prove_package


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the medical package, to be spoilt."""
    folder = tmp_path / "haijia-medical-a" / "2026-03-01"
    shutil.copytree(settings.BAOHE_PRODUCTS / "haijia-medical-a" / "2026-03-01", folder)
    return folder


def spoil(package: Path, file: str, before: str, after: str) -> None:
    text = (package / file).read_text()
    assert before in text
    (package / file).write_text(text.replace(before, after, 1))


def test_every_package_of_the_house_proves_itself() -> None:
    proofs = [prove_package(path.parent) for path in settings.BAOHE_PRODUCTS.glob("*/*/product.yaml")]

    assert len(proofs) >= 4
    assert {proof.version_id: proof.failures for proof in proofs if proof.failures} == {}
    assert all(proof.cases >= 5 for proof in proofs)


def test_a_wrong_rate_fails_the_case_that_covers_it(package: Path) -> None:
    spoil(package, "rates/premium.csv", "36,40,yes,10000,456.00", "36,40,yes,10000,465.00")

    proof = prove_package(package)

    assert proof.failures == ("档位下边界 36 岁：premium_fen 应为 45600，得到 46500",)


def test_a_letter_among_the_figures_is_found(package: Path) -> None:
    spoil(package, "rates/premium.csv", "51,55,yes,10000,1308.00", "51,55,yes,10000,13O8.00")

    assert "13O8.00" in prove_package(package).failures[0]


def test_a_price_on_the_card_that_is_not_charged_is_found(package: Path) -> None:
    spoil(package, "product.yaml", "fen: 2600", "fen: 100")

    assert prove_package(package).failures == ("product.from.fen：写的是 100，算出来是 2600",)


def test_a_rule_that_answers_otherwise_than_its_case_is_found(package: Path) -> None:
    spoil(package, "underwriting.yaml", "loading_bp: 2000", "loading_bp: 1000")

    assert len(prove_package(package).failures) == 2


def test_a_missing_file_is_one_sentence(package: Path) -> None:
    (package / "claims.yaml").unlink()

    assert "claims.yaml" in prove_package(package).failures[0]
