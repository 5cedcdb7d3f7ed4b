"""`issue.single`: one paid callback a policy, beside pgbench's single-row commits.

Ours is the whole settlement of one sale: RSA signature of the callback verified, then one transaction with the paid
intent, policy, postings, evidence leaf, events and audit row. The reference commits one row of about the same size.
Both use the same number of clients on the same database in the same run, the reference before and after.
"""

from __future__ import annotations

import copy
import multiprocessing
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from baohe.cli.bench import Measure

CLIENTS = 4
SALES = 600
REFERENCE_SECONDS = 3

_ROW = "INSERT INTO bench_single_row (id, body) VALUES (gen_random_uuid(), repeat('x', 900));\n"


def measure() -> Measure:
    from django.db import connection

    from baohe.rooms.policies.models import Policy

    callbacks = _open_sales(SALES)
    policies_before = Policy.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_single_row (id uuid PRIMARY KEY, body text NOT NULL)")
    statements = _statements_of(callbacks.pop())
    print(f"issue.single: {statements} statements a sale", file=sys.stderr)
    before = _reference()
    rate = _sell(callbacks)
    after = _reference()
    _prove(policies_before)
    return Measure(value=rate, unit="policies/s", limit=(before + after) / 2)


def _sell(callbacks: list[dict[str, str]]) -> float:
    """Settle every callback, `CLIENTS` processes with a connection each, as server processes would."""
    from django.db import connections

    connections.close_all()
    fork = multiprocessing.get_context("fork")
    gate = fork.Barrier(CLIENTS + 1)
    clients = [fork.Process(target=_client, args=(callbacks[n::CLIENTS], gate)) for n in range(CLIENTS)]
    for client in clients:
        client.start()
    gate.wait()
    began = time.perf_counter()
    for client in clients:
        client.join()
    return len(callbacks) / (time.perf_counter() - began)


def _client(callbacks: list[dict[str, str]], gate: Any) -> None:
    from django.db import connection

    from baohe.flows.settle_payment import settle_notification

    connection.ensure_connection()
    gate.wait()
    for words in callbacks:
        if settle_notification(*_as_told(words)).word != "accepted":
            os._exit(1)


def _reference() -> float:
    """Single-row commits a second, as pgbench counts them."""
    from django.db import connection

    from baohe.launch.postgres import binaries

    told = connection.settings_dict
    script = Path(os.environ["BAOHE_DATA"]) / "single_row.sql"
    script.write_text(_ROW)
    command = [
        *(binaries.find().program("pgbench"), "--no-vacuum", "--file", str(script)),
        *("--client", str(CLIENTS), "--jobs", str(CLIENTS), "--time", str(REFERENCE_SECONDS)),
        *("--host", told["HOST"] or "/tmp", "--port", str(told["PORT"] or 5432), "--username", told["USER"]),
        told["NAME"],
    ]
    # The embedded database hands its password over in a file; a server by its address.
    secrets = {"PGPASSWORD": told["PASSWORD"], "PGPASSFILE": str(told["OPTIONS"].get("passfile", ""))}
    environment = {**os.environ, **{name: value for name, value in secrets.items() if value}}
    answer = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    found = re.search(r"tps = ([\d.]+)", answer.stdout)
    if found is None:
        raise RuntimeError(answer.stdout)
    return float(found.group(1))


def _open_sales(count: int) -> list[dict[str, str]]:
    """`count` signed proposals with an open payment each, and the wallet's signed word that it was paid.

    The first is made through the doors; the others are its copies with ids and seals of their own.
    """
    from baohe.adapters.wallet import keys
    from baohe.plumbing import clock
    from baohe.rooms.payments.models import PaymentIntent
    from baohe.rooms.payments.rules import order_number
    from baohe.rooms.payments.sealing import payer_of, seal_payer
    from baohe.rooms.policies import parties
    from baohe.rooms.policies.models import Proposal

    template, intent = _first_sale()
    payer = payer_of(intent)
    who = parties.unseal("policies_proposal", template.id, template.parties_sealed)
    proposals, intents = [], []
    for _ in range(count - 1):
        proposal, payment = copy.copy(template), copy.copy(intent)
        proposal.id, proposal.declaration_id, payment.id = clock.new_id(), uuid4(), clock.new_id()
        proposal.parties_sealed = parties.seal("policies_proposal", proposal.id, who)
        proposal.payment_id, payment.subject_id = payment.id, proposal.id
        payment.order_number = order_number(payment.shard_key, payment.id)
        payment.payer_sealed = seal_payer(payment.id, payer)
        proposals.append(proposal)
        intents.append(payment)
    Proposal.objects.bulk_create(proposals, batch_size=500)
    PaymentIntent.objects.bulk_create(intents, batch_size=500)
    key = keys.simulator_key()  # read once: the file's key is checked at every load
    return [_callback(payment, key) for payment in [intent, *intents]]


