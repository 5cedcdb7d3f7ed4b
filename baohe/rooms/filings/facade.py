"""The only door of the filings: read what was filed, make a package draft of it."""

from baohe.rooms.filings.actions.draft import package_of, write_draft
from baohe.rooms.filings.actions.read import read
from baohe.rooms.filings.rules.report import as_json_lines, as_json_report, as_markdown, summary

__all__ = ["as_json_lines", "as_json_report", "as_markdown", "package_of", "read", "summary", "write_draft"]
