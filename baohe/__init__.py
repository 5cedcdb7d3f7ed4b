"""Baohe 保和: an open platform for selling and serving insurance on phones."""
