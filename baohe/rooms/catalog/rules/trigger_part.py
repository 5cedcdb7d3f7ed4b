"""The trigger part of a package: strict, and every band beside the next."""

from __future__ import annotations

from collections.abc import Iterator

from baohe.kernel.money import BASIS
from baohe.rooms.catalog.contracts import ClaimEvent, ProductVersion
from baohe.rooms.catalog.contracts.triggers import MEASURES, Band, Circle, Measure, Point, Trigger
from baohe.rooms.catalog.rules import wording
from baohe.rooms.catalog.rules.reading import Node
from baohe.rooms.catalog.rules.source import Raw

LONGEST_OBSERVING_HOURS = 24 * 30
LARGEST_CIRCLE_KM = 500
Breach = tuple[str, str, str, str]


def triggers(whole: Node) -> tuple[Trigger, ...]:
    """None where the package has no `triggers.yaml`."""
    return tuple(_trigger(node) for node in whole.node("triggers").nodes("triggers")) if whole.has("triggers") else ()


def _trigger(node: Node) -> Trigger:
    window, sources, breaker = node.node("window"), node.node("sources"), node.node("breaker")
    return Trigger(
        code=node.word("code"),
        name=node.text("name"),
        measure=_measure(node),
        clause=node.word("clause"),
        bands=tuple(_band(band) for band in node.nodes("bands")),
        sources=sources.strings("of"),
        need=sources.whole("need"),
        tolerance=sources.int_or("tolerance", 0),
        settle_after_minutes=window.whole("settle_after_minutes"),
        observe_hours=window.whole("observe_hours"),
        dispute_days=node.whole("dispute_days"),
        claims_an_hour=breaker.whole("claims_an_hour"),
        fen_an_hour=breaker.whole("fen_an_hour"),
        circle=_circle(node.node("circle")) if node.has("circle") else None,
    )


def _measure(node: Node) -> str:
    code = node.word("measure")
    if code and code not in MEASURES:
        node.tell("measure", f"没有这种量，可选 {'、'.join(MEASURES)}", f"must be one of {', '.join(MEASURES)}")
    return code


def _band(node: Node) -> Band:
    if node.has("state") == node.has("from"):
        node.tell("from", "from 和 state 写且只写一个", "needs either from or state")
    if node.has("share_bp") == node.has("amount_fen"):
        node.tell("share_bp", "share_bp 和 amount_fen 写且只写一个", "needs either share_bp or amount_fen")
    return Band(
        event=node.word("event"),
        low=node.int_or("from", 0),
        high=node.whole("to") if node.has("to") else None,
        state=node.str_or("state", ""),
        share_bp=node.int_or("share_bp", 0),
        amount_fen=node.int_or("amount_fen", 0),
    )


def _circle(node: Node) -> Circle:
    by_value = node.node("by_value")
    points = {value: _point(by_value.node(value)) for value in by_value.names()}
    return Circle(node.word("input"), node.whole("radius_km"), points)


def _point(node: Node) -> Point:
    return Point(node.whole("lat_e4"), node.whole("lon_e4"), node.text("name"))


def breaches(version: ProductVersion, raw: Raw) -> Iterator[Breach]:
    """Whatever would leave a value unpaid, paid twice, or decided by one source alone."""
    codes = [trigger.code for trigger in version.triggers]
    for index, trigger in enumerate(version.triggers):
        field = f"triggers.triggers[{index}]"
        if codes.count(trigger.code) > 1:
            yield "PUB-1", f"{field}.code", "写了两次", "is given twice"
        if wording.wording_of(version.clauses, trigger.clause) is None:
            yield "PUB-1", f"{field}.clause", "在条款里找不到", "is not in the wording"
        yield from _of_sources(trigger, field)
        yield from _of_limits(trigger, field)
        measure = MEASURES.get(trigger.measure)
        if measure is not None:
            yield from _of_bands(trigger, measure, field)
            yield from _of_place(trigger, measure, version, field)
        for number, band in enumerate(trigger.bands):
            yield from _of_benefit(band, version.claim_rules.event(band.event), f"{field}.bands[{number}]")


def _of_sources(trigger: Trigger, field: str) -> Iterator[Breach]:
    among = len(trigger.sources)
    if len(set(trigger.sources)) < among:
        yield "PUB-1", f"{field}.sources.of", "同一来源写了两次", "names a source twice"
    if not among < 2 * trigger.need <= 2 * among:
        # half of them could agree on one thing and half on another, and both would hold
        yield "PUB-1", f"{field}.sources.need", f"须过 {among} 家的半数", f"must be more than half of {among}"
    if trigger.tolerance < 0:
        yield "PUB-1", f"{field}.sources.tolerance", "不得小于零", "must not be below 0"


