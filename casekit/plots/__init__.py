"""Figures, one a file: each takes a small data object and gives a matplotlib Figure. Imported late, drawn once."""
