"""Sources of observed facts: what a report is, how it is signed, how a source is asked."""
