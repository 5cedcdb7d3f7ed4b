"""A time stamp is taken only when it is a true answer to our own question; what goes wrong has its own name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import tsp

from baohe.adapters.timestamp import client, keys
from baohe.adapters.timestamp.port import AuthorityAway, AuthorityRefused, NoTimeStamp, StampNotTrue
from baohe.adapters.timestamp.simulator import stamping
from baohe.adapters.timestamp.simulator.server import TimestampSimulator
from baohe.adapters.timestamp.token import Reply, read_reply
from baohe.plumbing import clock

CONTENT = "电子保单".encode()


@pytest.fixture
def authority(settings: Any, tmp_path: Path) -> Iterator[TimestampSimulator]:
    settings.BAOHE_DATA = tmp_path
    simulator = TimestampSimulator(path=tmp_path / "timestamp.sqlite")
    settings.BAOHE_TIMESTAMP = simulator.address
    simulator.start()
    yield simulator
    simulator.stop()


def test_a_stamp_names_the_moment_and_the_authority(authority: TimestampSimulator) -> None:
    stamp = client.stamp(CONTENT)
    assert abs(stamp.at - clock.now()) < timedelta(seconds=30)
    assert stamp.authority == "保和模拟时间戳 (SAMPLE)"
    info = tsp.ContentInfo.load(stamp.token)["content"]["encap_content_info"]["content"].parsed
    assert info["message_imprint"]["hashed_message"].native == sha256(CONTENT).digest()


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("down", AuthorityAway),
        ("http_500", AuthorityAway),
        ("garbage", StampNotTrue),
        ("refuse", AuthorityRefused),
        ("wrong_nonce", StampNotTrue),
        ("wrong_hash", StampNotTrue),
        ("expired", StampNotTrue),
        ("forged_sign", StampNotTrue),
    ],
)
def test_what_goes_wrong_is_no_stamp_and_the_next_try_is(
    authority: TimestampSimulator, fault: str, kind: type[NoTimeStamp]
) -> None:
    authority.faults.set({fault: 1})
    with pytest.raises(kind):
        client.stamp(CONTENT)
    assert client.stamp(CONTENT).token


def test_a_stamp_of_another_moment_is_refused(authority: TimestampSimulator) -> None:
    authority.faults.set({"wrong_time": 3_600})
    with pytest.raises(StampNotTrue, match="not now"):
        client.stamp(CONTENT)


def test_an_authority_that_answers_late_is_away(authority: TimestampSimulator, monkeypatch: Any) -> None:
    client._lines.clear()
    monkeypatch.setattr(client, "_PATIENCE_SECONDS", 0.2)
    authority.faults.set({"slow": 1})
    with pytest.raises(AuthorityAway):
        client.stamp(CONTENT)
    client._lines.clear()


def test_nobody_at_the_address_is_away(settings: Any, authority: TimestampSimulator) -> None:
    settings.BAOHE_TIMESTAMP = "http://127.0.0.1:9"
    with pytest.raises(AuthorityAway):
        client.stamp(CONTENT)


def test_the_authority_of_another_installation_is_not_ours(
    settings: Any, authority: TimestampSimulator, tmp_path: Path
) -> None:
    digest = sha256(CONTENT).digest()
    stamped = client.stamp_digest(digest)
    granted = tsp.PKIStatusInfo({"status": tsp.PKIStatus("granted")})
    reply = Reply({"status": granted, "time_stamp_token": tsp.ContentInfo.load(stamped.token)}).dump()
    info = tsp.ContentInfo.load(stamped.token)["content"]["encap_content_info"]["content"].parsed
    ours = keys.trusted_root()
    assert read_reply(reply, digest, info["nonce"].native, ours, clock.now()) == stamped
    settings.BAOHE_DATA = tmp_path / "other"
    with pytest.raises(StampNotTrue, match="authority we know"):
        read_reply(reply, digest, info["nonce"].native, keys.trusted_root(), clock.now())


@pytest.mark.parametrize("question", [b"", b"\x30\x00", b"hello", bytes(2_000)])
def test_a_question_that_is_none_is_refused_in_the_protocols_words(
    authority: TimestampSimulator, question: bytes
) -> None:
    answer = Reply.load(stamping.reply(question, authority.faults))
    assert answer["status"]["status"].native == "rejection"
    with pytest.raises(AuthorityRefused):
        read_reply(answer.dump(), bytes(32), 1, keys.trusted_root(), clock.now())


def test_the_list_of_revoked_certificates_is_the_authoritys_own(
    authority: TimestampSimulator, settings: Any, tmp_path: Path
) -> None:
    client._lists.clear()
    first = client.revocation_list()
    authority.faults.set({"down": -1})
    assert client.revocation_list() == first  # kept for the day
    client._lists.clear()
    with pytest.raises(AuthorityAway):
        client.revocation_list()
    client._lists.clear()
