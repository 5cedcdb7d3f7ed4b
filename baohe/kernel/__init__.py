"""Pure words of the trade: no framework, no clock, no input or output."""
