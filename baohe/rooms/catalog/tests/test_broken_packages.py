"""Broken packages, one mutation each of a good one: every fault is told with its file, its line and its field."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from baohe.rooms.catalog import facade

CODE, VERSION = "haijia-medical-a", "2026-03-01"
Files = dict[str, str]


@pytest.fixture
def files() -> Files:
    return facade.read_files(Path(settings.BAOHE_PRODUCTS) / CODE / VERSION)


def change(file: str, before: str, after: str) -> Callable[[Files], None]:
    def mutate(files: Files) -> None:
        assert before in files[file], before
        files[file] = files[file].replace(before, after, 1)

    return mutate


def line_of(files: Files, file: str, words: str) -> int:
    return next(n for n, line in enumerate(files[file].splitlines(), start=1) if words in line)


BROKEN = {
    "no name": (
        "product.yaml",
        "name:",
        "product.name.en",
        change("product.yaml", ", en: Haijia Internet Million Medical (Plan A)", ""),
    ),
    "days in words": (
        "product.yaml",
        "waiting_days:",
        "product.waiting_days",
        change("product.yaml", "waiting_days: 30", "waiting_days: thirty"),
    ),
    "no date": (
        "product.yaml",
        "effective_from:",
        "product.effective_from",
        change("product.yaml", "effective_from: 2026-03-01", "effective_from: 2026-02-30"),
    ),
    "a coverage nobody wrote": (
        "product.yaml",
        'clause: "9.9"',
        "product.coverages[1].clause",
        change("product.yaml", 'clause: "2.2"', 'clause: "9.9"'),
    ),
    "a region that is none": (
        "product.yaml",
        "regions:",
        "product.regions",
        change("product.yaml", "scenes: [medical]", 'scenes: [medical]\nregions: ["99"]'),
    ),
    "a text cut at its comma": (
        "product.yaml",
        "surgery",
        "product.covered[0].detail.surgery",
        change("product.yaml", 'en: "bed, surgery, medicine"', "en: bed, surgery, medicine"),
    ),
    "a key twice": (
        "product.yaml",
        "max_age: 61",
        "product.yaml",
        change("product.yaml", "max_age: 60", "max_age: 60\nmax_age: 61"),
    ),
    "a file that is no YAML": (
        "exclusions.yaml",
        "",
        "exclusions.yaml",
        lambda f: f.update({"exclusions.yaml": "- {clause: [\n"}),
    ),
    "wrong operation": (
        "formula.yaml",
        "op: multiply",
        "formula.steps[0].op",
        change("formula.yaml", "{op: lookup,", "{op: multiply,"),
    ),
    "an answer that is none": (
        "underwriting.yaml",
        "advised_treatment",
        "underwriting.rules[0].when.advised",
        change("underwriting.yaml", 'when: {advised: ["yes"]}', 'when: {advised: ["maybe"]}'),
    ),
    "a machine that refuses": (
        "underwriting.yaml",
        "outcome: refuse",
        "underwriting.rules[0].outcome",
        change("underwriting.yaml", "outcome: refer", "outcome: refuse"),
    ),
    "a claim without a clause": (
        "claims.yaml",
        "年度限额",
        "claims.events[0].steps[4].clause",
        change(
            "claims.yaml",
            '{zh: 年度限额, en: Yearly limit}, clause: "2.1"',
            '{zh: 年度限额, en: Yearly limit}, clause: "7.7"',
        ),
    ),
    "a paper that is never asked for": (
        "claims.yaml",
        "social_insurance: [perhaps]",
        "claims.events[0].papers[0].when.social_insurance",
        change("claims.yaml", "{kind: invoice,", "{kind: invoice, when: {social_insurance: [perhaps]},"),
    ),
    "a case in words": (
        "cases.yaml",
        "many",
        "cases.price[0].premium_fen",
        change("cases.yaml", "premium_fen: 31200", "premium_fen: many"),
    ),
    "automatic renewal": (
        "product.yaml",
        "",
        "product",
        change("product.yaml", "1 年期，不保证续保", "1 年期，自动续保"),
    ),
    "a wrong column": (
        "rates/premium.csv",
        "age_low",
        "rates.premium",
        change("rates/premium.csv", "age_from,age_to", "age_low,age_to"),
    ),
    "a column short": (
        "rates/premium.csv",
        "31,35,yes,10000",
        "rates.premium",
        change("rates/premium.csv", "31,35,yes,10000,312.00", "31,35,yes,10000"),
    ),
    "an empty cell": (
        "rates/premium.csv",
        "31,35,yes,10000,",
        "value",
        change("rates/premium.csv", "31,35,yes,10000,312.00", "31,35,yes,10000,"),
    ),
    "a letter among the figures": (
        "rates/premium.csv",
        "51,55,yes,10000",
        "value",
        change("rates/premium.csv", "51,55,yes,10000,1308.00", "51,55,yes,10000,13O8.00"),
    ),
    "a decimal too many": (
        "rates/premium.csv",
        "36,40,yes,10000",
        "value",
        change("rates/premium.csv", "36,40,yes,10000,456.00", "36,40,yes,10000,456.005"),
    ),
    "an age in words": (
        "rates/premium.csv",
        "old,40,yes,10000",
        "age_from",
        change("rates/premium.csv", "36,40,yes,10000", "old,40,yes,10000"),
    ),
    "a choice that is none": (
        "rates/premium.csv",
        "36,40,maybe",
        "social_insurance",
        change("rates/premium.csv", "36,40,yes,10000", "36,40,maybe,10000"),
    ),
    "a band that runs backwards": (
        "rates/premium.csv",
        "40,36,yes,10000",
        "age_to",
        change("rates/premium.csv", "36,40,yes,10000", "40,36,yes,10000"),
    ),
    "a hole between ages": (
        "rates/premium.csv",
        "37,40,yes,10000",
        "age",
        change("rates/premium.csv", "36,40,yes,10000", "37,40,yes,10000"),
    ),
    "ages twice": (
        "rates/premium.csv",
        "35,40,yes,10000",
        "age",
        change("rates/premium.csv", "36,40,yes,10000", "35,40,yes,10000"),
    ),
}


@pytest.mark.parametrize(("file", "words", "field", "mutate"), BROKEN.values(), ids=BROKEN)
def test_a_fault_is_told_with_its_place(
    files: Files, file: str, words: str, field: str, mutate: Callable[[Files], None]
) -> None:
    mutate(files)

    version, faults, _ = facade.check_files(CODE, VERSION, files)

    assert version is None
    told = [(fault.facts["file"], fault.facts["field"]) for fault in faults]
    assert (file, field) in told
    fault = faults[told.index((file, field))]
    if words:
        assert fault.facts["line"] == line_of(files, file, words)
    assert file in fault.message_zh and file in fault.message_en
    assert fault.facts["reason_zh"] and fault.facts["reason_en"] != fault.facts["reason_zh"]


def test_a_cell_that_stands_twice_names_both_rows(files: Files) -> None:
    row = "31,35,yes,10000,312.00\n"
    files["rates/premium.csv"] += row

    _, faults, _ = facade.check_files(CODE, VERSION, files)

    assert faults[0].facts["line"] == files["rates/premium.csv"].count("\n")
    assert f"第 {line_of(files, 'rates/premium.csv', row.strip())} 行" in faults[0].message_zh


def test_everything_that_is_wrong_is_told_at_once(files: Files) -> None:
    for name in ("no name", "days in words", "no date", "a case in words", "wrong operation"):
        BROKEN[name][3](files)
    del files["clauses.md"]

    _, missing, _ = facade.check_files(CODE, VERSION, files)
    files["clauses.md"] = (Path(settings.BAOHE_PRODUCTS) / CODE / VERSION / "clauses.md").read_text()
    _, faults, untold = facade.check_files(CODE, VERSION, files)

    assert missing[0].facts["file"] == "clauses.md"
    assert {fault.facts["file"] for fault in missing[1:]} == {"product.yaml", "cases.yaml", "formula.yaml"}
    assert {fault.facts["file"] for fault in faults} == {"product.yaml", "cases.yaml", "formula.yaml"}
    assert len(faults) == 5
    assert untold == 0


def test_ten_thousand_faults_are_not_told_one_by_one(files: Files) -> None:
    header, *rows = files["rates/premium.csv"].splitlines()
    files["rates/premium.csv"] = "\n".join([header, *(f"{n},{n},yes,10000,x" for n in range(10_000))])

    _, faults, untold = facade.check_files(CODE, VERSION, files)

    assert len(faults) == 100
    assert untold >= 1


def test_a_file_in_gbk_is_told_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / CODE / VERSION
    folder.mkdir(parents=True)
    (folder / "product.yaml").write_bytes(b"sample: true\nname: " + "医疗".encode("gbk"))

    with pytest.raises(facade.NotPublishable) as refusal:
        facade.read_files(folder)

    assert (refusal.value.facts["file"], refusal.value.facts["line"]) == ("product.yaml", 2)
    assert "UTF-8" in refusal.value.message_zh


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)),
        "a: &a [*a]\n",
        "a: " + "[" * 3_000 + "]" * 3_000,
        "a: !!python/object/apply:os.system [ls]",
    ],
    ids=["laughs", "itself", "deep", "an object"],
)
def test_a_file_that_would_swell_is_refused(files: Files, bomb: str) -> None:
    files["claims.yaml"] = bomb

    _, faults, _ = facade.check_files(CODE, VERSION, files)

    assert [fault.facts["file"] for fault in faults] == ["claims.yaml"]


def test_a_raw_package_becomes_files_and_the_same_again() -> None:
    for folder in facade.packages_below(Path(settings.BAOHE_PRODUCTS)):
        raw = facade.read_package(folder)
        assert facade.raw_of(raw["code"], raw["version"], facade.files_of(raw)) == raw
