"""First floor, east: how records are found. The index is a copy of the store and can be rebuilt from it."""
