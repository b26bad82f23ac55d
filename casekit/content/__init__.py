"""The edge of casekit: text to domain objects, with every problem named where it stands."""
