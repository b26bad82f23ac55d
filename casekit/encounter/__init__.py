"""A visit: events, the journal that keeps them, the state they add up to, the score and the report."""
