"""Indicators counted from child-level lists, by declarations that hold no program."""
