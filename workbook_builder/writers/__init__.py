"""Loops over the plan: the only place that writes a workbook. Nothing here computes a figure."""
