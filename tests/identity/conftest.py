"""The same day, shelf and customer as the tests of the sale."""

from tests.sale.conftest import lin, now, wallet_keys

__all__ = ["lin", "now", "wallet_keys"]
