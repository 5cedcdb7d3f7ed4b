"""The embedded database: find its programs, make its cluster, start it, and check that it is safe."""
