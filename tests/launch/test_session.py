"""A command's database session leaves the process as it found it."""

from __future__ import annotations

import os

import pytest

from baohe.launch import environment, session
from baohe.launch.refusals import Refusal


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BAOHE_ORIGIN", "BAOHE_DEMO", *(f"BAOHE_{name.upper()}" for name in environment.SIMULATED)):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("bare")
def test_a_command_leaves_the_environment_as_it_was() -> None:
    # given a caller whose environment names no provider
    before = dict(os.environ)
    # when a command has worked on the installation's data
    with session.django_ready():
        told = dict(os.environ)
    # then its own words are gone, and the next start still simulates all providers
    assert told.keys() > before.keys()
    assert dict(os.environ) == before
    assert set(environment.simulated(8000)) == set(environment.SIMULATED)


@pytest.mark.usefixtures("bare")
def test_a_command_that_falls_over_leaves_it_too() -> None:
    before = dict(os.environ)
    with pytest.raises(ZeroDivisionError), session.django_ready():
        raise ZeroDivisionError
    assert dict(os.environ) == before


@pytest.mark.usefixtures("bare")
def test_a_scratch_that_does_not_start_leaves_the_callers_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    # given a machine that cannot start a database
    def refuse(*_: object) -> None:
        raise Refusal

    monkeypatch.setattr("baohe.launch.postgres_session.start", refuse)
    before = dict(os.environ)
    # when a bench asks for an empty installation
    with pytest.raises(Refusal), session.scratch():
        pass
    # then the caller's data folder and database are still those of the environment
    assert dict(os.environ) == before
