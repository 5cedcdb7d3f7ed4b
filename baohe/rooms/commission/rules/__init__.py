"""Pure: what a commission is, when each part of it is earned, and what goes back."""
