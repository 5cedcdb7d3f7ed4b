"""A liveness provider without a camera: a person presses what a face would have shown.

A process of its own (`baohe simulate liveness`) with one SQLite file. It checks our signature, signs its own words,
tells the result until it is heard, and gives one number one session.
"""
