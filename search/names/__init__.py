"""Names of organizations: analysis, plans of what to look up, and the ranking of what was found."""
