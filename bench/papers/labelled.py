"""The set in its order, and as files: pictures with `labels.json`."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.papers.cases import CASES, claims_of
from bench.papers.story import Claim, Given


def labelled_set(count: int, seed: int) -> Iterator[Claim]:
    """`count` claims, every case in proportion to its weight and spread over the set; lazily, a page takes 4 MB."""
    return itertools.islice(_endless(seed), count)


def one_of_each(seed: int) -> Iterator[Claim]:
    """A claim of every case (two where one repeats the other): the quick set."""
    for case in CASES:
        yield from claims_of(case, seed, 0)


def _endless(seed: int) -> Iterator[Claim]:
    whole = sum(case.weight for case in CASES)
    credit = dict.fromkeys((case.code for case in CASES), 0)
    made = dict.fromkeys(credit, 0)
    while True:
        for case in CASES:
            credit[case.code] += case.weight
        next_one = max(CASES, key=lambda case: credit[case.code])
        credit[next_one.code] -= whole
        yield from claims_of(next_one, seed, made[next_one.code])
        made[next_one.code] += 1


def write(claims: Iterator[Claim], folder: Path) -> int:
    """Pictures and labels into `folder`; how many pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    labels = []
    for number, claim in enumerate(claims, 1):
        for at, given in enumerate(claim.papers):
            name = f"{number:04d}-{at}-{given.paper.kind}.jpg"
            (folder / name).write_bytes(given.jpeg())
            labels.append({"file": name, **label(claim, given, number)})
    (folder / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return len(labels)


def label(claim: Claim, given: Given, number: int) -> dict[str, Any]:
    """What the picture shows and what should come of its claim. Amounts in fen, fields as a reader should tell them."""
    return {
        "kind": given.paper.kind,
        "layout": given.paper.layout,
        "photo": list(given.troubles),
        "given_as": given.kind,
        "fields": dict(given.paper.truth),
        **({"iso": given.paper.iso} if given.paper.iso else {}),
        "claim": {
            "number": number,
            "case": claim.case,
            "product": claim.cover.version_id,
            "event": claim.cover.event,
            "insured": claim.insured,
            "happened_on": claim.happened_on.isoformat(),
            "expected": claim.expected,
            "expected_amount_fen": claim.expected_fen,
            "why": claim.why,
        },
    }
