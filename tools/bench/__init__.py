"""Measurements against what one would use instead, one a file; `python -m tools.bench` runs them."""
