"""From a file to what it says: every item in its place, and what was set aside with the reason."""

from ingest.folders import Found, find_reports, reading_version
from ingest.report import document_key, read_document, read_report

__all__ = ["Found", "document_key", "find_reports", "read_document", "read_report", "reading_version"]
