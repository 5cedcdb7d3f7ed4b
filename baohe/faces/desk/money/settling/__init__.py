"""Settlement at the desk: statements, disputes, payment in batches, where parties are paid."""
