"""Labelled first sentences: `tuning.txt` the rules were made with, `held_out.txt` they never were."""
