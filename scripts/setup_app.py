"""The phone app: locked packages, then the build in app/dist. Node comes from the machine or from a wheel."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from setup_python import install, works
from setup_steps import ROOT, VENV, Sentence, done, key_of, mark, run

APP = ROOT / "app"
_OLDEST_NODE = (20, 19)
_NOT_SOURCE = {"node_modules", "dist", "coverage", "test-results", ".vite"}


def app() -> None:
    if not (APP / "package-lock.json").exists():  # a checkout of the server alone
        return
    environment = node_environment()
    packages = key_of([APP / "package-lock.json"], environment["PATH"].split(os.pathsep)[0])
    if not (done("app-packages", packages) and (APP / "node_modules").exists()):
        run(
            "安装手机应用的依赖 · app packages",
            ["npm", "ci", "--no-audit", "--no-fund"],
            folder=APP,
            environment=environment,
        )
        mark("app-packages", packages)
    sources = key_of(_sources(APP), packages)
    if not (done("app", sources) and (APP / "dist" / "index.html").exists()):
        run(
            "构建手机应用 · building the app",
            ["npm", "run", "build"],
            folder=APP,
            environment=environment,
            fetches=False,
        )
        mark("app", sources)


def node_environment() -> dict[str, str]:
    """PATH that begins with the folder of a Node that can build the app."""
    found = shutil.which("node")
    if found and shutil.which("npm") and _version(found) >= _OLDEST_NODE:
        folder = Path(found).parent
    else:
        install("requirements-node.lock", "安装 Node · Node from a wheel")
        folder = VENV / "bin"
        if _version(str(folder / "node")) < _OLDEST_NODE:
            raise Sentence(
                "这台机器上的 Node 无法使用；请安装 Node 20.19 或更新的版本再运行",
                "No usable Node on this machine; install Node 20.19 or later and run again",
            )
    return {"PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}


def _version(node: str) -> tuple[int, ...]:
    match = re.match(r"v(\d+)\.(\d+)", works([node, "--version"]))
    return tuple(map(int, match.groups())) if match else (0, 0)


def _sources(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in _NOT_SOURCE:
            continue
        if path.is_dir():
            yield from _sources(path)
        elif path.is_file():
            yield path
