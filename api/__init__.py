"""Top floor: how callers ask."""
