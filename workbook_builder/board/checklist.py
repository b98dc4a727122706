"""How a board copy stands to the guidance on publishing spreadsheets.

Source: Analysis Function, Releasing statistics in spreadsheets, and the Public Sector Bodies
(Websites and Mobile Applications) Accessibility Regulations 2018 (WCAG 2.2 AA). What is asked is in
our words; a test holds every "yes" against a finished copy.
"""

from __future__ import annotations

from dataclasses import dataclass

YES, PARTLY, YOURS = "yes", "partly", "left to you"


@dataclass(frozen=True)
class Item:
    """One thing that is asked, whether a copy has it, and how."""

    asks: str
    state: str
    how: str


ITEMS = (
    Item(
        "Tables are marked as tables, with one row of heads",
        YES,
        "Every table is one of Excel's own, named, each head once and none empty.",
    ),
    Item(
        "Nothing is merged in a table",
        YES,
        "Cells are merged only in facts, comments and logs of actions.",
    ),
    Item(
        "One table on a sheet",
        PARTLY,
        "A theme's tables stand on one tab, as boards know them, each under a heading of its own.",
    ),
    Item(
        "No empty rows or columns in a table",
        PARTLY,
        "Tables of one tab share its columns, so a narrow column may hold only a dot as its head.",
    ),
    Item("Empty cells are explained", YES, "On the sheet Notes."),
    Item(
        "The title stands in A1, and the cursor too",
        YES,
        "On every sheet; the copy opens on the cover.",
    ),
    Item(
        "Sheets have short names of their own",
        YES,
        "The names are those of the tabs, each listed on Contents with a link.",
    ),
    Item("A cover, a contents page, notes", YES, "The first three sheets."),
    Item(
        "Symbols are those of the guidance and explained",
        YES,
        "[c], [x], [z] and others; marks [r] and [p]; all on Notes.",
    ),
    Item(
        "Nothing is said by colour alone",
        YES,
        "A status is a word, an arrow has words beside it; each line of a chart has its marker.",
    ),
    Item(
        "Colours have enough contrast",
        YES,
        "Text has at least 4.5 to 1; a test works it out for every style.",
    ),
    Item(
        "Charts have alternative text and their figures",
        YES,
        "The text is on the chart, the figures on the sheet Chart data.",
    ),
    Item(
        "Nothing is hidden",
        YES,
        "No hidden sheet, row or column, no macro, no formula, no link elsewhere: every copy is "
        "looked through before it is handed over.",
    ),
    Item(
        "The language and the title are set",
        YES,
        "English (United Kingdom); the title is in the properties. No author is named.",
    ),
    Item(
        "Text is at least 10 to 12 point",
        PARTLY,
        "Figures have 10 point, remarks 8 or 9, and wide tabs are scaled down to A4.",
    ),
    Item(
        "Published as .ods too, or as a web page",
        YOURS,
        "Save it as .ods where your website asks for that.",
    ),
    Item("Somebody to ask", YOURS, "Put a contact beside the copy where you publish it."),
    Item(
        "Plain words in comments",
        YOURS,
        "Comments, where a copy has them, are as heads of service wrote them.",
    ),
)
