"""The tree of grids, the duties of people in it, and who may see what."""
