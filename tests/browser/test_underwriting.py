"""Numbers one a screen, a device that goes on where another stopped, a person on request; and the desk's rules."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.screen import Screen
from tests.browser.world import NAME
from tests.journey.customer import Customer
from tests.journey.installation import Installation

ILLNESS = "qingcen-critical-illness"


def _to_the_questions(screen: Screen) -> None:
    screen.open(f"/buy/{ILLNESS}/who")
    screen.tap("insured-self")
    screen.tap("who-next")
    screen.page.wait_for_url(re.compile("/buy/.*/health"))
    screen.settle()


def _number(screen: Screen, question: str, value: str) -> None:
    card = screen.sees(f"question-{question}")
    card.get_by_test_id("answer-number").fill(value)
    card.get_by_test_id("answer-next").click()


@pytest.mark.rule("DATA-3")
def test_a_loaded_decision_is_reviewed_by_a_person(open_screen, installation: Installation, phone_number: str) -> None:
    customer = Customer(installation.origin, phone_number).sign_in()
    customer.add_self(NAME, serial=81)
    with open_screen() as first:
        first.take_session(customer)
        _to_the_questions(first)
        first.tap("health-consent")
        first.tap("health-start")
        first.sees("question-height")
        first.at("answer-number").fill("390")
        first.at("answer-next").click()
        expect(first.at("answer-number")).to_have_attribute("aria-invalid", "true")
        _look(first, "number")
        _number(first, "height", "168")
        _number(first, "weight", "86")
        first.sees("question-income")
        expect(first.at("answers-kept")).to_contain_text("2")
    with open_screen() as second:
        second.take_session(customer)
        _to_the_questions(second)
        second.sees("answers-resumed")
        _look(second, "resumed")
        second.tap("health-consent")
        second.tap("health-start")
        _number(second, "income", "30")
        second.sees("question-severe")
        _look(second, "terms")
        for question, value in (
            *(("severe", "no"), ("chronic", "none"), ("nodule", "none"), ("family", "no")),
            *(("tobacco", "none"), ("pregnancy", "no")),
        ):
            second.sees(f"question-{question}").get_by_test_id(f"answer-{value}").click()
        second.page.wait_for_url(re.compile("/buy/decision/"))
        expect(second.sees("decision-load")).to_contain_text("25%")
        second.settle()
        _look(second, "loaded")
        second.tap("review-open")
        second.at("review-reason").fill("近两年体检都正常，想请人再看一次")
        second.tap("review-send")
        second.sees("reviewing")  # the terms of the rules stay until the answer
        second.sees("decision-load")
        second.settle()
        _look(second, "reviewed")


def test_rules_are_written_and_released_at_the_desk(open_screen, installation: Installation) -> None:
    with open_screen(desktop=True) as maker, open_screen(desktop=True) as checker:
        _sign_in(maker, installation, "underwriter")
        maker.open("/desk/rules/")
        _look(maker, "rules-shelf")
        page = maker.page
        page.locator("[name=name]").fill("通用核保规则 2027")
        page.get_by_role("button", name="开始写").click()
        page.get_by_role("link", name="体格", exact=True).click()
        loading = page.get_by_label("加费（bp）").nth(3)
        expect(loading).to_have_value("2500")
        loading.fill("3000")
        page.get_by_role("button", name=re.compile("^保存这张表")).click()
        expect(page.get_by_text("2 例不符")).to_be_visible()
        _look(maker, "rules-draft")
        loading = page.get_by_label("加费（bp）").nth(3)
        loading.fill("2500")
        page.get_by_role("button", name=re.compile("^保存这张表")).click()
        expect(page.get_by_text("例相符")).to_be_visible()
        page.get_by_role("button", name="在样本人群上试算").click()
        expect(page.get_by_text("这批人的结论没有变化")).to_be_visible()
        page.get_by_label("改了什么、为什么").fill("按今年的经验核对过，没有变化")
        page.get_by_role("button", name="送审").click()
        expect(page.get_by_text("已送审")).to_be_visible()
        draft = page.url.split("?")[0]
        _sign_in(checker, installation, "chief")
        checker.open(draft)
        _look(checker, "rules-submitted")
        checker.page.get_by_role("button", name=re.compile("^发布")).click()
        expect(checker.page.get_by_text("已发布，从生效日起用它决定")).to_be_visible()
        _look(checker, "rules-released")


def _sign_in(screen: Screen, installation: Installation, username: str) -> None:
    screen.open("/desk/")
    screen.page.locator("[name=username]").fill(username)
    screen.page.locator("[name=password]").fill((installation.data / "keys" / "demo_desk").read_text())
    screen.page.get_by_role("button", name="登录").click()
    screen.page.wait_for_url(re.compile("/desk/(?!sign-in)"))


def _look(screen: Screen, name: str) -> None:
    screen.picture(f"underwriting-{name}")
    screen.fits()
    assert not screen.barriers()
