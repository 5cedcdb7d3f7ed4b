"""A browser and a Chinese font for the tests: what is there, else Debian's packages, else Playwright's own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from setup_python import works
from setup_steps import VENV, Sentence, run

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def browser() -> None:
    missing = [] if _has_browser() else ["chromium"]
    if not _has_chinese_font():
        missing.append("fonts-noto-cjk")
    if missing:
        _from_debian(missing)
    if not _has_browser():
        run("安装浏览器 · a browser for the tests", [str(VENV / "bin" / "playwright"), "install", "chromium"])
    if not _has_chinese_font():
        raise Sentence(
            "测试需要一种中文字体；请安装，例如 sudo apt install fonts-noto-cjk，再运行",
            "The tests need a Chinese font; install one, e.g. sudo apt install fonts-noto-cjk, and run again",
        )


def _from_debian(packages: list[str]) -> None:
    """Only where it works without asking for a password; otherwise the next way is tried."""
    tool = shutil.which("apt-get")
    if tool is None:
        return
    if os.geteuid() == 0:
        prefix = []
    elif shutil.which("sudo") and works(["sudo", "-n", "echo", "yes"]):
        prefix = ["sudo", "-n"]
    else:
        return
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    names = " ".join(packages)
    try:
        run("软件目录 · package lists", [*prefix, tool, "update"], environment=quiet)
        run(
            f"安装 {names} · installing {names}",
            [*prefix, tool, "install", "-y", "--no-install-recommends", *packages],
            environment=quiet,
        )
    except Sentence as failure:
        print(failure)


def _has_browser() -> bool:
    return any(works([name, "--version"]) for name in _BROWSERS if shutil.which(name)) or _has_playwrights()


def _has_playwrights() -> bool:
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    path = works([str(VENV / "bin" / "python"), "-c", ask])
    return bool(path) and Path(path).exists()


def _has_chinese_font() -> bool:
    return bool(works(["fc-list", ":lang=zh-cn", "family"]))
