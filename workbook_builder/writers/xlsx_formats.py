"""Named styles as XlsxWriter format options."""

from __future__ import annotations

from workbook_builder.plan.model import Run
from workbook_builder.plan.styles import FAMILY, Style

THIN, MEDIUM = 1, 2
HAIRLINE = 7


def cell_format(style: Style, number_format: str) -> dict[str, object]:
    """The whole look of a cell."""
    options: dict[str, object] = {
        "font_name": FAMILY,
        "font_size": style.size,
        "font_color": f"#{style.colour}",
        "align": style.align,
        "valign": style.valign,
        "locked": style.locked,
    }
    if style.bold:
        options["bold"] = True
    if style.italic:
        options["italic"] = True
    if style.fill:
        options |= {"bg_color": f"#{style.fill}", "pattern": 1}
    if style.wrap:
        options["text_wrap"] = True
    if style.indent:
        options["indent"] = style.indent
    if style.box:
        options |= {"border": THIN, "border_color": f"#{style.box}"}
    elif style.bottom:
        options["bottom"] = MEDIUM if style.heavy_bottom else THIN
        options["bottom_color"] = f"#{style.bottom}"
    if number_format:
        options["num_format"] = number_format
    return options


def run_format(run: Run, style: Style) -> dict[str, object]:
    """The look of a stretch of text inside a cell of a style."""
    options: dict[str, object] = {
        "font_name": FAMILY,
        "font_size": style.size,
        "font_color": f"#{run.colour or style.colour}",
        "bold": run.bold,
        "italic": run.italic,
        "font_strikeout": run.strike,
    }
    if run.underline:
        options["underline"] = 1
    return options


def condition_format(style: Style) -> dict[str, object]:
    """What a condition changes: colour, weight, fill, a line below; Excel allows no type size."""
    options: dict[str, object] = {"font_color": f"#{style.colour}"}
    if style.bottom:
        options |= {"bottom": THIN, "bottom_color": f"#{style.bottom}"}
    if style.bold:
        options["bold"] = True
    if style.fill:
        options |= {"bg_color": f"#{style.fill}", "pattern": 1}
    return options
