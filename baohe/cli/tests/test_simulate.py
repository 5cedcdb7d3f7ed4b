"""What the launcher starts beside the platform can be started."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from baohe.cli import simulate
from baohe.launch.environment import SIMULATED


@pytest.mark.parametrize("name", SIMULATED)
def test_every_simulator_that_the_launcher_starts_has_its_command(name: str) -> None:
    assert CliRunner().invoke(simulate.app, [name, "--help"]).exit_code == 0


def test_there_is_no_simulator_that_the_launcher_forgets() -> None:
    assert {command.callback.__name__ for command in simulate.app.registered_commands if command.callback} == set(
        SIMULATED
    )
