"""A year of a scorecard, April to the next April, played month by month."""
