"""Deciding on near wordings: the queue, the terminal, the spreadsheet, and how decisions are told."""
