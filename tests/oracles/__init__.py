"""Outside answers that the tests judge our workbooks by: Calc, the package audit, colours."""
