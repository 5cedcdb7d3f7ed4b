"""Six simulated sources behind one door."""
