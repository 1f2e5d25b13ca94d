"""What a query text matches: subjects by name or code, records by number, by subject, by text."""
