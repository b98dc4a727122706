"""Builds the monthly Excel scorecard of a children's social care service from its extracts."""

__version__ = "0.1.0"
