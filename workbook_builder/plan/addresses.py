"""Cell references, and Excel names made from codes.

Rows and columns count from 0, as in the plan; references are what Excel writes.
"""

from __future__ import annotations

import re


def column_letters(col: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    number = col + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell(row: int, col: int, *, fixed_row: bool = False, fixed_col: bool = False) -> str:
    """B7, with dollar signs where asked."""
    left = "$" if fixed_col else ""
    top = "$" if fixed_row else ""
    return f"{left}{column_letters(col)}{top}{row + 1}"


def fixed(row: int, col: int) -> str:
    """$B$7."""
    return cell(row, col, fixed_row=True, fixed_col=True)


def span(first_row: int, first_col: int, last_row: int, last_col: int) -> str:
    """$B$7:$D$9, or $B$7 for a single cell."""
    start, end = fixed(first_row, first_col), fixed(last_row, last_col)
    return start if start == end else f"{start}:{end}"


def on_sheet(sheet: str, reference: str) -> str:
    """A reference to another sheet, its name always quoted."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{reference}"


def text(value: str) -> str:
    """A text as a formula writes it."""
    doubled = value.replace('"', '""')
    return f'"{doubled}"'


def name_for(prefix: str, key: str) -> str:
    """An Excel name for a key, from which the key can be read back.

    Excel refuses names such as CP02, LAC12, 1.1.1 and cp-rate, and treats names that differ only
    in case as one. The prefix keeps a name from looking like a cell; letters and digits of the key
    stay as they are, and every other character becomes an underscore and its UTF-8 bytes in
    hexadecimal, each pair of digits led by an underscore.
    """
    escaped = "".join(char if char.isascii() and char.isalnum() else _escaped(char) for char in key)
    return f"{prefix}_{escaped}"


def key_of(name: str, prefix: str) -> str:
    """The key that name_for made a name from. Raises ValueError for other names."""
    if not name.startswith(f"{prefix}_"):
        raise ValueError(f"{name} is not a name for {prefix}")
    body = name[len(prefix) + 1 :]
    data = bytearray()
    for plain, digits in re.findall(r"([A-Za-z0-9])|_([0-9A-F]{2})", body):
        data += plain.encode() if plain else bytes([int(digits, 16)])
    if name_for(prefix, data.decode()) != name:
        raise ValueError(f"{name} was not made by name_for")
    return data.decode()


def spoken_name(name: str) -> str:
    """A name of ours as a message gives it, the key in it readable."""
    prefix, _, _ = name.partition("_")
    try:
        return f"{key_of(name, prefix)} ({name})"
    except ValueError:
        return name


def _escaped(char: str) -> str:
    return "".join(f"_{byte:02X}" for byte in char.encode())
