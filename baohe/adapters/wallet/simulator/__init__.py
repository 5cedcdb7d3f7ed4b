"""A wallet that moves no money: the other side of the protocol, with its cashier page and its faults.

It is a process of its own (`baohe simulate wallet`), keeps everything in one SQLite file with full durability, and
never imports the platform's rooms. What a real wallet does for us is done here truly: it verifies our signature,
signs its own words, tells us asynchronously until we answer `success`, and repeats nothing twice under one number.
"""