def _of_limits(trigger: Trigger, field: str) -> Iterator[Breach]:
    limits = {
        "window.settle_after_minutes": (trigger.settle_after_minutes, 0),
        "window.observe_hours": (trigger.observe_hours, 1),
        "dispute_days": (trigger.dispute_days, 1),
        "breaker.claims_an_hour": (trigger.claims_an_hour, 1),
        "breaker.fen_an_hour": (trigger.fen_an_hour, 1),
    }
    for name, (value, least) in limits.items():
        if value < least:
            yield "PUB-1", f"{field}.{name}", f"不得小于 {least}", f"must not be below {least}"
    if trigger.observe_hours > LONGEST_OBSERVING_HOURS:
        yield "PUB-1", f"{field}.window.observe_hours", "不得超过 30 天", "may not exceed 30 days"


def _of_bands(trigger: Trigger, measure: Measure, field: str) -> Iterator[Breach]:
    """Numbers go without hole or overlap from the first band on; the last one is open."""
    known = [state for band in trigger.bands if (state := band.state)]
    for number, band in enumerate(trigger.bands):
        if band.state and band.state not in measure.states:
            yield "PUB-1", f"{field}.bands[{number}].state", "这种量没有这个值", "is no value of this measure"
        if band.state and known.count(band.state) > 1:
            yield "PUB-1", f"{field}.bands[{number}].state", "写了两次", "is given twice"
        if not band.state and measure.unit is None:
            yield "PUB-1", f"{field}.bands[{number}].from", "这种量没有数值", "is a number, which this measure has not"
    numbers = [(number, band) for number, band in enumerate(trigger.bands) if not band.state]
    for (number, band), (_, above) in zip(numbers, numbers[1:], strict=False):
        if band.high is None or above.low < band.high:
            yield "PUB-1", f"{field}.bands[{number}].to", "和下一档重叠", "overlaps the next band"
        elif above.low > band.high:
            yield "PUB-1", f"{field}.bands[{number}].to", "和下一档之间有空档", "leaves a hole before the next band"
    for number, band in numbers:
        if band.high is not None and band.high <= band.low:
            yield "PUB-1", f"{field}.bands[{number}].to", "应大于 from", "must be above from"
    if numbers and numbers[-1][1].high is not None:
        yield "PUB-1", f"{field}.bands[{numbers[-1][0]}].to", "最高一档不封顶", "the last band has no end"


def _of_place(trigger: Trigger, measure: Measure, version: ProductVersion, field: str) -> Iterator[Breach]:
    circle = trigger.circle
    if measure.at_a_place != (circle is not None):
        zh, en = (
            ("须写圆心和半径", "is needed") if measure.at_a_place else ("这种量没有地点", "is not for this measure")
        )
        yield "PUB-1", f"{field}.circle", zh, en
        return
    if circle is None:
        return
    if not 1 <= circle.radius_km <= LARGEST_CIRCLE_KM:
        far = f"应为 1 到 {LARGEST_CIRCLE_KM}"
        yield "PUB-1", f"{field}.circle.radius_km", far, f"is from 1 to {LARGEST_CIRCLE_KM}"
    asked = version.rating_input(circle.input)
    offered = {choice.value for choice in asked.choices} if asked is not None else set()
    if offered != set(circle.by_value):
        zh, en = "每个选项都要有地点，且只有选项有", "needs a point for every choice of the input, and no other"
        yield "PUB-1", f"{field}.circle.by_value", zh, en
    for value, point in circle.by_value.items():
        if abs(point.lat_e4) > 900_000 or abs(point.lon_e4) > 1_800_000:
            yield "PUB-1", f"{field}.circle.by_value.{value}", "不是地球上的点", "is no point on earth"


def _of_benefit(band: Band, event: ClaimEvent | None, field: str) -> Iterator[Breach]:
    """The trigger says no other sum than the claim rules pay."""
    if event is None or event.papers or not event.steps:
        yield "PUB-1", f"{field}.event", "不是自动理赔的事件", "is no event that settles by itself"
        return
    start = event.steps[0].amount
    share = BASIS
    for step in event.steps:
        share = step.ratio_bp if step.op == "times" else share
    whole = start is not None and start.sum_insured
    told = share if whole else 0
    fixed = start.fixed_fen if start is not None and not whole else 0
    if (band.share_bp, band.amount_fen) != (told, fixed):
        zh, en = f"和 claims.yaml 的 {event.code} 不一致", f"disagrees with {event.code} of claims.yaml"
        yield "PUB-1", f"{field}.{'share_bp' if band.share_bp else 'amount_fen'}", zh, en