def _first_sale() -> tuple[Any, Any]:
    from django.conf import settings

    from baohe.demo import recorded, signing
    from baohe.flows import purchase, underwrite
    from baohe.rooms.catalog import facade as catalog
    from baohe.rooms.catalog.contracts import holds
    from baohe.rooms.payments.models import PaymentIntent
    from baohe.rooms.people import facade as people
    from baohe.rooms.people.contracts import PersonInput
    from baohe.rooms.policies import facade as policies
    from baohe.rooms.policies.models import Proposal
    from baohe.rooms.quoting import facade as quoting

    catalog.sync_packages(settings.BAOHE_PRODUCTS)
    account = people.open_account("13800000001")
    me = people.add_person(account.id, PersonInput("林知夏", "self", "11010119920308002X", True))
    quote = quoting.make_quote(account.id, me, "haijia-medical-a", {})
    version = catalog.version(quote.version_id)
    healthy = {
        question.id: question.answers[0].value
        for question in version.questionnaire
        if not question.asked_when and holds(question.only_for, {**quote.inputs, "sex": me.sex})
    }
    declaration = underwrite.declare(account.id, quote.id, healthy, health_consent=True)
    proposal = policies.draft_proposal(account.id, declaration, me, (), None, "single")
    for paper in proposal.papers:
        if paper.needed:
            policies.confirm_paper(account.id, proposal.id, paper.code, paper.digest, True)
    strokes = [[{"x": 300 * i, "y": 2_000 + 900 * (i % 4), "t": 20 * i} for i in range(30)]]
    signing.sign(policies.proposal(account.id, proposal.id), strokes, _read_code)
    recorded.sitting(policies.proposal(account.id, proposal.id))
    intent = purchase.start_payment(account.id, proposal.id, "single", False, uuid4().hex)
    return Proposal.objects.get(id=proposal.id), PaymentIntent.objects.get(id=intent.id)


def _read_code() -> str:
    from baohe.rooms.notices.models import Message
    from baohe.rooms.notices.queries import body_of

    message = Message.objects.filter(template="signing_code").order_by("-id")[0]
    return re.findall(r"\b\d{6}\b", body_of(message).zh)[0]


def _callback(intent: Any, key: Any) -> dict[str, str]:
    from baohe.adapters.wallet import keys, protocol
    from baohe.plumbing import clock

    words = {
        "notify_type": "trade_status_sync",
        "notify_id": uuid4().hex,
        "app_id": keys.app_id(),
        "charset": "utf-8",
        "version": "1.0",
        "trade_no": intent.id.hex,
        "out_trade_no": intent.order_number,
        "trade_status": "TRADE_SUCCESS",
        "total_amount": protocol.yuan_text(intent.amount_fen),
        "trans_currency": "CNY",
        "seller_id": intent.payee,
        "gmt_payment": protocol.wallet_time(clock.now()),
        "buyer_name_match": "T",
    }
    return dict(protocol.signed_notification(words, key))


def _as_told(words: dict[str, str]) -> tuple[str, dict[str, str], bytes]:
    return "wallet", {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(words).encode()


def _statements_of(words: dict[str, str]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from baohe.flows.settle_payment import settle_notification

    with CaptureQueriesContext(connection) as spoken:
        settle_notification(*_as_told(words))
    return len(spoken)


def _prove(policies_before: int) -> None:
    """A fast sale that loses or doubles something is no sale. Other measures have sold before this one."""
    from baohe.rooms.ledger import facade as ledger
    from baohe.rooms.policies.models import Policy

    sold = Policy.objects.count() - policies_before
    problems = ledger.check()
    if sold != SALES or problems:
        raise RuntimeError(f"{sold} policies instead of {SALES}, books: {problems[:3]}")
