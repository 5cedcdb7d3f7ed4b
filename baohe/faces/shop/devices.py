"""What a browser calls itself, in a few words for the record of a signature."""

from __future__ import annotations

import re

_BROWSERS = (
    ("微信", r"MicroMessenger/(\d+)"),
    ("Edge", r"Edg\w*/(\d+)"),
    ("Firefox", r"Firefox/(\d+)"),
    ("Chrome", r"(?:Headless)?Chrome/(\d+)"),
    ("Safari", r"Version/(\d+)[^ ]* (?:Mobile/\S+ )?Safari/"),
)
_SYSTEMS = (
    ("HarmonyOS", r"HarmonyOS|OpenHarmony"),
    ("iOS", r"iPhone|iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("macOS", r"Macintosh"),
    ("Linux", r"Linux"),
)


def device_name(user_agent: str) -> str:
    """`Chrome 140 · Android`; `未知浏览器 · 未知系统` where it says nothing known. At most 80 characters."""
    agent = user_agent[:1_000]
    system = next((name for name, mark in _SYSTEMS if re.search(mark, agent)), "未知系统")
    for name, mark in _BROWSERS:
        if found := re.search(mark, agent):
            return f"{name} {found[1][:6]} · {system}"
    return f"未知浏览器 · {system}"
