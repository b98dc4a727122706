"""The cells of a breakdown table: a group's figures by month or by indicator, its share, the rest.

What is in none of the groups shown is the indicator less those groups, a formula over the table.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbook_builder.catalogue.words import Unit
from workbook_builder.plan.addresses import cell
from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.formats import number_format
from workbook_builder.plan.layout import series_key_text
from workbook_builder.plan.lookup import DENOMINATOR, Lookup, key_lookup
from workbook_builder.plan.model import Cell, Content, Formula
from workbook_builder.scorecard import Line
from workbook_builder.values import Symbol

HIDDEN = Symbol.CONFIDENTIAL.shown
NOW = "month_0"
SHARE, OUT_OF = "Share", "Out of"


@dataclass(frozen=True)
class Group:
    """A row of the table: where it stands, what it says, and the breakdown that it is about.

    An empty breakdown is the indicator as a whole.
    """

    row: int
    label: str
    breakdown: str = ""


@dataclass(frozen=True)
class GroupCells:
    """Makes the cells of a table of these groups; the whole stands in the row `whole`.

    With roles the columns are months of one line, else each column is a line in the report month.
    """

    place: BlockPlace
    lines: tuple[Line, ...]
    roles: tuple[str, ...]
    groups: tuple[Group, ...]
    whole: int

    @property
    def first_column(self) -> int:
        columns = self.place.columns
        return columns.period(len(self.roles) - 1) if self.roles else columns.YEAR

    @property
    def last_column(self) -> int:
        """The last column of figures, the share left out."""
        return self.first_column + len(self.roles or self.lines) - 1

    @property
    def _extra(self) -> str:
        """What the column after the months says of a group in the report month."""
        unit = self.lines[0].indicator.unit
        said = {Unit.COUNT: SHARE, Unit.PERCENT: OUT_OF}
        return said.get(unit, "") if self.roles else ""

    @property
    def _extra_column(self) -> int:
        return self.place.columns.words

    def head_texts(self) -> list[str]:
        """What the heads say, by which their row is as high as it must be."""
        if self.roles:
            return [self.place.layout.head(role) for role in self.roles]
        return [line.indicator.short_name or line.indicator.name for line in self.lines]

    def head(self, row: int) -> list[Cell]:
        """The heads after the label's."""
        found = []
        for at, said in enumerate(self.head_texts()):
            content: Content = Formula(f"head_{self.roles[at]}", said) if self.roles else said
            now = bool(self.roles) and self.roles[at] == NOW
            found.append(
                Cell(row, self.first_column + at, content, "head now" if now else "head right")
            )
        if self._extra:
            found.append(Cell(row, self._extra_column, self._extra, "head"))
        return [*found, *self._empty(row, found, "head")]

    def row(self, group: Group) -> list[Cell]:
        """The cells of a group, or of the indicators as a whole."""
        style = "label" if group.breakdown else "label bold"
        label = Cell(group.row, self.place.columns.LABEL, group.label, style)
        found = self._months(group) if self.roles else self._indicators(group)
        return [label, *found, *self._empty(group.row, found, "number")]

    def others(self, row: int, label: str) -> list[Cell]:
        """What is in none of the groups, where it is a count."""
        found = [Cell(row, self.place.columns.LABEL, label, "label")]
        for at, role in enumerate(self.roles):
            content = Formula(self._rest_formula(at), self._rest(role))
            style = "number now" if role == NOW else "number"
            found.append(Cell(row, self.first_column + at, content, style, self._format(0)))
        for at, line in enumerate(() if self.roles else self.lines):
            if line.indicator.unit is Unit.COUNT:
                content = Formula(self._rest_formula(at), self._rest(NOW, at))
                found.append(Cell(row, self.first_column + at, content, "number", self._format(at)))
        if self._extra:
            found.append(self._share(row, self._rest(NOW)))
        return [*found, *self._empty(row, found, "number")]

    def _rest_formula(self, at: int) -> str:
        col = self.first_column + at
        area = f"{cell(self.groups[0].row, col)}:{cell(self.groups[-1].row, col)}"
        whole = cell(self.whole, col)
        hidden = f'COUNTIF({area},"{HIDDEN}")>0'
        return f'IF({hidden},"{HIDDEN}",IF(ISNUMBER({whole}),{whole}-SUM({area}),""))'

    def _months(self, group: Group) -> list[Cell]:
        lookup = self._lookup(group)
        found = lookup.helpers()
        for at, role in enumerate(self.roles):
            style = "number now" if role == NOW else "number"
            content = lookup.content(role, blank=True)
            found.append(Cell(group.row, self.first_column + at, content, style, self._format(0)))
        if self._extra == SHARE:
            found.append(self._share(group.row, self._shown(group, NOW)))
        elif self._extra:
            content = lookup.content(NOW, DENOMINATOR)
            found.append(Cell(group.row, self._extra_column, content, "share", "0"))
        return found

    def _indicators(self, group: Group) -> list[Cell]:
        layout, found = self.place.layout, []
        for at, line in enumerate(self.lines):
            key = series_key_text(line.code, group.breakdown)
            content = key_lookup(layout, key, NOW) if layout.has_row(key) else None
            col, style = self.first_column + at, "number" if group.breakdown else "number now"
            found.append(Cell(group.row, col, content, style, self._format(at)))
        return found

    def _lookup(self, group: Group) -> Lookup:
        key = series_key_text(self.lines[0].code, group.breakdown)
        return Lookup(self.place.layout, self.place.columns, group.row, key)

    def _shown(self, group: Group, role: str, at: int = 0) -> float | str:
        """What the cell of a group and month, or of a group and indicator, shows."""
        if self.roles:
            content = self._lookup(group).content(role, blank=True)
            return content.value if isinstance(content, Formula) else ""
        key = series_key_text(self.lines[at].code, group.breakdown)
        if not self.place.layout.has_row(key):
            return ""
        content = key_lookup(self.place.layout, key, role)
        return content.value if isinstance(content, Formula) else ""

    def _rest(self, role: str, at: int = 0) -> float | str:
        """What the cell of all others shows."""
        shown = [self._shown(group, role, at) for group in self.groups]
        whole = self._shown(Group(self.whole, ""), role, at)
        if HIDDEN in shown:
            return HIDDEN
        if not isinstance(whole, float):
            return ""
        return whole - sum(one for one in shown if isinstance(one, float))

    def _share(self, row: int, shown: float | str) -> Cell:
        """A group in the report month as a share of the whole."""
        part, whole = cell(row, self.last_column), cell(self.whole, self.last_column)
        formula = f'IF(ISNUMBER({part})*ISNUMBER({whole})=0,"",IF({whole}=0,"",100*{part}/{whole}))'
        all_of = self._shown(Group(self.whole, ""), NOW)
        known = isinstance(shown, float) and isinstance(all_of, float) and all_of != 0
        value = 100 * float(shown) / float(all_of) if known else ""
        content = Formula(formula, value)
        return Cell(row, self._extra_column, content, "share", number_format(0, "%"))

    def _format(self, at: int) -> str:
        settings = self.lines[at].conventions
        return number_format(settings.decimals, settings.suffix)

    def _empty(self, row: int, found: list[Cell], style: str) -> list[Cell]:
        """Cells without content, so that the row has one rule from end to end."""
        last = self._extra_column if self._extra else self.last_column
        used = {one.col for one in found}
        span = range(self.place.columns.LABEL + 1, last + 1)
        return [Cell(row, col, None, style) for col in span if col not in used]
