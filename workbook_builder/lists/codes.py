"""Codes by their stable part: WBRI in "a) WBRI", "b) WBRI - White British" and "White British"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

import numpy as np

from workbook_builder.lists.cells import (
    NOTHINGS,
    Cleaned,
    Coded,
    Issue,
    clean_each,
    is_blank,
    is_error,
    text_of,
)
from workbook_builder.lists.definitions import folded
from workbook_builder.lists.model import Done
from workbook_builder.lists.private import Private

_PREFIX = re.compile(r"[a-z]{1,2} ?[).] ?(?=\S)", re.IGNORECASE)
_LEADING = re.compile(r"([A-Za-z0-9]+)(?: ?[:.)/–—-]|$| )")
_MARKED = re.compile(r"([A-Za-z0-9]+) ?[:.)–—-]")
_TOKENS = re.compile(r"[A-Za-z0-9]+")
# Short with a figure in it, or one or two letters: ZX9, 12, U9, zz. No name looks like that.
_CODE_SHAPED = re.compile(r"(?=.*\d)[A-Za-z\d]{1,5}|[A-Z]{1,2}|[a-z]{1,2}")
# A text in so many rows is a word of the authority's own and hardly a name typed by mistake.
REPEATED = 10
# Beyond so many unknown texts a column holds something else than codes.
MOST_UNKNOWN = 60

_ERROR = Issue("error value", "an error value of Excel", Done.BLANKED)
_WORD_FOR_NOTHING = Issue("word for nothing", "a word that stands for nothing", Done.BLANKED)
_UNKNOWN = Issue("unknown code", "no code of this column", Done.KEPT)
_DATE = Issue("unknown code", "a date where a code belongs", Done.BLANKED)


class CodeBook:
    """The codes of one column, and how people write them."""

    def __init__(
        self, codes: Mapping[str, Collection[str]], mapped: Mapping[str, str] | None = None
    ) -> None:
        self.mapped = {folded_code(text): code for text, code in (mapped or {}).items()}
        self.words: dict[str, str] = {}
        for code, words in codes.items():
            for word in words:
                self.words.setdefault(folded(word), code)
        self.words |= {folded(code): code for code in codes}
        self.by_token = {code.casefold(): code for code in codes if code.isalnum()}
        # A code with a letter and a figure, or of four letters, can be nothing else in any place.
        self.telling = {
            token: code
            for token, code in self.by_token.items()
            if code.isupper() and len(code) > 1 and (len(code) == 4 or not code.isalpha())
        }

    def find(self, text: str) -> str | None:
        """The stable part that a text means; None if it is not known."""
        if (mapped := self.mapped.get(folded_code(text))) is not None:
            return mapped
        bare = _PREFIX.sub("", text, count=1) if _PREFIX.match(text) else text
        for candidate in (text, bare):
            if found := self.words.get(folded(candidate)):
                return found
        for candidate in (bare, text):
            if found := self._leading(candidate):
                return found
        tokens = {token.casefold() for token in _TOKENS.findall(bare)}
        inside = {self.telling[token] for token in tokens if token in self.telling}
        if len(inside) == 1:
            return inside.pop()
        _, mark, label = bare.partition(":") if ":" in bare else bare.partition(" - ")
        return self.words.get(folded(label)) if mark else None

    def _leading(self, text: str) -> str | None:
        """The code that a text starts with; a single letter only before a colon or the like."""
        marked = _MARKED.match(text)
        if marked and (code := self.by_token.get(marked[1].casefold())):
            return code
        leading = _LEADING.match(text)
        if not leading or (leading[1].isalpha() and len(leading[1]) < 4):
            return None
        code = self.by_token.get(leading[1].casefold())
        return code if code and (code.isupper() or code.isdigit()) else None


def folded_code(text: str) -> str:
    """A word of the mapping file as it is compared: case and spaces do not matter."""
    return " ".join(text.split()).casefold()


def clean_codes(coded: Coded, book: CodeBook, private: Private) -> Cleaned:
    """Every distinct value by its stable part; an unknown one stays as it is, and is told.

    It is quoted if it has the shape of a code, or if many rows have it; never if it has anything
    private in it, nor where so many are unknown that the column must hold something else.
    """
    cleaned = clean_each(coded, partial(_clean, book=book))
    unknown = [issue is _UNKNOWN for issue in cleaned.issues]
    rows = Counter[str]()
    counts = np.bincount(coded.codes, minlength=len(unknown)).tolist()
    for text, count in zip(cleaned.values, counts, strict=True):
        rows[folded_code(text)] += count
    few = len({text for text, one in zip(cleaned.values, unknown, strict=True) if one})
    told = (
        _unknown(text, few <= MOST_UNKNOWN and rows[folded_code(text)] >= REPEATED, private)
        if one
        else issue
        for text, one, issue in zip(cleaned.values, unknown, cleaned.issues, strict=True)
    )
    return Cleaned(cleaned.values, tuple(told))


def _unknown(text: str, repeated: bool, private: Private) -> Issue:
    """What is said of an unknown code: the text itself only if it cannot be a person's."""
    shaped = _CODE_SHAPED.fullmatch(_PREFIX.sub("", text, count=1).strip(" ().:-"))
    if (shaped is not None or repeated) and private.quotable(text):
        return Issue("unknown code", f'"{text}" is no code of this column', Done.KEPT)
    length = f"{len(text)} characters" if len(text) > 1 else "one character"
    found = f"a text of {length} that is no code of this column, not shown"
    return Issue("unknown code", found, Done.KEPT)


def _clean(value: Any, book: CodeBook) -> tuple[str, Issue | None]:
    if is_blank(value):
        return "", None
    if hasattr(value, "year"):
        return "", _DATE
    text = text_of(value).strip("'\"“”‘’ ")
    code = book.find(text)
    if code is not None:
        return code, None
    if is_error(text):
        return "", _ERROR
    if text.casefold() in NOTHINGS or not text:
        return "", _WORD_FOR_NOTHING
    return text, _UNKNOWN
