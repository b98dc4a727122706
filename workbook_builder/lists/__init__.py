"""Child-level lists, read as councils export them, into clean tables with a report of what was not.

Nothing that this package writes or raises holds a child's id, name or date of birth.

Faults of this package:

WB230  there is nothing to read in the place given
WB231  a file cannot be opened, is damaged, protected, or no spreadsheet
WB232  two sheets or files hold the same list
WB233  a sheet of a list has no row of headings with its id
WB234  two columns of a sheet both match one column of the list
WB236  the mapping file has a fault
WB237  the file of queries has a fault, or the variable that it names is not set
WB238  the database cannot be reached, or a query failed
WB239  a CSV file cannot be decoded, or a quotation mark is never closed
"""
