"""Liveness: is the person before the camera alive and the one on the card? A port, a client and a simulator."""
