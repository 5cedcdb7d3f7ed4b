"""The installation's model: where it lies, and the verbs of the command line on files. No database."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from baohe.plumbing import clock
from baohe.rooms.fraud import model, model_file, table
from baohe.rooms.fraud.errors import ModelMissing, ModelUnreadable
from baohe.rooms.fraud.model import Measured, Scored
from baohe.rooms.fraud.rules import drift as drifting
from baohe.rooms.fraud.rules.drift import Moved


@dataclass(frozen=True, slots=True)
class Trained:
    """What there is to know of a model without its trees. `measured` is None when the file had rows of one year."""

    path: Path
    version: str
    years: tuple[int, ...]
    rows: int
    frauds: int
    data_sha256: str
    measured: Measured | None


@dataclass(frozen=True, slots=True)
class Drift:
    """`rows` of a file against the model of this version; `at` is when it was compared, ISO 8601."""

    version: str
    rows: int
    at: str
    moved: tuple[Moved, ...]


def train(data: Path, out: Path | None = None) -> Trained:
    """Train on the years before the last of the file, measure on the last, write the model.

    Raises `ColumnsMissing`, `TableUnreadable`.
    """
    path = out or _model_path()
    made = model.train(data)
    return _told(path, made, model_file.save(made, path))


def score(data: Path, model_path: Path | None = None) -> list[Scored]:
    """Raises `ModelMissing`, `ModelUnreadable`, `ColumnsMissing`, `TableUnreadable`."""
    made, _ = model_file.load(model_path or _model_path())
    return model.score(made, table.read(data).rows)


def drift(data: Path, model_path: Path | None = None) -> Drift:
    """Compare a file with the training rows; of the installation's own model the desk shows the latest. Raises as
    `score`."""
    made, version = model_file.load(model_path or _model_path())
    rows = table.read(data).rows
    found = Drift(version, len(rows), clock.now().isoformat(timespec="seconds"), model.drift(made, rows))
    if model_path is None:
        kept = {"version": version, "rows": found.rows, "at": found.at, "moved": {m.name: m.index for m in found.moved}}
        _drift_path().write_text(json.dumps(kept), encoding="utf-8")
    return found


def trained() -> Trained | None:
    """The installation's model; None before the first training. Raises `ModelUnreadable`."""
    try:
        made, version = model_file.load(_model_path())
    except ModelMissing:
        return None
    return _told(_model_path(), made, version)


def last_drift() -> Drift | None:
    """The latest comparison with the installation's model; None when there was none. Raises `ModelUnreadable`."""
    if not _drift_path().exists():
        return None
    try:
        kept = json.loads(_drift_path().read_text(encoding="utf-8"))
        moved = tuple(drifting.told(name, float(index)) for name, index in kept["moved"].items())
        return Drift(str(kept["version"]), int(kept["rows"]), str(kept["at"]), moved)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise ModelUnreadable(reason_zh="漂移记录读不了", reason_en="the kept drift cannot be read") from wrong


def as_dict(told: Trained) -> dict[str, object]:
    return {**asdict(told), "path": str(told.path)}


def _told(path: Path, made: model.Model, version: str) -> Trained:
    return Trained(
        path, version, made.trained_years, made.trained_rows, made.trained_frauds, made.data_sha256, made.measured
    )


def _model_path() -> Path:
    return Path(settings.BAOHE_DATA) / "fraud" / "vehicle-model.json"


def _drift_path() -> Path:
    return Path(settings.BAOHE_DATA) / "fraud" / "drift.json"
