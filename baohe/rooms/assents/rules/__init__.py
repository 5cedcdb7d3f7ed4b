"""Pure rules of the room: no Django, no clock."""
