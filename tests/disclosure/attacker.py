"""The attacker: works out withheld numbers from nothing but published results.

A program of its own, with a solver of its own (CP-SAT, which reckons in whole numbers) and no line
of the code that withholds. It reads what everybody can read: results.csv of one or several copies,
the definitions on the sheet of that name, and the rule that counts from 1 to 5 are withheld while
noughts stay. As JSON on its input: a list of cases with `copies` (a report month and the text of
results.csv each) and `definitions`; on its output, for each case, the withheld numbers that can
have one value only.

What it reckons with: the groups of a breakdown make up the whole, where they do wherever all of
them are shown; a cross-tab makes up its margins; months make up quarters, years to date and rolling
years; sums and differences of indicators; positions and flows; two columns that are the same
wherever both are shown; numerators up to denominators; percentages as exact as they are printed.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any

# indicator, breakdown, first month, month after the last, what: a span of months, or a position.
Key = tuple[str, str, int, int, str]
HIDDEN = "[c]"
MOST = 20_000
SEEN_OFTEN = 3


def month_number(text: str) -> int:
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def span(kind: str, text: str, report: int, rolls: bool) -> tuple[int, int] | None:
    """The months that a row is about."""
    match kind:
        case "month":
            at = month_number(text)
            return (at - 11, at + 1) if rolls else (at, at + 1)
        case "quarter":
            start = int(text[:4]) * 12 + 3 + 3 * (int(text[-1]) - 1)
            return start, start + 3
        case "ytd":
            start = int(text[:4]) * 12 + 3
            return start, min(report + 1, start + 12)
        case "year" | "full_year":
            start = int(text[:4]) * 12 + 3
            return start, start + 12
        case "rolling_12m":
            at = month_number(text)
            return at - 11, at + 1
    return None


@dataclass
class Case:
    """What is known and what is not: numbers by key, and equations between them."""

    definitions: dict[str, dict[str, Any]]
    known: dict[Key, int] = field(default_factory=dict)
    hidden: dict[Key, int] = field(default_factory=dict)
    printed: dict[tuple[Key, Key], tuple[Decimal, int]] = field(default_factory=dict)
    equations: list[tuple[str, list[tuple[Key, int]]]] = field(default_factory=list)

    def read(self, report: int, text: str) -> None:
        """Take in the rows of one copy."""
        for row in csv.DictReader(io.StringIO(text)):
            of = self.definitions[row["indicator"]]
            kind = row["period_kind"]
            rolls = of["period_type"] == "rolling 12 months"
            found = span(kind, row["period"], report, rolls)
            if found is None:
                continue
            beside = bool(row["breakdown"]) and row["breakdown"] == of.get("rate_breakdown")
            unit = "rate per 10,000" if beside else of["unit"]
            self._row(row, (row["indicator"], row["breakdown"], *found), unit)

    def _row(self, row: dict[str, str], place: tuple[str, str, int, int], unit: str) -> None:
        if unit == "count":
            self._number((*place, "count"), row["value"], row["shown"], 1)
            return
        top, bottom = (*place, "top"), (*place, "bottom")
        if row["shown"] == HIDDEN:
            self._number(top, "", HIDDEN, 0)
            if unit != "rate per 10,000":
                self._number(bottom, "", HIDDEN, 1)
        elif row["numerator"] and row["denominator"]:
            self._number(top, row["numerator"], "", 0)
            if unit != "rate per 10,000":
                self._number(bottom, row["denominator"], "", 0)
        elif row["value"] and unit == "percent":
            self.printed[top, bottom] = Decimal(row["value"]), 100
            self.hidden.setdefault(top, 0)
            self.hidden.setdefault(bottom, 1)

    def _number(self, key: Key, value: str, shown: str, least: int) -> None:
        if value:
            if float(value) == int(float(value)):
                self.known[key] = int(float(value))
                self.hidden.pop(key, None)
        elif shown == HIDDEN and key not in self.known:
            self.hidden[key] = max(least, self.hidden.get(key, 0))

    @property
    def all(self) -> set[Key]:
        return set(self.known) | set(self.hidden)

    # What follows from what.

    def reckon(self) -> None:
        """Every equation that the definitions and the shown numbers suggest."""
        self._shares()
        self._groups()
        self._sums_of_indicators()
        self._periods()
        self._same()
        self._flows()

    def _add(self, kind: str, terms: list[tuple[Key, int]]) -> None:
        if any(key in self.hidden for key, _ in terms):
            self.equations.append((kind, terms))

    def _shares(self) -> None:
        for key in list(self.all):
            if key[4] == "top":
                bottom = (*key[:4], "bottom")
                rest = (*key[:4], "rest")
                unit = self.definitions[key[0]]["unit"]
                if bottom not in self.all or unit != "percent":
                    continue
                if key in self.known and bottom in self.known:
                    self.known[rest] = self.known[bottom] - self.known[key]
                else:
                    self.hidden[rest] = 0
                self._add("share", [(key, 1), (rest, 1), (bottom, -1)])

    def _tables(self) -> dict[tuple[str, str], dict[tuple[int, int], dict[Any, dict[Any, Key]]]]:
        """Cells by indicator and role, then by span, then by the keys of the breakdown."""
        tables: Any = defaultdict(lambda: defaultdict(lambda: defaultdict(dict)))
        for key in sorted(self.all):
            parts = sorted(tuple(part.split("=", 1)) for part in key[1].split(";") if part)
            if any(len(part) != 2 for part in parts):
                continue
            names = tuple(name for name, _ in parts)
            values = tuple(value for _, value in parts)
            tables[key[0], key[4]][key[2], key[3]][names][values] = key
        return tables

    def _groups(self) -> None:
        for spans in self._tables().values():
            names = sorted({one for table in spans.values() for one in table})
            for coarse in names:
                for fine in names:
                    if len(fine) > len(coarse) and set(coarse) <= set(fine):
                        self._whole_and_parts(spans.values(), coarse, fine)

    def _whole_and_parts(self, tables: Iterable[Any], coarse: Any, fine: Any) -> None:
        """The groups make up the whole, where they do wherever all of them are shown."""
        found = []
        for table in tables:
            groups: dict[Any, list[Key]] = defaultdict(list)
            for values, key in table.get(fine, {}).items():
                said = dict(zip(fine, values, strict=True))
                groups[tuple(said[name] for name in coarse)].append(key)
            for values, whole in table.get(coarse, {}).items():
                if groups.get(values):
                    found.append([(whole, -1), *((key, 1) for key in groups[values])])
        if self._believable(found, 1):
            for terms in found:
                self._add("groups", terms)

    def _believable(self, found: list[list[tuple[Key, int]]], often: int) -> bool:
        """Whether it is true wherever every number is shown, and that is often enough."""
        shown = [terms for terms in found if all(key in self.known for key, _ in terms)]
        telling = [t for t in shown if any(self.known[key] for key, _ in t)]
        kept = all(sum(sign * self.known[key] for key, sign in terms) == 0 for terms in shown)
        return kept and (len(telling) >= often or not shown)

    def _sums_of_indicators(self) -> None:
        for code, of in self.definitions.items():
            if not of.get("plus"):
                continue
            for key in [one for one in self.all if one[0] == code and not one[1]]:
                signed = [((part, *key[1:]), 1) for part in of["plus"]]
                signed += [((part, *key[1:]), -1) for part in of.get("minus", ())]
                if all(part in self.all for part, _ in signed):
                    self._add("sum", [(key, -1), *signed])

    def _periods(self) -> None:
        """A longer span as what lies between the ends of all spans of a series."""
        series: dict[tuple[str, str, str], set[Key]] = defaultdict(set)
        for key in self.all:
            if self.definitions[key[0]]["period_type"] in ("in month", "cumulative year to date"):
                series[key[0], key[1], key[4]].add(key)
        for (code, breakdown, role), keys in series.items():
            if role == "rest":
                continue
            ends = sorted({end for key in keys for end in key[2:4]})
            for key in sorted(keys):
                inner = [one for one in ends if key[2] <= one <= key[3]]
                pieces = [(code, breakdown, start, end, role) for start, end in pairwise(inner)]
                if len(pieces) < 2:
                    continue
                for piece in pieces:
                    if piece not in self.known:
                        self.hidden.setdefault(piece, 0)
                terms = [(key, -1), *((piece, 1) for piece in pieces)]
                if self._believable([terms], 0):
                    self._add("periods", terms)

    def _same(self) -> None:
        """Columns of one kind of breakdown that are the same wherever both are shown."""
        columns: dict[Any, dict[tuple[str, str], dict[Any, list[Key]]]] = defaultdict(
            lambda: defaultdict(dict)
        )
        for key in self.all:
            names = tuple(sorted(part.split("=", 1)[0] for part in key[1].split(";") if part))
            columns[names][key[0], key[4]][key[1], key[2], key[3]] = [key]
        _add_margins(columns)
        for table in columns.values():
            for (code, role), held in list(table.items()):
                of = self.definitions.get(code, {})
                if of.get("period_type") == "in month" and role != "rest":
                    table[f"12 months of {code}", role] = dict(_rolled(held))
            for (one, first), (other, second) in combinations(sorted(table.items()), 2):
                if one[0].startswith("12 months") and other[0].startswith("12 months"):
                    continue
                found = []
                for place in sorted(first.keys() & second.keys()):
                    terms = [(key, 1) for key in first[place]]
                    terms += [(key, -1) for key in second[place]]
                    found.append(terms)
                shown = [t for t in found if all(key in self.known for key, _ in t)]
                if shown and self._believable(found, SEEN_OFTEN) and one[0] != other[0]:
                    for terms in found:
                        self._add("same", terms)

    def _flows(self) -> None:
        """A position is that of the month before with those who came and less those who went."""
        counts: dict[str, dict[int, Key]] = defaultdict(dict)
        for key in self.all:
            if key[4] == "count" and not key[1] and key[3] - key[2] == 1:
                counts[key[0]][key[2]] = key
        of = {code: self.definitions[code]["period_type"] for code in counts}
        moving = [code for code in sorted(counts) if of[code] == "in month"]
        for stock in [code for code in sorted(counts) if of[code] == "month-end snapshot"]:
            for come in moving:
                for go in moving:
                    if come == go:
                        continue
                    found = []
                    for at, key in sorted(counts[stock].items()):
                        before = counts[stock].get(at - 1)
                        arrived, left = counts[come].get(at), counts[go].get(at)
                        if before and arrived and left:
                            found.append([(key, -1), (before, 1), (arrived, 1), (left, -1)])
                    shown = [t for t in found if all(key in self.known for key, _ in t)]
                    if shown and self._believable(found, SEEN_OFTEN):
                        for terms in found:
                            self._add("flow", terms)


def _add_margins(columns: Any) -> None:
    """Sums of tables by some of their keys, to be held against the sums of other tables."""
    for names in [one for one in columns if one]:
        for (code, role), held in list(columns[names].items()):
            if role == "rest" or code.startswith("table of"):
                continue
            for count in range(len(names)):
                for fewer in combinations(names, count):
                    sums: Any = defaultdict(list)
                    for (breakdown, start, end), keys in held.items():
                        said = dict(part.split("=", 1) for part in breakdown.split(";"))
                        text = ";".join(f"{name}={said[name]}" for name in fewer)
                        sums[text, start, end] += keys
                    columns[fewer][f"table of {code} by {names}", role] = dict(sums)


def _rolled(held: dict[Any, list[Key]]) -> Iterator[tuple[Any, list[Key]]]:
    """Every twelve months in a row of a column of months, under the span of all twelve."""
    for breakdown, start, end in held:
        months = [(breakdown, at, at + 1) for at in range(end - 12, end)]
        if end - start == 1 and all(month in held for month in months):
            yield (breakdown, end - 12, end), [key for month in months for key in held[month]]


class Attack:
    """Solves one case."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def pinned(self) -> list[tuple[Key, int]]:
        """Every withheld number that can have one value only."""
        found = []
        for keys, equations, printed in self._components():
            result = self._solve(keys, equations, printed)
            if result is None:
                told = [one for one in equations if one[0] not in ("same", "flow")]
                result = self._solve(keys, told, printed)
            found += result or []
        return found

    def _components(self) -> Iterator[tuple[list[Key], list[Any], list[Any]]]:
        leader: dict[Key, Key] = {key: key for key in self.case.hidden}

        def root(key: Key) -> Key:
            while leader[key] != key:
                leader[key] = leader[leader[key]]
                key = leader[key]
            return key

        printed = [((top, bottom), said) for (top, bottom), said in self.case.printed.items()]
        links = [[key for key, _ in terms] for _, terms in self.case.equations]
        links += [list(pair) for pair, _ in printed]
        for keys in links:
            open_ones = [key for key in keys if key in leader]
            for key in open_ones[1:]:
                leader[root(key)] = root(open_ones[0])
        members: dict[Key, list[Key]] = defaultdict(list)
        for key in sorted(leader):
            members[root(key)].append(key)
        rows: dict[Key, list[Any]] = defaultdict(list)
        for one in self.case.equations:
            held = [key for key, _ in one[1] if key in leader]
            rows[root(held[0])].append(one)
        said: dict[Key, list[Any]] = defaultdict(list)
        for pair, value in printed:
            held = [key for key in pair if key in leader]
            if held:
                said[root(held[0])].append((pair, value))
        for first, keys in members.items():
            yield keys, rows[first], said[first]

    def _solve(
        self, keys: list[Key], equations: list[Any], printed: list[Any]
    ) -> list[tuple[Key, int]] | None:
        """Solutions one after another, each with something new, until there is nothing new."""
        from ortools.sat.python import cp_model

        if not equations and not printed:
            return []
        model = cp_model.CpModel()
        known = self.case.known
        var = {
            key: model.new_int_var(self.case.hidden[key], MOST, f"x{at}")
            for at, key in enumerate(keys)
        }
        for _, terms in equations:
            constant = sum(sign * known[key] for key, sign in terms if key not in var)
            unknown = sum(sign * var[key] for key, sign in terms if key in var)
            model.add(unknown + constant == 0)
        for (top, bottom), (value, scale) in printed:
            places = max(0, -value.as_tuple().exponent)
            if places > 6:
                continue
            unit = 2 * 10**places
            numerator = var.get(top, known.get(top))
            denominator = var.get(bottom, known.get(bottom))
            twice = int(value * unit)
            model.add(scale * unit * numerator >= (twice - 1) * denominator)
            model.add(scale * unit * numerator <= (twice + 1) * denominator)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = 20
        if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        first = {key: solver.value(var[key]) for key in keys}
        same = set(keys)
        different: dict[Key, Any] = {}
        for at, key in enumerate(keys):
            flag = model.new_bool_var(f"d{at}")
            model.add(var[key] != first[key]).only_enforce_if(flag)
            different[key] = flag
        while same:
            again = model.clone()
            again.add_bool_or([different[key] for key in sorted(same)])
            status = solver.solve(again)
            if status == cp_model.INFEASIBLE:
                return [(key, first[key]) for key in sorted(same)]
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return []
            same -= {key for key in same if solver.value(var[key]) != first[key]}
        return []


def attack(data: dict[str, Any]) -> list[tuple[Key, int]]:
    """The numbers of one case that are not withheld well enough."""
    case = Case(data["definitions"])
    for report, text in data["copies"]:
        case.read(month_number(report), text)
    case.reckon()
    return Attack(case).pinned()


def main() -> None:
    """Attack every case on the input."""
    for line in sys.stdin:
        print(json.dumps(attack(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
