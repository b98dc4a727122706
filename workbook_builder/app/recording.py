"""What the history is told of a build, a refresh or a publication."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from workbook_builder.app.preparing import Prepared
from workbook_builder.catalogue.model import Catalogue
from workbook_builder.errors import Place
from workbook_builder.history.frozen import extracts_text
from workbook_builder.history.model import FigureRecord, FileRecord, TypedRecord, Work
from workbook_builder.values import Symbol


def work_of(
    prepared: Prepared,
    kind: str,
    workbook: str,
    structure: str,
    typed: tuple[TypedRecord, ...],
    previous: Mapping[str, str],
    saved: int = 0,
    held_back: int = 0,
) -> Work:
    """What the history is told of a build or refresh."""
    extracts = prepared.extracts
    return Work(
        kind=kind,
        month=str(prepared.catalogue.settings.report_month),
        workbook=workbook,
        catalogue=catalogue_text(prepared.defined),
        structure=structure,
        files=tuple(
            FileRecord(f.name, f.sha256, f.rows_read, f.rows_used, f.rows_left_out)
            for f in extracts.files
        ),
        figures=tuple(figures_of(prepared)),
        typed=typed,
        previous=dict(previous),
        typed_before=saved,
        extracts=extracts_text(extracts),
        held_back=held_back,
    )


def catalogue_text(catalogue: Catalogue) -> str:
    """The definitions and targets as canonical JSON."""
    return json.dumps(catalogue.model_dump(mode="json", by_alias=True), sort_keys=True)


def figures_of(prepared: Prepared) -> Iterable[FigureRecord]:
    """Every figure of the scorecard, the computed ones included."""
    hashes = {file.name: file.sha256 for file in prepared.extracts.files}
    for key, points in prepared.scorecard.table.series.items():
        for period, point in points.items():
            value = point.value.shown if isinstance(point.value, Symbol) else point.value
            place = point.place or Place()
            yield FigureRecord(
                indicator=key.indicator,
                breakdown=key.breakdown,
                period=period.key,
                value=value,
                numerator=point.numerator,
                denominator=point.denominator,
                file=place.file,
                sha256=hashes.get(place.file, ""),
                sheet=place.sheet,
                row=place.row,
                column=place.column,
            )
