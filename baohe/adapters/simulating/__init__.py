"""What every simulator of a money mover is built from: a durable memory, faults, a persistent notifier, a small server.

A simulator moves no money but keeps its word as its model does: it verifies, signs, remembers through `kill -9`,
works a number off once, and tells until it is heard.
"""
