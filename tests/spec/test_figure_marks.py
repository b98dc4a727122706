"""How the cell of a tab asks for the mark of the figure that it shows."""

from __future__ import annotations

import pytest

from workbook_builder.plan.marks import mark_of, marked_format

A, B = "INDEX(fig_value,$W7,at_month_0)", "INDEX(fig_value,$W7,at_month_1)"
MARK_A, MARK_B = "INDEX(fig_mark,$W7,at_month_0)", "INDEX(fig_mark,$W7,at_month_1)"

# formula of a cell -> formula of its mark; nothing where it shows no single figure
ASKED = [
    (A, MARK_A),
    (f'IF({A}="","",{A})', MARK_A),
    (f'IF({A}="[x]",INDEX(judge_no_figure,$V7),{A})', MARK_A),
    # A year that was given or follows from its months: its mark stands with the year.
    (f'IF(ISNUMBER({A}),{A},IF(ISNUMBER({B}),{B},""))', MARK_A),
    (f'IF(ISNUMBER({A}),{A},IF(COUNT({A}:{B})=2,SUM({A}:{B}),""))', MARK_A),
    # Two figures in one cell: restated where one of them is.
    (
        f'IF(COUNT({A},{B})=2,TEXT({A},"0")&"%"&" ("&TEXT({B},"0")&"%"&")",{A})',
        f'IF(OR({MARK_B}="r",{MARK_A}=""),{MARK_B},{MARK_A})',
    ),
    (f'IF(COUNT({A},{B})=2,AVERAGE({A},{B}),"")', ""),
    (f"SUM({A}:{B})", ""),
    (f"AVERAGE({A},{A})", ""),
    ("INDEX(judge_value,$T9)", "INDEX(judge_mark,$T9)"),
    (
        'IF(INDEX(judge_no_figure,$T9)="see table","see table",INDEX(judge_ytd,$T9))',
        "INDEX(judge_ytd_mark,$T9)",
    ),
    (
        'IF(INDEX(fig_value,MATCH("a|b=(x), ""y""",fig_key,0),at_ytd)="","",'
        'INDEX(fig_value,MATCH("a|b=(x), ""y""",fig_key,0),at_ytd))',
        'INDEX(fig_mark,MATCH("a|b=(x), ""y""",fig_key,0),at_ytd)',
    ),
    (
        'INDEX(fig_value,MATCH("18",fig_key,0),MATCH("month 2014-04",fig_period,0))',
        'INDEX(fig_mark,MATCH("18",fig_key,0),MATCH("month 2014-04",fig_period,0))',
    ),
    (
        "INDEX(fig_value,$W7,INDEX(fig_latest,$W7))",
        "INDEX(fig_mark,$W7,INDEX(fig_latest,$W7))",
    ),
    (
        f'CHOOSE(1+MOD(1,3),IF({A}="","",{A}),IF(COUNT({A},{B})=2,AVERAGE({A},{B}),","),{B})',
        f'CHOOSE(1+MOD(1,3),{MARK_A},"",{MARK_B})',
    ),
    ("INDEX(judge_status,$T9)", ""),
    ("head_month_0", ""),
]


@pytest.mark.parametrize(("formula", "mark"), ASKED)
def test_a_cell_takes_the_mark_of_the_one_figure_that_it_shows(formula: str, mark: str) -> None:
    assert mark_of(formula) == mark


# a cell's number format -> with the mark behind positive, negative, nought and text
FORMATS = [
    ("0", '0" [r]";-0" [r]";0" [r]";@" [r]"'),
    ('0.0"%"', '0.0"%"" [r]";-0.0"%"" [r]";0.0"%"" [r]";@" [r]"'),
    ("", 'General" [r]";-General" [r]";General" [r]";@" [r]"'),
]


@pytest.mark.parametrize(("written", "marked"), FORMATS)
def test_the_mark_stands_behind_numbers_and_texts(written: str, marked: str) -> None:
    assert marked_format(written, "[r]") == marked
