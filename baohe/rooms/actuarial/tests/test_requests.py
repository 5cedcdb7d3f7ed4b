"""`baohe rating life`: one request in, one answer out, and each refusal names its field."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from baohe.kernel.errors import InvalidInput
from baohe.rooms.actuarial import facade
from baohe.rooms.actuarial.errors import TableBroken

REQUEST: dict[str, Any] = {
    "table": "CL1", "edition": "2010-2013", "sex": "male", "product": "term", "age": 30, "years": 20,
    "premium_years": 20, "interest": "0.03", "sum_insured": "1000000", "claims": "end_of_year", "pension_age": 60,
}  # fmt: skip
DATA = Path(facade.__file__).parent / "data"


@pytest.fixture(autouse=True)
def _read_again() -> Iterator[None]:
    """Folders of one test are not remembered in the next."""
    facade.editions.cache_clear()
    yield
    facade.editions.cache_clear()


def test_the_command_answers_with_premium_reserves_and_basis() -> None:
    done = _run(json.dumps(REQUEST))
    answered = json.loads(done.stdout)
    assert done.returncode == 0
    assert Decimal(answered["net_premium"]) == Decimal("1656.495562")
    assert len(answered["reserves"]) == 21
    assert answered["reserves"][0] == answered["reserves"][20] == "0.000000"
    assert answered["basis"]["edition"] == "2010-2013"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"age": NaN}', '{"table":"CL1","table":"CL2"}', json.dumps({**REQUEST, "table": "CL9"})],
)
def test_the_command_refuses_with_a_problem_document_and_exit_code_2(text: str) -> None:
    done = _run(text)
    assert done.returncode == 2
    assert done.stdout == ""
    assert json.loads(done.stderr)["code"] == "invalid_input"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"edition": "1990"}, "edition"),
        ({"edition": None}, "edition"),
        ({"table": "CL7"}, "table"),
        ({"sex": "female"}, "sex"),  # CL1 of 2010–2013 is a table of men
        ({"sex": "x"}, "sex"),
        ({"edition": "2025", "sex": None}, "sex"),
        ({"product": "tontine"}, "product"),
        ({"age": 106}, "age"),
        ({"age": -1}, "age"),
        ({"age": 30.5}, "age"),
        ({"age": True}, "age"),
        ({"age": "9" * 5000}, "age"),
        ({"years": 0}, "years"),
        ({"years": 77}, "years"),  # the table ends at 105
        ({"years": None}, "years"),
        ({"premium_years": 0}, "premium_years"),
        ({"premium_years": 21}, "premium_years"),
        ({"interest": "-1"}, "interest"),
        ({"interest": "3"}, "interest"),
        ({"interest": "3%"}, "interest"),
        ({"interest": True}, "interest"),
        ({"sum_insured": "0"}, "sum_insured"),
        ({"sum_insured": "1,000"}, "sum_insured"),
        ({"sum_insured": "1" * 40}, "sum_insured"),
        ({"claims": "later"}, "claims"),
        ({"product": "pension", "pension_age": None}, "pension_age"),
        ({"product": "pension", "pension_age": 29}, "pension_age"),
        ({"product": "pension", "premium_years": 77}, "premium_years"),
        ({"surrender": {"first_share": "1.2", "full_after": 20}}, "first_share"),
        ({"surrender": {"share": 1}}, "surrender"),
        ({"intrest": "0.03"}, "intrest"),
    ],
)
def test_a_wrong_field_is_named(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        facade.answer({**REQUEST, **changes})
    assert refused.value.facts["field"] == field
    assert refused.value.message_zh and refused.value.message_en


def test_what_is_left_out_has_a_stated_meaning() -> None:
    short = {name: REQUEST[name] for name in ("table", "edition", "product", "age", "years", "interest", "sum_insured")}
    assert facade.answer(short) == facade.answer(REQUEST)


def test_numbers_may_be_written_as_numbers() -> None:
    typed = {**REQUEST, "interest": Decimal("0.03"), "sum_insured": 1000000, "age": "30"}
    assert facade.answer(typed) == facade.answer(REQUEST)


def test_whole_life_and_pension_last_to_the_end_of_the_table_whatever_years_say() -> None:
    for product in ("whole_life", "pension"):
        answered = facade.answer({**REQUEST, "product": product})
        assert answered["basis"]["policy_years"] == 76
        assert len(answered["reserves"]) == 77


def test_a_pension_is_paid_for_until_it_begins_unless_the_request_says_otherwise() -> None:
    pension = {**REQUEST, "product": "pension", "premium_years": None}
    assert facade.answer(pension)["basis"]["premium_years"] == 30
    assert facade.answer({**pension, "age": 60})["basis"]["premium_years"] == 1
    assert facade.answer({**pension, "premium_years": 40})["basis"]["premium_years"] == 40


def test_cl1_is_another_table_in_another_edition() -> None:
    older = facade.answer(REQUEST)
    newer = facade.answer({**REQUEST, "edition": "2025"})
    assert "养老类业务表" in newer["basis"]["name"]["zh"]
    assert older["net_premium"] != newer["net_premium"]


def test_a_new_edition_is_two_files_and_no_code(tmp_path: Path) -> None:
    _edition(tmp_path, "2031", (DATA / "2025.csv").read_text())
    assert set(facade.editions(tmp_path)) == {"2010-2013", "2025", "2031"}
    same = facade.answer({**REQUEST, "edition": "2031", "table": "CL2"}, tmp_path)
    assert same["net_premium"] == facade.answer({**REQUEST, "edition": "2025", "table": "CL2"})["net_premium"]


@pytest.mark.parametrize(
    ("was", "becomes", "place"),
    [
        ("\n2,0.138", "\n2,about 0.138", "第 4 行 CL1_male"),
        ("\n2,0.138", "\n2,1001", "第 4 行 CL1_male"),
        ("\n2,0.138,0.100,0.201,0.156,0.160,0.113,0.167,0.122", "", "第 4 行"),
        ("\n2,0.138,", "\n1,0.138,", "第 4 行"),
        ("\n105,1000,", "\n105,999,", "CL1_male"),
        ("CL1_male", "CL1_men", "tables.CL1"),
        ("CL1_female", "CL1_male", "2031.csv"),
    ],
)
def test_a_broken_table_is_refused_by_row_and_column(tmp_path: Path, was: str, becomes: str, place: str) -> None:
    content = (DATA / "2025.csv").read_text()
    assert was in content
    _edition(tmp_path, "2031", content.replace(was, becomes, 1))
    with pytest.raises(TableBroken) as refused:
        facade.editions(tmp_path)
    assert place in str(refused.value.facts["place"])


def _edition(folder: Path, code: str, content: str) -> None:
    said = (DATA / "2025.yaml").read_text()
    (folder / f"{code}.yaml").write_text(
        said.replace('edition: "2025"', f'edition: "{code}"').replace("2026-", "2031-")
    )
    (folder / f"{code}.csv").write_text(content)


def _run(text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "baohe.cli.main", "rating", "life", "--json"],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
