"""Random work in an open workbook between refreshes: nothing typed is ever lost or moved.

Each run is a sequence of things that people do, with refreshes and undos among them. After every
refresh the sheets in which people work are exactly as before it, and everything that the program
has seen typed is still in the workbook, or, where its cell was deleted, in the history, under its
own indicator and month. Every typed text is one of a kind, so it can be looked for.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.amount import amount_in_ci
from tests.building import ROOT, STAMP
from tests.live import engine
from tests.live.office import OwnOffice
from tests.live.person import At, Person
from workbook_builder import app
from workbook_builder.errors import UserError
from workbook_builder.history import read_history
from workbook_builder.plan.addresses import name_for
from workbook_builder.register import register

pytestmark = pytest.mark.in_ci

MONTH = "2024-06"
OURS = {"Figures", "Notes", "Log"}
SHORT, LONG = 4, 300
REFUSED = {"WB716", "WB718"}
CODES = ("contacts", "referrals", "all", "rate")


@dataclass
class Typed:
    """One thing typed: its text, the key that it belongs to, whether a refresh has seen it."""

    text: str
    key: str
    seen: bool = False


@dataclass
class Run:
    """One sequence at work."""

    chance: random.Random
    person: Person
    folder: Path
    said: list[str] = field(default_factory=list)
    typed: list[Typed] = field(default_factory=list)
    refreshes: int = 0
    refused: int = 0
    deleted: bool = False

    def text(self, key: str) -> str:
        """A text that occurs nowhere else."""
        word = self.chance.choice(["10-15", "=1+1", "1/2", "50%", "plain", "- yes", "@home"])
        text = f"{word} typed-{len(self.typed):03}-{self.chance.randrange(10**6)}"
        self.typed.append(Typed(text, key))
        return text

    def tab(self) -> str:
        """The first tab, however it is called now."""
        return self.person.named("codes_1_1").sheet

    def row(self, code: str) -> At | None:
        """An indicator's row in the first grid; None once somebody deleted it."""
        at = self.person.named("codes_1_1")
        try:
            return self.person.find(at.sheet, code, at.col)
        except LookupError:
            return None


def comment(run: Run) -> None:
    box = run.person.named(name_for("comment", "front-door/1"))
    _forget(run, box)
    run.person.type(box, "'" + run.text("front-door"))


def rich(run: Run) -> None:
    box = run.person.named(name_for("comment", "front-door/1"))
    _forget(run, box)
    text = run.text("front-door")
    half = len(text) // 2
    run.person.type_rich(box, [(text[:half], True, False), (text[half:], False, True)])


def status(run: Run) -> None:
    code = run.chance.choice(CODES)
    row = run.row(code)
    if row is not None:
        hand, reason = run.person.named("hand_1_1"), run.person.named("reasons_1_1")
        word = run.chance.choice(["Red", "Orange", "Green", "Unknown"])
        run.person.type(At(row.sheet, row.row, hand.col), word)
        at = At(row.sheet, row.row, reason.col)
        _forget(run, at)
        run.person.type(at, "'" + run.text(code))


def note(run: Run) -> None:
    code = run.chance.choice(CODES)
    row = run.row(code)
    if row is not None:
        at = At(row.sheet, row.row, run.chance.randint(1, 8))
        if (at.row, at.col) not in run.person.notes(row.sheet):
            run.person.note(at, run.text(code))


def over(run: Run) -> None:
    code = run.chance.choice(CODES)
    row = run.row(code)
    if row is not None:
        at = At(row.sheet, row.row, run.chance.randint(2, 6))
        _forget(run, at)
        run.person.type(at, "'" + run.text(code))


def manual(run: Run) -> None:
    run.person.type(run.person.named("manual_month_0"), str(run.chance.randint(1, 99)))


def own_sheet(run: Run) -> None:
    name = f"Own {len(run.person.sheets())}"
    run.person.add_sheet(name, {(0, 0): "'" + run.text(name), (1, 0): "=1+1"})


def height(run: Run) -> None:
    run.person.height(run.tab(), run.chance.randint(3, 15), run.chance.choice([33.0, 61.0]))


def rename(run: Run) -> None:
    run.person.rename(run.tab(), f"Renamed {run.chance.randrange(10**6)}")


def move(run: Run) -> None:
    run.person.move(run.tab(), run.chance.randint(0, len(run.person.sheets())))


def insert_row(run: Run) -> None:
    run.person.insert_rows(run.tab(), run.chance.randint(1, 14))


def insert_column(run: Run) -> None:
    run.person.insert_columns(run.tab(), run.chance.randint(1, 9))


def sort(run: Run) -> None:
    names = run.person.document.NamedRanges
    codes = names.getByName("codes_1_1").getReferredCells().RangeAddress
    keys = names.getByName("rows_2").getReferredCells().RangeAddress
    rows, by = (codes.StartRow, codes.EndRow), run.chance.randint(3, 7)
    moved = {at for at in run.person.notes(run.tab()) if rows[0] <= at[0] <= rows[1]}
    if not moved:
        # Calc leaves notes behind when it sorts rows, which Excel does not.
        run.person.sort(run.tab(), rows, (1, keys.EndColumn), by)


