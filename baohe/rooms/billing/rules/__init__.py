"""Pure words of the collector: which day means what."""
