"""The virtual environment, the locked dependencies, and the program itself in .venv/bin/baohe."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

from setup_steps import BUILD, ROOT, VENV, Sentence, done, key_of, mark, run

_NEEDED_GB = 2


def program() -> None:
    """.venv with everything that runs the platform."""
    _environment()
    install("requirements.lock", "安装依赖 · dependencies")
    key = key_of([ROOT / "pyproject.toml"], _python_version())
    if not (done("program", key) and (VENV / "bin" / "baohe").exists()):
        # No build isolation: setuptools is in the lock, with its hash, and nothing else is fetched.
        run(
            "安装程序 · the program",
            _pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)),
        )
        mark("program", key)


def tests() -> None:
    """What tests and checks need on top."""
    install("requirements-dev.lock", "安装测试依赖 · test dependencies")


def install(lock: str, title: str) -> None:
    """Exactly the files whose hashes the lock names."""
    path = ROOT / lock
    key = key_of([path], _python_version())
    if done(lock, key):
        return
    total = len(re.findall(r"^[A-Za-z0-9].*==", path.read_text(), re.MULTILINE))
    run(title, _pip("install", "--require-hashes", "--requirement", str(path)), _Packages(total))
    mark(lock, key)


class _Packages:
    """pip's lines as a count."""

    def __init__(self, total: int) -> None:
        self._total, self._seen = total, 0

    def __call__(self, line: str) -> str:
        if line.startswith("Installing collected"):
            return "写入 · writing files"
        if line.startswith(("Collecting ", "Requirement already")):
            self._seen += 1
            if sys.stdout.isatty() or self._seen % 20 == 0:
                return f"{self._seen}/{self._total}"
        return ""


def _environment() -> None:
    if done("venv", _python_version()) and (VENV / "bin" / "python").exists():
        return
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise Sentence(
            "缺少 Python 的 venv 组件；请先安装，例如 apt install python3-venv，再运行",
            "Python's venv module is missing; install it first, e.g. apt install python3-venv, and run again",
        )
    free = shutil.disk_usage(ROOT).free / 1024**3
    if free < _NEEDED_GB:
        raise Sentence(
            f"磁盘空间不足：只剩 {free:.1f} GB，安装需要 {_NEEDED_GB} GB；请清出空间再运行",
            f"The disk is almost full: {free:.1f} GB left, {_NEEDED_GB} GB needed; free some space and run again",
        )
    for stamp in BUILD.glob("requirements*.stamp"):
        stamp.unlink()
    (BUILD / "program.stamp").unlink(missing_ok=True)
    run("建立 .venv · virtual environment", [sys.executable, "-m", "venv", "--clear", str(VENV)])
    mark("venv", _python_version())


def _python_version() -> str:
    """Of the interpreter behind .venv: with another one the environment is made anew."""
    return f"{Path(sys.executable).resolve()} {sys.version}"


def _pip(*arguments: str) -> list[str]:
    quiet = ("--disable-pip-version-check", "--no-input", "--progress-bar", "off")
    return [str(VENV / "bin" / "python"), "-m", "pip", *arguments, *quiet]


def works(command: list[str]) -> str:
    """What the tool prints, or "" when it cannot be run."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
