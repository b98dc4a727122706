"""A process that holds a history, or adds events or publications until it is killed."""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path

from tests.history.records import STAMP, freeze, work
from workbook_builder.history import open_history
from workbook_builder.history.model import Stamp


def main() -> None:
    what, folder, url = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    if what == "hold":
        stamp = Stamp(dt.datetime(2024, 7, 1, 9, 0, tzinfo=dt.UTC), "officer2", "desk2", "0.1.0")
        with open_history(folder, "one", stamp, url):
            print("held", flush=True)
            time.sleep(60)
    with open_history(folder, "one", STAMP, url) as history:
        print("ready", flush=True)
        for number in range(10_000):
            if what == "publish":
                history.publish(freeze(number))
                continue
            event = history.begin(work(number))
            history.finish(event, number)


if __name__ == "__main__":
    main()
