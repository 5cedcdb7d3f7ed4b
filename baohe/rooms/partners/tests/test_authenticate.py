"""Who may speak for a partner, and how often. A refused request takes no nonce."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.partners import facade as partners
from baohe.rooms.partners.contracts import SignedRequest
from baohe.rooms.partners.errors import RequestReplayed, SignatureInvalid, SignatureMissing
from baohe.rooms.partners.models import PartnerKey, TakenNonce
from baohe.rooms.partners.tests.signing import BODY, URL, Signer

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Signer:
    return Signer()


def refused(request: SignedRequest) -> str:
    """The reason; and nothing was taken."""
    before = TakenNonce.objects.count()
    with pytest.raises(SignatureInvalid) as told:
        partners.authenticate(request)
    assert TakenNonce.objects.count() == before
    return told.value.message_en


def test_a_signed_request_tells_its_partner(shop: Signer) -> None:
    assert partners.authenticate(shop.message().as_sent()) == shop.view
    assert partners.authenticate(shop.message(method="GET", body=b"").as_sent()) == shop.view
    assert TakenNonce.objects.filter(key_id=shop.key_id).count() == 2


def test_each_key_opens_its_own_partner(shop: Signer) -> None:
    other = Signer("other")
    assert partners.authenticate(other.message().as_sent()).id == other.view.id
    assert other.view.id != shop.view.id
    refused(shop.message(key_id=other.key_id).as_sent())


def test_without_signature(shop: Signer) -> None:
    with pytest.raises(SignatureMissing):
        partners.authenticate(SignedRequest("POST", URL, {}, BODY))
    assert not TakenNonce.objects.exists()


def test_a_revoked_key_opens_nothing(shop: Signer) -> None:
    message = shop.message()
    partners.revoke_key(shop.key_id)
    refused(message.as_sent())
    with pytest.raises(NotFound):
        partners.revoke_key(shop.key_id)


def test_a_partner_changes_its_key_without_a_gap(shop: Signer) -> None:
    fresh = Signer("shop")
    assert partners.authenticate(shop.message().as_sent()) == partners.authenticate(fresh.message().as_sent())
    partners.revoke_key(shop.key_id)
    assert partners.authenticate(fresh.message().as_sent()).id == shop.view.id
    refused(shop.message().as_sent())


@pytest.mark.parametrize("key_id", ["nobody", "", "x" * 64, "x" * 500])
def test_an_unknown_key(shop: Signer, key_id: str) -> None:
    message = shop.message()
    message.headers["Signature-Input"] = message.headers["Signature-Input"].replace(shop.key_id, key_id)
    refused(message.as_sent())


def test_a_longer_name_is_another_key() -> None:
    """A prefix of 64 characters is not the key itself."""
    long = Signer("long", key_id="k" * 64)
    assert partners.authenticate(long.message().as_sent()).id == long.view.id
    refused(long.message(key_id="k" * 65).as_sent())


@pytest.mark.parametrize("age", [timedelta(minutes=6), timedelta(days=400), -timedelta(minutes=1), -timedelta(days=9)])
def test_stale_and_future_signatures(shop: Signer, age: timedelta) -> None:
    refused(shop.message(age=age).as_sent())


def test_a_signature_stays_fresh_for_some_minutes(shop: Signer) -> None:
    assert partners.authenticate(shop.message(age=timedelta(minutes=4)).as_sent()).id == shop.view.id


def test_moving_the_platforms_clock_locks_nobody_out(shop: Signer) -> None:
    with clock.travel(clock.now() + timedelta(days=90)):
        assert partners.authenticate(shop.message().as_sent()).id == shop.view.id


@pytest.mark.parametrize("nonce", [None, "short", "x" * 7, "x" * 129, "with space"])
def test_a_nonce_of_8_to_128_characters_is_needed(shop: Signer, nonce: str | None) -> None:
    assert "nonce" in refused(shop.message(nonce=nonce).as_sent())


@pytest.mark.parametrize("nonce", ["x" * 8, "x" * 128])
def test_the_shortest_and_the_longest_nonce(shop: Signer, nonce: str) -> None:
    partners.authenticate(shop.message(nonce=nonce).as_sent())


@pytest.mark.parametrize("covered", [("@method",), ("@target-uri",), ("@method", "@path"), ("@authority",)])
def test_method_and_address_must_be_covered(shop: Signer, covered: tuple[str, ...]) -> None:
    refused(shop.message(covered=covered).as_sent())


def test_a_body_must_be_covered(shop: Signer) -> None:
    bare = shop.message(body=b"")
    refused(bare.as_sent(body=BODY))


@pytest.mark.parametrize(
    "changes",
    [
        {"method": "PUT"},
        {"url": URL + "?page=2"},
        {"url": URL.replace("https", "http")},
        {"url": URL.replace("baohe", "other")},
        {"body": BODY + b" "},
        {"body": b""},
    ],
)
def test_a_changed_part(shop: Signer, changes: dict[str, object]) -> None:
    refused(shop.message().as_sent(**changes))


@pytest.mark.parametrize(
    "header",
    ["", "sig1", "sig1=5", "sig1=()", 'sig1=("@method";x', "(((", "\x00", 'sig1=("@method");created=1e9'],
)
def test_headers_that_are_no_signature(shop: Signer, header: str) -> None:
    message = shop.message()
    for name in ("Signature-Input", "Signature"):
        refused(message.as_sent(headers=message.headers | {name: header}))


def test_two_signatures_are_not_chosen_between(shop: Signer) -> None:
    """Else a thief who owns a key could send another partner's captured request again under a nonce of his own."""
    other = Signer("other")
    one, two = shop.message(label="one"), other.message(label="two")
    both = {name: f"{one.headers[name]}, {two.headers[name]}" for name in ("Signature", "Signature-Input")}
    refused(one.as_sent(headers=one.headers | both))


