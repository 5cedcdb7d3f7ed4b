"""`baohe product` as a person at a terminal meets it."""

from __future__ import annotations

import json

from django.conf import settings
from typer.testing import CliRunner

from baohe.cli.product import app

PREMIUM = ["price", "haijia-medical-a", "age=34", "social_insurance=yes"]


def test_check_runs_every_package_below_a_folder() -> None:
    answer = CliRunner().invoke(app, ["check", str(settings.BAOHE_PRODUCTS), "--json"])

    assert answer.exit_code == 0
    told = [json.loads(line) for line in answer.stdout.splitlines()]
    assert len(told) >= 4
    assert [proof for proof in told if proof["failures"]] == []


def test_check_fails_where_there_is_nothing(tmp_path) -> None:
    assert CliRunner().invoke(app, ["check", str(tmp_path)]).exit_code == 2


def test_list_names_each_version() -> None:
    answer = CliRunner().invoke(app, ["list", "--json"])

    assert len({json.loads(line)["version"] for line in answer.stdout.splitlines()}) >= 4


def test_price_is_one_json_object() -> None:
    answer = CliRunner().invoke(app, [*PREMIUM, "--json"])

    assert json.loads(answer.stdout)["premium_fen"] == 31_200


def test_a_wrong_input_is_one_sentence_and_exit_2() -> None:
    answer = CliRunner().invoke(app, ["price", "haijia-medical-a", "age=61"])

    assert answer.exit_code == 2
    assert "0 到 60" in answer.stderr
