"""The buying journey in steps; each leaves the page on which the next begins and one picture of what it saw."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import expect

from tests.browser.screen import Screen
from tests.browser.world import ACCIDENT, NAME
from tests.journey.identity_numbers import identity_number

_READ_OR_GONE = """(page) => {
    const button = document.querySelector('[data-testid="paper-confirm"]')
    return !location.pathname.endsWith(page) || (button && !button.disabled && !button.classList.contains('soft'))
}"""
"""The end of the paper was reached; or it came into view with the press, which then confirmed it."""


def sign_in(screen: Screen, phone: str, picture: str) -> None:
    screen.open("/sign-in?next=/family/new")
    screen.at("sign-in-phone").fill(phone)
    screen.tap("sign-in-send")
    screen.sees("demo-fill")
    screen.picture(f"{picture}-code")
    screen.tap("demo-fill")
    screen.arrives("/family/new")


def add_self(screen: Screen, picture: str, *, serial: int) -> None:
    screen.at("person-name").fill(NAME)
    screen.at("person-identity").fill(identity_number(date(1992, 3, 14), serial=serial))
    screen.at("person-identity").blur()
    expect(screen.at("identity-result")).to_contain_text("1992-03-14")
    screen.tap("social-yes")
    screen.tap("occupation-open")
    screen.at("occupation-search").fill("教师")
    work = screen.page.locator('[data-testid^="occupation-"].li').first
    expect(work).to_contain_text("教师")
    screen.picture(f"{picture}-occupation")
    work.click()
    screen.picture(f"{picture}-person")
    screen.tap("person-save")
    screen.page.wait_for_url(lambda url: not url.endswith("/family/new"))
    screen.settle()


def find_product(screen: Screen, picture: str) -> None:
    screen.open("/products?scene=accident")
    screen.picture(f"{picture}-catalog")
    screen.tap(f"product-{ACCIDENT}")
    screen.arrives(f"/products/{ACCIDENT}")
    screen.sees("price-now")
    screen.picture(f"{picture}-product")


def change_price(screen: Screen, picture: str) -> None:
    """The amount follows a choice without another press, and its steps are shown."""
    screen.tap("price-why")
    amount = screen.page.locator(".sheet .pinned .amt")
    before = amount.inner_text()
    screen.tap("choice-sum_insured-500000")
    expect(amount).not_to_have_text(before)
    larger = amount.inner_text()
    screen.tap("choice-plan-basic")
    expect(amount).not_to_have_text(larger)
    screen.tap("choice-plan-with_medical")
    expect(amount).to_have_text(larger)
    screen.picture(f"{picture}-price")
    screen.tap("sheet-close")
    screen.tap("price-go")
    screen.arrives(f"/buy/{ACCIDENT}/who")


def choose_person(screen: Screen, picture: str) -> None:
    nothing_ticked(screen, "insured")
    expect(screen.at("who-next")).to_be_disabled()
    screen.tap("insured-self")
    expect(screen.at("who-next")).to_be_enabled()
    screen.picture(f"{picture}-who")
    screen.tap("who-next")
    screen.page.wait_for_url(re.compile("/buy/.*/health"))
    screen.settle()


def answer_questions(screen: Screen, picture: str) -> None:
    for number, question in enumerate(("duties", "sports"), 1):
        card = screen.sees(f"question-{question}")
        expect(card.locator("input:checked")).to_have_count(0)
        screen.picture(f"{picture}-question-{number}")
        card.get_by_test_id("answer-none").click()
    screen.page.wait_for_url(re.compile("/buy/decision/"))
    screen.sees("decision-accept")
    screen.settle()
    screen.picture(f"{picture}-decision")


def propose(screen: Screen, picture: str, then: str = "/papers/") -> None:
    screen.tap("decision-next")
    screen.page.wait_for_url(re.compile("/details$"))
    expect(screen.at("start-day")).to_have_value(re.compile(r"\d{4}-\d\d-\d\d"))
    screen.settle()
    screen.picture(f"{picture}-details")
    screen.tap("details-next")
    screen.page.wait_for_url(re.compile(then))


def tell_purpose(screen: Screen, picture: str, then: str) -> None:
    """What the cover is for and what a year may cost, as somebody answers whom a long contract fits (SALE-7)."""
    screen.page.wait_for_url(re.compile("/suitability$"))
    expect(screen.page.locator('[aria-checked="true"], input:checked')).to_have_count(0)
    screen.tap("purpose-family")
    screen.tap("existing-none")
    screen.at("suit-income").fill("360000")
    screen.at("suit-budget").fill("10000")
    screen.settle()
    screen.picture(f"{picture}-suitability")
    screen.tap("suit-send")
    screen.page.wait_for_url(re.compile(then))


def ask_insured(screen: Screen, theirs: Screen, picture: str, phone: str) -> None:
    """The policyholder sends the link; the insured opens it in a browser of their own and agrees."""
    screen.page.wait_for_url(re.compile("/insured-consent$"))
    nothing_ticked(screen, "decides")
    expect(screen.at("send-link")).to_be_disabled()
    screen.tap("decides-yes")
    screen.at("their-phone").fill(phone)
    screen.settle()
    screen.picture(f"{picture}-send-link")
    screen.tap("send-link")
    screen.sees("consent-waiting")
    screen.picture(f"{picture}-waiting")
    theirs.open(link_on(theirs, phone))
    theirs.sees("consent-send-code")
    theirs.picture(f"{picture}-link")
    theirs.tap("consent-send-code")
    theirs.sees("demo-fill")
    theirs.tap("demo-fill")
    theirs.picture(f"{picture}-link-code")
    theirs.tap("consent-open")
    yes, no = theirs.sees("consent-yes").bounding_box(), theirs.sees("consent-no").bounding_box()
    assert yes is not None
    assert no is not None
    assert (yes["width"], yes["height"]) == (no["width"], no["height"])
    assert theirs.barriers() == []
    theirs.picture(f"{picture}-terms")
    theirs.tap("consent-yes")
    theirs.sees("consent-done")
    theirs.picture(f"{picture}-agreed")
    expect(screen.at("consent-next")).not_to_have_class(re.compile("soft"))
    screen.picture(f"{picture}-consented")
    screen.tap("consent-next")
    screen.page.wait_for_url(re.compile("/papers/"))


def link_on(screen: Screen, phone: str) -> str:
    """The path of the newest link on this telephone, from the demo's inbox."""
    for _ in range(60):
        told = screen.context.request.get(f"{screen.origin}/api/shop/v1/demo/inbox?phone={phone}").json()
        found: list[str] = [path for one in told for path in re.findall(r"/consent/[\w-]{43}", one["body"]["zh"])]
        if found:
            return found[0]
        screen.page.wait_for_timeout(200)
    raise AssertionError(f"no link arrived at {phone}")


