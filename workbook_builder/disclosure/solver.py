"""Asks HiGHS for another world: other numbers that all that is printed would be true of as well.

Numbers may differ from the real ones by whole steps. Where a cell that is printed has to differ,
its figure would have to be withheld, which has a price; the cheapest such world is wanted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# How far a number may lie from the real one. A world nearby is as good a proof as one far off.
ROOM = 15
# Lifts whatever a printed percentage says, once it is withheld.
LIFT = 5000.0
# After so many branches the best world found is taken. A count, not a time, so that the same
# figures are withheld on every computer.
BRANCHES = 4000
INFINITE = float("inf")
# What HiGHS says of a solution that it has found.
FEASIBLE = 2


@dataclass(frozen=True)
class Row:
    """low <= sum of factor x difference <= high; `lifted` is the figure that it goes with."""

    terms: tuple[tuple[int, float], ...]
    low: float
    high: float
    lifted: int | None = None


@dataclass(frozen=True)
class Question:
    """What another world has to keep to.

    lowest: how far each free cell may go down; figures: the figure that a free cell is printed
    with, if it still is; prices: of withholding those figures.
    """

    lowest: Mapping[int, float]
    figures: Mapping[int, int]
    prices: Mapping[int, float]
    rows: Sequence[Row]
    target: int


@dataclass(frozen=True)
class World:
    """The differences from the real numbers, and what would have to be withheld for it."""

    differences: Mapping[int, int]
    withheld: frozenset[int]
    price: float


def other_world(question: Question) -> World | None:
    """The cheapest world in which the target has another number; None where there is none."""
    up = _solve(question, 1.0, float(ROOM))
    if up is not None and up.price == 0:
        return up
    lowest = question.lowest[question.target]
    down = _solve(question, max(lowest, -float(ROOM)), -1.0) if lowest <= -1 else None
    found = [world for world in (up, down) if world is not None]
    return min(found, key=lambda world: world.price, default=None)


def _solve(question: Question, low: float, high: float) -> World | None:
    """The cheapest world with the target's difference between two bounds."""
    import highspy
    import numpy as np

    cells = list(question.lowest)
    figures = sorted(
        set(question.figures.values())
        | {row.lifted for row in question.rows if row.lifted is not None}
    )
    at = {cell: place for place, cell in enumerate(cells)}
    switch = {figure: len(cells) + place for place, figure in enumerate(figures)}
    lower = [max(question.lowest[cell], -float(ROOM)) for cell in cells] + [0.0] * len(figures)
    upper = [float(ROOM)] * len(cells) + [1.0] * len(figures)
    lower[at[question.target]], upper[at[question.target]] = low, high
    cost = [0.0] * len(cells) + [question.prices[figure] for figure in figures]
    rows = _rows(question, at, switch, lower, upper)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(cost), len(rows)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.array(cost), np.array(lower), np.array(upper)
    lp.row_lower_ = np.array([row[1] for row in rows])
    lp.row_upper_ = np.array([row[2] for row in rows])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lengths = [len(row[0]) for row in rows]
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    lp.a_matrix_.index_ = np.array([k for row in rows for k, _ in row[0]], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([v for row in rows for _, v in row[0]], dtype=np.float64)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(cost)
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_max_nodes", BRANCHES)
    solver.setOptionValue("mip_heuristic_run_feasibility_jump", False)
    solver.passModel(lp)
    solver.run()
    if solver.getInfo().primal_solution_status != FEASIBLE:
        return None
    values = solver.getSolution().col_value
    differences = {cell: round(values[at[cell]]) for cell in cells}
    withheld = frozenset(figure for figure in figures if values[switch[figure]] > 0.5)
    world = World(
        {cell: step for cell, step in differences.items() if step},
        withheld,
        sum(question.prices[figure] for figure in withheld),
    )
    return world if fits(question, world) else None


_Entries = list[tuple[int, float]]


def _rows(
    question: Question,
    at: Mapping[int, int],
    switch: Mapping[int, int],
    lower: Sequence[float],
    upper: Sequence[float],
) -> list[tuple[_Entries, float, float]]:
    """The rows of the model: the relations, and that only a withheld figure's cells may differ."""
    rows: list[tuple[_Entries, float, float]] = []
    for row in question.rows:
        entries = [(at[cell], factor) for cell, factor in row.terms]
        if row.lifted is None:
            rows.append((entries, row.low, row.high))
            continue
        lift = switch[row.lifted]
        if row.low > -INFINITE:
            rows.append(([*entries, (lift, LIFT)], row.low, INFINITE))
        if row.high < INFINITE:
            rows.append(([*entries, (lift, -LIFT)], -INFINITE, row.high))
    for cell, figure in question.figures.items():
        place = at[cell]
        rows.append(([(place, 1.0), (switch[figure], -upper[place])], -INFINITE, 0.0))
        rows.append(([(place, 1.0), (switch[figure], -lower[place])], 0.0, INFINITE))
    return rows


def fits(question: Question, world: World) -> bool:
    """Whether a world keeps to everything, reckoned anew from its whole numbers.

    What the solver says is not believed: it works with a tolerance.
    """
    steps = world.differences
    if not steps.get(question.target):
        return False
    for cell, step in steps.items():
        figure = question.figures.get(cell)
        if step < question.lowest[cell] - 1e-9 or (
            figure is not None and figure not in world.withheld
        ):
            return False
    for row in question.rows:
        if row.lifted is not None and row.lifted in world.withheld:
            continue
        total = sum(factor * steps.get(cell, 0) for cell, factor in row.terms)
        if not row.low - 1e-6 <= total <= row.high + 1e-6:
            return False
    return True
