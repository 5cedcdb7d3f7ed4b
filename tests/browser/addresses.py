"""The pages of the app that stand at an address of their own."""

from __future__ import annotations

from tests.browser.world import ACCIDENT, MEDICAL, Bought


def public() -> dict[str, str]:
    return {
        "home": "/",
        "products": "/products",
        "product": f"/products/{ACCIDENT}",
        "clauses": f"/products/{ACCIDENT}/clauses",
        "exclusions": f"/products/{ACCIDENT}/exclusions",
        "rates": f"/products/{ACCIDENT}/rates",
        "statement": f"/products/{ACCIDENT}/statement",
        "compare": "/compare",
        "compare-three": f"/compare?p={MEDICAL},{ACCIDENT},yunshan-term-life",
        "needs": "/needs",
        "service": "/service",
        "verify": "/verify",
        "sign-in": "/sign-in",
        "lost": "/not-a-page",
    }


def own(bought: Bought) -> dict[str, str]:
    """Pages of the customer who bought."""
    draft, signed = bought.proposals["draft"], bought.proposals["signed"]
    return {
        "home-own": "/",
        "family": "/family",
        "family-new": "/family/new",
        "person": f"/family/{bought.person['id']}",
        "who": f"/buy/{ACCIDENT}/who?person={bought.person['id']}",
        "who-medical": f"/buy/{MEDICAL}/who?person={bought.person['id']}",
        "decision": f"/buy/decision/{bought.decision_id}",
        "details": f"/buy/decision/{bought.decision_id}/details",
        "decision-referred": f"/buy/decision/{bought.referred_id}",
        "referral-papers": f"/buy/decision/{bought.referred_id}/papers",
        "proposal": f"/buy/proposal/{draft}",
        "paper-clauses": f"/buy/proposal/{draft}/papers/clauses",
        "paper-exclusions": f"/buy/proposal/{draft}/papers/exclusions",
        "sign": f"/buy/proposal/{draft}/sign",
        "pay": f"/buy/proposal/{signed}/pay",
        "basket": "/basket",
        "basket-sign": "/basket/sign",
        "basket-pay": "/basket/pay",
        "policies": "/policies",
        "policy": f"/policies/{bought.medical_id}",
        "policy-leave": f"/policies/{bought.policy_id}/leave",
        "claims": "/claims",
        "claim-start": f"/policies/{bought.policy_id}/claim",
        "claim-draft": f"/claims/{bought.claims['draft']}",
        "claim-with-person": f"/claims/{bought.claims['with_person']}",
        "claim-messages": f"/claims/{bought.claims['with_person']}/messages",
        "claim-chat": "/service/claim",
        "mine": "/mine",
        "kept": "/mine/kept",
    }
