"""Tables of the room; constraints carry the invariants."""
