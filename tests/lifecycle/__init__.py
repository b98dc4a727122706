"""Indicators, targets and populations over the years: the examples of the page, and the rules."""
