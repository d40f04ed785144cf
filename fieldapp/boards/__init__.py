"""Notice boards: what hangs on a wall of each grid, and what its QR code leads to."""
