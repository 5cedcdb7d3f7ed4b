"""Pure words of the accountant: the chart of accounts and the postings of each fact."""
