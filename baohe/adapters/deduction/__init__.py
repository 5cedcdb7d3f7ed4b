"""Deduction under an agreement: a bank-card network's protocol, our side of it, and a simulator to speak with."""
