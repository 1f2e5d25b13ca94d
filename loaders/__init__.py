"""First floor, west: how records come in."""
