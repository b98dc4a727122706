"""A measure in plain words, with the settings in force, for people who read a scorecard.

Declarations are written so that they can be read aloud. What is left to do is to name columns
without underscores, to put lengths of time in the place of settings, and to say which day "the day"
is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from workbook_builder.catalogue.words import Unit
from workbook_builder.counting.columns import vocabulary
from workbook_builder.counting.model import Counted, Each, Measure, Setting
from workbook_builder.counting.unjudged import latest_dates
from workbook_builder.lists.definitions import lists

_SETTING = re.compile(r"\{(\w+)\}")
_ELSEWHERE = re.compile(r"\b([a-z]\w*)\.([a-z]\w*)\b")
_CODES = re.compile(r"(\S+) (is one of|is none of|begins with one of) (.+)")
_NAMES = re.compile(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b")
_ONE = {"is one of": "is", "is none of": "is not", "begins with one of": "begins with"}
_SEVERAL = {"is one of": "is", "is none of": "is neither", "begins with one of": "begins with"}
_DAYS = {
    Counted.AT_MONTH_END: "at the end of the month",
    Counted.AT_EXTRACT: "on the day of the extract",
}


@dataclass(frozen=True)
class Wording:
    """What is counted, of whom and by which rule. A count has neither numerator nor denominator."""

    description: str
    numerator: str
    denominator: str


def wording(measure: Measure, settings: Mapping[str, Setting], own: Collection[str]) -> Wording:
    """A measure in words; `own` names the settings that the authority gives in its own way."""
    listed = vocabulary().lists[measure.list]
    speaker = _Speaker(measure, settings)
    rows = speaker.rows()
    numerator, denominator = "", ""
    what = f"Counted from list {listed.number} of Annex A, {listed.title}."
    if measure.unit is Unit.COUNT:
        what = f"Counts {rows}."
    elif measure.unit is Unit.PERCENT:
        numerator, denominator = f"Those where {speaker.said('numerator')}.", _sentence(rows)
    elif measure.unit is Unit.RATE:
        of_a_month = ", for a month a twelfth of it" if measure.counted is Counted.IN_MONTH else ""
        numerator, denominator = _sentence(rows), f"The population{of_a_month}."
    else:
        denominator = _sentence(f"{rows}; those that lack what is added up are left out")
        numerator = _sentence(f"{speaker.said('sum')}, added up")
    rest = [f"Source of the rule: {measure.rule}."]
    if dates := latest_dates(measure):
        named = " or ".join(name.replace("_", " ") for name in dates)
        rest.append(
            f"Left out: rows that fail with a {named} after the day of the extract, since the one "
            "before it is not in the list."
        )
    rest += [_own(settings[name]) for name in settings_of(measure) if name in own]
    rest += [f"A proxy: {measure.proxy}"] if measure.proxy else []
    rest += [measure.note] if measure.note else []
    return Wording(" ".join([what, *rest]), numerator, denominator)


def settings_of(measure: Measure) -> list[str]:
    """The settings that a measure names, in the order in which it does."""
    texts = " ".join((measure.said or {}).values())
    return list(dict.fromkeys(_SETTING.findall(texts)))


@dataclass(frozen=True)
class _Speaker:
    """Says the fields of one declaration."""

    measure: Measure
    settings: Mapping[str, Setting]

    def rows(self) -> str:
        """Which rows count."""
        measure, declared = self.measure, self.measure.declared
        listed = vocabulary().lists[measure.list]
        each_child = measure.each is Each.CHILD
        found = f"{'children' if each_child else 'rows'} of list {listed.number} of Annex A, "
        found += f"{listed.title},"
        if measure.counted is Counted.IN_MONTH:
            found += f" in the period by {_date(self.said('date'))}"
        elif "start" in declared:
            until = f", until {self.said('end')}" if "end" in declared else ""
            found += f" open {_DAYS[measure.counted]} (from {self.said('start')}{until})"
        else:
            found += f" {_DAYS[measure.counted]}"
        if "cohort" in declared:
            found += f", where {self.said('cohort')}"
        return found + ("; a child counts once in a period" if each_child else "")

    def said(self, field: str) -> str:
        """A date, a sum or conditions as people would say them."""
        value = self.measure.declared[field]
        if isinstance(value, str):
            return self._plain(value)
        groups = value if value and all(isinstance(one, list) for one in value) else [value]
        return "; or ".join(", and ".join(map(self._plain, group)) for group in groups)

    def _plain(self, text: str) -> str:
        text = " ".join(text.split())
        if found := _CODES.fullmatch(text):
            return self._coded(*found.groups())
        text = _SETTING.sub(lambda found: str(self.settings[found[1]].span), text)
        text = _ELSEWHERE.sub(_of_another_list, text)
        text = re.sub(r"\bthe day\b", self._the_day(), text)
        return _NAMES.sub(lambda found: found[0].replace("_", " "), text)

    def _coded(self, name: str, how: str, codes: str) -> str:
        """A condition about codes, with what each means."""
        key = vocabulary().lists[self.measure.list].columns[name].key
        column = lists()[self.measure.list].column(key)
        meanings = {} if column is None or how.startswith("begins") else column.codes
        words = [_meaning(code.strip(), meanings) for code in codes.split(",")]
        label = name.replace("_", " ")
        if len(words) == 1:
            return f"{label} {_ONE[how]} {words[0]}"
        between = "nor" if how == "is none of" else "or"
        return f"{label} {_SEVERAL[how]} {', '.join(words[:-1])} {between} {words[-1]}"

    def _the_day(self) -> str:
        if self.measure.counted is Counted.IN_MONTH:
            return str(self.measure.declared["date"])
        return _DAYS[self.measure.counted].removeprefix("at ").removeprefix("on ")


def _of_another_list(found: re.Match[str]) -> str:
    named = vocabulary().lists.get(found[1])
    return found[0] if named is None else f"{found[2]} in the list {named.title}"


def _meaning(code: str, meanings: Mapping[str, Sequence[str]]) -> str:
    """A code with what it means; one that is a word already stays alone."""
    words = next((w for known, w in meanings.items() if known.casefold() == code.casefold()), ())
    return f"{words[0]} ({code})" if words and len(words[0]) >= len(code) else code


def _date(name: str) -> str:
    """A date after "by": referral date, the date authorised, the date of plan start."""
    if "date" in name.split():
        return name
    return f"the date {name}" if name.endswith("ed") else f"the date of {name}"


def _own(setting: Setting) -> str:
    """An authority's own length of time, without what the meaning says of elsewhere."""
    meaning = setting.meaning.partition(";")[0]
    return f"Set by the authority: {meaning}, {setting.span}."


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
