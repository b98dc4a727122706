"""Which figures have to go besides the small ones, month by month as they were published.

Each month is decided by what a reader knows in that month, and only figures of that month can still
be withheld: earlier copies have shown the others. So every later copy withholds the same figures of
a month, and two of them side by side tell no more than one.

A number is safe where there is another world: other whole numbers, of which everything printed
would be true as well, and among them another one for it. Such a world is kept for each number that
must not be known, and looked at again whenever more is printed.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbook_builder.catalogue.words import Unit
from workbook_builder.disclosure.account import Account, FigureId, Unjudged, Why
from workbook_builder.disclosure.cells import Cell, Given, Ledger, Role, moment
from workbook_builder.disclosure.relations import Likeness, Relation
from workbook_builder.disclosure.rules import own_reason, price, small_roles, unjudged
from workbook_builder.disclosure.solver import ROOM, Question, Row, World, other_world

NEAR, WIDE, FAR, ALL = 2, 6, 12, 10_000


@dataclass
class Choice:
    """What has been decided so far. `secondary` off is for showing that it is needed."""

    ledger: Ledger
    relations: list[Relation]
    secondary: bool = True
    withheld: dict[FigureId, Why] = field(default_factory=dict)
    unjudged: dict[FigureId, Unjudged] = field(default_factory=dict)
    unprotected: set[FigureId] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Number cells and relations in an order that does not change as months are added."""
        self.cells: list[Cell] = sorted(self.ledger.numbers)
        self.number_of = {cell: at for at, cell in enumerate(self.cells)}
        self.figures: list[FigureId] = sorted(self.ledger.given)
        self.figure_number = {one: at for at, one in enumerate(self.figures)}
        self.shown_with: list[FigureId | None] = [
            cell.figure if self.ledger.shown(cell) else None for cell in self.cells
        ]
        self.relations = sorted(self.relations, key=self._place)
        self.rows = [self._row(one) for one in self.relations]
        self.active: set[int] = set()
        self.alike: dict[Likeness | None, list[int]] = defaultdict(list)
        self.touching: dict[int, list[int]] = defaultdict(list)
        for at, (terms, _, _) in enumerate(self.rows):
            for cell, _ in terms:
                self.touching[cell].append(at)
        self.worlds: dict[int, World] = {}
        self.kept_by: dict[int, set[int]] = defaultdict(set)
        self.secret: set[int] = set()
        self.doubted: set[Likeness] = set()
        self.now = 0

    def _place(self, relation: Relation) -> tuple[str, list[tuple[int, float]]]:
        terms = [(self.number_of[cell], factor) for cell, factor in relation.terms]
        return relation.kind, terms

    def _row(self, relation: Relation) -> tuple[tuple[tuple[int, float], ...], float, float]:
        """A relation between differences: what the real numbers make of it is taken off."""
        terms = tuple((self.number_of[cell], factor) for cell, factor in relation.terms)
        total = sum(factor * self.ledger.numbers[cell] for cell, factor in relation.terms)
        exact = relation.low == relation.high
        return (
            terms,
            0.0 if exact else relation.low - total,
            0.0 if exact else relation.high - total,
        )

    def run(self) -> Account:
        """Decide month by month."""
        months: dict[int, list[Given]] = defaultdict(list)
        for one in self.ledger.given.values():
            months[one.end].append(one)
        starts: dict[int, list[int]] = defaultdict(list)
        for at, relation in enumerate(self.relations):
            starts[relation.end].append(at)
        for month in sorted({*months, *starts}):
            self.now = month
            for one in months[month]:
                self._judge(one)
            for at in starts[month]:
                self.alike[self.relations[at].likeness].append(at)
            believed = self._believed()
            fresh, self.active = believed - self.active, believed
            if self.secondary:
                self._protect(month, fresh)
        return Account(self.withheld, self.unjudged, tuple(sorted(self.unprotected)))

    def _believed(self) -> set[int]:
        """The relations that a reader of this month's copy reckons with."""
        found: set[int] = set()
        for likeness, rows in self.alike.items():
            if likeness is None or self._holds(likeness):
                found.update(rows)
        return found

    def _holds(self, likeness: Likeness) -> bool:
        if likeness not in self.doubted:
            seen = (all(map(self._was_shown, place)) for place in likeness.doubts)
            if any(seen):
                self.doubted.add(likeness)
        return likeness.holds(self.now, likeness in self.doubted)

    def _was_shown(self, cell: Cell) -> bool:
        """Whether a copy of an earlier month has shown a number."""
        figure = self.shown_with[self.number_of[cell]]
        before = moment(cell.period.end) < self.now
        return before and figure is not None and figure not in self.withheld

    def _judge(self, one: Given) -> None:
        why = own_reason(self.ledger, one)
        if why is not None:
            self._withhold(one.id, why)
        missing = unjudged(self.ledger, one)
        if missing is None or one.id not in self.ledger.given:
            return
        if self.ledger.catalogue.settings.disclosure.show_unjudged:
            self.unjudged[one.id] = missing
        elif why is None:
            self._withhold(one.id, Why.UNJUDGED)

    def _withhold(self, figure: FigureId, why: Why, world: World | None = None) -> None:
        """Take a figure out of what is printed; its counts must not be known from now on."""
        self.withheld[figure] = why
        one = self.ledger.given[figure]
        roles = small_roles(self.ledger, one)
        if one.unit is Unit.COUNT:
            roles.add(Role.COUNT)
        cells = [Cell(*figure, role) for role in sorted(roles)]
        cells = [cell for cell in cells if cell in self.number_of]
        if not cells and world is not None:
            own = [Cell(*figure, role) for role in Role]
            numbers = [self.number_of[cell] for cell in own if cell in self.number_of]
            moved = [number for number in numbers if number in world.differences]
            cells = [self.cells[number] for number in moved[:1]]
        self.secret |= {self.number_of[cell] for cell in cells}

    def _protect(self, month: int, fresh: set[int]) -> None:
        """Find another world for every number that has none, withholding what it takes."""
        for cell in self.ledger.delicate:
            number = self.number_of[cell]
            if self._end(number) == month:
                self.secret.add(number)
        for row in fresh:
            self._look_again(row)
        while True:
            open_ones = [one for one in self.secret if one not in self.worlds]
            open_ones = [one for one in open_ones if self.cells[one].figure not in self.unprotected]
            if not open_ones:
                return
            for target in sorted(open_ones, key=self._order):
                if target not in self.worlds:
                    self._find(target)

    def _order(self, number: int) -> tuple[float, int]:
        return self.ledger.numbers[self.cells[number]], number

    def _end(self, number: int) -> int:
        period = self.cells[number].period.end
        return period.year * 12 + period.month - 1

    def _look_again(self, row: int) -> None:
        """Give up the worlds of which something newly printed is not true."""
        terms, low, high = self.rows[row]
        if self._lifted(row):
            return
        for target in {one for cell, _ in terms for one in self.kept_by[cell]}:
            world = self.worlds.get(target)
            if world is None:
                continue
            total = sum(factor * world.differences.get(cell, 0) for cell, factor in terms)
            if not low - 1e-6 <= total <= high + 1e-6:
                self._forget(target)

    def _forget(self, target: int) -> None:
        for cell in self.worlds.pop(target).differences:
            self.kept_by[cell].discard(target)

    def _keep(self, target: int, world: World) -> None:
        self.worlds[target] = world
        for cell in world.differences:
            self.kept_by[cell].add(target)

    def _lifted(self, row: int) -> bool:
        of = self.relations[row].of
        return of is not None and of in self.withheld

    def _find(self, target: int) -> None:
        for reach, since in (
            (NEAR, None),
            (WIDE, None),
            (WIDE, self.now),
            (FAR, self.now),
            (ALL, self.now),
            (ALL, 0),
        ):
            world = other_world(self._question(target, reach, since))
            if world is None:
                continue
            for number in sorted(world.withheld):
                figure = self.figures[number]
                self._withhold(figure, self._why(figure), world)
            self._share(target, world)
            return
        self.unprotected.add(self.cells[target].figure)

    def _share(self, target: int, world: World) -> None:
        """The same world is another one for every number that differs in it."""
        self._keep(target, world)
        for cell in world.differences:
            if cell in self.secret and cell not in self.worlds:
                self._keep(cell, world)

    def _why(self, figure: FigureId) -> Why:
        """A share that goes because its own count is withheld goes with it."""
        if self.ledger.given[figure].unit is Unit.COUNT:
            return Why.SECONDARY
        for role in (Role.TOP, Role.BOTTOM, Role.REST):
            number = self.number_of.get(Cell(*figure, role))
            for row in self.touching.get(number, ()) if number is not None else ():
                terms = self.rows[row][0]
                if row in self.active and len(terms) == 2 and self.relations[row].low == 0:
                    others = [cell for cell, _ in terms if cell != number]
                    if any(self.shown_with[cell] in self.withheld for cell in others):
                        return Why.WITH_COUNT
        return Why.SECONDARY

    def _question(self, target: int, reach: int, since: int | None) -> Question:
        """What a world near the target has to keep to; `since` lets figures from then on go."""
        lowest: dict[int, float] = {target: self._lowest(target)}
        figures: dict[int, int] = {}
        prices: dict[int, float] = {}
        rows: dict[int, Row] = {}
        waiting = deque([(target, 0)])
        while waiting:
            cell, far = waiting.popleft()
            for at in self.touching[cell]:
                if at in rows or at not in self.active or self._lifted(at):
                    continue
                of = self.relations[at].of
                lifted = None
                if of is not None and since is not None and self._may_go(of, since):
                    lifted = self.figure_number[of]
                    prices[lifted] = price(self.ledger, of)
                rows[at] = Row((), 0.0, 0.0, lifted)
                for other, figure in self._free(at, since):
                    if other in lowest or far >= reach:
                        continue
                    lowest[other] = self._lowest(other)
                    waiting.append((other, far + 1))
                    if figure is not None:
                        number = self.figure_number[figure]
                        figures[other] = number
                        prices[number] = price(self.ledger, figure)
        for at, row in rows.items():
            terms, low, high = self.rows[at]
            within = tuple((cell, factor) for cell, factor in terms if cell in lowest)
            rows[at] = Row(within, low, high, row.lifted)
        return Question(lowest, figures, prices, list(rows.values()), target)

    def _free(self, row: int, since: int | None) -> Iterator[tuple[int, FigureId | None]]:
        """The cells of a relation that may differ, and the figure that has to go for it."""
        for cell, _ in self.rows[row][0]:
            figure = self.shown_with[cell]
            if figure is None or figure in self.withheld:
                yield cell, None
            elif since is not None and self._may_go(figure, since) and self._hideable(cell):
                yield cell, figure

    def _may_go(self, figure: FigureId, since: int) -> bool:
        end = self.ledger.given[figure].end
        return since <= end <= self.now and figure not in self.withheld

    def _hideable(self, cell: int) -> bool:
        """A nought stays."""
        return self.cells[cell].role is not Role.COUNT or self.ledger.numbers[self.cells[cell]] != 0

    def _lowest(self, number: int) -> float:
        """How far a number may go down: a count that is withheld is known to be no nought."""
        cell = self.cells[number]
        value = self.ledger.numbers[cell]
        if self.shown_with[number] is None:
            indicator = self.ledger.catalogue.indicator(cell.indicator)
            return float(-ROOM) if indicator.minus and not cell.breakdown else -value
        return 1 - value if value >= 1 else -value