def read_papers(screen: Screen, picture: str) -> list[str]:
    """Every paper is on its page and confirmed by a press of its own; answers which ones."""
    read: list[str] = []
    while code := re.search("/papers/([a-z_]+)$", screen.page.url):
        assert code[1] not in read, f"{code[1]} is asked twice"
        read.append(code[1])
        confirm = screen.sees("paper-confirm")
        screen.settle()
        expect(screen.page.locator("input:checked")).to_have_count(0)
        screen.picture(f"{picture}-paper-{code[1]}")
        if "soft" in (confirm.get_attribute("class") or ""):
            confirm.click()  # of a paper longer than the screen the first press only leads to its end
            screen.page.wait_for_function(_READ_OR_GONE, arg=f"/papers/{code[1]}")
        if screen.page.url.endswith(f"/papers/{code[1]}"):
            confirm.click()
        screen.page.wait_for_url(lambda url, last=code[1]: not url.endswith(f"/papers/{last}"))
    return read


def sign(screen: Screen, picture: str, then: str = "/pay$") -> None:
    """Draw and confirm; `then` is the page that follows."""
    screen.page.wait_for_url(re.compile("/sign$"))
    expect(screen.at("sign-confirm")).to_be_disabled()
    draw_name(screen)
    expect(screen.at("sign-confirm")).to_be_enabled()
    screen.picture(f"{picture}-sign")
    screen.tap("sign-confirm")
    expect(screen.at("sign-finish")).to_be_disabled()
    screen.tap("demo-fill")
    expect(screen.at("sign-finish")).to_be_enabled()
    screen.picture(f"{picture}-sign-code")
    screen.tap("sign-finish")
    screen.page.wait_for_url(re.compile(then))


def draw_name(screen: Screen) -> None:
    """Three strokes on the pad of the page."""
    pad = screen.sees("signature-pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    mouse = screen.page.mouse
    for left in (0.2, 0.4, 0.6):
        mouse.move(box["x"] + box["width"] * left, box["y"] + box["height"] * 0.3)
        mouse.down()
        for step in range(12):
            mouse.move(
                box["x"] + box["width"] * (left + 0.012 * step),
                box["y"] + box["height"] * (0.3 + 0.03 * (step if step % 4 else step - 4)),
            )
        mouse.up()


def to_cashier(screen: Screen, picture: str) -> str:
    """Answers the path of the payment's own page."""
    today = screen.sees("pay-today")
    expect(today).to_contain_text("¥")
    nothing_ticked(screen, "deduction")
    screen.settle()
    screen.picture(f"{picture}-pay")
    screen.tap("pay-confirm")
    screen.page.wait_for_url(re.compile("/cashier"))
    screen.settle()
    screen.picture(f"{picture}-cashier")
    screen.page.go_back()
    screen.sees("pay-checking")
    screen.picture(f"{picture}-checking")
    path = screen.page.url.removeprefix(screen.origin)
    screen.tap("pay-cashier")
    screen.page.wait_for_url(re.compile("/cashier"))
    return path


def pay(screen: Screen, picture: str, path: str) -> None:
    screen.page.get_by_role("button", name=re.compile("^付款")).click()
    back = screen.page.get_by_role("link", name="返回保和")
    screen.page.wait_for_load_state()
    if not screen.page.url.startswith(screen.origin):
        back.click()
    screen.page.wait_for_url(f"{screen.origin}{path}**")
    screen.sees("pay-paid")
    screen.sees("pay-policy")
    screen.picture(f"{picture}-paid")
    screen.tap("pay-policy")
    screen.page.wait_for_url(re.compile("/policies/"))
    screen.sees("policy-first")


def nothing_ticked(screen: Screen, name: str) -> None:
    """No consent and no choice of this kind is made beforehand."""
    expect(screen.page.locator(f'[data-testid^="{name}"]:checked')).to_have_count(0)


def buy(screen: Screen, picture: str) -> list[str]:
    """From the catalogue to the policy; answers the papers that were read."""
    find_product(screen, picture)
    change_price(screen, picture)
    choose_person(screen, picture)
    answer_questions(screen, picture)
    propose(screen, picture)
    read = read_papers(screen, picture)
    sign(screen, picture)
    pay(screen, picture, to_cashier(screen, picture))
    return read
