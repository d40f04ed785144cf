"""Home isolation: cases and their plan."""
