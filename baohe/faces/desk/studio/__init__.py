"""The product studio at the desk: drafts on their way to a filed version, and published versions to read."""
