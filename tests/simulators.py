"""Simulated providers in this process: keys made once, real lines, and silence until a test works the notifier."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from baohe.adapters.deduction import keys as deduction_keys
from baohe.adapters.deduction.simulator.server import DeductionSimulator
from baohe.adapters.liveness import keys as liveness_keys
from baohe.adapters.liveness.simulator.server import LivenessSimulator
from baohe.adapters.simulating.server import Simulator
from baohe.adapters.timestamp.simulator.server import TimestampSimulator
from baohe.adapters.transfer import keys as transfer_keys
from baohe.adapters.transfer.simulator.server import TransferSimulator
from baohe.adapters.wallet import keys as wallet_keys
from baohe.adapters.wallet.simulator.server import WalletSimulator

QUICK = (0.0, 0.1, 0.1, 0.1, 0.1)
KINDS = {
    "wallet": WalletSimulator,
    "deduction": DeductionSimulator,
    "transfer": TransferSimulator,
    "liveness": LivenessSimulator,
}

Serving = Callable[..., Simulator]
"""(code, schedule of the notifier in seconds) → a simulator on a free port, the platform's side told where it is."""


@pytest.fixture(scope="session", autouse=True)
def timestamp_authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TimestampSimulator]:
    """Every paper that a test prints is stamped by this one; its keys lie in the data folder of the moment."""
    folder = tmp_path_factory.mktemp("timestamp")
    simulator = TimestampSimulator(path=folder / "timestamp.sqlite")
    simulator.start()
    with override_settings(BAOHE_TIMESTAMP=simulator.address):
        yield simulator
    simulator.stop()


@pytest.fixture(scope="session")
def made_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """RSA keys take long to make; they are made once and every test gets a copy to do with as it likes."""
    folder = tmp_path_factory.mktemp("providers")
    with override_settings(BAOHE_DATA=folder):
        wallet_keys.simulator_key(), wallet_keys.app_id()
        deduction_keys.simulator_key(), deduction_keys.mer_id(), deduction_keys.cert_id()
        transfer_keys.simulator_key(), transfer_keys.customer_id(), transfer_keys.account()
        liveness_keys.simulator_key(), liveness_keys.merchant_key()
    return folder / "keys"


@pytest.fixture
def serving(tmp_path: Path, settings, made_keys: Path) -> Iterator[Serving]:
    """The notifiers are not started: most tests deliver by hand, in an order of their own."""
    settings.BAOHE_DATA = tmp_path
    shutil.copytree(made_keys, tmp_path / "keys", dirs_exist_ok=True)
    started: list[Simulator] = []

    def serving_(code: str, schedule: tuple[float, ...] = QUICK) -> Simulator:
        simulator = KINDS[code](schedule=schedule, path=tmp_path / f"{code}.sqlite")
        setattr(settings, f"BAOHE_{code.upper()}", simulator.address)
        simulator.notifier.start = lambda: None
        simulator.notifier.stop = lambda: None
        simulator.start()
        started.append(simulator)
        return simulator

    yield serving_
    for simulator in started:
        simulator.stop()
