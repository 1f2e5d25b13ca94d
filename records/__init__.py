"""Ground floor: what a public-credit record is. Knows nothing of files, engines or HTTP."""
