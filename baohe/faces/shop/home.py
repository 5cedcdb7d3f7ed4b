"""The first page: what the family holds, what comes next, one suggestion with its ground, and the scenes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Router, Status

from baohe.faces.shop import family_cover
from baohe.faces.shop.family import person_out
from baohe.faces.shop.family_cover import COLUMNS, Gap, Held
from baohe.faces.shop.schemas.basis import Text
from baohe.faces.shop.schemas.catalog import Scene
from baohe.faces.shop.schemas.people import Home, HomeCover, NextItem, Suggestion
from baohe.faces.shop.session import account_id, signed_in
from baohe.kernel import decisions
from baohe.kernel.dates import age_on
from baohe.plumbing import clock
from baohe.rooms.advice import facade as advice
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import facade as claims
from baohe.rooms.consent import facade as consent
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import DEDUCTION, PolicyView

router = Router(tags=["home"])

_SUGGESTION = "suggestion"
_ALL = "all"
_POLICIES = 100
_CLAIMS = 20
_SHOWN = 10

_SCENES: tuple[tuple[str, str, str, str], ...] = (
    ("medical", "看病住院", "Health", "hospital"),
    ("accident", "意外", "Accident", "shield"),
    ("car", "车", "Car", "car"),
    ("travel", "出行", "Travel", "plane"),
    ("home", "家财", "Home", "home"),
    ("pet", "宠物", "Pet", "paw"),
    ("shopping", "网购", "Shopping", "bag"),
    ("pension", "养老", "Pension", "yen"),
)
"""Code, names, icon: the order of the page."""


@router.get("scenes", response=list[Scene])
def scenes(request: HttpRequest) -> list[Scene]:
    """The eight scenes with the number of products on sale today."""
    counts = {scene.code: scene.products for scene in catalog.scenes()}
    return [
        Scene(code=code, name=Text(zh=zh, en=en), icon=icon, products=counts.get(code, 0))
        for code, zh, en, icon in _SCENES
    ]


@router.get("home", response=Home, auth=signed_in)
def home(request: HttpRequest) -> Home:
    account = account_id(request)
    today = clock.today()
    family = people.people_of(account)
    held = family_cover.valid(_held(account), today)
    coming = family_cover.next_items(held, claims.claims_of(account, page=1, size=_CLAIMS).items, today)
    return Home(
        family=[
            HomeCover(person=person_out(person), cover=family_cover.cover_of(person, held, today)) for person in family
        ],
        policies_in_force=len(held),
        next=[_next_out(item) for item in coming[:_SHOWN]],
        suggestion=_suggestion(account, family_cover.gaps(family, held, today)),
        personal=advice.settings(account).personal,
    )


@router.post("suggestions/{code}/dismiss", response={204: None}, auth=signed_in)
def dismiss(
    request: HttpRequest, code: str = Path(max_length=60, pattern=r"^[a-z]+(-[0-9a-f-]{36})?$")
) -> Status[None]:
    """Never show this suggestion again; the code "all" switches suggestions off altogether (DATA-1, DATA-3)."""
    consent.withdraw(account_id(request), _SUGGESTION, subject=code)
    return Status(204, None)


def _held(account: UUID) -> list[Held]:
    found = []
    stopped = consent.refusals(account, DEDUCTION)
    for policy in policies.policies_of(account, page=1, size=_POLICIES).items:
        version = catalog.version(policy.version_id)
        found.append(
            Held(
                policy_id=policy.id,
                person_id=policy.person_id,
                insured_name=policy.insured_name,
                state=policy.state,
                end=policy.end,
                cooling_off_ends=policy.cooling_off_ends,
                line=version.line,
                product_name=version.name,
                dues=() if str(policy.proposal_id) in stopped else _coming(policy),
            )
        )
    return found


def _coming(policy: PolicyView) -> tuple[tuple[date, int], ...]:
    """Deductions still ahead: day and fen."""
    return tuple((due.on, due.amount_fen) for _, due in policy.unpaid if due.on >= clock.today())


def _suggestion(account: UUID, gaps: Sequence[Gap]) -> Suggestion | None:
    """The first gap that was not dismissed and that a product on sale can fill."""
    unwanted = consent.refusals(account, _SUGGESTION)
    # A suggestion is personal advice: it waits for its consent, and "all" switches it off besides (DATA-3).
    if _ALL in unwanted or not advice.settings(account).personal:
        return None
    for gap in gaps:
        product = None if gap.code in unwanted else _product_for(gap)
        if product is not None:
            return Suggestion(
                code=gap.code,
                title=_text(family_cover.title_of(gap)),
                ground=_text(gap.ground),
                not_used=Text(
                    zh="没有用到浏览记录、健康告知和位置。",
                    en="Browsing, health answers and location were not used.",
                ),
                product=product,
            )
    return None


def _product_for(gap: Gap) -> str | None:
    today = clock.today()
    age = age_on(gap.person.birth, today)
    for card in catalog.search(line=COLUMNS[gap.column], max_age=age, size=5).items:
        version = catalog.current(card.code, today)
        if version.sold_in_app and (today - gap.person.birth).days >= version.min_age_days:
            return card.code
    return None


def _next_out(item: family_cover.Next) -> NextItem:
    return NextItem(
        kind=item.kind,
        icon=item.icon,
        title=_text(item.title),
        detail=_text(item.detail),
        amount_fen=item.amount_fen,
        link=item.link,
        waits_for_you=item.waits_for_you,
    )


def _text(text: decisions.Text) -> Text:
    return Text(zh=text.zh, en=text.en)
