"""How cells look, as far as looks can hide: colours of text and fill, size, formats of numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from workbook_builder.writers.closed.markup import Element

Colour = tuple[int, int, int]
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
# The order of a workbook's theme colours in its cells is not that of the theme itself.
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
_INDEXED = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    * 2
    + "800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 "
    "FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF "
    "CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 "
    "969696 003366 339966 003300 333300 993300 993366 333399 333333 000000 FFFFFF"
).split()
_BUILT_IN = {0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_ASIDE = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|[_*].', re.IGNORECASE)
# Below this ratio of brightness (WCAG 2) a text cannot be told from what is behind it.
UNSEEN = 1.2


@dataclass(frozen=True)
class Look:
    """How one style looks; a colour is None where nothing is said or it cannot be told."""

    text: Colour | None = None
    fill: Colour | None = None
    filled: bool = False
    size: float | None = None
    format: str = "General"
    date: bool = False

    @property
    def plain(self) -> bool:
        """Whether a number is shown as it is, without separator, decimals or per cent."""
        return self.format in ("General", "0", "@", "GENERAL")


@dataclass(frozen=True)
class Styles:
    """The styles of a workbook's cells and of its conditional formats."""

    cells: Sequence[Look] = ()
    conditions: Sequence[Look] = ()
    palette: Palette = field(default_factory=lambda: Palette(()))

    def of(self, style: int) -> Look:
        """The look of a cell's style."""
        return self.cells[style] if 0 <= style < len(self.cells) else Look()


@dataclass(frozen=True)
class Palette:
    """The colours of a workbook's theme, in the order in which cells count them."""

    theme: Sequence[Colour]

    def colour(self, said: Element | None) -> Colour | None:
        """A colour as it is shown; None for the automatic one."""
        if said is None or said.attributes.get("auto") in ("1", "true"):
            return None
        found = self._base(said)
        tint = float(said.attributes.get("tint", "0") or 0)
        return _tinted(found, tint) if found else None

    def _base(self, said: Element) -> Colour | None:
        rgb, theme = said.attributes.get("rgb", ""), said.attributes.get("theme", "")
        indexed = said.attributes.get("indexed", "")
        if len(rgb) >= 6:
            return hexed(rgb[-6:])
        if theme.isdecimal() and int(theme) < len(self.theme):
            return self.theme[int(theme)]
        if indexed.isdecimal() and int(indexed) < len(_INDEXED):
            return hexed(_INDEXED[int(indexed)])
        return None


def read_styles(styles: Element | None, theme: Element | None) -> Styles:
    """The looks of a workbook from its two parts."""
    palette = Palette(_theme(theme))
    if styles is None:
        return Styles(palette=palette)
    formats = {
        one.attributes.get("numFmtId", ""): one.attributes.get("formatCode", "")
        for one in styles.each("numFmt")
    }
    fonts, fills = _below(styles, "fonts"), _below(styles, "fills")
    cells = []
    for one in _below(styles, "cellXfs"):
        number = one.attributes.get("numFmtId", "0")
        code = formats.get(number, _BUILT_IN.get(int(number), "General"))
        font, fill = _at(fonts, one, "fontId"), _at(fills, one, "fillId")
        date = int(number) in _BUILT_IN_DATES or (number in formats and is_date(code))
        cells.append(_look(palette, font, fill, code, date))
    conditions = []
    for one in _below(styles, "dxfs"):
        number_format = one.child("numFmt")
        code = number_format.attributes.get("formatCode", "") if number_format else "General"
        conditions.append(_look(palette, one.child("font"), one.child("fill"), code, False, True))
    return Styles(cells, conditions, palette)


def hexed(said: str) -> Colour | None:
    """A colour from six digits; None where they are none."""
    if not re.fullmatch("[0-9A-Fa-f]{6}", said):
        return None
    return (int(said[:2], 16), int(said[2:4], 16), int(said[4:], 16))


def unseen(text: Colour, behind: Colour) -> bool:
    """Whether a text of a colour cannot be told from what is behind it."""
    one, other = sorted((_brightness(text), _brightness(behind)))
    far = max(abs(a - b) for a, b in zip(text, behind, strict=True))
    return (other + 0.05) / (one + 0.05) < UNSEEN and far < 128


def is_date(code: str) -> bool:
    """Whether a format of numbers shows a day."""
    bare = _ASIDE.sub("", code).casefold()
    return "y" in bare or ("d" in bare and "m" in bare)


def hides(code: str, number: float | None) -> bool:
    """Whether a format shows nothing of a number that is not 0, or of a text where None."""
    if code.casefold() in ("", "general", "@"):
        return False
    sections = _sections(code)
    if any("[<" in one or "[>" in one or "[=" in one for one in sections):
        return False
    if number is None:
        return len(sections) > 3 and _empty(sections[3])
    if number == 0:
        return len(sections) > 2 and all(_empty(one) for one in sections[:3])
    return _empty(sections[1] if number < 0 and len(sections) > 1 else sections[0])


def _sections(code: str) -> list[str]:
    """The sections of a format, by semicolons that are not in quotation marks."""
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)


def _empty(section: str) -> bool:
    kept = re.sub(r'"\s*"|\[[^\]]*\]|[_*].|\\\s|\s', "", section)
    return not kept


def _look(
    palette: Palette,
    font: Element | None,
    fill: Element | None,
    code: str,
    date: bool,
    condition: bool = False,
) -> Look:
    size = font.child("sz") if font else None
    pattern = fill.child("patternFill") if fill else None
    gradient = fill.child("gradientFill") if fill else None
    kind = (
        pattern.attributes.get("patternType", "solid" if condition else "none") if pattern else ""
    )
    # A conditional format keeps the colour of a plain fill where a cell keeps that of its pattern.
    said = pattern.child("bgColor" if condition else "fgColor") if pattern else None
    filled = gradient is not None or kind not in ("", "none")
    return Look(
        text=palette.colour(font.child("color")) if font else None,
        fill=palette.colour(said) if kind == "solid" else None,
        filled=filled,
        size=float(size.attributes.get("val", "11")) if size else None,
        format=code,
        date=date,
    )


def _theme(theme: Element | None) -> tuple[Colour, ...]:
    scheme = next(iter(theme.each("clrScheme")), None) if theme else None
    if scheme is None:
        return ()
    found = {}
    for one in scheme.children:
        inner = one.children[0] if one.children else one
        found[one.name] = hexed(inner.attributes.get("lastClr", inner.attributes.get("val", "")))
    return tuple(found.get(name) or BLACK for name in _THEME)


def _below(root: Element, name: str) -> list[Element]:
    found = root.child(name)
    return found.children if found else []


def _at(listed: list[Element], style: Element, name: str) -> Element | None:
    number = int(style.attributes.get(name, "0"))
    return listed[number] if number < len(listed) else None


def _tinted(colour: Colour, tint: float) -> Colour:
    """Darker by a part of itself, or lighter by a part of what is left to white."""
    if tint < 0:
        made = [round(one * (1 + tint)) for one in colour]
    else:
        made = [round(one + (255 - one) * tint) for one in colour]
    return (made[0], made[1], made[2])


def _brightness(colour: Colour) -> float:
    red, green, blue = (
        one / 255 / 12.92 if one <= 10 else ((one / 255 + 0.055) / 1.055) ** 2.4 for one in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
