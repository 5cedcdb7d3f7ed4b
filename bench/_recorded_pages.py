"""The pages of one purchase on a processor made four times slower, with the recorder and without it."""

from __future__ import annotations

import itertools
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench._recorded_sale import SLOWER

LONG_MS = 50
"""From here on a browser calls a task long: a finger notices."""
_SAMPLE_US = 200
_NOT_WORK = ("(idle)", "(program)", "(root)")
_STILL = "export const open=async()=>{},mark=()=>{},rest=()=>{},kept=async()=>{},running=()=>true"
"""A recorder that does nothing."""
_WATCH = """(() => {
    window.watched = {pages: [[0, location.pathname]], tasks: [], presses: []}
    for (const name of ['pushState', 'replaceState']) {
        const own = history[name]
        history[name] = function (...given) {
            const done = own.apply(this, given)
            window.watched.pages.push([performance.now(), location.pathname])
            return done
        }
    }
    new PerformanceObserver((list) => window.watched.tasks.push(...list.getEntries().map((one) =>
        [one.startTime, one.duration]))).observe({type: 'longtask'})
    new PerformanceObserver((list) => window.watched.presses.push(...list.getEntries().filter((one) =>
        one.interactionId).map((one) => [one.startTime, one.duration]))).observe({type: 'event', durationThreshold: 16})
})()"""
_TO_PAY = """() => {
    history.pushState({}, '', location.pathname.replace(/record$/, 'pay'))
    dispatchEvent(new PopStateEvent('popstate', {state: {}}))
}"""
"""Without a record the app leads elsewhere; the page is looked at all the same."""
_PAGES = (
    ("enter, identity", r"^/buy/[^/]+/who$"),
    ("entry", r"^/buy/(decision/|[^/]+/health$|health/)"),
    ("clauses", r"/papers/clauses$"),
    ("exclusions", r"/papers/exclusions$"),
    ("confirm", r"/papers/|^/buy/proposal/[^/]+$"),
    ("submit", r"/sign$"),
    ("pay", r"/pay$"),
)
"""Where each of the eight kinds of page stands; the first that fits."""


@dataclass(slots=True)
class Page:
    """Milliseconds: of the recorder, its longest stretch in one go, and the slowest press; tasks over `LONG_MS`."""

    recorder_ms: float = 0.0
    longest_ms: float = 0.0
    long_tasks: int = 0
    slowest_press_ms: float = 0.0


@dataclass(slots=True)
class Watched:
    pages: dict[str, Page] = field(default_factory=lambda: defaultdict(Page))


def both() -> tuple[Watched, Watched]:
    """The same purchase with the recorder, and with one that does nothing, each by a customer of its own."""
    from playwright.sync_api import expect, sync_playwright

    from tests.browser.screen import Screen
    from tests.journey.installation import Installation

    folder = Path(tempfile.mkdtemp(prefix="baohe-bench-"))
    expect.set_options(timeout=60_000)
    try:
        with Installation(folder / "data") as running, sync_playwright() as playwright:
            own = shutil.which("chromium") or shutil.which("google-chrome")
            chromium = playwright.chromium.launch(executable_path=own, args=["--no-sandbox", "--disable-dev-shm-usage"])
            found = []
            for serial, still in ((176, True), (177, True), (178, False)):
                with Screen(chromium, running) as screen:
                    found.append(_bought(screen, serial, still=still))
            return found[2], found[1]  # the first one warmed the server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _bought(screen: Any, serial: int, *, still: bool) -> Watched:
    from tests.browser import steps

    screen.picture = lambda *_: None  # a picture is work of its own
    screen.context.add_init_script(_WATCH)
    if still:
        as_nothing = {"body": _STILL, "content_type": "text/javascript"}
        screen.context.route("**/recorder-*.js", lambda route: route.fulfill(**as_nothing))
    steps.sign_in(screen, f"13900000{serial}", "bench")
    steps.add_self(screen, "bench", serial=serial)
    steps.find_product(screen, "bench")
    line = screen.context.new_cdp_session(screen.page)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    line.send("Performance.enable")
    line.send("Profiler.enable")
    line.send("Profiler.setSamplingInterval", {"interval": _SAMPLE_US})
    line.send("Profiler.start")
    steps.change_price(screen, "bench")
    steps.choose_person(screen, "bench")
    steps.answer_questions(screen, "bench")
    steps.propose(screen, "bench")
    steps.read_papers(screen, "bench")
    steps.sign(screen, "bench", then="/record$" if still else "/pay$")
    if still:
        screen.page.evaluate(_TO_PAY)
    screen.sees("pay-today")
    screen.settle()
    began_us = _zero_of_page(screen, line)
    profile = line.send("Profiler.stop")["profile"]
    seen = screen.page.evaluate("window.watched")
    line.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return _sorted_by_page(seen, list(_stretches(profile, began_us)))


def _zero_of_page(screen: Any, line: Any) -> float:
    """The profile's clock, in microseconds, at the page's own zero."""
    metrics = {one["name"]: one["value"] for one in line.send("Performance.getMetrics")["metrics"]}
    return metrics["Timestamp"] * 1e6 - float(screen.page.evaluate("performance.now()")) * 1e3


def _sorted_by_page(seen: Mapping[str, Any], stretches: list[tuple[float, float]]) -> Watched:
    found = Watched()

    def page(at: float) -> Page | None:
        path = next((path for began, path in reversed(seen["pages"]) if began <= at), "")
        label = next((label for label, pattern in _PAGES if re.search(pattern, path)), None)
        return None if label is None else found.pages[label]

    for at, spent in stretches:
        if (here := page(at)) is not None:
            here.recorder_ms += spent
            here.longest_ms = max(here.longest_ms, spent)
    for at, lasted in seen["tasks"]:
        if (here := page(at)) is not None and lasted > LONG_MS:
            here.long_tasks += 1
    for at, lasted in seen["presses"]:
        if (here := page(at)) is not None:
            here.slowest_press_ms = max(here.slowest_press_ms, lasted)
    return found


def _stretches(profile: Mapping[str, Any], began_us: float) -> Iterator[tuple[float, float]]:
    """(when on the page's clock, ms of the recorder) of each run of work without a rest; a run is at most one task."""
    nodes = {node["id"]: node for node in profile["nodes"]}
    above = {child: node["id"] for node in profile["nodes"] for child in node.get("children", ())}

    def within(place: int) -> bool:
        while place in above:
            if "/recorder-" in nodes[place]["callFrame"]["url"]:
                return True
            place = above[place]
        return False

    mine = {place: within(place) for place in nodes}
    moments = itertools.accumulate(profile["timeDeltas"], initial=profile["startTime"])
    run_at, spent = 0.0, 0.0
    for moment, place, lasted in zip(moments, profile["samples"], profile["timeDeltas"], strict=False):
        if nodes[place]["callFrame"]["functionName"] in _NOT_WORK:
            if spent:
                yield (run_at - began_us) / 1e3, spent / 1e3
            spent = 0.0
            continue
        if mine[place]:
            run_at = run_at if spent else moment
            spent += lasted
    if spent:
        yield (run_at - began_us) / 1e3, spent / 1e3
