"""Money at the desk: the books, reconciliation, settlement and commission, for finance and auditors."""
