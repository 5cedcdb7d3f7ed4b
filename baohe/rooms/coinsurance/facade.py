"""The only door of the room."""
