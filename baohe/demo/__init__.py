"""The demo world: invented people who live through the real flows, paid for in the simulated wallet."""
