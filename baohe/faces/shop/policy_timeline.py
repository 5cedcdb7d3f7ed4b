"""The story of a policy, what was and what will be, with today in its place (like the policy page of the design)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from baohe.faces.shop.schemas.basis import Text, TimelineEntry
from baohe.kernel.dates import SHANGHAI, business_date
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.policies.facade import sum_insured_in_words

REMIND_DAYS = 30
"""SERV-10: how long before the end the customer hears of it."""


@dataclass(frozen=True, slots=True)
class _Moment:
    """`at` is what is shown, `day` where it stands; `order` keeps the order within one day."""

    day: date
    at: str
    title: Text
    detail: Text | None = None
    amount_fen: int | None = None
    order: int = 1
    today: bool = False


def timeline(policy: PolicyView, version: ProductVersion, today: date) -> list[TimelineEntry]:
    """Entries in time, each done, now or next. Today has an entry of its own unless something else happens today."""
    over = policy.cancelled_at is not None or policy.state == "lapsed"
    moments = _bought(policy, version) + _endorsed(policy) + _without_cover(policy) + _who_receives(policy)
    moments += _ended(policy) if policy.cancelled_at else [] if over else _ahead(policy, version, today)
    if not over and today < policy.end and all(moment.day != today for moment in moments):
        moments.append(_today(policy, today))
    moments.sort(key=lambda moment: (moment.day, moment.order))
    now = max((i for i, moment in enumerate(moments) if moment.day <= today), default=0)
    return [
        TimelineEntry(
            at=moment.at,
            title=moment.title,
            detail=moment.detail,
            amount_fen=moment.amount_fen,
            state=_state(moment, i == now and today < policy.end, today),
        )
        for i, moment in enumerate(moments)
    ]


def _state(moment: _Moment, is_now: bool, today: date) -> str:
    if is_now:
        return "now"
    return "done" if moment.day <= today else "next"


def _bought(policy: PolicyView, version: ProductVersion) -> list[_Moment]:
    moment = policy.issued_at.astimezone(SHANGHAI)
    moments = [
        _Moment(
            business_date(policy.issued_at),
            policy.issued_at.isoformat(),
            Text(zh="投保并付款", en="Applied and paid"),
            Text(zh=f"{moment:%Y-%m-%d %H:%M} · 投保人本人签名", en=f"{moment:%Y-%m-%d %H:%M} · signed in person"),
            policy.first_fen,
            order=0,
        )
    ]
    if policy.cancelled_at is not None and business_date(policy.cancelled_at) <= policy.start:
        return moments
    return [*moments, _cover_begins(policy, version)]


def _cover_begins(policy: PolicyView, version: ProductVersion) -> _Moment:
    waits = policy.waiting_ends is not None
    insurer = version.insurer.short_name
    return _Moment(
        policy.start,
        policy.start.isoformat(),
        Text(zh="保障开始，意外可赔" if waits else "保障开始", en="Accidents are covered" if waits else "Cover begins"),
        Text(zh=f"{policy.start} 00:00 · {insurer.zh}承保", en=f"{policy.start} 00:00 · {insurer.en}"),
    )


def _ahead(policy: PolicyView, version: ProductVersion, today: date) -> list[_Moment]:
    moments = []
    ends = policy.cooling_off_ends
    if ends is not None:
        after = ends + timedelta(days=1)
        moments.append(
            _Moment(
                after,
                after.isoformat(),
                Text(zh="犹豫期结束", en="Cooling-off is over"),
                Text(
                    zh=f"{ends} 之后退保，按条款退还",
                    en=f"Leaving after {ends} gives back what the terms say",
                ),
            )
        )
    if policy.waiting_ends is not None:
        moments.append(
            _Moment(
                policy.waiting_ends,
                policy.waiting_ends.isoformat(),
                Text(zh="等待期结束，疾病可赔", en="Waiting period over, illness covered"),
                Text(zh=f"{policy.waiting_ends} 00:00 起", en=f"from {policy.waiting_ends} 00:00"),
            )
        )
    return moments + _next_due(policy, today) + _end(policy, version)


def _who_receives(policy: PolicyView) -> list[_Moment]:
    """Changes of the beneficiaries that took effect."""
    return [
        _Moment(
            business_date(change.ended_at),
            change.ended_at.isoformat(),
            Text(
                zh=f"受益人变更（第 {change.number} 号批注）", en=f"Beneficiaries changed (endorsement {change.number})"
            ),
            Text(
                zh="、".join(one.name for one in change.beneficiaries) or "法定受益人",
                en=", ".join(one.name for one in change.beneficiaries) or "statutory heirs",
            ),
        )
        for change in policy.beneficiary_changes
        if change.state == "effective" and change.ended_at is not None
    ]


def _endorsed(policy: PolicyView) -> list[_Moment]:
    """Both times of an endorsement: when it was recorded, and the day from which the new sum holds."""
    moments = []
    for one in policy.endorsements:
        lower = sum_insured_in_words(one.after.sum_insured_fen)
        at = one.recorded_at.astimezone(SHANGHAI)
        moments += [
            _Moment(
                business_date(one.recorded_at),
                one.recorded_at.isoformat(),
                Text(zh=f"减少保额到 {lower.zh}", en=f"Sum insured lowered to {lower.en}"),
                Text(zh=f"{at:%Y-%m-%d %H:%M} · 退还差额", en=f"{at:%Y-%m-%d %H:%M} · the difference comes back"),
                one.refund_fen,
            ),
        ]
        if policy.cancelled_at is None or business_date(policy.cancelled_at) >= one.valid_from:
            moments.append(_stop(one.valid_from, Text(zh=f"新保额 {lower.zh}生效", en=f"{lower.en} is now insured")))
    return moments


def _without_cover(policy: PolicyView) -> list[_Moment]:
    """Where cover stopped for an unpaid premium, came back, or the contract ended before its time."""
    moments = []
    for time in policy.suspensions:
        moments.append(_stop(time.since, Text(zh="保障中止", en="Cover suspended")))
        if time.until is not None:
            moments.append(_stop(time.until, Text(zh="复效，恢复保障", en="Reinstated, cover runs again")))
    if policy.lapsed_on is not None:
        moments.append(_stop(policy.lapsed_on, Text(zh="因保费未交，合同终止", en="Ended for an unpaid premium")))
    if policy.ended_by_claim_on is not None:
        title = Text(zh="理赔已付，合同终止", en="The claim was paid, and the contract has ended")
        moments.append(_stop(policy.ended_by_claim_on, title))
    return moments


def _stop(day: date, title: Text) -> _Moment:
    return _Moment(day, day.isoformat(), title, Text(zh=f"{day} 00:00 起", en=f"from {day} 00:00"))


def _next_due(policy: PolicyView, today: date) -> list[_Moment]:
    """Only the next instalment stands in the story; the whole plan is in the payments."""
    number, due = next(((n, due) for n, due in policy.unpaid if due.on >= today), (0, None))
    if due is None:
        return []
    left = len(policy.dues) + 1 - number
    return [
        _Moment(
            due.on,
            due.on.isoformat(),
            Text(zh=f"第 {number} 期保费", en=f"Instalment {number}"),
            Text(zh=f"之后还有 {left} 期", en=f"{left} more after it"),
            due.amount_fen,
        )
    ]


def _end(policy: PolicyView, version: ProductVersion) -> list[_Moment]:
    last_day = policy.last_day
    if version.period_kind == "years":
        # A contract of many years ends for good: there is nothing to renew, so nothing to be reminded of.
        over = Text(zh=f"{last_day} 24:00，合同终止", en=f"{last_day} 24:00; the contract is over")
        return [_Moment(policy.end, last_day.isoformat(), Text(zh="保障到期", en="Cover ends"), over, order=2)]
    moments = [
        _Moment(
            policy.end,
            last_day.isoformat(),
            Text(zh="保障到期", en="Cover ends"),
            Text(zh=f"{last_day} 24:00，不会自动扣款续保", en=f"{last_day} 24:00; it does not renew by itself"),
            order=2,
        )
    ]
    remind = policy.end - timedelta(days=REMIND_DAYS)
    if remind > policy.start + timedelta(days=REMIND_DAYS):
        moments.insert(
            0,
            _Moment(
                remind,
                remind.isoformat(),
                Text(zh="到期提醒", en="Reminder"),
                Text(
                    zh=f"{remind} 前告诉你能否续、多少钱",
                    en=f"By {remind} you hear if it can go on, and the price",
                ),
            ),
        )
    return moments


def _ended(policy: PolicyView) -> list[_Moment]:
    assert policy.cancelled_at is not None  # noqa: S101 - only called for a cancelled policy
    day = business_date(policy.cancelled_at)
    moments = [
        _Moment(day, policy.cancelled_at.isoformat(), Text(zh="退保", en="Left"), None, policy.refund_fen, order=3)
    ]
    if policy.refund_fen and policy.refunded_at is not None:
        done = business_date(policy.refunded_at)
        moments.append(
            _Moment(
                done,
                policy.refunded_at.isoformat(),
                Text(zh="退款到账", en="Refund arrived"),
                Text(zh="退回原付款账户", en="to the account that paid"),
                policy.refund_fen,
                order=4,
            )
        )
    return moments


def _today(policy: PolicyView, today: date) -> _Moment:
    bought = business_date(policy.issued_at)
    if policy.cooling_off_ends is not None and bought < today <= policy.cooling_off_ends:
        day = (today - bought).days
        return _Moment(
            today,
            today.isoformat(),
            Text(zh=f"今天 {today}，犹豫期第 {day} 天", en=f"Today {today}, day {day} of cooling-off"),
        )
    return _Moment(today, today.isoformat(), Text(zh=f"今天 {today}", en=f"Today {today}"), *_overdue(policy, today))


def _overdue(policy: PolicyView, today: date) -> tuple[Text, int] | tuple[()]:
    """Detail and amount of the oldest premium whose day has passed: it belongs to today, since it can be paid today."""
    number, due = next(((n, due) for n, due in policy.unpaid if due.on < today), (0, None))
    if due is None:
        return ()
    return (
        Text(
            zh=f"第 {number} 期保费 {due.on} 到期，还没有交", en=f"Instalment {number} was due {due.on}, not paid yet"
        ),
        due.amount_fen,
    )
