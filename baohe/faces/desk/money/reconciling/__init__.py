"""Reconciliation at the desk: days and providers, their differences, what stands on suspense."""
