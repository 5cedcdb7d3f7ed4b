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
WIDTH, BOX, GAP = 1240, 40, 8
MOST, BETWEEN = 9, 52  # boxes side by side, so that every name fits; and what lies between two floors
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
    top = 20.0
    for floor in FLOORS:
        here = sorted(place for place in places if place[0] == floor)
        lines = -(-len(here) // MOST)
        side = -(-len(here) // lines)
        width = min(150.0, (WIDTH - 120) / side - GAP)
        for n, place in enumerate(here):
            line, column = divmod(n, side)
            beside = min(side, len(here) - line * side)
            left = 100 + (WIDTH - 120 - beside * (width + GAP)) / 2
            found[place] = (left + column * (width + GAP), top + line * (BOX + GAP), width)
        top += lines * (BOX + GAP) - GAP + BETWEEN
    return found


def draw(edges: set[tuple[Place, Place]]) -> str:
    where = boxes(edges)
    height = max(y for _, y, _ in where.values()) + BOX + 20
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" font-family="sans-serif">',
        '<rect width="100%" height="100%" fill="#F5F7F6"/>',
    ]
    for floor in FLOORS:
        top = min(y for place, (_, y, _) in where.items() if place[0] == floor)
        lines.append(f'<text x="12" y="{top + 25:.0f}" font-size="14" fill="#5B6B67">{floor}</text>')
    for importer, imported in sorted(edges):
        if importer in where and imported in where and importer[0] != imported[0]:
            (x1, y1, w1), (x2, y2, w2) = where[importer], where[imported]
            lines.append(
                f'<line x1="{x1 + w1 / 2:.0f}" y1="{y1 + BOX:.0f}" x2="{x2 + w2 / 2:.0f}" y2="{y2:.0f}" '
                f'stroke="#0F6B5C" stroke-opacity=".22" stroke-width="1.2"/>'
            )
    for place, (x, y, width) in sorted(where.items()):
        name = escape(place[1] or place[0])
        lines.append(
            f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{BOX}" rx="8" fill="#fff" stroke="#84938F"/>'
        )
        middle = f'x="{x + width / 2:.0f}" y="{y + 25:.0f}" text-anchor="middle"'
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
