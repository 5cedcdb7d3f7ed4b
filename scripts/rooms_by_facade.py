"""The lint for "enter a room by its facade only", for every room there is and will be.

import-linter's own types would need one list of insides a room, and a file that nobody added to its list would be
open to all. What this cannot see: a model reached through Django's registry, or SQL on another room's table.
"""

from __future__ import annotations

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output

ROOMS = "baohe.rooms"
DOORS = {"facade", "contracts", "errors"}  # errors: what a caller may catch


class RoomsByFacade(Contract):
    """Outside of a room and its tests, only its doors may be imported."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        wrong = [
            (importer, imported)
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if _enters_by_the_window(importer, imported)
        ]
        return ContractCheck(kept=not wrong, metadata={"wrong": wrong})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["wrong"]:
            output.print_error(f"{importer} imports {imported}: use the room's facade")


def _enters_by_the_window(importer: str, imported: str) -> bool:
    room, inside = _place(imported)
    if not room or not inside or ".tests" in importer:
        return False
    return _place(importer)[0] != room and inside not in DOORS


def _place(module: str) -> tuple[str, str]:
    """Room and first name inside of it, empty where there is none."""
    parts = module.removeprefix(f"{ROOMS}.").split(".") if module.startswith(f"{ROOMS}.") else []
    return (parts + ["", ""])[0], (parts + ["", ""])[1]
