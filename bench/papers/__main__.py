"""`python -m bench.papers --count 320 --seed 7 --out DIR`."""

from __future__ import annotations

from pathlib import Path

import typer

from bench.papers.labelled import labelled_set, write


def main(
    count: int = typer.Option(320, help="How many claims."),
    seed: int = typer.Option(7, help="The same seed gives the same set."),
    out: Path = typer.Option(..., help="Folder for pictures and labels.json."),  # noqa: B008 - Typer's way
) -> None:
    """Write a labelled set of invented claims with pictures."""
    print(f"{write(labelled_set(count, seed), out)} pictures in {out}")


typer.run(main)
