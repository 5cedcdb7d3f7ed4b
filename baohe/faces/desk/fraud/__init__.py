"""Signals of fraud at the desk."""