def test_a_request_is_taken_once(shop: Signer) -> None:
    message = shop.message()
    partners.authenticate(message.as_sent())
    for _ in range(2):
        with pytest.raises(RequestReplayed):
            partners.authenticate(message.as_sent())
    assert TakenNonce.objects.count() == 1


def test_two_keys_may_draw_the_same_nonce(shop: Signer) -> None:
    other = Signer("other")
    for signer in (shop, other):
        partners.authenticate(signer.message(nonce="the-same-nonce").as_sent())
    assert TakenNonce.objects.count() == 2


def test_nonces_are_kept_for_twice_the_freshness() -> None:
    now = datetime.now(UTC)
    for minutes in (1, 9, 11, 600):
        moment = now - timedelta(minutes=minutes)
        TakenNonce.objects.create(key_id="k", nonce=f"nonce-{minutes}", taken_at=moment)
    assert partners.forget_old_nonces() == 2
    assert set(TakenNonce.objects.values_list("nonce", flat=True)) == {"nonce-1", "nonce-9"}
    assert partners.forget_old_nonces() == 0


def test_enrolment_repeated_changes_nothing(shop: Signer) -> None:
    assert partners.create_partner("shop", "另一个名字", licensed=True) == shop.view
    public = shop.key.public_key().public_bytes_raw()
    assert partners.register_key("shop", public, shop.key_id) == shop.key_id
    assert PartnerKey.objects.count() == 1


def test_the_key_of_one_partner_cannot_be_taken_over(shop: Signer) -> None:
    """A key id names one key for ever: another key under the same id is refused, not swallowed."""
    thief = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    partners.create_partner("thief", "别家")
    with pytest.raises(InvalidInput):
        partners.register_key("thief", thief, shop.key_id)
    assert partners.authenticate(shop.message().as_sent()).id == shop.view.id


def test_what_is_no_key_is_not_enrolled(shop: Signer) -> None:
    for wrong in (b"", b"x" * 31, b"x" * 33):
        with pytest.raises(InvalidInput):
            partners.register_key("shop", wrong)
    with pytest.raises(NotFound):
        partners.register_key("nobody", b"x" * 32)
    assert PartnerKey.objects.count() == 1
