"""Scoring rules: pure functions from answers and references to raw measures and points of 100."""
