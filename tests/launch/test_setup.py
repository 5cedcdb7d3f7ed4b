"""What `make` installs: pinned and hashed, and one sentence where it cannot."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.launch.conftest import ROOT, free_port

_TREE = ("Makefile", "pyproject.toml", "requirements.lock", "requirements-dev.lock", "scripts")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"])
def test_locks_pin_every_package_by_hash_and_name_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text()
    packages = re.split(r"\n(?=\S)", text.strip())
    assert all(re.match(r"[A-Za-z0-9._-]+==\S+", package) for package in packages)
    assert all("--hash=sha256:" in package for package in packages)
    assert "//" not in text


def test_locks_cover_what_the_program_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert _names(project["dependencies"]) <= _locked("requirements.lock")
    assert _names(project["optional-dependencies"]["dev"]) <= _locked("requirements-dev.lock")


def test_the_two_locks_agree() -> None:
    assert _pins("requirements.lock") <= _pins("requirements-dev.lock")


def test_every_import_of_the_program_is_declared() -> None:
    # given what each installed distribution provides, and what the program imports outside of its tests
    providers = importlib.metadata.packages_distributions()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = _names(project["dependencies"])
    sources = [path for path in (ROOT / "baohe").rglob("*.py") if "tests" not in path.parts]
    imported = {name for path in sources for name in _imports(path)} - set(sys.stdlib_module_names) - {"baohe"}
    # then each import comes from a declared dependency, not from a dependency's dependency by luck
    undeclared = {name for name in imported if not {_plain(found) for found in providers.get(name, [])} & declared}
    assert undeclared == set()


def test_no_network_is_one_sentence(tmp_path: Path) -> None:
    # given a fresh checkout and a registry that nobody answers for
    _checkout(tmp_path)
    environment = {
        **os.environ,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": f"http://127.0.0.1:{free_port()}/simple",
        "PIP_RETRIES": "0",
        "PIP_NO_CACHE_DIR": "1",
    }
    environment.pop("PIP_FIND_LINKS", None)
    # when it is installed
    done = _setup(tmp_path, environment)
    # then it says that the registry cannot be reached, and how to go on
    assert done.returncode != 0
    assert "the package registry cannot be reached" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_missing_venv_module_is_one_sentence(tmp_path: Path) -> None:
    # given a Python without ensurepip, as Debian ships it without python3-venv
    _checkout(tmp_path)
    blind = tmp_path / "blind"
    blind.mkdir()
    (blind / "sitecustomize.py").write_text("import sys; sys.modules['ensurepip'] = None\n")
    # when it is installed
    done = _setup(tmp_path, {**os.environ, "PYTHONPATH": str(blind)})
    # then it names the package to install
    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_starts_without_django_or_typer() -> None:
    code = (
        "import sys; sys.argv = ['baohe']; import baohe.cli.main as m; m.main();"
        "print('django' in sys.modules, 'typer' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("False False")


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


def _checkout(place: Path) -> None:
    for name in _TREE:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, place / name)


def _setup(place: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "scripts/setup.py", "program"], cwd=place, env=environment, capture_output=True, text=True
    )


def _locked(lock: str) -> set[str]:
    return {pin.split("==")[0] for pin in _pins(lock)}


def _pins(lock: str) -> set[str]:
    return set(re.findall(r"^([A-Za-z0-9._-]+==[^\s;]+)", (ROOT / lock).read_text(), re.MULTILINE))


def _names(requirements: list[str]) -> set[str]:
    return {_plain(re.split(r"[\[<>=~! ;]", text, maxsplit=1)[0]) for text in requirements}
