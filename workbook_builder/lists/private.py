"""What tells a person, gathered from all lists: nothing quotes it, and no group is called so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

# Columns whose texts are people; every other column of texts may name a group on a sheet.
PEOPLE = frozenset({"worker", "personal_adviser"})
# Texts that say where a child is placed. A number of a home may be that of a child by chance.
OF_PLACES = frozenset({"placement_postcode", "placement_urn"})

Name = tuple[str, ...]
_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?[ /.-]*{_MONTH}[ /.,-]*(?:\d{{4}}|\d{{2}})\b"
    rf"|\b{_MONTH} ?\d{{1,2}}(?:st|nd|rd|th)?,? ?\d{{4}}\b",
    re.IGNORECASE,
)
_PUPIL = re.compile(r"\b[a-z]\d{11}[0-9a-z]\b", re.IGNORECASE)
_HEALTH = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_TITLE = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|prof|rev)\b\.?", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2}|@")
# What stands for a worker where there is none; nobody is called so.
_NOBODY = re.compile(
    r"\b(?:teams?|duty|(?:un)?allocated|unassigned|unknown|vacan(?:t|cy)|agency|services?|hub|unit"
    r"|pod|tray|inbox|none|null|recorded)\b",
    re.IGNORECASE,
)
# Headings of an authority's own columns that say that people stand below, and that none do.
_OF_PEOPLE = re.compile(r"names?\b|worker|advis[eo]r|practitioner|mother|father", re.IGNORECASE)
_OF_NO_PEOPLE = re.compile(
    r"team|school|provider|placement|organi[sz]ation|service|agency|\barea|ward|\blist|\bfile|sheet"
    r"|setting|home|code|\bid\b|date|type|role|number|start|\bend|gender|\bage\b|ethnicity",
    re.IGNORECASE,
)
LONGEST_QUOTE = 60
# An id as short as this may be a team's number too, and a word may be a worker's and a team's:
# where it names a team so many times as often as it names the person, it is the team's.
SHORT = 4
FAR_MORE_OFTEN = 4


@dataclass(frozen=True)
class Private:
    """Ids, dates of birth and names of all lists.

    ids are those of children, adopters and families in small letters, without the zeros that they
    start with; births are Excel's numbers of the days. names are the words of each name in the
    order of the alphabet, so that no order or case hides one. teams are short ids and names that
    name a team far more often than a person.
    """

    ids: frozenset[str] = frozenset()
    births: frozenset[int] = frozenset()
    names: frozenset[Name] = frozenset()
    teams: frozenset[Name] = frozenset()

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of a name."""
        return frozenset(word for name in self.names for word in name if len(word) > 1)

    @cached_property
    def _whole(self) -> dict[str, list[frozenset[str]]]:
        """Names of two words and more by each of their words."""
        found: dict[str, list[frozenset[str]]] = {}
        for name in self.names:
            words = frozenset(name)
            for word in words if len(words) > 1 else ():
                found.setdefault(word, []).append(words)
        return found

    def dated(self, text: str) -> bool:
        """Whether a text is or holds a full date, or the number of a day of birth."""
        number = text.isdecimal() and text.isascii() and len(text) < 8
        return bool(_DATE.search(text)) or (number and int(text) in self.births)

    def person(self, text: str) -> bool:
        """Whether a text is or holds an id or a name of a person, and so may not name a group."""
        if _PUPIL.search(text) or _HEALTH.search(text):
            return True
        name = name_of(text)
        if name in self.teams:
            return False
        if _key(text) in self.ids or name in self.names:
            return True
        if any(len(token) > SHORT and token in self.ids for token in _tokens(text)):
            return True
        # A worker's code among other words; of a name of one word among others that says too much.
        if len(name) > 1 and any(
            (word,) in self.names and len(word) > SHORT and not word.isalpha() for word in name
        ):
            return True
        words = frozenset(name)
        return any(
            whole <= words or (len(words) > 1 and words <= whole)
            for word in words
            for whole in self._whole.get(word, ())
        )

    def quotable(self, text: str) -> bool:
        """Whether a text may be quoted: it has no id, date, postcode, address, long number, title
        or word of a name."""
        if len(text) > LONGEST_QUOTE or any(
            shape.search(text) for shape in (_NUMBERED, _POSTCODE, _TITLE, _DATE)
        ):
            return False
        if _key(text) in self.ids or any(token in self.ids for token in _tokens(text)):
            return False
        return self.words.isdisjoint(name_of(text))


NOTHING_PRIVATE = Private()


@dataclass
class Gathering:
    """Private values as sheet after sheet gives them.

    named counts the rows in which a name, or a short id, stands for a person; grouped those in
    which the same words stand where a team or another group does.
    """

    ids: set[str] = field(default_factory=set)
    births: set[int] = field(default_factory=set)
    named: Counter[Name] = field(default_factory=Counter)
    grouped: Counter[Name] = field(default_factory=Counter)

    def add_ids(self, counted: Iterable[tuple[str, int]]) -> None:
        """Ids and in how many rows each of them stands."""
        for text, count in counted:
            if text:
                self.ids.add(text if text[0] != "0" and text.isdecimal() else _key(text))
                if len(text) <= SHORT:
                    self.named[name_of(text)] += count

    def add_names(self, counted: Iterable[tuple[str, int]]) -> None:
        """Texts that are people."""
        for text, count in counted:
            name = name_of(text)
            if name and not _NOBODY.search(text):
                self.named[name] += count

    def add_groups(self, counted: Iterable[tuple[str, int]]) -> None:
        """Texts that may name a group."""
        for text, count in counted:
            self.grouped[name_of(text)] += count

    def result(self) -> Private:
        """Everything together."""
        short = {name_of(text) for text in self.ids if len(text) <= SHORT}
        teams = (
            name
            for name, count in self.grouped.items()
            if name in self.named and count >= FAR_MORE_OFTEN * self.named[name]
        )
        names = frozenset(self.named) - short
        return Private(frozenset(self.ids - {""}), frozenset(self.births), names, frozenset(teams))


def name_of(text: str) -> Name:
    """The words of a name, alike in every order and case and without a title."""
    return tuple(sorted(_WORD.findall(_TITLE.sub(" ", text).casefold())))


def of_people(heading: str) -> bool:
    """Whether the heading of an authority's own column says that people stand below it."""
    return bool(_OF_PEOPLE.search(heading)) and not _OF_NO_PEOPLE.search(heading)


def _tokens(text: str) -> Iterator[str]:
    """Words, and words with a hyphen as one: an id may have one."""
    yield from map(_key, _TOKEN.findall(text))
    yield from map(_key, _WORD.findall(text))


def _key(text: str) -> str:
    """An id as it is compared: no case, and no zeros that it starts with."""
    return text.casefold().lstrip("0")
