"""Every kind of leak that is looked for, by the kind of file; one function each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from workbook_builder.screen import (
    carried,
    charts,
    document,
    hidden,
    links,
    places,
    slides,
    tables,
    unseen,
    who,
    words,
)
from workbook_builder.screen.model import Leak
from workbook_builder.screen.opened import DOCUMENT, SLIDES, WORKBOOK, Opened
from workbook_builder.screen.workbook import Workbook

# In every package of Office.
PACKAGE: tuple[Callable[[Opened], Iterator[Leak]], ...] = (
    carried.pivot_caches,
    carried.external_links,
    carried.connections,
    carried.custom_xml,
    carried.macros,
    carried.embedded_files,
    carried.revision_logs,
    carried.printers,
    carried.orphans,
    carried.cropped_pictures,
    who.comments,
    who.authors,
    who.persons,
    who.custom_properties,
    who.paths,
    links.private_links,
    links.linked_objects,
    charts.charts_without_cells,
    words.leaks_in_words,
)
BOOK: tuple[Callable[[Workbook], Iterator[Leak]], ...] = (
    hidden.hidden_sheets,
    hidden.hidden_rows,
    hidden.hidden_columns,
    hidden.hidden_names,
    hidden.reading_aids,
    hidden.left_over_texts,
    hidden.saved_views,
    unseen.same_colour,
    unseen.hiding_formats,
    unseen.tiny_text,
    places.far_off,
    places.outside_print,
    places.behind_drawings,
    places.hidden_shapes,
    links.names_of_other_books,
    links.formulas_of_other_books,
    links.page_headers,
    links.linked_cells,
    charts.chart_caches,
    tables.leaks_of_sheets,
    words.leaks_beside_cells,
)
DOCUMENTS: dict[str, tuple[Callable[[Opened], Iterator[Leak]], ...]] = {
    WORKBOOK: (),
    DOCUMENT: (
        document.tracked_changes,
        document.hidden_text,
        document.white_text,
        document.tiny_text,
        document.fields,
        document.variables,
        document.words_and_tables,
    ),
    SLIDES: (
        slides.hidden_slides,
        slides.hidden_shapes,
        slides.speaker_notes,
        slides.beside_the_slide,
        slides.tables,
    ),
}
