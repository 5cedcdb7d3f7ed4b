"""The rules of the record of a sale (SALE-5, SALE-6): pure functions, no clock, no tables."""
