"""The model as JSON: a person can read it, and opening it runs nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from baohe.kernel.canonical import digest
from baohe.rooms.fraud.errors import ModelMissing, ModelUnreadable
from baohe.rooms.fraud.model import Measured, Model
from baohe.rooms.fraud.rules.encoding import AT_LEAST, IS, Statement
from baohe.rooms.fraud.rules.trees import LEAF, Forest, Settings, Tree
from baohe.rooms.fraud.rules.vehicle import FEATURES

FORMAT = 1
KIND = "baohe vehicle claims fraud"


def version_of(content: Mapping[str, Any]) -> str:
    """Twelve letters of the digest of everything but the version; floats count by their shortest text."""
    bare = {key: value for key, value in content.items() if key != "version"}
    return digest(json.loads(json.dumps(bare), parse_float=str))[:12]


def save(model: Model, path: Path) -> str:
    """Write the whole file or none; return the model's version."""
    content = _as_dict(model)
    version = content["version"] = version_of(content)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    draft.replace(path)
    return version


def load(path: Path) -> tuple[Model, str]:
    """(model, version). Raises `ModelMissing`, `ModelUnreadable` (another format, other features, a changed file)."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelMissing(path=path) from None
    except (OSError, ValueError) as wrong:
        raise ModelUnreadable(reason_zh="读不了", reason_en="it cannot be read") from wrong
    if not isinstance(content, dict) or content.get("kind") != KIND or content.get("format") != FORMAT:
        raise ModelUnreadable(reason_zh="不是这一版程序的模型", reason_en="it is not a model of this version")
    if content.get("version") != version_of(content):
        raise ModelUnreadable(reason_zh="内容被改过", reason_en="its content was changed")
    if content["features"] != [feature.name for feature in FEATURES]:
        raise ModelUnreadable(reason_zh="特征与程序不同", reason_en="its features are not those of the program")
    try:
        return _model(content), content["version"]
    except (KeyError, TypeError, ValueError) as wrong:
        raise ModelUnreadable(reason_zh="结构不对", reason_en="its shape is wrong") from wrong


def _as_dict(model: Model) -> dict[str, Any]:
    return {
        "kind": KIND,
        "format": FORMAT,
        "trained": {
            "years": model.trained_years,
            "rows": model.trained_rows,
            "frauds": model.trained_frauds,
            "sha256": model.data_sha256,
        },
        "features": [feature.name for feature in FEATURES],
        "settings": asdict(model.settings),
        "measured": asdict(model.measured) if model.measured else None,
        "threshold": model.threshold,
        "usual": model.usual,
        "reference": model.reference,
        "score_edges": model.score_edges,
        "statements": [[FEATURES[one.feature].name, one.kind, one.value] for one in model.statements],
        "base": model.forest.base,
        "trees": [asdict(tree) for tree in model.forest.trees],
    }


def _model(content: Mapping[str, Any]) -> Model:
    trained, measured = content["trained"], content["measured"]
    names = [feature.name for feature in FEATURES]
    said = tuple(Statement(names.index(name), kind, value) for name, kind, value in content["statements"])
    if any(one.kind not in {IS, AT_LEAST} for one in said):
        raise ValueError("a statement of no kind")
    return Model(
        trained_years=tuple(trained["years"]),
        trained_rows=trained["rows"],
        trained_frauds=trained["frauds"],
        data_sha256=trained["sha256"],
        settings=Settings(**content["settings"]),
        usual=tuple(content["usual"]),
        statements=said,
        forest=Forest(content["base"], tuple(_tree(tree, len(said)) for tree in content["trees"])),
        threshold=content["threshold"],
        reference=content["reference"],
        score_edges=tuple(content["score_edges"]),
        measured=Measured(**measured) if measured else None,
    )


def _tree(stored: Mapping[str, Any], width: int) -> Tree:
    """A child stands after its parent: a file made by hand cannot send the walk in a circle."""
    tree = Tree(*(tuple(stored[name]) for name in ("column", "yes", "no", "value")))
    for node, (column, yes, no, _) in enumerate(zip(tree.column, tree.yes, tree.no, tree.value, strict=True)):
        if column != LEAF and not (0 <= column < width and node < yes < len(tree.column) > no > node):
            raise ValueError("a node leads nowhere")
    return tree
