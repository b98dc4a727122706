"""Pressing a form button in a live Calc, as a person does."""

from __future__ import annotations

import time
from typing import Any

READY_SECONDS = 10.0


def buttons_of(document: Any, sheet: str) -> dict[str, Any]:
    """The models of a sheet's buttons by their captions."""
    page = document.Sheets.getByName(sheet).DrawPage
    shapes = [page.getByIndex(at) for at in range(page.Count)]
    models = [
        shape.Control
        for shape in shapes
        if shape.supportsService("com.sun.star.drawing.ControlShape")
    ]
    return {str(model.Label): model for model in models}


def scripts_of(document: Any, sheet: str) -> dict[str, str]:
    """The macro that each button of a sheet starts, by its caption, as Calc resolved it."""
    found = {}
    page = document.Sheets.getByName(sheet).DrawPage
    for at in range(page.Forms.Count):
        form = page.Forms.getByIndex(at)
        for number in range(form.Count):
            events = form.getScriptEvents(number)
            found[str(form.getByIndex(number).Label)] = events[0].ScriptCode if events else ""
    return found


def press(document: Any, sheet: str, caption: str) -> None:
    """Press a button. What it starts runs by itself: wait for its effect."""
    controller = document.CurrentController
    controller.setActiveSheet(document.Sheets.getByName(sheet))
    controller.setFormDesignMode(False)
    model = buttons_of(document, sheet)[caption]
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            view = controller.getControl(model)
            break
        except Exception:
            # The view knows a button only once it has been drawn.
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
    view.getAccessibleContext().doAccessibleAction(0)
