"""Questions and the way in: canned queries, answers, the command and the SPARQL service."""
