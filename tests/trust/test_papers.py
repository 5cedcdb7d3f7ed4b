"""Every paper against its golden file: the words in order, the structure, and the picture of its first page."""

from __future__ import annotations

import json
import os
from datetime import date
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.rooms.documents import facade as documents
from baohe.rooms.documents import registry
from baohe.rooms.documents.actions.issue import qr_svg
from baohe.rooms.documents.endorsement_content import endorsement_content
from baohe.rooms.documents.errors import DataFieldMissing, DataFieldUnknown, TemplateFieldUnknown, TemplateUnknown
from baohe.rooms.documents.papers import capital_words, paper_content
from baohe.rooms.documents.rules import policy_content
from baohe.rooms.documents.typesetting import print_template
from tests.trust.papers import endorsement_document, papers, policy_document, proposal_document

GOLDEN = Path(__file__).parent / "golden"
PUBLISHED = registry.TEMPLATES / "published.json"
WRITE = os.environ.get("BAOHE_WRITE_GOLDEN") == "1"
"""Write what is printed now as the golden files; read the difference before it is committed."""
URL = "http://127.0.0.1:8000/verify/" + "x" * 32


def policy() -> bytes:
    data = policy_document()
    return print_template(registry.of("policy@1"), policy_content(data, URL, qr_svg(URL)), data.issued_at)


def endorsement() -> bytes:
    data = endorsement_document()
    content = endorsement_content(data, URL, qr_svg(URL))
    return print_template(registry.of("endorsement@1"), content, data.recorded_at)


ALL = [
    ("proposal", lambda: documents.proposal_document(proposal_document()).content),
    ("policy", policy),
    ("endorsement", endorsement),
    *((paper.code, lambda paper=paper: documents.print_paper(paper)) for paper in papers()),
]


def described(content: bytes) -> dict[str, object]:
    """Words, pages, and the shape of the first page in squares of ink: no pixel, because machines round differently."""
    paper = pypdfium2.PdfDocument(content)
    page = paper[0].render(scale=1).to_pil().convert("L").resize((24, 34))
    inked = "".join("#" if value < 225 else "." for value in page.tobytes())
    return {
        "pages": len(paper),
        "words": "\n".join(page.get_textpage().get_text_range() for page in paper).replace("\r\n", "\n").split("\n"),
        "picture": [inked[line * 24 : line * 24 + 24] for line in range(34)],
        "pdfa": b"pdfaid" in content,
    }


@pytest.mark.parametrize(("code", "printed"), ALL, ids=[code for code, _ in ALL])
def test_each_paper_is_its_golden_file(code, printed):
    found = described(printed())
    path = GOLDEN / f"{code}.json"
    if WRITE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    golden = json.loads(path.read_text())
    assert (found["pages"], found["pdfa"], found["words"]) == (golden["pages"], True, golden["words"])
    squares = zip("".join(found["picture"]), "".join(golden["picture"]), strict=True)
    assert sum(here != there for here, there in squares) <= 8


@pytest.mark.parametrize(("code", "printed"), ALL, ids=[code for code, _ in ALL])
def test_printed_twice_it_is_the_same_file(code, printed):
    assert printed() == printed()


def test_a_published_template_never_changes():
    """A new wording is a new version with its first day: papers of before print again to the same bytes."""
    found = {template.key: template.digest for template in registry.templates().values()}
    if WRITE:
        PUBLISHED.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")
    assert found == json.loads(PUBLISHED.read_text())


def make(folder: Path, source: str, fields: str, version: int = 1, effective: str = "2026-01-01") -> Path:
    place = folder / "note" / str(version)
    place.mkdir(parents=True)
    (place / "template.typ").write_text(source)
    (place / "template.yaml").write_text(f"effective: {effective}\nfields:\n{fields}")
    return folder


def test_a_template_that_reads_an_unknown_field_is_refused_when_it_is_read(tmp_path):
    make(tmp_path, "#let data = json(bytes(sys.inputs.data))\n#data.title #data.premum", "  title: any\n")
    with pytest.raises(TemplateFieldUnknown) as refusal:
        registry.read_all(tmp_path)
    assert refusal.value.facts == {"template": "note@1", "field": "premum"}


def test_so_is_an_unknown_key_of_a_field(tmp_path):
    make(tmp_path, "#data.insurer.nmae", "  insurer: map name\n")
    with pytest.raises(TemplateFieldUnknown) as refusal:
        registry.read_all(tmp_path)
    assert refusal.value.facts["field"] == "insurer.nmae"


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        (lambda c: c.pop("number"), DataFieldMissing, "number"),
        (lambda c: c.update(extra=1), DataFieldUnknown, "extra"),
        (lambda c: c["date"].pop("year"), DataFieldMissing, "date.year"),
        (lambda c: c["facts"][1].pop("value"), DataFieldMissing, "facts.1.value"),
        (lambda c: c["sections"][0].update(colour="red"), DataFieldUnknown, "sections.0.colour"),
    ],
)
def test_data_that_does_not_fit_the_template_is_named(change, error, field):
    paper = papers()[2]
    content = paper_content(paper)
    change(content)
    with pytest.raises(error) as refusal:
        print_template(registry.of("premium_receipt@1"), content, paper.issued_at)
    assert refusal.value.facts == {"template": "premium_receipt@1", "field": field}


def test_the_version_of_the_day_is_taken_and_the_old_one_stays(tmp_path):
    make(tmp_path, "#data.title", "  title: any\n", 1, "2026-01-01")
    make(tmp_path, "#data.title", "  title: any\n", 2, "2026-07-01")
    found = registry.read_all(tmp_path)
    assert sorted(found) == ["note@1", "note@2"]
    assert registry.in_force("proposal", date(2026, 11, 22)).key == "proposal@1"
    for unknown in (lambda: registry.in_force("note", date(2026, 1, 1)), lambda: registry.of("note@9")):
        with pytest.raises(TemplateUnknown):
            unknown()


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"), (5, "伍分"), (50, "伍角整"), (100, "壹元整"), (105, "壹元零伍分"),
        (21_440, "贰佰壹拾肆元肆角整"),
        (1_000_00, "壹仟元整"), (10_050_000, "壹拾万零伍佰元整"), (10_005_001, "壹拾万零伍拾元零壹分"),
        (1_000_000_00, "壹佰万元整"), (100_000_001_00, "壹亿零壹元整"), (128_640, "壹仟贰佰捌拾陆元肆角整"),
    ],
)  # fmt: skip
def test_sums_in_capital_words(fen, words):
    assert capital_words(fen) == words


@given(st.integers(0, 10**14))
def test_capital_words_read_back_to_the_sum(fen):
    places = {"拾": 10, "佰": 100, "仟": 1_000}
    total = group = digit = 0
    whole, _, rest = capital_words(fen).rpartition("元")
    for letter in whole:
        if letter in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(letter)
        elif letter in places:
            group, digit = group + digit * places[letter], 0
        else:
            unit = {"万": 10_000, "亿": 100_000_000}[letter]
            total, group, digit = (
                (total + group + digit) * unit if letter == "亿" and total else total + (group + digit) * unit,
                0,
                0,
            )
    cents = 0
    for letter in rest:
        if letter in "零壹贰叁肆伍陆柒捌玖":
            digit_ = "零壹贰叁肆伍陆柒捌玖".index(letter)
        elif letter == "角":
            cents += 10 * digit_
        elif letter == "分":
            cents += digit_
    assert (total + group + digit) * 100 + cents == fen


def test_no_two_papers_share_a_digest():
    assert len({sha256(printed()).digest() for _, printed in ALL}) == len(ALL)
