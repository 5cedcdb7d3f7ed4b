"""A bank-card network that moves no money: the other side of the protocol, with its agreement page and its faults.

A process of its own (`baohe simulate deduction`). It knows no card numbers: the payer picks one of its test cards,
and what is kept is a random token and the last four digits, which say how the card behaves.
"""
