"""The month's files, read into figures with everything left out accounted for.

Faults of this package:

WB201  there is no extracts folder, or no extract in it
WB202  a file cannot be opened, or is damaged or cut short
WB203  a file is empty
WB204  a workbook is protected with a password
WB205  a workbook is in the old format (.xls)
WB206  a file is no spreadsheet, or its ending says otherwise
WB207  a workbook is not safe to open: too large, too tightly packed, or with a document type
WB208  a CSV file cannot be decoded, or a quotation mark is never closed
WB210  no header row can be found
WB211  a heading is neither a period nor a known column
WB212  two columns have the same name
WB213  a word in the measure column is not value, numerator or denominator
WB220  an indicator is not in the catalogue
WB221  a period cannot be read: there is no month 13
WB222  a row has figures but no indicator or no period
WB223  a numerator or denominator is not a number
WB224  a denominator is negative
WB225  two different figures for one indicator, breakdown and period
"""