def delete_row(run: Run) -> None:
    if run.chance.random() < 0.2:
        row = run.row(run.chance.choice(CODES))
        if row is not None:
            run.person.delete_rows(row.sheet, row.row)
            run.deleted = True
            # What was typed and taken out again before the program looked was never there for it.
            there = _everything(run.person)
            run.typed = [one for one in run.typed if one.seen or one.text in there]


def figures(run: Run) -> None:
    file = run.folder / "extracts" / "months.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    at = run.chance.choice([n for n, line in enumerate(lines) if line.startswith("contacts,,")])
    head, _, _ = lines[at].rpartition(",")
    lines[at] = f"{head},{run.chance.randint(100, 999)}"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


ACTIONS: tuple[Callable[[Run], None], ...] = (
    comment,
    rich,
    status,
    note,
    over,
    manual,
    own_sheet,
    height,
    rename,
    move,
    insert_row,
    insert_column,
    sort,
    delete_row,
    figures,
)


def _forget(run: Run, at: At) -> None:
    """A person who types over a text of their own takes it away themselves."""
    old = run.person.cell(at).String
    run.typed = [one for one in run.typed if one.text != old]


def refresh(run: Run) -> None:
    """Refresh or undo; nothing in the sheets that people work in may differ afterwards."""
    before = owned(run.person)
    verb = app.undo if run.chance.random() < 0.15 else app.refresh
    try:
        verb(run.folder, stamp=STAMP)
        run.refreshes += 1
    except UserError as error:
        codes = {fault.code for fault in error.faults}
        run.said.append(f"refused {sorted(codes)}")
        if codes != {"WB719"} and not (run.deleted and codes <= REFUSED):
            raise
        run.refused += 1
    assert owned(run.person) == before
    look(run)


def owned(person: Person) -> object:
    theirs = [sheet for sheet in person.sheets() if sheet not in OURS]
    return (
        person.sheets(),
        {sheet: person.contents(sheet) for sheet in theirs},
        {sheet: person.notes(sheet) for sheet in person.sheets()},
        person.heights(person.named("codes_1_1").sheet),
    )


def look(run: Run) -> None:
    """Everything typed is in the workbook or, once deleted, in the history by its key."""
    with read_history(run.folder, "small") as history:
        known = history.typed(gone=True)
    there = _everything(run.person)
    for one in run.typed:
        found = [each for each in known if one.text == each.content or one.text in each.detail]
        if one.text in there:
            one.seen = True
        assert one.text in there or one.seen, f"{one} is nowhere"
        if one.seen:
            assert found, f"{one} is not in the history"
            assert (found[0].key, found[0].month) == (one.key, MONTH), (one, found)


def _everything(person: Person) -> set[str]:
    """Every text in the workbook, notes included."""
    found: set[str] = set()
    for sheet in person.sheets():
        found |= {*person.shown(sheet).values(), *person.notes(sheet).values()}
    return found


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built workbook with its folder, copied for every run."""
    place = tmp_path_factory.mktemp("random")
    shutil.copytree(ROOT / "tests" / "data" / "small", place / "folder")
    file = place / "folder" / "indicators" / "a.toml"
    text = file.read_text(encoding="utf-8")
    assert 'code = "referrals"\n' in text
    changed = text.replace(
        'code = "referrals"\n', 'code = "referrals"\nfed_from = "manual figures"\n'
    )
    file.write_text(changed, encoding="utf-8")
    months = place / "folder" / "extracts" / "months.csv"
    lines = months.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("referrals,,Jun-24")]
    months.write_text("\n".join(kept) + "\n", encoding="utf-8")
    app.build(place / "folder", MONTH, place / "out", stamp=STAMP)
    return place


def test_nothing_typed_is_lost(
    office: OwnOffice, base: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    runs = amount_in_ci(request.config, SHORT, LONG)
    first = int(os.environ.get("FIRST_RUN", "0"))
    done = refused = typed = 0
    for seed in range(first, first + runs):
        run = one_run(office, base, tmp_path / str(seed), seed)
        done, refused, typed = done + run.refreshes, refused + run.refused, typed + len(run.typed)
    print(f"\nsequences {runs}, refreshes and undos {done}, refused {refused}, texts {typed}")
    assert done >= runs, "too few refreshes went through for the test to mean something"


def one_run(office: OwnOffice, base: Path, place: Path, seed: int) -> Run:
    shutil.copytree(base, place)
    folder = place / "folder"
    register("small", folder)
    engine.register(office)
    document = office.open(place / "out" / f"Scorecard {MONTH}.xlsx")
    chance = random.Random(seed)
    run = Run(chance, Person(document), folder)
    try:
        for _ in range(3):
            for action in chance.choices(ACTIONS, k=chance.randint(2, 6)):
                run.said.append(action.__name__)
                action(run)
            run.said.append("refresh")
            refresh(run)
    except Exception as error:
        error.add_note(f"run {seed}: {', '.join(run.said)}")
        raise
    finally:
        document.close(True)
        shutil.rmtree(place)
    return run
