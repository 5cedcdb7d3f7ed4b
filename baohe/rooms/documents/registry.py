"""The templates of papers: code, version, first day, and the fields each needs.

A folder a version: `templates/<code>/<version>/` with `template.typ` and `template.yaml`. A published version never
changes (`templates/published.json` holds its digest); a new wording is a new folder with its first day. A paper keeps
the key of its template (`policy@1`) and prints the same bytes for ever.

The fields are checked when a template is read and when a paper is printed. All templates are read before the first
paper of a process, so that a broken one of a policy stops the sale at the proposal and not after the payment.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from baohe.rooms.documents.errors import DataFieldMissing, DataFieldUnknown, TemplateFieldUnknown, TemplateUnknown

TEMPLATES = Path(__file__).parent / "templates"

_READS = re.compile(r"\bdata\.([a-z][a-z0-9-]*)(?:\.([a-z][a-z0-9-]*))?")
_IMPORT = re.compile(r'#import "/(shared/[a-z0-9-]+\.typ)"')
_METHODS = frozenset({"len", "map", "enumerate", "at", "join", "first", "last", "filter", "slice"})
"""What a template calls on a field: no field of its own."""


@dataclass(frozen=True, slots=True)
class Field:
    """`kind` is `any`, `map` or `rows`; `keys` are those of the map or of every row. `maybe` may be none."""

    kind: str
    keys: frozenset[str] = frozenset()
    maybe: bool = False


@dataclass(frozen=True)
class Template:
    code: str
    version: int
    effective: date
    path: Path
    fields: Mapping[str, Field]
    digest: str

    @property
    def key(self) -> str:
        return f"{self.code}@{self.version}"


def in_force(code: str, on: date) -> Template:
    """The newest version of `code` whose first day has come. Raises `TemplateUnknown` and what `templates` raises."""
    found = [one for one in templates().values() if one.code == code and one.effective <= on]
    if not found:
        raise TemplateUnknown(template=f"{code} ({on})")
    return max(found, key=lambda one: one.version)


def of(key: str) -> Template:
    """Raises `TemplateUnknown`."""
    try:
        return templates()[key]
    except KeyError:
        raise TemplateUnknown(template=key) from None


def templates() -> Mapping[str, Template]:
    """Every template by its key, read and checked once a process. Raises `TemplateFieldUnknown`."""
    return read_all(TEMPLATES)


@functools.lru_cache(maxsize=8)
def read_all(folder: Path) -> Mapping[str, Template]:
    found = [_read(folder, path.parent) for path in sorted(folder.glob("*/*/template.yaml"))]
    return {template.key: template for template in found}


def check(template: Template, content: Mapping[str, Any]) -> None:
    """Raises `DataFieldMissing` and `DataFieldUnknown`, which name template and field."""
    _same_keys(template, frozenset(template.fields), content, "")
    for name, field in template.fields.items():
        for place, keys in _parts(field, name, content[name]):
            _same_keys(template, field.keys, keys, place)


def _parts(field: Field, name: str, value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if field.kind == "any" or (field.maybe and value is None):
        return
    if field.kind == "map":
        yield f"{name}.", value
    else:
        yield from ((f"{name}.{place}.", row) for place, row in enumerate(value))


def _same_keys(template: Template, wanted: frozenset[str], given: Mapping[str, Any], place: str) -> None:
    if missing := sorted(wanted - given.keys()):
        raise DataFieldMissing(template=template.key, field=place + missing[0])
    if unknown := sorted(given.keys() - wanted):
        raise DataFieldUnknown(template=template.key, field=place + unknown[0])


def _read(folder: Path, place: Path) -> Template:
    words = yaml.safe_load((place / "template.yaml").read_text())
    fields = {name: _field(str(kind)) for name, kind in words["fields"].items()}
    source = (place / "template.typ").read_text()
    sources = [source, *((folder / shared).read_text() for shared in sorted(set(_IMPORT.findall(source))))]
    template = Template(
        code=place.parent.name,
        version=int(place.name),
        effective=words["effective"],
        path=place / "template.typ",
        fields=fields,
        digest=sha256("\0".join(sources).encode()).hexdigest(),
    )
    for text in sources:
        _refuse_unknown(template, text)
    return template


def _refuse_unknown(template: Template, source: str) -> None:
    for name, key in _READS.findall(source):
        field = template.fields.get(name)
        if field is None:
            raise TemplateFieldUnknown(template=template.key, field=name)
        if field.kind == "map" and key and key not in field.keys and key not in _METHODS:
            raise TemplateFieldUnknown(template=template.key, field=f"{name}.{key}")


def _field(words: str) -> Field:
    kind, *keys = words.split()
    return Field(kind.rstrip("?"), frozenset(keys), kind.endswith("?"))
