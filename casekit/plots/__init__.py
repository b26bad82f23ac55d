"""Figures, one a file: a small data object in, a matplotlib Figure out. matplotlib is imported late."""
