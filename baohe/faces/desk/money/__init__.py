"""Money at the desk, for finance and auditors: the books."""
