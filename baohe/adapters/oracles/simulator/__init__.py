"""Twelve simulated sources behind one door."""
