"""The formulas by which a planned workbook chooses looks, worked out without Excel.

Only what conditions of the plan are made of is known here. Anything else is an error of ours: a
condition that nobody works out would be a light that nobody sees.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbook_builder.board.values import Area, NoValue, Value, Values, folded
from workbook_builder.errors import InternalError

TOKEN = re.compile(
    r'\s*("(?:[^"]|"")*"|\d+(?:\.\d+)?|\$?[A-Z]{1,3}\$?\d+(?![\w.(])|[A-Za-z_][\w.]*|<>|[=&+\-(),])'
)
CORNER = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")
COMPARING, ADDING = ("=", "<>"), ("+", "-")
SYMBOLS = frozenset(("=", "<>", "&", "+", "-", "(", ")", ","))


# What it is, and its parts: a value, a name, a Reference, or nodes.
Node = tuple[Any, ...]


@dataclass(frozen=True)
class Reference:
    """A cell as a formula names it; what is fixed does not move along."""

    row: int
    col: int
    fixed_row: bool
    fixed_col: bool


@dataclass(frozen=True)
class Parsed:
    """A formula read once, to be worked out for many cells."""

    tree: Node
    row: int
    col: int

    def value(self, values: Values, sheet: str, row: int, col: int) -> Value:
        """What it gives in a cell; references move as from its top left cell. Raises NoValue."""
        run = _Run(values, sheet, row - self.row, col - self.col)
        return run.single(self.tree)

    def holds(self, values: Values, sheet: str, row: int, col: int) -> bool:
        """Whether it is true in a cell; an error is not."""
        try:
            return bool(self.value(values, sheet, row, col))
        except NoValue:
            return False


def parsed(text: str, row: int, col: int) -> Parsed:
    """Read a formula written for a cell. Raises InternalError for what conditions never hold."""
    tokens, at = [], 0
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None:
            raise InternalError(f"a condition cannot be read: {text}")
        tokens.append(found[1])
        at = found.end()
    reader = _Reader(text, tokens)
    tree = reader.comparison()
    if reader.tokens:
        raise InternalError(f"a condition goes on where it should end: {text}")
    return Parsed(tree, row, col)


@dataclass
class _Reader:
    """Tokens from left to right; what is stronger is read first."""

    text: str
    tokens: list[str]

    def comparison(self) -> Node:
        return self._chain(COMPARING, self._joined)

    def _joined(self) -> Node:
        return self._chain(("&",), self._sum)

    def _sum(self) -> Node:
        return self._chain(ADDING, self._one)

    def _chain(self, signs: Sequence[str], part: Callable[[], Node]) -> Node:
        left = part()
        while self.tokens and self.tokens[0] in signs:
            left = (self.tokens.pop(0), left, part())
        return left

    def _one(self) -> Node:
        token = self._next()
        if token == "-":
            return ("-", ("value", 0.0), self._one())
        if token == "(":
            inner = self.comparison()
            self._expect(")")
            return inner
        if token.startswith('"'):
            return ("value", token[1:-1].replace('""', '"'))
        if token[0].isdigit():
            return ("value", float(token))
        if found := CORNER.fullmatch(token):
            return ("cell", _reference(found))
        if self.tokens and self.tokens[0] == "(":
            return ("call", token, *self._arguments())
        if token in SYMBOLS:
            raise InternalError(f"a condition has {token} in a wrong place: {self.text}")
        return ("value", token == "TRUE") if token in ("TRUE", "FALSE") else ("name", token)

    def _arguments(self) -> list[Node]:
        self._expect("(")
        found = [self.comparison()]
        while self.tokens and self.tokens[0] == ",":
            self._next()
            found.append(self.comparison())
        self._expect(")")
        return found

    def _next(self) -> str:
        if not self.tokens:
            raise InternalError(f"a condition ends too soon: {self.text}")
        return self.tokens.pop(0)

    def _expect(self, sign: str) -> None:
        if self._next() != sign:
            raise InternalError(f"a condition lacks a {sign}: {self.text}")


def _reference(found: re.Match[str]) -> Reference:
    column = 0
    for letter in found[2]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return Reference(int(found[4]) - 1, column - 1, bool(found[3]), bool(found[1]))


@dataclass(frozen=True)
class _Run:
    """One cell's turn."""

    values: Values
    sheet: str
    down: int
    right: int

    def single(self, node: Node) -> Value:
        """A node as one value."""
        found = self.any(node)
        if not isinstance(found, Area):
            return found
        if (found.top, found.left) != (found.bottom, found.right):
            raise InternalError("a condition asks for one value of a whole area")
        return self.values.at(found.sheet, found.top, found.left)

    def any(self, node: Node) -> Value | Area:
        """A node as a value or, for a reference, as cells."""
        kind, *rest = node
        if kind == "value":
            constant: Value = rest[0]
            return constant
        if kind == "cell":
            return self._cell(*rest)
        if kind == "name":
            try:
                return self.values.names[str(rest[0])]
            except KeyError:
                raise InternalError(f"a condition has the unknown name {rest[0]}") from None
        if kind == "call":
            return self._call(str(rest[0]), rest[1:])
        return self._sign(str(kind), *map(self.single, rest))

    def _cell(self, one: Reference) -> Area:
        row = one.row if one.fixed_row else one.row + self.down
        col = one.col if one.fixed_col else one.col + self.right
        return Area(self.sheet, row, col, row, col)

    def _sign(self, sign: str, left: Value, right: Value) -> Value:
        if sign == "&":
            return f"{_text(left)}{_text(right)}"
        if sign in COMPARING:
            return _same(left, right) == (sign == "=")
        one, other = _number(left), _number(right)
        return one + other if sign == "+" else one - other

    def _call(self, name: str, given: Sequence[Node]) -> Value | Area:
        if name == "IF":
            which = 1 if self.single(given[0]) else 2
            return self.any(given[which]) if which < len(given) else False
        if name == "CHOOSE":
            return self.any(given[int(_number(self.single(given[0])))])
        if name == "ISNUMBER":
            try:
                return isinstance(self.single(given[0]), float)
            except NoValue:
                return False
        if name == "INDEX":
            return self._index(given)
        if name == "MATCH":
            return float(self.values.place(self.single(given[0]), self._area(given[1])))
        if name in SIMPLE:
            return SIMPLE[name](*map(self.single, given))
        raise InternalError(f"a condition has the unknown function {name}")

    def _area(self, node: Node) -> Area:
        found = self.any(node)
        if not isinstance(found, Area):
            raise InternalError("a condition looks up in what is no area")
        return found

    def _index(self, given: Sequence[Node]) -> Area:
        area = self._area(given[0])
        numbers = [int(_number(self.single(one))) for one in given[1:]]
        if len(numbers) == 1:
            across = area.top == area.bottom
            numbers = [1, numbers[0]] if across else [numbers[0], 1]
        row, col = area.top + numbers[0] - 1, area.left + numbers[1] - 1
        if not (area.top <= row <= area.bottom and area.left <= col <= area.right):
            raise NoValue
        return Area(area.sheet, row, col, row, col)


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)


def _number(value: Value) -> float:
    if isinstance(value, str):
        raise NoValue
    return float(value or 0.0)


def _same(left: Value, right: Value) -> bool:
    """Excel's equality: without case, and a blank cell is nought beside a number."""
    one, other = folded(left), folded(right)
    if None in (left, right):
        one, other = (_beside(x, y) for x, y in ((one, other), (other, one)))
    return one == other


def _beside(value: Value, other: Value) -> Value:
    return 0.0 if value == "" and isinstance(other, float) else value


def _search(wanted: Value, within: Value) -> float:
    at = _text(within).casefold().find(_text(wanted).casefold())
    if at < 0:
        raise NoValue
    return float(at + 1)


def _mod(value: Value, by: Value) -> float:
    return _number(value) % _number(by)


SIMPLE: Mapping[str, Callable[..., Value]] = {
    "AND": lambda *given: all(given),
    "OR": lambda *given: any(given),
    "ISTEXT": lambda given: isinstance(given, str),
    "RIGHT": lambda given, many=1.0: _text(given)[-int(many) :] if many else "",
    "SEARCH": _search,
    "MOD": _mod,
}
