"""Time stamps of an authority outside of the platform (RFC 3161), over HTTP."""
