"""The board copy: the same tabs as plain values, for people who only read them.

`formulas` works out which looks a cell has taken on, `static` turns a planned tab into values,
`tables` finds what Excel and screen readers are to know as tables, `chart_tables` gives charts
their figures where a reader sees them, `pages` are cover, contents, notes and checklist, and
`workbook` puts all together. Nothing here reads or writes a file.
"""

from workbook_builder.board.workbook import BoardMaking, board_workbook, report_sheets

__all__ = ["BoardMaking", "board_workbook", "report_sheets"]
