"""Which actors a text names: a scan of the vocabulary, and what common words mean where they stand."""
