"""The workbook as a frozen description: sheets, blocks, cells, names, charts, print set-up.

Nothing here opens a file or knows an Excel library, and nothing here computes a figure: values
come from the scorecard, formulas from the rules, and the plan puts them in their places.
"""
