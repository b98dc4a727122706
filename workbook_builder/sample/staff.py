"""Teams, posts and the workers who hold them one after another; names are codes such as SW0017."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbook_builder.sample.care import Table
from workbook_builder.sample.chance import Chance
from workbook_builder.sample.days import FAR, Ints, Texts
from workbook_builder.sample.people import Span

CASES_A_POST = 16


@dataclass(frozen=True)
class Phases:
    """Who was with which team, from when to when; `key` sends siblings to one worker."""

    who: Ints
    start: Ints
    end: Ints
    team: Texts
    key: Ints


def staff(chance: Chance, phases: Phases, span: Span) -> tuple[Table, Table]:
    """The workers, and each child's allocations; a vacant post leaves a child without a worker."""
    teams, team = np.unique(phases.team.astype(str), return_inverse=True)
    start = np.clip(phases.start, span.first, span.last)
    days = np.clip(phases.end, span.first, span.last) - start
    load = np.bincount(team, weights=days, minlength=len(teams)) / (span.last - span.first + 1)
    posts = np.maximum(2, np.ceil(load / CASES_A_POST)).astype(np.int64)
    first = np.concatenate([[0], np.cumsum(posts)[:-1]])
    post = first[team] + (phases.key * 7919) % posts[team]
    tenure = _tenures(chance, np.repeat(np.arange(len(teams)), posts), span)
    key = tenure.post * FAR * 2 + tenure.start
    begin = np.searchsorted(key, post * FAR * 2 + phases.start, side="right") - 1
    finish = np.searchsorted(
        key, post * FAR * 2 + np.maximum(phases.end - 1, phases.start), "right"
    )
    count = np.maximum(finish - begin, 1)
    row = np.repeat(np.arange(len(post)), count)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    held = begin[row] + offset
    workers: Table = {
        "worker": tenure.worker,
        "team": teams.astype(object)[tenure.team],
        "post": tenure.post,
        "start": tenure.start,
        "end": tenure.end,
        "agency": tenure.agency,
    }
    allocations: Table = {
        "who": phases.who[row],
        "start": np.maximum(phases.start[row], tenure.start[held]),
        "end": np.minimum(phases.end[row], tenure.end[held]),
        "team": phases.team[row],
        "worker": tenure.worker[held],
    }
    # A phase of no length still names a team and a worker on its day.
    order = np.lexsort((row, allocations["start"], allocations["who"]))
    there = tenure.worker != ""
    return (
        {name: values[there] for name, values in workers.items()},
        {name: values[order] for name, values in allocations.items()},
    )


@dataclass(frozen=True)
class _Tenure:
    post: Ints
    team: Ints
    start: Ints
    end: Ints
    worker: Texts
    agency: Texts


def _tenures(chance: Chance, team_of_post: Ints, span: Span) -> _Tenure:
    """Holders of each post one after another, with vacancies (no worker) now and then."""
    count = len(team_of_post)
    when = np.full(count, span.first - 4000, np.int64)
    parts: list[tuple[Ints, Ints, Ints, np.ndarray[tuple[int], np.dtype[np.bool_]]]] = []
    numbers = np.arange(count)
    first = True
    while first or (when <= span.last).any():
        length = 60 + chance.gamma(count, 1.2, 600.0)
        end = when + length
        if first:
            end = np.maximum(end, span.first - 1000)
            first = False
        parts.append((numbers, when, end, np.ones(count, bool)))
        gap = np.where(chance.happens(count, 0.6), chance.days(count, ((10, 110, 1.0),)), 0)
        parts.append((numbers, end, end + gap, gap < 0))
        when = end + gap
    post, start, end, held = (np.concatenate(column) for column in zip(*parts, strict=True))
    kept = end > start
    post, start, end, held = post[kept], start[kept], end[kept], held[kept]
    order = np.lexsort((start, post))
    post, start, end, held = post[order], start[order], end[order], held[order]
    number = np.zeros(len(post), np.int64)
    by_start = np.lexsort((post, start))
    number[by_start[held[by_start]]] = np.arange(1, int(held.sum()) + 1)
    names = [f"SW{n:04d}" if n else "" for n in number.tolist()]
    agency = np.where(chance.happens(len(post), 0.16), "Yes", "No").astype(object)
    return _Tenure(post, team_of_post[post], start, end, np.array(names, dtype=object), agency)
