"""A whole purchase in a browser as slow as a cheap phone, watched: what its record costs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SLOWER = 4
"""How much slower the processor is made: Chromium's own stand-in for a cheap phone."""
_SAMPLE_US = 200


@dataclass(frozen=True, slots=True)
class Cost:
    """`wire_bytes` of requests with headers and bodies; milliseconds of the page's main thread, recorder and all."""

    wire_bytes: int
    parts: int
    recorder_ms: float
    busy_ms: float


def record_one() -> Cost:
    """Buy once by hand, from the product to the cashier."""
    from playwright.sync_api import expect, sync_playwright

    from tests.browser import steps
    from tests.browser.screen import Screen
    from tests.journey.installation import Installation

    folder = Path(tempfile.mkdtemp(prefix="baohe-bench-"))
    expect.set_options(timeout=60_000)
    try:
        with Installation(folder / "data") as running, sync_playwright() as playwright:
            own = shutil.which("chromium") or shutil.which("google-chrome")
            chromium = playwright.chromium.launch(executable_path=own, args=["--no-sandbox", "--disable-dev-shm-usage"])
            with Screen(chromium, running) as screen:
                return _watched(screen, steps)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _watched(screen: Any, steps: Any) -> Cost:
    weighed = [0, 0]

    def weigh(request: Any) -> None:
        if "/recordings" in request.url:
            sizes = request.sizes()
            weighed[0] += sizes["requestBodySize"] + sizes["requestHeadersSize"]
            weighed[1] += "/parts/" in request.url

    screen.page.on("requestfinished", weigh)
    steps.sign_in(screen, "13900000177", "bench")
    steps.add_self(screen, "bench", serial=177)
    steps.find_product(screen, "bench")
    line = screen.context.new_cdp_session(screen.page)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    line.send("Profiler.enable")
    line.send("Profiler.setSamplingInterval", {"interval": _SAMPLE_US})
    line.send("Profiler.start")
    steps.change_price(screen, "bench")
    steps.choose_person(screen, "bench")
    steps.answer_questions(screen, "bench")
    steps.propose(screen, "bench")
    steps.read_papers(screen, "bench")
    steps.sign(screen, "bench")
    screen.sees("pay-today")
    screen.settle()
    profile = line.send("Profiler.stop")["profile"]
    line.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    steps.to_cashier(screen, "bench")
    return Cost(weighed[0], weighed[1], *_spent(profile))


def _spent(profile: Mapping[str, Any]) -> tuple[float, float]:
    """Milliseconds under a frame of the recorder, and of everything that was not idle."""
    nodes = {node["id"]: node for node in profile["nodes"]}
    above = {child: node["id"] for node in profile["nodes"] for child in node.get("children", ())}
    recorder: dict[int, bool] = {}

    def within(place: int) -> bool:
        if place not in recorder:
            own = "/recorder-" in nodes[place]["callFrame"]["url"]
            recorder[place] = own or (place in above and within(above[place]))
        return recorder[place]

    mine = busy = 0
    for place, spent in zip(profile["samples"], profile["timeDeltas"], strict=True):
        if nodes[place]["callFrame"]["functionName"] in ("(idle)", "(program)", "(root)"):
            continue
        busy += spent
        mine += spent if within(place) else 0
    return mine / 1000, busy / 1000
