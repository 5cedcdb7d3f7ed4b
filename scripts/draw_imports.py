"""Draw the floors and rooms with their imports: docs/pictures/imports.svg. Arrows must point down.

Run it with the development tools installed: `.venv/bin/python scripts/draw_imports.py`. Exits 1 when one points up.
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.sax.saxutils import escape

import grimp

FLOORS = ["cli", "launch", "demo", "config", "faces", "flows", "rooms", "adapters", "plumbing", "kernel"]
WIDE = ("faces", "rooms", "adapters")
WIDTH, ROW, BOX = 1240, 92, 40
PICTURE = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "imports.svg"

Place = tuple[str, str]
"""Floor and the part of it that is drawn as a box of its own ("" = the whole floor)."""


def place_of(module: str) -> Place:
    parts = module.split(".")
    floor = parts[1] if len(parts) > 1 else ""
    return (floor, parts[2]) if floor in WIDE and len(parts) > 2 else (floor, "")


def is_drawn(module: str) -> bool:
    return place_of(module)[0] in FLOORS and ".tests" not in module and not module.endswith("conftest")


def edges_of(graph: grimp.ImportGraph) -> set[tuple[Place, Place]]:
    modules = [module for module in graph.modules if is_drawn(module)]
    pairs = {
        (place_of(module), place_of(imported))
        for module in modules
        for imported in graph.find_modules_directly_imported_by(module)
        if is_drawn(imported)
    }
    return {(importer, imported) for importer, imported in pairs if importer != imported}


def boxes(edges: set[tuple[Place, Place]]) -> dict[Place, tuple[float, float, float]]:
    """Left, top and width of every place that imports or is imported, floor by floor."""
    found: dict[Place, tuple[float, float, float]] = {}
    places = {place for edge in edges for place in edge if place[1] or place[0] not in WIDE}
    for row, floor in enumerate(FLOORS):
        here = sorted(place for place in places if place[0] == floor)
        width = min(150.0, (WIDTH - 120) / max(len(here), 1) - 8)
        left = 100 + (WIDTH - 120 - len(here) * (width + 8)) / 2
        for n, place in enumerate(here):
            found[place] = (left + n * (width + 8), 20 + row * ROW, width)
    return found


def draw(edges: set[tuple[Place, Place]]) -> str:
    where = boxes(edges)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {ROW * len(FLOORS) + 10}" '
        'font-family="sans-serif">',
        '<rect width="100%" height="100%" fill="#F5F7F6"/>',
    ]
    for row, floor in enumerate(FLOORS):
        lines.append(f'<text x="12" y="{20 + row * ROW + 25}" font-size="14" fill="#5B6B67">{floor}</text>')
    for importer, imported in sorted(edges):
        if importer in where and imported in where and importer[0] != imported[0]:
            (x1, y1, w1), (x2, y2, w2) = where[importer], where[imported]
            lines.append(
                f'<line x1="{x1 + w1 / 2:.0f}" y1="{y1 + BOX}" x2="{x2 + w2 / 2:.0f}" y2="{y2}" '
                f'stroke="#0F6B5C" stroke-opacity=".22" stroke-width="1.2"/>'
            )
    for place, (x, y, width) in sorted(where.items()):
        name = escape(place[1] or place[0])
        lines.append(
            f'<rect x="{x:.0f}" y="{y}" width="{width:.0f}" height="{BOX}" rx="8" fill="#fff" stroke="#84938F"/>'
        )
        middle = f'x="{x + width / 2:.0f}" y="{y + 25}" text-anchor="middle"'
        lines.append(f'<text {middle} font-size="12" fill="#17211F">{name}</text>')
    return "\n".join([*lines, "</svg>", ""])


def main() -> int:
    edges = edges_of(grimp.build_graph("baohe", include_external_packages=False, exclude_type_checking_imports=True))
    upward = sorted((a, b) for a, b in edges if FLOORS.index(a[0]) > FLOORS.index(b[0]))
    for importer, imported in upward:
        print(f"points up: {'.'.join(filter(None, importer))} -> {'.'.join(filter(None, imported))}")
    PICTURE.write_text(draw(edges))
    return 1 if upward else 0


if __name__ == "__main__":
    sys.exit(main())
