"""Bank transfers into the premium trust account and payouts from it, over a bank's ISO 20022 channel."""
