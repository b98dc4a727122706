"""The parts of docs/measures.md that follow from the declarations.

`python -m tests.counting.manual` writes them anew; a test fails where the page and they differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from workbook_builder.counting.columns import ColumnKind, vocabulary
from workbook_builder.counting.declaration import FIELDS
from workbook_builder.counting.grammar import DATES, FORMS, SUMS, Form
from workbook_builder.counting.load import load_library
from workbook_builder.counting.model import Counted, Measure
from workbook_builder.counting.spans import MEANINGS

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"
_PART = re.compile(r"(<!-- from the program: (\w+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A Markdown table."""
    heads = list(heads)
    yield "| " + " | ".join(heads) + " |"
    yield "| " + " | ".join("---" for _ in heads) + " |"
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def fields() -> Iterator[str]:
    yield from table(
        ("field", "what it says"), ((f"`{name}`", text) for name, text in FIELDS.items())
    )


def _forms(forms: Iterable[Form]) -> Iterator[str]:
    rows = ((f"`{form.shape}`", form.meaning, f"`{form.example}`") for form in forms)
    yield from table(("written", "meaning", "example"), rows)


def conditions() -> Iterator[str]:
    yield from _forms(FORMS)


def dates() -> Iterator[str]:
    yield from _forms(DATES)


def sums() -> Iterator[str]:
    yield from _forms(SUMS)


def spans() -> Iterator[str]:
    yield from table(("unit", "meaning"), ((f"{step}s", text) for step, text in MEANINGS.items()))


def settings() -> Iterator[str]:
    rows = (
        (f"`{{{one.name}}}`", str(one.span), one.meaning, one.rule)
        for one in load_library().settings.values()
    )
    yield from table(("setting", "unless set", "meaning", "rule"), rows)


def measures() -> Iterator[str]:
    found = load_library().measures
    whole = len(found)
    proxies = sum(bool(measure.proxy) for measure in found)
    history = [f"`{measure.code}`" for measure in found if measure.source_class == "B"]
    yield f"{whole} measures, {proxies} of them proxies. These need history: {', '.join(history)}."
    for theme in dict.fromkeys(measure.theme for measure in found):
        yield ""
        yield f"### {theme}"
        yield ""
        heads = ("code", "measure", "counted", "of", "in the numerator", "good", "rule")
        rows = (_row(measure) for measure in found if measure.theme == theme)
        yield from table(heads, rows)
        remarks = [
            line for measure in found if measure.theme == theme for line in _remarks(measure)
        ]
        if remarks:
            yield ""
            yield from remarks


def _row(measure: Measure) -> tuple[str, ...]:
    said = measure.said or {}
    title = vocabulary().lists[measure.list].title
    when = str(measure.counted)
    if measure.counted is Counted.IN_MONTH:
        when = f"in the month of `{said['date']}`"
    elif "start" in said:
        when += f", from `{said['start']}`" + (f" to `{said['end']}`" if "end" in said else "")
    cohort = title + (f": {said['cohort']}" if "cohort" in said else "")
    top = said.get("numerator") or said.get("sum") or ""
    if measure.each == "child":
        top += " (children, not rows)"
    name = f"{measure.name} ({measure.unit}, class {measure.source_class})"
    return f"`{measure.code}`", name, when, cohort, top, str(measure.polarity), measure.rule


def _remarks(measure: Measure) -> Iterator[str]:
    if measure.proxy:
        yield f"- `{measure.code}` is a **proxy**. {measure.proxy}"
    if measure.note:
        yield f"- `{measure.code}`: {measure.note}"


def out_of_reach() -> Iterator[str]:
    rows = ((one.name, one.needs) for one in load_library().out_of_reach)
    yield from table(("indicator", "needs"), rows)


def names() -> Iterator[str]:
    for listed in vocabulary().lists.values():
        yield f"**`{listed.name}`**, list {listed.number}, {listed.title}"
        yield ""
        for kind in ColumnKind:
            held = listed.of_kind(kind)
            if held:
                yield f"- {kind}s: " + ", ".join(f"`{name}`" for name in held)
        yield ""


def breakdowns() -> Iterator[str]:
    lists = vocabulary().lists
    rows = (
        (
            f"`{one.name}`",
            ", ".join(name for name in lists if one.name in vocabulary().breakdowns_of(name)),
            ", ".join(dict.fromkeys(one.groups.values())) or _plain(one.name, one.bands),
        )
        for one in vocabulary().breakdowns.values()
    )
    yield from table(("breakdown", "lists", "groups"), rows)


def _plain(name: str, bands: tuple[int, ...]) -> str:
    if bands:
        return "Unborn, 0, 1 to 4, 5 to 9, 10 to 15, 16 to 17, 18 and over: the age on the day"
    return "as the list has them" if name in ("team", "area") else "the codes"


PARTS = (
    fields,
    conditions,
    dates,
    sums,
    spans,
    settings,
    names,
    breakdowns,
    measures,
    out_of_reach,
)


def written(page: str) -> str:
    """The page with every part from the program in it."""
    parts = {part.__name__: "\n".join(part()).strip() for part in PARTS}
    return _PART.sub(lambda found: f"{found[1]}\n{parts[found[2]]}\n\n{found[4]}", page)


def parts_of(page: str) -> list[str]:
    """The names of the parts that a page has a place for."""
    return [found[1] for found in _PART.findall(page)]


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
